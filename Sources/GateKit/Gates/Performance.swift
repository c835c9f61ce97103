package import GateCore
import GateMetrics

/// Absolute limits on the candidate's metrics.
package struct PerformanceGate: Gate {
  package static let id = "performance"
  package static let summary =
    "Holds the candidate's metrics against absolute limits, on all rows and on slices."
  package static let example = """
    - gate: performance
      metrics:
        roc_auc: {min: 0.85, confidence: 0.95}
        log_loss: {max: 0.35}
        recall: {min: 0.6, slices: all, min_rows: 100}
    """
  package static let limits: [Limit.Kind] = [.min, .max]

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "metrics", "Metrics with their limits.",
        MetricRequest.shape(task: task, metrics: metrics, limits: limits), required: true),
      DiscoveryRequest.parameter,
    ] + Certainty.parameters
  }

  private let id: String
  private let requests: [MetricRequest<Metric>]
  private let discovery: DiscoveryRequest?

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    requests = try MetricRequest.read(settings, limits: Self.limits)
    discovery = try DiscoveryRequest(settings, beside: requests, comparesModels: false)
  }

  package var needs: Needs { discovery.added(to: requests.needs) }

  package var hasConfidence: Bool { requests.contains { $0.certainty != nil } }

  package func limits(_ searched: SearchedEvidence) -> Int { requests.limits(searched.evidence) }

  package var plan: [String] { requests.map(\.plan) + [discovery?.plan].compactMap(\.self) }

  package func measure(on bench: Workbench) async -> SearchedEvidence {
    await SearchedEvidence(needs, discovery, on: bench)
  }

  package func judge(_ searched: SearchedEvidence, in family: ErrorFamily?) async -> [Check] {
    await requests.judge(gate: id, searched.evidence.corrected(in: family), comparing: false)
      + discovery.judge(gate: id, searched)
  }
}
