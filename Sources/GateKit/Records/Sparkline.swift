import GateCore

/// A check's values over time, small enough for a cell of a table.
struct Sparkline {
  /// The oldest first, nil for a missing one.
  private let values: [Double?]
  private let outcome: Outcome
  /// The latest limits on the value itself, each with whether what is above it is wrong.
  private let bounds: [(at: Double, isMost: Bool)]
  private let words: String

  /// The most values that are drawn: a line of that many pixels shows no more.
  private static let most = 160
  private static let (width, height, edge) = (160.0, 28.0, 6.0)

  init(_ trend: Trend) {
    values = Self.thinned(trend.values)
    outcome = trend.latest.outcome
    let limit = trend.latest.limit ?? [:]
    bounds = [("min", false), ("max", true)].compactMap { name, isMost in
      limit[name].flatMap { $0.isFinite ? ($0, isMost) : nil }
    }
    let shown = trend.values.compactMap(\.self)
    words =
      "\(trend.latest.id): \(shown.count.counted("value")), "
      + (shown.last.map { "the latest \($0.short)" } ?? "none")
  }

  /// At most as many values as are drawn: of each stretch the one that is furthest from the stretch before, so that no
  /// peak is lost, and always the latest.
  private static func thinned(_ values: [Double?]) -> [Double?] {
    guard values.count > most else { return values }
    var kept: [Double?] = []
    for place in 0..<most - 1 {
      let stretch = values[
        place * (values.count - 1) / (most - 1)..<(place + 1) * (values.count - 1) / (most - 1)]
      let before = kept.last.flatMap(\.self) ?? stretch.compactMap(\.self).first ?? 0
      kept.append(stretch.compactMap(\.self).max { abs($0 - before) < abs($1 - before) })
    }
    return kept + [values[values.count - 1]]
  }

  /// What the drawing must show; nil where there is no value.
  private var range: ClosedRange<Double>? {
    let shown = values.compactMap(\.self)
    guard let low = shown.min(), let high = shown.max() else { return nil }
    // A limit far from all values would make a flat line of them.
    let reach = max((high - low) * 3, abs(high) * 0.05, 1e-12)
    let near = bounds.map(\.at).filter { $0 >= low - reach && $0 <= high + reach }
    let (least, greatest) = (min(low, near.min() ?? low), max(high, near.max() ?? high))
    let space = max((greatest - least) * 0.05, abs(greatest) * 1e-6, 1e-12)
    return (least - space).isFinite && (greatest + space).isFinite
      ? least - space...greatest + space : nil
  }

  /// The drawing; nil where there is no value to draw.
  var xml: XML? {
    guard let range else { return nil }
    func x(_ place: Int) -> Double {
      let step = (Self.width - 2 * Self.edge) / Double(max(1, values.count - 1))
      return values.count == 1 ? Self.width / 2 : Self.edge + step * Double(place)
    }
    func y(_ value: Double) -> Double {
      let share =
        value / (range.upperBound - range.lowerBound)
        - range.lowerBound / (range.upperBound - range.lowerBound)
      return Self.height - Self.edge - share * (Self.height - 2 * Self.edge)
    }
    var parts = [XML("title", text: words)]
    for bound in bounds where range.contains(bound.at) {
      let at = y(bound.at)
      parts.append(
        XML(
          "rect",
          [
            ("class", "wrong"), ("x", "0"), ("y", ForestRow.number(bound.isMost ? 0 : at)),
            ("width", ForestRow.number(Self.width)),
            ("height", ForestRow.number(max(0, bound.isMost ? at : Self.height - at))),
          ]))
      parts.append(ForestRow.line("limit", 0, at, Self.width, at))
    }
    parts += lines.map { line in
      let path = line.map { "\(ForestRow.number(x($0))) \(ForestRow.number(y(values[$0] ?? 0)))" }
      return XML(
        "path", [("class", "hollow"), ("d", "M " + path.joined(separator: " L "))])
    }
    if let last = values.lastIndex(where: { $0 != nil }), let value = values[last] {
      parts.append(ForestRow.mark(outcome, x(last), y(value)))
    }
    return XML(
      "svg",
      [
        ("class", "spark \(outcome.rawValue)"), ("role", "img"), ("aria-label", words),
        ("viewBox", "0 0 \(ForestRow.number(Self.width)) \(ForestRow.number(Self.height))"),
      ], parts)
  }

  /// The places of values that follow each other; a missing one breaks the line.
  private var lines: [[Int]] {
    var lines: [[Int]] = [[]]
    for place in values.indices {
      if values[place] == nil { lines.append([]) } else { lines[lines.count - 1].append(place) }
    }
    return lines.filter { $0.count > 1 }
  }

  /// The last values as signs of eight heights, for a text.
  var signs: String {
    let last = values.suffix(24)
    let shown = last.compactMap(\.self)
    guard let low = shown.min(), let high = shown.max(), shown.count > 1 else { return "" }
    let heights = Array("▁▂▃▄▅▆▇█")
    return String(
      last.map { value in
        guard let value else { return " " }
        let share = high > low ? value / (high - low) - low / (high - low) : 0.5
        return heights[min(7, max(0, Int((share * 7).rounded())))]
      })
  }
}
