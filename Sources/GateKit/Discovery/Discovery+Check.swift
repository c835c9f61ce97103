import GateCore
import GateSchema

extension DiscoveryRequest {
  /// The one check of a gate's search: failed where a slice stands.
  func judge(
    gate: String, _ evidence: Evidence, _ found: Result<DiscoveryColumns, Diagnostic>
  ) async -> Check {
    var check = Check(
      id: "\(gate)/\(Self.id)", gate: gate, outcome: .error, message: "", model: .candidate,
      location: mark.location)
    do {
      let losses = try losses(evidence)
      check.n = losses.rows.count
      if let few = tooFew(losses.rows.count) { return check.failing(.inconclusive, few) }
      let minEffect = try leastEffect(losses, evidence)
      let read = try found.get()
      let columns = read.columns.filter { !$0.ranges.isEmpty }
      if columns.isEmpty {
        throw Diagnostic(
          read.columns.isEmpty
            ? "there is no column to cut slices from"
            : "every column has one value only, so that there are no slices to cut",
          hint: "name others under 'columns'")
      }
      let discovery = try await Discovery(losses, columns, self, minEffect: minEffect)
      return decide(check, discovery, losses, minEffect: minEffect, leftOut: read.leftOut)
    } catch let undefined as Undefined {
      return check.failing(.error, Diagnostic("the loss is undefined: \(undefined.reason)"))
    } catch { return check.failing(.error, .of(error)) }
  }

  /// What the rows lose; throws a `Diagnostic` or `Undefined`.
  private func losses(_ evidence: Evidence) throws -> RowLosses {
    let candidate = try evidence.sample(.candidate)
    return try RowLosses(
      try given(evidence)?.rowLoss ?? .standard, candidate: candidate,
      champion: comparesModels ? try evidence.sample(.champion) : nil, clusters: evidence.clusters)
  }

  /// The metric with the columns of the holdout that it reads.
  private func given(_ evidence: Evidence) throws(Diagnostic) -> MetricRequest<Metric>? {
    guard var given = metric else { return nil }
    for (name, column) in given.columns {
      given.arguments.columns[name] = try evidence.values(of: column)
    }
    return given
  }

  private func tooFew(_ rows: Int) -> Diagnostic? {
    guard rows < minRows else { return nil }
    return Diagnostic("\(rows.counted("row")), \(minRows - rows) short of min_rows: \(minRows)")
  }

  /// How much more must be lost: as written, else the metric's margin, else 0.02 of a decision (0.05 against the other
  /// rows, which no model does equally well on), else a tenth of the mean loss.
  private func leastEffect(_ losses: RowLosses, _ evidence: Evidence) throws -> Double {
    if let minEffect { return minEffect }
    if let margin = try margin(losses, evidence) { return margin }
    if losses.isWrongOrRight { return comparesModels ? 0.02 : 0.05 }
    let base = losses.champion ?? losses.candidate
    let total = losses.weights?.sum ?? Double(base.count)
    guard total > 0 else { throw Undefined("the weights of these rows sum to 0") }
    return abs(mean(over: base.count, weights: losses.weights, total: total) { base[$0] }) / 10
  }

  /// The drop that the metric may have, in the unit of the loss; nil: none is bounded.
  private func margin(_ losses: RowLosses, _ evidence: Evidence) throws -> Double? {
    guard comparesModels, losses.isInUnit, let given = try given(evidence) else { return nil }
    let isBetterLow = given.metric.direction == .lowerIsBetter
    for limit in given.limits {
      switch limit.kind {
      case .maxDrop: return limit.bound
      case .maxIncrease where isBetterLow: return limit.bound
      case .maxDropRelative, .maxIncreaseRelative:
        guard limit.kind == .maxDropRelative || isBetterLow else { continue }
        let champion = try evidence.sample(.champion)
        return limit.bound * abs(try given.metric.value(on: champion, given.arguments))
      default: continue
      }
    }
    return nil
  }
}

