extension GateSettings {
  /// A located mistake for every request that compares with a champion there is not.
  package func withoutChampion(_ requests: [MetricRequest<Metric>]) -> [Diagnostic] {
    if hasChampion { return [] }
    return requests.compactMap { request in
      guard let limit = request.limits.first(where: \.kind.comparesModels) else { return nil }
      return Diagnostic(
        "'\(limit.kind.rawValue)' of '\(request.id)' compares with a champion, and 'models' names "
          + "none", at: request.mark,
        hint: "add 'models.champion', or bound it by 'min' and 'max'")
    }
  }

  /// Has the `max` of calibration errors without confidence judged by `consistency`, as the gate says or as is standard;
  /// a located mistake for each that it cannot be for. Where neither asks for it, a broken one is to have it said.
  package func giveConsistency(to requests: inout [MetricRequest<Metric>], standard: Double?)
    -> [Diagnostic]
  {
    let asked = node["consistency"]?.number ?? standard
    let consistency = Consistency(
      level: asked ?? Consistency.standardLevel, draws: node["replicates"]?.integer ?? 1000,
      seed: UInt64(node["seed"]?.integer ?? 0), decides: asked != nil)
    let fitting = requests.indices.filter {
      requests[$0].boundsError && requests[$0].certainty == nil
    }
    for index in fitting { requests[index].consistency = consistency }
    guard consistency.decides else { return [] }
    var mistakes: [Diagnostic] = []
    for request in fitting.map({ requests[$0] }) where request.limits.count > 1 {
      mistakes.append(
        Diagnostic(
          "'consistency' is for the 'max' of '\(request.id)', which has other limits too",
          at: request.mark,
          hint: "give those an entry of their own, with an 'id', in a list of metrics"))
    }
    if fitting.isEmpty { return idle(requests).map { [$0] } ?? [] }
    return mistakes + tooSmall(consistency, requests)
  }

  /// The mistake of a `consistency` that nothing is judged by; nil: the gate says none.
  private func idle(_ requests: [MetricRequest<Metric>]) -> Diagnostic? {
    guard let key = node.key("consistency") else { return nil }
    if let sure = requests.first(where: \.boundsError) {
      return Diagnostic(
        "'consistency' and 'confidence' are two ways to judge the 'max' of '\(sure.id)'",
        at: key.mark,
        hint: "remove one of them; 'confidence' may stand at the other metrics instead of the gate")
    }
    let known = metrics.filter { $0.task == task && JudgedError.takes($0) }.map(\.id).sorted()
    return Diagnostic(
      "'consistency' is for the 'max' of a calibration error, and no metric here has one",
      at: key.mark,
      hint: "it is for \(known.joined(separator: ", "))")
  }

  /// Mistakes in what stands beside `consistency`.
  private func tooSmall(_ consistency: Consistency, _ requests: [MetricRequest<Metric>])
    -> [Diagnostic]
  {
    var mistakes: [Diagnostic] = []
    let wanted = Int((1 / consistency.beyond - 1 - 1e-9).rounded(.up))
    if consistency.draws < wanted {
      mistakes.append(
        Diagnostic(
          "'replicates: \(consistency.draws)' cannot tell what lies beyond \(consistency.level.brief)",
          at: node["replicates"]?.mark ?? node["consistency"]?.mark,
          hint: "say 'replicates: \(wanted)' or more"))
    }
    if let key = node.key("resampling"), !requests.contains(where: { $0.certainty != nil }) {
      mistakes.append(
        Diagnostic(
          "'resampling' is for limits judged with 'confidence', and the gate '\(id)' has none",
          at: key.mark, hint: "add 'confidence: 0.95' to a metric, or remove 'resampling'"))
    }
    return mistakes
  }
}

extension MetricRequest<Metric> {
  /// Whether it bounds a calibration error from above.
  fileprivate var boundsError: Bool {
    JudgedError.takes(metric) && limits.contains { $0.kind == .max }
  }
}
