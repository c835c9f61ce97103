import GateCore

/// One row of the plot of all figures: a value or a difference, its interval and its limits.
struct ForestRow {
  let name: String
  let outcome: Outcome
  let value: Double
  let interval: ClosedRange<Double>?
  /// The champion's value, where the row is of the candidate's.
  let champion: Double?
  /// The bounds, each with whether what is above it is wrong.
  let bounds: [(at: Double, isMost: Bool)]

  /// The row of a check; nil where it has no figure, or no limit that the figure can be drawn against.
  init?(_ check: Check) {
    guard let whole = check.value, whole.isFinite, let limit = check.limit else { return nil }
    name = check.id
    outcome = check.outcome
    var bounds: [(at: Double, isMost: Bool)] = []
    if check.interval?.of == .difference || limit["min"] == nil && limit["max"] == nil,
      let difference = check.difference, difference.isFinite
    {
      // A drop goes the way that is worse, which the metric's direction says.
      let isLowBetter: Bool
      switch check.direction {
      case .higherIsBetter: isLowBetter = false
      case .lowerIsBetter: isLowBetter = true
      default: return nil
      }
      value = difference
      champion = nil
      for (key, bound) in limit.sorted(by: { $0.key < $1.key }) where bound.isFinite {
        switch key {
        case "max_increase": bounds.append((bound, true))
        case "max_drop": bounds.append(isLowBetter ? (bound, true) : (-bound, false))
        case "min_gain": bounds.append(isLowBetter ? (-bound, true) : (bound, false))
        default: break
        }
      }
    } else {
      value = whole
      champion = check.champion.flatMap { $0.isFinite ? $0 : nil }
      if let least = limit["min"], least.isFinite { bounds.append((least, false)) }
      if let most = limit["max"], most.isFinite { bounds.append((most, true)) }
    }
    guard !bounds.isEmpty else { return nil }
    self.bounds = bounds
    interval = check.interval.flatMap { interval in
      interval.low.isFinite && interval.high.isFinite && interval.low <= interval.high
        ? interval.low...interval.high : nil
    }
  }

  /// What the row's axis must show.
  private var range: ClosedRange<Double> {
    var all = [value] + bounds.map(\.at) + [champion].compactMap(\.self)
    if let interval { all += [interval.lowerBound, interval.upperBound] }
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    let space = max((high - low) * 0.12, abs(high) * 1e-6, 1e-12)
    return low - space...high + space
  }

  private static let (width, height, left, right) = (900.0, 26.0, 330.0, 110.0)

  /// All rows, one below the other.
  static func plot(_ rows: [ForestRow]) -> XML {
    let whole = height * Double(rows.count) + 8
    return XML(
      "svg",
      [
        ("viewBox", "0 0 \(number(width)) \(number(whole))"), ("role", "img"),
        (
          "aria-label",
          "Every figure with its interval and its limit; the tables below have the same numbers"
        ),
      ], rows.enumerated().map { place, row in row.xml(at: 4 + height * (Double(place) + 0.5)) })
  }

  private func xml(at y: Double) -> XML {
    let range = range
    let (start, end) = (Self.left, Self.width - Self.right)
    func x(_ value: Double) -> Double {
      start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
    }
    var parts = [
      XML("title", text: "\(name): \(value.short), \(outcome.rawValue)"),
      Self.line("axis", start, y, end, y),
    ]
    parts += bounds.flatMap { Self.side(x($0.at), isMost: $0.isMost, at: y) }
    if let interval {
      parts.append(Self.line("bar", x(interval.lowerBound), y, x(interval.upperBound), y))
    }
    if let champion {
      parts.append(
        XML(
          "circle",
          [
            ("class", "hollow"), ("cx", Self.number(x(champion))), ("cy", Self.number(y)),
            ("r", "5"),
          ]))
    }
    parts.append(Self.mark(outcome, x(value), y))
    let shown = name.count > 46 ? name.prefix(22) + "…" + name.suffix(22) : name[...]
    parts.append(XML("text", [("x", "0"), ("y", Self.number(y + 4))], text: String(shown)))
    parts.append(
      XML("text", [("x", Self.number(end + 8)), ("y", Self.number(y + 4))], text: value.short))
    return XML("g", [("class", outcome.rawValue)], parts)
  }

  /// A line of the plot.
  static func line(
    _ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) -> XML {
    XML(
      "line",
      [
        ("class", style), ("x1", number(x1)), ("y1", number(y1)), ("x2", number(x2)),
        ("y2", number(y2)),
      ])
  }

  /// A limit with the side of it that fails.
  private static func side(_ x: Double, isMost: Bool, at y: Double) -> [XML] {
    let (start, end) = (left, width - right)
    return [
      XML(
        "rect",
        [
          ("class", "wrong"), ("x", number(isMost ? x : start)), ("y", number(y - 10)),
          ("width", number(max(0, isMost ? end - x : x - start))), ("height", "20"),
        ]), line("limit", x, y - 11, x, y + 11),
    ]
  }

  /// The figure, by a shape that says what came of it.
  static func mark(_ outcome: Outcome, _ x: Double, _ y: Double) -> XML {
    switch outcome {
    case .passed, .waived, .skipped:
      XML(
        "circle", [("class", "mark"), ("cx", number(x)), ("cy", number(y)), ("r", "5")])
    case .failed, .error:
      XML(
        "rect",
        [
          ("class", "mark"), ("x", number(x - 5)), ("y", number(y - 5)), ("width", "10"),
          ("height", "10"),
        ])
    case .inconclusive:
      XML(
        "path",
        [
          ("class", "mark"),
          (
            "d",
            "M \(number(x)) \(number(y - 6)) L \(number(x + 6)) \(number(y + 5)) L \(number(x - 6)) \(number(y + 5)) Z"
          ),
        ])
    }
  }

  /// A coordinate to a tenth.
  static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard abs(tenths) < 1e9 else { return "0" }
    let whole = Int(tenths)
    return whole % 10 == 0 ? "\(whole / 10)" : "\(Double(whole) / 10)"
  }
}
