/// One metric that a gate asks for, with its limits: a check, and one more for every group of its slices.
package struct MetricRequest<Judged: JudgedMetric>: Sendable {
  package var metric: Judged
  /// The part of the check's id after the gate's.
  package var id: String
  package var arguments: Arguments
  /// The parameters as the manifest writes them, for the record.
  package var parameters: [JSON.Member] = []
  /// Columns of the holdout that it reads, by parameter; their values come into `arguments` when it is judged.
  package var columns: [String: RowColumn]
  package var limits: [Limit]
  package var slices: [Slice]
  /// Where each slice is asked for.
  package var sliceMarks: [Slice: Mark]
  /// A group of fewer rows is skipped; all rows together must be as many, or nothing can be told.
  package var minRows: Int?
  /// What a check is on a group of fewer rows, and on one on which the metric is undefined.
  package var small = Outcome.skipped
  package var undefined = Outcome.error
  /// How sure the verdict must be; nil: the value itself is held against the limits.
  package var certainty: Certainty?
  /// What chance gives calibrated scores, where its `max` is judged by that, or a broken one has it said; nil: neither.
  package var consistency: Consistency?
  package var mark: Mark

  /// Reads one request for a metric; throws its first mistake.
  package init(
    _ metric: Judged, name: Node, body: Node, _ settings: GateSettings, limits kinds: [Limit.Kind]
  ) throws(Diagnostic) {
    let text = name.text ?? ""
    self.metric = metric
    id = body["id"]?.text ?? text
    mark = name.mark
    minRows = body["min_rows"]?.integer
    let named = try settings.slices(body["slices"])
    slices = named.map(\.slice)
    sliceMarks = Dictionary(named.map { ($0.slice, $0.mark) }) { first, _ in first }
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
    (arguments, columns) = metric.definition.arguments(body)
    parameters = metric.parameters.compactMap { parameter in
      body[parameter.id].map { node in
        JSON.Member(
          parameter.id,
          node.integer.map { .integer($0) } ?? node.number.map { .number($0) } ?? node.text.map {
            .string($0)
          } ?? .null)
      }
    }
    try refuseImpossible(body)
    try refuseBetter(body)
    try refuseBackwards(body)
    try refusePercent(body)
    try refuseArguments(body, classes: settings.classes)
  }

  /// The columns that it reads, by the names of their parameters.
  package var columnsInOrder: [RowColumn] { columns.sorted { $0.key < $1.key }.map(\.value) }

  /// Parameters that do not go together, one that is needed, and classes that there are not.
  private func refuseArguments(_ body: Node, classes: [String]?) throws(Diagnostic) {
    // A column is given by its SQL until its values are read.
    var given = arguments
    for (name, column) in columns { given.texts[name] = column.sql }
    if let refusal = metric.refuse?.refusal(given) {
      throw Diagnostic(refusal.reason, at: body.key(refusal.parameter)?.mark ?? mark)
    }
    guard let classes else { return }
    for parameter in metric.parameters where Parameter.naming.contains(parameter.id) {
      guard let name = arguments.text(parameter.id), !classes.contains(name) else { continue }
      throw Diagnostic(
        "there is no \(parameter.id == "label" ? "label" : "class") '\(name)'",
        at: body[parameter.id]?.mark,
        hint: name.nearest(in: classes).map { "did you mean '\($0)'?" }
          ?? "there are: \(classes.prefix(40).joined(separator: ", "))")
    }
  }

  /// A metric that is neither better higher nor lower has no gain and no drop.
  private func refuseBetter(_ body: Node) throws(Diagnostic) {
    guard metric.direction == .neither else { return }
    for limit in limits where limit.kind.needsBetter {
      throw Diagnostic(
        "'\(limit.kind.rawValue)' asks for a better '\(metric.id)', and neither a higher nor a "
          + "lower one is better", at: body.key(limit.kind.rawValue)?.mark,
        hint: metric.isDerived
          ? "say '\(metric.id): {formula: \(metric.formula.quotedYAML), direction: higher_is_better"
            + (metric.unit.map { ", unit: \($0.yaml)" } ?? "") + "}' "
            + "where it is declared, or lower_is_better"
          : "bound it by 'min' and 'max', or its rise by 'max_increase'")
    }
  }

  /// Limits that fail better models alone let every worse one pass: they are the wrong way round, unless one fails none,
  /// so that the value is only recorded.
  private func refuseBackwards(_ body: Node) throws(Diagnostic) {
    let isHigher = metric.direction == .higherIsBetter
    let limits = limits.filter { !$0.isIdle(on: metric.range) }
    // Of what changed between two models an upper bound may be meant too, as on flips for the better.
    guard metric.direction != .neither, !metric.comparesModels || !isHigher,
      let limit = limits.first, limits.allSatisfy({ $0.kind.failsBetter(isHigher) })
    else { return }
    let name = limit.kind.rawValue
    let other =
      switch limit.kind {
      case .min: "max"
      case .maxIncrease: "max_drop"
      case .maxIncreaseRelative: "max_drop_relative"
      default: "min"
      }
    throw Diagnostic(
      "'\(metric.id)' is better the \(isHigher ? "higher" : "lower") it is, and '\(name)' "
        + "fails only better models", at: body.key(name)?.mark,
      hint:
        "write '\(other): \(limit.bound.exact)'; to hold it on both sides, set '\(other)' to what it must keep to"
    )
  }

  /// A bound of percent where a share is wanted, or of a share where the scale goes to 100, lets anything pass.
  private func refusePercent(_ body: Node) throws(Diagnostic) {
    for limit in limits {
      let name = limit.kind.rawValue
      let mark = body[name]?.mark
      if limit.kind.isRelative, limit.kind != .minGainRelative, limit.bound > 1, limit.bound <= 100
      {
        throw Diagnostic(
          "'\(name): \(limit.bound.brief)' is \((limit.bound * 100).brief)% of the champion's value",
          at: mark, hint: "write a share, not percent: '\(name): \((limit.bound / 100).brief)'")
      }
      if limit.kind == .max, metric.isShare, (2...100).contains(limit.bound) {
        throw Diagnostic(
          "'\(metric.id)' is a share, and 'max: \(limit.bound.brief)' is \((limit.bound * 100).brief)%",
          at: mark, hint: "write a share, not percent: 'max: \((limit.bound / 100).brief)'")
      }
      if limit.kind == .min, metric.range == 0...100, 0 < limit.bound, limit.bound < 1 {
        throw Diagnostic(
          "'\(metric.id)' goes from 0 to 100, and 'min: \(limit.bound.brief)' is nearly nothing of that",
          at: mark, hint: "write 'min: \((limit.bound * 100).brief)'")
      }
    }
  }

  /// A bound beyond the metric's range passes always or never, and so does a margin as wide as it.
  private func refuseImpossible(_ body: Node) throws(Diagnostic) {
    for limit in limits where limit.kind.comparesModels {
      guard let most = limit.kind.most(metric.definition), limit.bound >= most else { continue }
      let isShare = most <= 1 && (2...100).contains(limit.bound)
      throw Diagnostic(
        "'\(limit.kind.rawValue): \(limit.bound.brief)' "
          + (limit.kind.wantsMore
            ? "asks for more than '\(metric.id)' can gain" : "lets '\(metric.id)' be anything")
          + ": it can change by \(most.brief)\(limit.kind.isRelative ? " of the champion's value" : "") at most",
        at: body[limit.kind.rawValue]?.mark,
        hint: isShare
          ? "write a share, not percent: '\(limit.kind.rawValue): \((limit.bound / 100).brief)'"
          : "write a smaller margin")
    }
    for limit in limits where !limit.kind.comparesModels {
      guard !metric.range.contains(limit.bound) else { continue }
      throw Diagnostic(
        "'\(limit.kind.rawValue): \(limit.bound.brief)' lies outside of what '\(metric.id)' can be: "
          + "\(metric.range.lowerBound.brief) to \(metric.range.upperBound.brief)",
        at: body[limit.kind.rawValue]?.mark,
        hint: metric.range.upperBound == 1 && (2...100).contains(limit.bound)
          ? "write a share, not percent: '\(limit.kind.rawValue): \((limit.bound / 100).brief)'"
          : nil)
    }
  }
}

