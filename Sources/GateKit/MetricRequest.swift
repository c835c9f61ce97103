/// One metric that a gate asks for, with its limits: a check, and one more for every group of its slices.
public struct MetricRequest: Sendable {
  public var metric: Metric
  /// The part of the check's id after the gate's.
  public var id: String
  public var arguments: Arguments
  public var limits: [Limit]
  public var slices: [Slice]
  /// A group of fewer rows is skipped; all rows together must be as many, or nothing can be told.
  public var minRows: Int?
  /// How sure the verdict must be; nil: the value itself is held against the limits.
  public var certainty: Certainty?
  public var mark: Mark

  /// What stands under `metrics` in a manifest: a mapping by metric, or a list when one is used twice.
  static func shape(task: TaskKind?, limits: [Limit.Kind]) -> Shape {
    var byID: [Shape.Definition] = []
    for metric in Metrics.all where task == nil || metric.task == task {
      guard !byID.contains(where: { $0.id == metric.id }) else { continue }
      let parameters = Metrics.all.filter { $0.id == metric.id && (task == nil || $0.task == task) }
        .flatMap(\.parameters)
      var unique: [Parameter] = []
      for parameter in parameters where !unique.contains(where: { $0.id == parameter.id }) {
        unique.append(
          task == nil
            ? Parameter(
              parameter.id, parameter.summary, parameter.shape, standard: parameter.standard)
            : parameter)
      }
      byID.append(
        Shape.Definition(
          metric.id, metric.summary, unique + Limit.parameters(limits) + common))
    }
    let listed = byID.map {
      Shape.Definition(
        $0.id, $0.summary,
        [Parameter("id", "The check's name, where a metric is used twice.", .text)] + $0.parameters)
    }
    return .either([
      .entries(kind: "metric", byID), .list(.tagged(key: "metric", kind: "metric", listed)),
    ])
  }

  /// What stands beside a metric's limits, whatever the gate.
  static let common = [
    GateSettings.sliceParameter,
    Certainty.parameter,
    Parameter(
      "min_rows", "A slice of fewer rows is skipped; fewer rows altogether are inconclusive.",
      .integer(1...Int.max)),
  ]

  /// Reads the requests of a gate; throws every mistake.
  static func read(
    _ settings: GateSettings, limits kinds: [Limit.Kind]
  ) throws(Diagnostics) -> [MetricRequest] {
    guard let node = settings.node["metrics"] else { return [] }
    var requests: [MetricRequest] = []
    var mistakes: [Diagnostic] = []
    let entries =
      node.pairs.map { $0.map { (name: $0.key, body: $0.value) } }
      ?? node.items?.compactMap { item in item["metric"].map { (name: $0, body: item) } } ?? []
    for entry in entries {
      do {
        let request = try MetricRequest(
          name: entry.name, body: entry.body, settings, limits: kinds)
        if requests.contains(where: { $0.id == request.id }) {
          mistakes.append(
            Diagnostic(
              "there are two checks '\(settings.id)/\(request.id)'", at: entry.name.mark,
              hint: "give one of them an 'id' of its own"))
        }
        requests.append(request)
      } catch { mistakes.append(error) }
    }
    mistakes += Certainty.mistakes(settings.node, requests)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    return requests
  }

  private init(
    name: Node, body: Node, _ settings: GateSettings, limits kinds: [Limit.Kind]
  ) throws(Diagnostic) {
    let text = name.text ?? ""
    guard let metric = Metrics.named(text, task: settings.task) else {
      throw Diagnostic("unknown metric '\(text)'", at: name.mark)
    }
    self.metric = metric
    id = body["id"]?.text ?? text
    mark = name.mark
    minRows = body["min_rows"]?.integer
    slices = try settings.slices(body["slices"])
    certainty = Certainty(body, gate: settings.node)
    limits = kinds.compactMap { kind in
      body[kind.rawValue]?.number.map { Limit(kind, $0) }
    }
    if id.isEmpty || id.contains("/") {
      throw Diagnostic("a check's id is a name without '/', found '\(id)'", at: body["id"]?.mark)
    }
    if limits.isEmpty {
      throw Diagnostic(
        "'\(text)' has no limit, so it would hold whatever its value", at: name.mark,
        hint: "add one of: \(kinds.map(\.rawValue).joined(separator: ", "))")
    }
    if let low = limits.first(where: { $0.kind == .min })?.bound,
      let high = limits.first(where: { $0.kind == .max })?.bound, low > high
    {
      throw Diagnostic("'min' is above 'max', so no value could pass", at: body.key("min")?.mark)
    }
    arguments = Arguments()
    for parameter in metric.parameters {
      if let number = body[parameter.id]?.number, parameter.shape.isNumber {
        arguments.numbers[parameter.id] = number
      } else if let text = body[parameter.id]?.text {
        arguments.texts[parameter.id] = text
      }
    }
    try refuseImpossible(body)
    try refuseBetter(body)
  }

  /// A metric that is neither better higher nor lower has no gain and no drop.
  private func refuseBetter(_ body: Node) throws(Diagnostic) {
    guard metric.direction == .neither else { return }
    for limit in limits where limit.kind.needsBetter {
      throw Diagnostic(
        "'\(limit.kind.rawValue)' asks for a better '\(metric.id)', and neither a higher nor a "
          + "lower one is better", at: body.key(limit.kind.rawValue)?.mark,
        hint: "bound it by 'min' and 'max', or its rise by 'max_increase'")
    }
  }

  /// A bound beyond the metric's range passes always or never.
  private func refuseImpossible(_ body: Node) throws(Diagnostic) {
    for limit in limits where !limit.kind.comparesModels {
      guard !metric.range.contains(limit.bound) else { continue }
      throw Diagnostic(
        "'\(limit.kind.rawValue): \(limit.bound.brief)' lies outside of what '\(metric.id)' can be: "
          + "\(metric.range.lowerBound.brief) to \(metric.range.upperBound.brief)",
        at: body[limit.kind.rawValue]?.mark, hint: "is it a share written as percent?")
    }
  }
}

extension Shape {
  var isNumber: Bool {
    switch self {
    case .number, .integer: true
    default: false
    }
  }
}
