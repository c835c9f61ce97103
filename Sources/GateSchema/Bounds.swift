package import GateCore

/// What a figure may be: `min` and `max` inclusive, their exclusive forms, and `equal`.
package struct Bounds: Sendable {
  private let rule: SchemaRule

  /// Reads them from a rule.
  package init(_ rule: SchemaRule) { self.rule = rule }

  /// What a check that holds a figure between bounds takes.
  package static let parameters: [Parameter] = {
    let most = Double.greatestFiniteMagnitude
    return [
      Parameter("min", "The smallest value that passes.", .number(-most...most)),
      Parameter("max", "The largest value that passes.", .number(-most...most)),
      Parameter("exclusive_min", "It must be above this.", .number(-most...most)),
      Parameter("exclusive_max", "It must be below this.", .number(-most...most)),
      Parameter("equal", "It must be just this.", .number(-most...most)),
      Parameter(
        "record", "Whether it is told and not judged, as long as no bound is known.", .boolean,
        standard: "false"),
    ]
  }()

  private static let keys = ["min", "exclusive_min", "max", "exclusive_max", "equal"]

  /// A rule without a bound holds whatever the figure; one whose bounds exclude each other never does.
  package static func refuse(_ rule: SchemaRule) -> Diagnostic? {
    let isBound = keys.contains { rule[$0] != nil }
    if rule.flag("record") {
      return isBound
        ? Diagnostic("'record' is for a figure without bounds", at: rule.mark, hint: "remove it")
        : nil
    }
    guard isBound else {
      return Diagnostic(
        "'\(rule.check.id)' has no bound, so it would hold whatever the value", at: rule.mark,
        hint: "add one of: \(keys.joined(separator: ", ")); or 'record: true' to be told it")
    }
    if let range = rule.check.definition.range,
      let key = keys.first(where: { key in rule[key]?.number.map { !range.contains($0) } ?? false })
    {
      let bound = rule[key]?.number ?? 0
      return Diagnostic(
        "'\(key): \(bound.brief)' lies outside of what '\(rule.check.id)' can be: "
          + (range.upperBound.isFinite
            ? "\(range.lowerBound.brief) to \(range.upperBound.brief)"
            : "\(range.lowerBound.brief) or more"),
        at: rule[key]?.mark ?? rule.mark,
        hint: range == 0...1 && (1...100).contains(bound)
          ? "write a share, not percent: '\(key): \((bound / 100).brief)'" : nil)
    }
    return contradiction(rule)
  }

  /// That no value lies between the bounds, of a count no whole number; at the bound that leaves none.
  private static func contradiction(_ rule: SchemaRule) -> Diagnostic? {
    let range = rule.check.definition.range
    let isWhole = rule.check.counted != nil || rule.check.id == "length"
    var low = range?.lowerBound ?? (isWhole ? 0 : -.infinity)
    var high = range?.upperBound ?? .infinity
    var (isAbove, isBelow) = (false, false)
    for key in ["min", "exclusive_min", "equal"] {
      guard let bound = rule[key]?.number, bound >= low else { continue }
      isAbove = key == "exclusive_min" || isAbove && bound == low
      low = bound
    }
    for key in ["max", "exclusive_max", "equal"] {
      guard let bound = rule[key]?.number, bound <= high else { continue }
      isBelow = key == "exclusive_max" || isBelow && bound == high
      high = bound
    }
    let mark = keys.reversed().lazy.compactMap { rule.body.key($0)?.mark }.first ?? rule.mark
    if low > high {
      return Diagnostic("the lower bound is above the upper, so no value could pass", at: mark)
    }
    if low == high, isAbove || isBelow {
      return Diagnostic(
        "no value is \(isAbove ? "above" : "at least") \(low.brief) and "
          + "\(isBelow ? "below" : "at most") \(high.brief), so none could pass", at: mark)
    }
    guard isWhole else { return nil }
    let first = isAbove ? low.rounded(.down) + 1 : low.rounded(.up)
    let last = isBelow ? high.rounded(.up) - 1 : high.rounded(.down)
    return first > last
      ? Diagnostic("no whole number lies between the bounds, so no count could pass", at: mark)
      : nil
  }

  /// Throws where a figure is so large that the number it is kept as may be a neighbour of its own, and a bound is too
  /// near to say on which side of it the figure lies.
  package func refuseInexact(_ value: Double, what: String) throws(Diagnostic) {
    guard value.magnitude >= 0x1p53, value.isFinite else { return }
    for key in Self.keys {
      guard let bound = rule[key]?.number, abs(value - bound) <= 4 * value.ulp else { continue }
      let written = rule[key]?.text ?? bound.whole
      throw Diagnostic(
        "\(what) is about \(value.whole), too near to \(key): \(written) to be told apart from it: beyond 2^53 a "
          + "figure is not known to its last digit", at: rule.mark,
        hint: rule.column == nil
          ? "compare whole numbers in the SQL itself, which is exact, such as sql: \"CAST(max(x) <= \(written) AS "
            + "INTEGER)\" with equal: 1"
          : "bound the values themselves, which is exact, by 'between'")
    }
  }

  /// What comes of a figure.
  package func finding(
    _ value: Double, what: String, n: Int? = nil, evidence: [String: JSON] = [:]
  ) -> Finding {
    if rule.flag("record") {
      return Finding(
        .skipped, "\(what) is \(value.brief), which is recorded and not judged", value: value, n: n,
        evidence: evidence)
    }
    let tolerance = rule["tolerance"]?.number ?? 0
    var limit: [LimitName: Double] = [:]
    var broken: [String] = []
    for key in Self.keys {
      guard let bound = rule[key]?.number else { continue }
      limit[LimitName(key)] = bound
      let slack = tolerance > 0 ? 1e-8 + tolerance * abs(bound) : 0
      let holds =
        switch key {
        case "min": value >= bound - slack
        case "exclusive_min": value > bound
        case "max": value <= bound + slack
        case "exclusive_max": value < bound
        default: value == bound
        }
      if !holds { broken.append("\(key): \(bound.brief(unlike: value))") }
    }
    let bounds = limit.sorted { $0.key < $1.key }.map { "\($0.key.rawValue): \($0.value.brief)" }
    let told = (broken.isEmpty ? bounds : broken).joined(separator: ", ")
    let figure = broken.isEmpty ? value.brief : value.brief(unlike: limit.values.first ?? value)
    return Finding(
      holds: broken.isEmpty,
      "\(what) is \(figure), which \(broken.isEmpty ? "keeps to" : "breaks") \(told)",
      value: value, n: n, limit: limit, evidence: evidence)
  }
}
