package import GateCore
import GateMetrics

/// The candidate against the champion, on the same rows.
package struct ChampionGate: Gate {
  package static let id = "champion"
  package static let summary =
    "Holds the candidate's metrics against the champion's, paired on the same rows."
  package static let example = """
    - gate: champion
      confidence: 0.95
      metrics:
        roc_auc: {max_drop: 0.005}
        average_precision: {min_gain: 0}
        accuracy: {max_drop: 0.01, slices: all, min_rows: 100}
        decision_agreement: {min: 0.95}
      flips: {max_negative: 0.02}
      discover: true
    """
  package static let limits = Limit.Kind.allCases.filter(\.comparesModels)

  package static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter] {
    let margins = Parameter(
      "metrics", "Metrics with their margins.",
      MetricRequest.shape(task: task, metrics: metrics, limits: limits))
    let hasFlips = metrics.contains { metric in
      (task == nil || metric.task == task) && flips.contains { $0.metric == metric.id }
    }
    return [margins] + (hasFlips ? [flipsParameter] : []) + [DiscoveryRequest.parameter]
      + Certainty.parameters
  }

  /// Bounds on the share of rows whose decision the candidate changes, each a metric of its own.
  private static let flips = [
    (key: "max_negative", metric: "negative_flip_rate", what: "that were right and are wrong now"),
    (key: "max_positive", metric: "positive_flip_rate", what: "that were wrong and are right now"),
    (key: "max_symmetric", metric: "symmetric_flip_rate", what: "that were decided otherwise"),
  ]

  private static let flipsParameter = Parameter(
    "flips", "Rows whose decision the candidate changes.",
    .record(
      flips.map {
        Parameter($0.key, "The largest share of rows \($0.what).", .number(0...1))
      }))

  private let id: String
  private let requests: [MetricRequest<Metric>]
  private let discovery: DiscoveryRequest?

  package init(_ settings: GateSettings) throws(Diagnostics) {
    id = settings.id
    let node = settings.node
    if !settings.hasChampion {
      throw Diagnostics([
        Diagnostic(
          "the gate '\(id)' compares with a champion, and 'models' names none", at: node.mark,
          hint: "add 'models.champion', or remove the gate")
      ])
    }
    let written = try MetricRequest.read(settings, limits: Self.limits)
    requests = written + (try Self.flips(settings, beside: written))
    discovery = try DiscoveryRequest(settings, beside: requests, comparesModels: true)
    if requests.isEmpty, discovery == nil {
      throw Diagnostics([
        Diagnostic(
          "the gate '\(id)' has neither 'metrics' nor 'flips' nor 'discover', so it would judge nothing",
          at: node.mark)
      ])
    }
  }

  /// The bounds under `flips` as requests for the metrics they are bounds of.
  private static func flips(
    _ settings: GateSettings, beside written: [MetricRequest<Metric>]
  ) throws(Diagnostics) -> [MetricRequest<Metric>] {
    guard let node = settings.node["flips"] else { return [] }
    var requests: [MetricRequest<Metric>] = []
    for flip in flips {
      guard let pair = node.pairs?.first(where: { $0.key.text == flip.key }) else { continue }
      let name = Node(.scalar(flip.metric, quoted: true), at: pair.key.mark)
      let limit = Node(.scalar(Limit.Kind.max.rawValue, quoted: true), at: pair.key.mark)
      let body = Node(.mapping([Node.Pair(key: limit, value: pair.value)]), at: pair.key.mark)
      do throws(Diagnostic) {
        requests.append(try MetricRequest(name: name, body: body, settings, limits: limits))
      } catch { throw Diagnostics([error]) }
      guard written.contains(where: { $0.id == flip.metric }) else { continue }
      throw Diagnostics([
        Diagnostic(
          "there are two checks '\(settings.id)/\(flip.metric)'", at: pair.key.mark,
          hint: "bound it under 'metrics' or under 'flips', not both")
      ])
    }
    let mistakes = Certainty.mistakes(settings.node, requests)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    guard requests.isEmpty else { return requests }
    throw Diagnostics([
      Diagnostic(
        "'flips' has no bound, so it would judge nothing", at: settings.node.key("flips")?.mark,
        hint: "add one of: \(flips.map(\.key).joined(separator: ", "))")
    ])
  }

  package var needs: Needs { discovery.added(to: requests.needs) }

  package var hasConfidence: Bool { requests.contains { $0.certainty != nil } }

  package func limits(_ searched: SearchedEvidence) -> Int { requests.limits(searched.evidence) }

  package var plan: [String] { requests.map(\.plan) + [discovery?.plan].compactMap(\.self) }

  package func measure(on bench: Workbench) async -> SearchedEvidence {
    await SearchedEvidence(needs, discovery, on: bench)
  }

  package func judge(_ searched: SearchedEvidence, in family: ErrorFamily?) async -> [Check] {
    await requests.judge(gate: id, searched.evidence.corrected(in: family), comparing: true)
      .refusingBackwards(searched.evidence) + discovery.judge(gate: id, searched)
  }
}
