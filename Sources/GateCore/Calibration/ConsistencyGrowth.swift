extension Consistency.Reading {
  /// How many times as many new rows would more likely than not decide; nil: the rows do not tell on which side of the
  /// bound the true error lies.
  ///
  /// The square of a value is about that of the true error and that of what chance adds, which falls as rows grow. The true
  /// error is taken one standard deviation nearer to the bound than it looks, for the values that are furthest from the
  /// bound are mostly so by luck.
  var growth: Double? {
    // A squared error falls as the square of a plain one.
    let scale: (Double) -> Double = error == .squared ? { $0.squareRoot() } : { $0 }
    let (value, bound) = (scale(value), scale(bound))
    let (mean, reach) = (scale(errors.mean), scale(reach))
    guard let width = try? StandardNormal.quantile(consistency.level) else { return nil }
    let noise = (reach - mean) / width
    let seen = value <= bound ? value + noise : max(0, value - noise)
    let truth = max(0, seen * seen - mean * mean).squareRoot()
    if value > bound {
      guard truth > bound else { return nil }
      return max(1, (reach * reach - mean * mean) / (truth * truth))
    }
    guard truth < bound, let off = off?.min(by: isLower) else { return nil }
    let gap = scale(off.mean) - scale(off.floor(consistency.beyond))
    let factors = sequence(first: 1.0) { $0 < 1e9 ? $0 * 1.05 : nil }
    return factors.first { factor in
      let chance = mean * mean / factor
      let least = (bound * bound + chance).squareRoot() - gap / factor.squareRoot()
      return (truth * truth + chance).squareRoot() <= least
    }
  }

  /// Whether scores that are off in one way stay above less than those that are off in another.
  private func isLower(_ one: ChanceErrors, _ other: ChanceErrors) -> Bool {
    one.floor(consistency.beyond) < other.floor(consistency.beyond)
  }
}