extension MetricRequest<Metric> {
  /// Slices and confidence of one figure that a program gives of all rows.
  func refuseWhole(_ body: Node) throws(Diagnostic) {
    guard metric.program == .whole else { return }
    let hint = "have its program give a figure a row (gives: row), or leave it out"
    if !slices.isEmpty {
      throw Diagnostic(
        "'\(metric.id)' is one figure of all rows, so it has none for slices",
        at: (body.key("slices") ?? body).mark, hint: hint)
    }
    if certainty != nil {
      throw Diagnostic(
        "'\(metric.id)' is one figure of all rows, so nothing says how sure it is",
        at: (body.key("confidence") ?? body).mark, hint: hint)
    }
  }

  /// Reads the requests of a gate; throws every mistake.
  package static func read(
    _ settings: GateSettings, limits: [Limit.Kind]
  ) throws(Diagnostics) -> [MetricRequest] {
    var requests: [MetricRequest] = []
    var mistakes = settings.readMetrics { name, body throws(Diagnostic) in
      let request = try MetricRequest(name: name, body: body, settings, limits: limits)
      requests.append(request)
      return request.id
    }
    mistakes += Certainty.mistakes(settings.node, requests)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    return requests
  }

  /// Reads one request for a metric of the task or of the manifest's own; throws its first mistake.
  package init(
    name: Node, body: Node, _ settings: GateSettings, limits: [Limit.Kind]
  ) throws(Diagnostic) {
    let text = name.text ?? ""
    guard let metric = settings.metric(text) else {
      throw Diagnostic("unknown metric '\(text)'", at: name.mark)
    }
    try self.init(
      metric, name: name, body: body, settings,
      limits: try Self.kinds(of: metric, name, body, settings, among: limits))
  }
}

