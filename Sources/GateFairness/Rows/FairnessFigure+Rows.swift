package import GateCore

/// A mean of a number a row.
extension FairnessFigure {
  /// Throws where the candidate's value is undefined.
  package init(
    _ metric: RowFairness, _ rows: FairRows, _ champion: Result<Double, Undefined>?,
    _ one: FairnessRequest, _ part: FairnessPart
  ) async throws(Diagnostic) {
    let distribution: RowDistribution
    let terms: RowTerms
    do throws(Undefined) {
      terms = try await metric.terms(rows)
      distribution = try RowDistribution(
        terms, rows, part.clusters, one.request.certainty ?? Certainty(confidence: 0.95))
    } catch { throw Diagnostic("\(one.metric.id) is undefined: \(error.reason)") }
    self.init(
      one, value: distribution.value(0),
      champion: rows.models.count > 1 ? .success(distribution.value(1)) : champion,
      evidence: terms.evidence, note: terms.note, rows: terms.rows.count
    ) { basis throws(Undefined) in try await distribution.curve(basis) }
  }
}

/// What a fairness gate measures.
package struct FairnessEvidence: Sendable {
  package let evidence: Evidence
  package let rows: RowReadings

  /// Reads what the metrics of groups and those of rows read.
  package init(_ request: FairnessGateRequest, _ needs: Needs, on bench: Workbench) async {
    evidence = await bench.evidence(needs)
    rows = await RowReadings(request, on: bench)
  }
}

/// What the metrics of a number a row read beside the models' answers, read once a gate.
package struct RowReadings: Sendable {
  /// By the columns that are asked for.
  private var features: [[String]: Result<RowFeatures, Diagnostic>] = [:]
  /// What the models would answer were an attribute another.
  private var counterfactuals: [Counterfactuals.Question: Result<Counterfactuals, Diagnostic>] = [:]

  /// Reads the columns of every request, and asks the models.
  init(_ request: FairnessGateRequest, on bench: Workbench) async {
    for request in request.requests {
      guard case .rows(let rows) = request.metric.measure, rows.wantsFeatures else { continue }
      let names = request.columns.map(\.name)
      if features[names] != nil { continue }
      do throws(Diagnostic) {
        features[names] = .success(try await RowFeatures(request.columns, on: bench))
      } catch { features[names] = .failure(error) }
    }
    counterfactuals = await bench.counterfactuals(
      request.requests.flatMap {
        $0.questions(request.attributes, hasChampion: request.hasChampion)
      })
  }

  /// The figure of one request on one part; throws where there is none.
  func figure(
    _ metric: RowFairness, _ arguments: Arguments, _ one: FairnessRequest, _ part: FairnessPart
  ) async throws(Diagnostic) -> FairnessFigure {
    var rows = FairRows(
      groups: part.groups, reference: part.reference, arguments: arguments,
      models: [try model(.candidate, part.candidate, metric, part)], features: nil)
    if metric.wantsFeatures {
      rows.features = try features[one.columns.map(\.name)]?.get()
    }
    var champion: Result<Double, Undefined>?
    if let other = part.champion, one.asks(of: .champion) || metric.wantsFeatures {
      do throws(Diagnostic) {
        let model = try model(.champion, try other.get(), metric, part)
        rows = FairRows(
          groups: rows.groups, reference: rows.reference, arguments: arguments,
          models: rows.models + [model], features: rows.features)
      } catch { champion = .failure(Undefined(error.sentence)) }
    }
    return try await FairnessFigure(metric, rows, champion, one, part)
  }

  /// One model's answers, and what it would answer where the metric asks.
  private func model(
    _ role: Role, _ sample: Sample, _ metric: RowFairness, _ part: FairnessPart
  ) throws(Diagnostic) -> FairRows.Model {
    guard case .counterfactuals = metric.source else { return FairRows.Model(sample: sample) }
    return FairRows.Model(
      sample: sample,
      counterfactuals: try counterfactuals[.init(part.attribute, role)]?.get())
  }
}

extension FairnessRequest {
  /// Whether it reads numbers that say which rows are alike.
  package var wantsFeatures: Bool {
    if case .rows(let rows) = metric.measure { rows.wantsFeatures } else { false }
  }

  /// Whether a model is asked what it would answer if a row's attribute were another: the champion only where a limit
  /// compares with it, since that takes a scoring of all rows a value.
  package func asks(of role: Role) -> Bool {
    role == .candidate || request.limits.contains(where: \.kind.comparesModels)
  }

  /// What the models must be asked about the attributes.
  package func questions(_ attributes: [Slice], hasChampion: Bool) -> [Counterfactuals.Question] {
    guard case .rows(let rows) = metric.measure, case .counterfactuals = rows.source else {
      return []
    }
    let roles = [Role.candidate, .champion].filter {
      asks(of: $0) && ($0 == .candidate || hasChampion)
    }
    return attributes.flatMap { attribute in
      roles.map { Counterfactuals.Question(attribute, $0) }
    }
  }

  /// A located mistake for every attribute that no row can be given another value of.
  package func mistakes(_ attributes: [Slice]) -> [Diagnostic] {
    guard case .rows(let rows) = metric.measure, case .counterfactuals = rows.source else {
      return []
    }
    return attributes.filter { $0.columnNames == nil }.map { attribute in
      Diagnostic(
        "'\(metric.id)' sets the attribute to another value, and '\(attribute.name)' is no column: many values of "
          + "the columns behind it are of one group, and none of them is the one to set",
        at: request.mark,
        hint: "put '\(metric.id)' into a gate of its own, 'by' columns or crosses of columns")
    }
  }
}
