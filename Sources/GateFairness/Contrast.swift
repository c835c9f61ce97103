import GateCore

/// One comparison of groups, of which an aggregate is the largest or the least; or the mean of one of each measure.
struct Contrast: Sendable {
  /// Of one measure each.
  package let singles: [Single]

  /// A comparison of one measure's groups.
  struct Single: Sendable, Hashable {
    /// Which numbers, by their place among all, and how often each counts.
    package let terms: [Term]
    /// What they are divided by; nil: they are not.
    package var over: Int?
    /// With a quotient q of what is left of all rows to a group that is this part of them: 1 / (part + (1 - part) q), the
    /// group over all rows. 0: the quotient itself.
    package var part = 0.0
    /// Whether the inverse is meant.
    var isInverse = false

    /// A number and its factor.
    package struct Term: Sendable, Hashable {
      package let place: Int
      package let factor: Double
    }
  }
}

/// What groups' numbers are at `z` standard errors.
struct ContrastBounds: Sendable {
  package let values: [Double]
  let lows: [Double]
  let highs: [Double]

  package init(_ estimates: [GroupEstimate], z: Double) {
    values = estimates.map(\.value)
    let bounds = estimates.map { $0.bounds(z) }
    lows = bounds.map(\.low)
    highs = bounds.map(\.high)
  }
}

extension Contrast {
  /// Its value.
  package func value(_ values: [Double]) -> Double {
    singles.reduce(0) { $0 + $1.value(values) } / Double(singles.count)
  }

  /// Where it lies when the groups' numbers lie within these bounds, as far as numbers that do not depend on each other
  /// do so together.
  ///
  /// Source: Zou, Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27, 2008
  /// (MOVER); for quotients Donner, Zou, "Closed-form confidence intervals for functions of the normal mean and standard
  /// deviation", Statistical Methods in Medical Research 21, 2012.
  package func bounds(_ bounds: ContrastBounds) -> (low: Double, high: Double) {
    if singles.count == 1 { return singles[0].bounds(bounds) }
    var (value, down, up) = (0.0, 0.0, 0.0)
    for single in singles {
      let own = single.value(bounds.values)
      let (low, high) = single.bounds(bounds)
      value += own
      down += (own - low) * (own - low)
      up += (high - own) * (high - own)
    }
    let count = Double(singles.count)
    return ((value - down.squareRoot()) / count, (value + up.squareRoot()) / count)
  }
}

extension Contrast.Single {
  /// NaN where it is 0 over 0.
  package func value(_ values: [Double]) -> Double {
    let sum = terms.reduce(0) { $0 + $1.factor * values[$1.place] }
    guard let over else { return sum }
    return turned(sum / values[over])
  }

  /// The group over all rows, or its inverse, of the quotient.
  private func turned(_ quotient: Double) -> Double {
    let value = part == 0 ? quotient : 1 / (part + (1 - part) * quotient)
    return isInverse ? 1 / value : value
  }

  /// Whether it falls where the quotient rises.
  private var falls: Bool { (part != 0) != isInverse }

  package func bounds(_ bounds: ContrastBounds) -> (low: Double, high: Double) {
    var (sum, down, up) = (0.0, 0.0, 0.0)
    for term in terms {
      let value = bounds.values[term.place]
      sum += term.factor * value
      let below = term.factor * (value - bounds.lows[term.place])
      let above = term.factor * (bounds.highs[term.place] - value)
      down += term.factor > 0 ? below * below : above * above
      up += term.factor > 0 ? above * above : below * below
    }
    let (low, high) = (sum - down.squareRoot(), sum + up.squareRoot())
    guard let over else { return (low, high) }
    let quotient = Self.quotient(
      (sum, low, high), (bounds.values[over], bounds.lows[over], bounds.highs[over]))
    return falls
      ? (turned(quotient.high), turned(quotient.low))
      : (turned(quotient.low), turned(quotient.high))
  }

  /// Of two numbers that are at least 0, the first over the second; unbounded above where the second may be 0.
  private static func quotient(
    _ x: (value: Double, low: Double, high: Double), _ y: (value: Double, low: Double, high: Double)
  ) -> (low: Double, high: Double) {
    func end(_ xEnd: Double, _ yEnd: Double, _ sign: Double) -> Double {
      var rest = 2 * y.value - yEnd
      if abs(rest) < 1e-12 { rest = 1e-12 }
      let product = x.value * y.value
      let inside = product * product - xEnd * yEnd * (2 * x.value - xEnd) * rest
      return (product + sign * max(0, inside).squareRoot()) / (yEnd * rest)
    }
    return (
      max(0, end(max(0, x.low), y.high, -1)), y.low > 0 ? end(x.high, y.low, 1) : .infinity
    )
  }

  /// The share of each number's noise in its own, on the scale on which quotients are differences: for the draws that say
  /// how many comparisons there really are.
  func gradient(_ values: [Double]) -> [Term] {
    guard let over else { return terms }
    let sum = terms.reduce(0) { $0 + $1.factor * values[$1.place] }
    let own = terms.map { Term(place: $0.place, factor: $0.factor / max(sum, 1e-12)) }
    let sign = falls ? -1.0 : 1.0
    return (own + [Term(place: over, factor: -1 / max(values[over], 1e-12))]).map {
      Term(place: $0.place, factor: sign * $0.factor)
    }
  }
}