extension GateSettings {
  /// Hands every entry under `metrics` to `read`, which gives the id of its check; gives every mistake.
  package func readMetrics(
    _ read: (_ name: Node, _ body: Node) throws(Diagnostic) -> String
  ) -> [Diagnostic] {
    var ids: Set<String> = []
    var mistakes: [Diagnostic] = []
    let entries =
      node["metrics"]?.pairs?.map { (name: $0.key, body: $0.value) }
      ?? node["metrics"]?.items?.compactMap { item in
        item["metric"].map { (name: $0, body: item) }
      } ?? []
    for entry in entries {
      do {
        let check = try read(entry.name, entry.body)
        if !ids.insert(check).inserted {
          mistakes.append(
            Diagnostic(
              "there are two checks '\(id)/\(check)'", at: entry.name.mark,
              hint: "give one of them an 'id' of its own"))
        }
      } catch { mistakes.append(error) }
    }
    return mistakes
  }
}

extension [MetricRequest<Metric>] {
  /// Limits judged with confidence, each on all rows and on every group of its slices.
  package func limits(_ evidence: Evidence) -> Int {
    reduce(0) { sum, request in
      guard request.certainty != nil else { return sum }
      let groups = request.slices.unique.reduce(1) {
        $0 + ((try? evidence.rows(of: $1).groups.count) ?? 0)
      }
      return sum + request.limits.count * groups
    }
  }
}

extension Limit {
  /// Whether hardly any value can be beyond it, so that it only has the value recorded.
  fileprivate func isIdle(on range: ClosedRange<Double>) -> Bool {
    return switch kind {
    case .min: bound <= max(range.lowerBound, 0)
    case .max: bound >= min(range.upperBound, 1)
    case .maxIncrease: bound >= (range.upperBound.isFinite ? range.upperBound / 5 : 1e6)
    case .maxIncreaseRelative: bound >= 1
    default: false
    }
  }
}
