package import GateCore
package import GateFairness

/// How differently a model treats groups of rows, and whether today's model did so less.
package struct FairnessGate: Gate {
  package static let id = "fairness"
  package static let summary =
    "Holds the differences between groups of rows against limits, and against the champion's."
  package static let example = """
    - gate: fairness
      by: [sex, region, [sex, region]]
      min_rows: 50
      small_groups: merge
      metrics:
        demographic_parity_difference: {max: 0.10}
        equalized_odds_difference: {max: 0.10, max_increase: 0.02}
        recall: {min: 0.6}
    """

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    let tasks = task.map { [$0] } ?? TaskKind.allCases
    let own: [any JudgedMetric] = tasks.flatMap { FairnessMetrics.all(task: $0, metrics: metrics) }
    let common = [GateSettings.sliceParameter, confidence]
    return [
      Parameter(
        "by", "What the groups are of: columns, slices, and lists of them for their crosses.",
        GateSettings.sliceParameter.shape, required: true),
      Parameter(
        "metrics",
        "Fairness metrics with their limits, and metrics of the task, which are judged on every group.",
        MetricRequest.shape(
          task: task, metrics: own + metrics, limits: Limit.Kind.allCases, common: common)),
      FairnessPreset.parameter,
      Parameter(
        "reference", "The group that others are compared with, where a metric compares with one.",
        .map(keys: "attribute", .text)),
      Parameter(
        "min_rows", "Groups of fewer rows are treated as 'small_groups' says.",
        .integer(1...Int.max), standard: "1"),
      Parameter(
        "small_groups",
        "What becomes of small groups: an error, one group of them all, or they are left out and named.",
        .choice(FairGroups.SmallGroups.allCases.map(\.rawValue)), standard: "error"),
      Parameter(
        "undefined_groups",
        "What becomes of groups in which a metric is undefined: an error, or they are left out and named.",
        .choice(["error", "skip"]), standard: "error"),
      confidence,
    ] + Certainty.parameters.filter { !["confidence", "resampling"].contains($0.id) }
  }

  /// As in other gates, with a standard, and a way to do without.
  private static let confidence = Parameter(
    "confidence",
    "Judge on the interval at this confidence: passed, failed or inconclusive; none: on the value itself.",
    .either([.number(0.5...0.999999), .choice(["none"])]), standard: "0.95")

  private let id: String
  private let request: FairnessGateRequest

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    request = try FairnessGateRequest(settings)
  }

  package var needs: Needs { request.needs }

  package var hasConfidence: Bool {
    request.requests.contains { $0.request.certainty != nil }
      || request.byGroup.contains { $0.certainty != nil }
  }

  package var plan: [String] { request.plan }

  package func measure(on bench: Workbench) async -> FairnessEvidence {
    await FairnessEvidence(request, needs, on: bench)
  }

  package func judge(_ measured: FairnessEvidence, in family: ErrorFamily?) async -> [Check] {
    let evidence = measured.evidence.corrected(in: family)
    return await FairnessJudgement(
      gate: id, request: request, evidence: evidence, rows: measured.rows
    ).checks() + request.byGroup.judge(gate: id, evidence, comparing: false)
  }
}
