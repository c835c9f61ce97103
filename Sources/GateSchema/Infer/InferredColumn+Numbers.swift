import GateCore

extension InferredColumn {
  /// The range of numbers, or the numbers themselves where they are two.
  package func numbers() throws(Undefined) -> [String] {
    let isWhole = profile.column.kind == .integer
    if isWhole, isLabel || profile.distinct <= 2, let listed = try listed() { return listed }
    guard let ends = profile.ends else { return ["# No number was found among its values."] }
    // Of one value alone nothing tells that the ends of a scale were met.
    let beyond = try chance.most(beside: 0)
    let isFixed = ends.high > ends.low && ends.areFixed(beyond: beyond)
    let share =
      isFixed && ends.infinite == 0
      ? Chance.share(of: Chance.few, in: ends.count)
      : try chance.share(
        beside: ends.infinite, of: ends.count, below: ends.infinite == 0 ? 0.5 : 0.99)
    guard let share else { return [tooFew] }
    let (low, high) = (ends.low, ends.high)
    let reach = ends.reach
    var range = Self.outward(
      low - max(reach.low, isWhole ? 1 : 0), high + max(reach.high, isWhole ? 1 : 0),
      isWhole: isWhole)
    if low >= 0 { range.low = max(0, range.low) }
    let most = Double.greatestFiniteMagnitude
    range = (max(range.low, -most), min(range.high, most))
    return [
      "# \(isWhole ? Self.text(low) : low.brief) to \(isWhole ? Self.text(high) : high.brief) were found"
        + (ends.infinite > 0
          ? ", beside \(ends.infinite.counted("infinite value"))."
          : low >= 0 ? "; nothing is below 0." : "."),
      "between: {min: \(Self.text(range.low)), max: \(Self.text(range.high))"
        + ", mostly: \(share.rest)}",
    ]
  }

  /// The ends rounded away from each other to a hundredth of their distance's power of ten.
  private static func outward(
    _ low: Double, _ high: Double, isWhole: Bool
  ) -> (low: Double, high: Double) {
    var scale = 1.0
    while scale * (high - low) < 100, scale < 1e15 { scale *= 10 }
    if isWhole { scale = 1 }
    var step = 1.0
    while (high - low) / step >= 1000, step < 1e15 { step *= 10 }
    guard scale == 1 else {
      return ((low * scale).rounded(.down) / scale, (high * scale).rounded(.up) / scale)
    }
    return ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
  }

  /// A whole number without a point.
  private static func text(_ number: Double) -> String {
    abs(number) < 9e15 && number == number.rounded() ? "\(Int(number))" : number.description
  }
}
