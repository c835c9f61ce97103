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

  public static func parameters(task: TaskKind?) -> [Parameter] {
    [
      Parameter(
        "metrics", "Metrics with their limits.", MetricRequest.shape(task: task, limits: limits),
        required: true)
    ] + Certainty.parameters
  }

  private let id: String
  private let requests: [MetricRequest]

  public init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    requests = try MetricRequest.read(settings, limits: Self.limits)
  }

  public var needs: Needs { Needs(slices: requests.flatMap(\.slices)) }

  public var hasConfidence: Bool { requests.contains { $0.certainty != nil } }

  public var plan: [String] { requests.map(\.plan) }

  public func judge(_ evidence: Evidence) async throws -> [Check] {
    await requests.judge(gate: id, evidence, comparing: false)
  }
}