extension DiscoveryRequest {
  private func decide(
    _ blank: Check, _ discovery: Discovery, _ losses: RowLosses, minEffect: Double,
    leftOut: [String]
  ) -> Check {
    var check = blank
    let named = discovery.named
    check.evidence = evidence(discovery, losses, minEffect: minEffect)
    if !leftOut.isEmpty { check.evidence["left_out"] = .array(leftOut.map { .string($0) }) }
    if let worst = named.map(\.test.difference).max() {
      check.outcome = .failed
      check.value = worst
      check.message = sentence(named, losses)
      return check
    }
    if let clusters = discovery.clusters, clusters < MeanInterval.fewestClusters {
      check.outcome = .inconclusive
      check.message =
        "a half of the rows has \(clusters.counted("cluster")), too few to tell a slice from chance; "
        + "\(MeanInterval.fewestClusters) at least are wanted on each"
      return check
    }
    if discovery.tried == 0 {
      check.outcome = .passed
      check.message =
        "there is no slice to judge: none of these columns has one of \((minRows + 1) / 2) rows on the half "
        + "that is searched, half of min_rows: \(minRows)"
      return check
    }
    check.outcome = .passed
    check.message =
      "no slice where \(comparison): \(discovery.tried.counted("slice")) searched by \(losses.name) on "
      + "one half of the rows, \(discovery.tested) tested on the other"
      + (discovery.untested > 0
        ? "; \(discovery.untested.counted("slice")) of fewer than \(minRows) rows left out" : "")
      + (discovery.unclear > 0
        ? "; \(discovery.unclear.counted("slice")) of too few clusters, or of rows too alike, to be tested"
        : "")
    return check
  }

  /// How it was searched, and what was found.
  private func evidence(
    _ discovery: Discovery, _ losses: RowLosses, minEffect: Double
  ) -> [String: JSON] {
    var evidence: [String: JSON] = [
      "loss": .string(losses.name), "min_effect": .number(minEffect), "level": .number(level),
      "error_control": .string(ErrorControl.holm.rawValue),
      "slices_tried": .integer(discovery.tried),
      "slices_tested": .integer(discovery.tested),
      "rows_searched": .integer(discovery.halves.searched),
      "rows_tested": .integer(discovery.halves.tested),
      "slices": .array(discovery.named.enumerated().map { json($1, number: $0 + 1) }),
    ]
    if !discovery.overlapping.isEmpty {
      let others = discovery.overlapping.map { JSON.string($0.predicate) }
      evidence["overlapping"] = .array(others)
    }
    return evidence
  }

  /// What is said of a slice.
  private var comparison: String {
    comparesModels
      ? "the candidate is worse than the champion" : "the candidate is worse than on the other rows"
  }

  /// The worst three, as predicates.
  private func sentence(_ named: [Discovery.Finding], _ losses: RowLosses) -> String {
    let shown = named.prefix(3).map { finding in
      "\(finding.predicate) (\(losses.name) \(finding.test.candidate.brief) against "
        + "\(finding.test.other.brief) on the \(finding.test.rows.counted("row")) of the half that is "
        + "tested; the slice has \(finding.rows.counted("row")) in all)"
    }
    let more = named.count - shown.count
    return "\(comparison) on \(named.count.counted("slice")): "
      + shown.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
  }

  private func json(_ finding: Discovery.Finding, number: Int) -> JSON {
    let quoted = JSON.string(finding.predicate).text.dropLast()
    return [
      "where": .string(finding.predicate),
      "paste": .string("- {name: discovered-\(number), where: \(quoted)}"),
      "n": .integer(finding.rows),
      "rows_tested": .integer(finding.test.rows),
      "candidate": .number(finding.test.candidate),
      comparesModels ? "champion" : "other_rows": .number(finding.test.other),
      "difference": .number(finding.test.difference),
      "test": .string(finding.test.method),
      "statistic": .number(finding.test.statistic),
      "p_value": .number(finding.test.pValue),
      "adjusted_p_value": .number(finding.adjusted),
    ]
  }
}
