/// Absolute limits on the candidate's metrics.
public struct PerformanceGate: Gate {
  public static let id = "performance"
  public static let summary =
    "Holds the candidate's metrics against absolute limits, on all rows and on slices."
  public static let example = """
    - gate: performance
      metrics:
        roc_auc: {min: 0.85, confidence: 0.95}
        log_loss: {max: 0.35}
        recall: {min: 0.6, slices: all, min_rows: 100}
    """
  static let limits: [Limit.Kind] = [.min, .max]

  public static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    [
      Parameter(
        "metrics", "Metrics with their limits.",
        MetricRequest.shape(task: task, metrics: metrics, limits: limits), required: true),
      DiscoveryRequest.parameter,
    ] + Certainty.parameters
  }

  private let id: String
  private let requests: [MetricRequest]
  private let discovery: DiscoveryRequest?

  public init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    requests = try MetricRequest.read(settings, limits: Self.limits)
    discovery = try DiscoveryRequest(settings, beside: requests, comparesModels: false)
  }

  public var needs: Needs { discovery.added(to: requests.needs) }

  public var hasConfidence: Bool { requests.contains { $0.certainty != nil } }

  public func limits(_ evidence: Evidence) -> Int { requests.limits(evidence) }

  public var plan: [String] { requests.map(\.plan) + [discovery?.plan].compactMap(\.self) }

  public func judge(_ evidence: Evidence) async throws -> [Check] {
    let checks = await requests.judge(gate: id, evidence, comparing: false)
    guard let discovery else { return checks }
    return checks + [await discovery.judge(gate: id, evidence)]
  }
}
