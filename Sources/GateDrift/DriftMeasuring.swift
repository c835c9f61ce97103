package import GateCore

/// What every test found on every column, before p-values are corrected for their number.
package struct DriftTrials: Sendable {
  /// Those of features, then those of predictions, labels and the table.
  let trials: [DriftTrial]
  /// How many of them are of features.
  let features: Int
  /// Checks of columns that no test was run on.
  let others: [Check]
  /// Checks of what could not be read.
  let failures: [Check]
}

/// Measures what the drift gate asks, on every target.
package struct DriftMeasuring: Sendable {
  package let gate: String
  package let request: DriftGateRequest
  package let bench: Workbench

  /// Takes what it holds.
  package init(gate: String, request: DriftGateRequest, bench: Workbench) {
    self.gate = gate
    self.request = request
    self.bench = bench
  }

  package func trials() async throws(Diagnostic) -> DriftTrials {
    let tables = DriftTables(
      reference: try bench.table("reference"), current: try bench.table("current"))
    if bench.ownReferences.contains("current") { throw .ownReference }
    let windows = try self.windows(tables)
    if tables.haveSameRows { throw .sameRows }
    func measurement(_ rules: [DriftRule]) -> DriftMeasurement {
      DriftMeasurement(rules: rules, tables: tables, windows: windows, minRows: request.minRows)
    }
    let found = try await features(tables)
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
        let targets = try await self.targets(place, tables)
        let measurement = measurement([rule])
        trials += await targets.concurrentMap { measurement.trials(of: $0) }.flatMap(\.self)
      } catch { failures += rule.requests.map { unread($0, rule, place, error) } }
    }
    if let rule = request.table {
      trials += await DriftTableMeasurement(
        rule: rule, tables: tables, targets: targets, minRows: request.minRows,
        trainDomainClassifier: bench.backends.trainDomainClassifier
      ).trials()
    }
    return DriftTrials(
      trials: trials, features: features, others: idle(found, trials, tables), failures: failures)
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

  private func features(_ tables: DriftTables) async throws(Diagnostic) -> [DriftTables.Found] {
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
      request.columns.isEmpty ? try await bench.features() : (try? await bench.features()) ?? nil
    var found = tables.features(
      named: everything ? [] : named, model: model, kinds: request.kinds,
      except: bench.roles.all)
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
  ) async throws(Diagnostic) -> [DriftTarget] {
    if place == .label { return try tables.labels(bench.roles.labels, task: bench.task) }
    let reference = try await bench.predictions(of: "reference")
    return try PredictedColumn.targets(reference, try await bench.predictions(of: "current"))
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
