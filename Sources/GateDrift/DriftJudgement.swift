package import GateCore

/// Judges what the drift gate asks: measures every target, corrects the p-values together, then decides.
package struct DriftJudgement: Sendable {
  package let gate: String
  package let request: DriftGateRequest
  package let evidence: Evidence

  /// Takes what it holds.
  package init(gate: String, request: DriftGateRequest, evidence: Evidence) {
    self.gate = gate
    self.request = request
    self.evidence = evidence
  }

  package func checks() async throws(Diagnostic) -> [Check] {
    let tables = DriftTables(
      reference: try evidence.table("reference"), current: try evidence.table("current"))
    if evidence.ownReferences.contains("current") { throw .ownReference }
    let windows = try self.windows(tables)
    if tables.haveSameRows { throw .sameRows }
    func measurement(_ rules: [DriftRule]) -> DriftMeasurement {
      DriftMeasurement(rules: rules, tables: tables, windows: windows, minRows: request.minRows)
    }
    let found = try features(tables)
    let targets = found.compactMap { if case .target(let target) = $0 { target } else { nil } }
    let ofFeatures = measurement(request.features)
    let counts = request.judgesFeatures || request.shareDrifted != nil
    var trials =
      counts ? await targets.concurrentMap { ofFeatures.trials(of: $0) }.flatMap(\.self) : []
    let features = trials.count
    var failures: [Check] = []
    for (place, rule) in [
      (DriftTarget.Place.prediction, request.prediction), (.label, request.label),
    ] {
      guard let rule else { continue }
      do throws(Diagnostic) {
        let targets = try self.targets(place, tables)
        let measurement = measurement([rule])
        trials += await targets.concurrentMap { measurement.trials(of: $0) }.flatMap(\.self)
      } catch { failures += rule.requests.map { unread($0, rule, place, error) } }
    }
    if let rule = request.table {
      trials += await DriftTableMeasurement(
        rule: rule, tables: tables, targets: targets, minRows: request.minRows,
        trainDomainClassifier: evidence.trainDomainClassifier
      ).trials()
    }
    let tests: Int
    do throws(Undefined) {
      tests = try trials.correct(by: request.control)
    } catch {
      throw Diagnostic(
        "the p-values cannot be corrected for their number: \(error.reason)", at: request.mark)
    }
    let family = DriftFamily(control: request.control, tests: tests)
    let judged = trials.map { $0.check(gate: gate, family) }
    let others = idle(found, trials, tables)
    let all = inOrder(Array(judged[..<features]))
    // What no test can compare is in no figure of all features either.
    let uncompared = request.table == nil ? [Check]() : others.filter { $0.outcome == .error }
    return (request.judgesFeatures ? all + others : uncompared)
      + share(zip(trials[..<features], judged).map { ($0, $1) }, others)
      + failures + judged[features...]
  }

  /// By rule and test as written, each with its columns in their order.
  private func inOrder(_ checks: [Check]) -> [Check] {
    let order = request.features.flatMap { $0.requests.map(\.mark) }
    guard Set(order.map(\.location)).count == order.count else { return checks }
    return order.flatMap { mark in checks.filter { $0.location == mark.location } }
  }

  private func windows(_ tables: DriftTables) throws(Diagnostic) -> DriftWindows? {
    guard let window = request.window else { return nil }
    let rules = request.features + [request.prediction, request.label].compactMap(\.self)
    let learns = rules.contains { rule in
      (rule.requests + rule.conditions).contains { $0.maxDeviations != nil }
    }
    return DriftWindows(
      window: window, current: try DriftPeriods(window, of: tables.current),
      reference: learns ? try DriftPeriods(window, of: tables.reference) : nil)
  }

  private func features(_ tables: DriftTables) throws(Diagnostic) -> [DriftTables.Found] {
    guard request.wantsFeatures else { return [] }
    var named = request.columns
    for column in request.features.flatMap({ $0.columns ?? [] })
    where !named.contains(where: { $0.name.isSame(as: column.name) }) {
      named.append(column)
    }
    // Rules that name columns do not narrow those that take every feature.
    let everything = request.features.contains { $0.columns == nil } && request.columns.isEmpty
    // Where columns are named the model is asked for nothing but how much it makes of them.
    let model =
      request.columns.isEmpty ? try evidence.features() : (try? evidence.features()) ?? nil
    var found = tables.features(
      named: everything ? [] : named, model: model, kinds: request.kinds,
      except: evidence.roles.all)
    if everything {
      let known = Set(found.map { ExactText($0.name) })
      let more = named.filter { !known.contains(ExactText($0.name)) }
      if !more.isEmpty {
        found += tables.features(named: more, model: model, kinds: request.kinds, except: [])
      }
    }
    let names = found.map(\.name)
    return found
      + request.kinds.names.filter { !names.has($0) }.map { name in
        .mistake(
          name,
          Diagnostic(
            "'kinds' names '\(name)', which is not tested",
            hint: name.nearest(in: names).map { "did you mean '\($0)'?" }))
      }
  }

  private func targets(
    _ place: DriftTarget.Place, _ tables: DriftTables
  ) throws(Diagnostic) -> [DriftTarget] {
    if place == .label { return try tables.labels(evidence.roles.labels, task: evidence.task) }
    return try PredictedColumn.targets(
      try evidence.predictions(of: "reference"), try evidence.predictions(of: "current"))
  }

  private func unread(
    _ asked: DriftRequest, _ rule: DriftRule, _ place: DriftTarget.Place, _ mistake: Diagnostic
  ) -> Check {
    let target = DriftTarget(place: place, name: nil, kind: .number, origin: .sql(""))
    return Check(
      id: "\(gate)/\(target.id(asked.id))", gate: gate, outcome: .error, blocking: rule.blocking,
      message: "\(target.title): ", metric: asked.test.id, limit: asked.limits,
      location: asked.mark.location
    ).failing(.error, mistake)
  }
}

extension DriftTables.Found {
  /// The column.
  package var name: String {
    switch self {
    case .target(let target): target.name ?? ""
    case .mistake(let name, _), .unfit(let name, _): name
    }
  }
}
