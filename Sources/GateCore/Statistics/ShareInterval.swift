/// Intervals for a share of rows: accuracy, recall, precision, a selection rate.
///
/// A gate decides on `clopperPearson`, at every size. By enumeration of all outcomes at 95%, a share
/// that is just not good enough passes on Wilson's bound in up to 16% of runs when it is near 0 or
/// 1, and still in 4% where 20 rows miss, of however many; on the exact bound never in more than
/// 2.5%. With many rows the two differ by about a row.
package enum ShareInterval {
  /// Wilson's score interval without continuity correction; in 0...1, never of width 0.
  ///
  /// `share` is in 0...1; `size` is the number of rows the share is of (its denominator), or for
  /// weighted rows their `effectiveSize`, not only whole. Throws `Undefined` for a size of 0 or a
  /// share outside 0...1.
  /// Source: Wilson, JASA 22, 1927; statsmodels' `proportion_confint(method="wilson")`.
  package static func wilson(
    share: Double, size: Double, confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    let z = try StandardNormal.width(confidence)
    let (low, high) = try wilsonBounds(share: share, size: size, z: z)
    return ConfidenceInterval(low: low, high: high, level: confidence, method: "Wilson")
  }

  /// Wilson's bounds at `z` standard errors.
  package static func wilsonBounds(
    share: Double, size: Double, z: Double
  ) throws(Undefined) -> (low: Double, high: Double) {
    guard size > 0, size.isFinite else { throw Undefined("a share of no rows has no interval") }
    guard share >= 0, share <= 1 else {
      throw Undefined("a share lies in 0...1, and \(share) does not")
    }
    let square = z * z
    let scale = 1 + square / size
    let centre = (share + square / (2 * size)) / scale
    let half = z / scale * (share * (1 - share) / size + square / (4 * size * size)).squareRoot()
    // At the ends the bound is the end itself, which rounding must not miss.
    return (share == 0 ? 0 : max(0, centre - half), share == 1 ? 1 : min(1, centre + half))
  }

  /// Clopper and Pearson's exact interval: covers at least `confidence` at every size; in 0...1.
  ///
  /// `successes` of `trials` rows. Throws `Undefined` without trials or with more successes than
  /// trials.
  /// Source: Clopper, Pearson, Biometrika 26, 1934; scipy's
  /// `binomtest(...).proportion_ci("exact")`.
  package static func clopperPearson(
    successes: Int, trials: Int, confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    guard trials > 0 else { throw Undefined("a share of no rows has no interval") }
    guard successes >= 0, successes <= trials else {
      throw Undefined("\(successes) successes in \(trials) trials cannot be")
    }
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    let tail = (1 - confidence) / 2
    let (hits, misses) = (Double(successes), Double(trials - successes))
    let low = successes == 0 ? 0 : try Beta(hits, misses + 1).quantile(tail)
    // The upper quantile as the lower one of the mirrored distribution keeps small tails exact.
    let high = misses == 0 ? 1 : 1 - (try Beta(misses, hits + 1).quantile(tail))
    return ConfidenceInterval(low: low, high: high, level: confidence, method: "Clopper-Pearson")
  }

  /// The shares that the mid-p test does not reject: where half of the chance of what was found, and all of what is further,
  /// is the tail. Nearer than `clopperPearson`, and right on average instead of at every share; in 0...1.
  ///
  /// Source: Lancaster, "Significance tests in discrete distributions", JASA 56, 1961; Agresti, Gottard, "Nonconservative
  /// exact small-sample inference for discrete data", Computational Statistics & Data Analysis 51, 2007.
  static func midP(
    successes: Int, trials: Int, confidence: Double
  ) throws(Undefined) -> (low: Double, high: Double) {
    guard trials > 0, 0...trials ~= successes else {
      throw Undefined("\(successes) successes in \(trials) trials cannot be")
    }
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    let tail = (1 - confidence) / 2
    // The upper bound as the lower one of the misses keeps small tails exact.
    return (
      try midPBound(successes, trials, tail), 1 - (try midPBound(trials - successes, trials, tail))
    )
  }

  /// The share at which the mid-p of as many successes or more is `tail`: between that of as many or more, and that of more.
  private static func midPBound(
    _ successes: Int, _ trials: Int, _ tail: Double
  ) throws(Undefined) -> Double {
    if successes == 0 { return 0 }
    let (hits, misses) = (Double(successes), Double(trials - successes))
    /// How far the mid-p's logarithm is above the tail's.
    func off(_ share: Double) throws(Undefined) -> Double {
      let binomial = Binomial(trials: trials, probability: share)
      let more = misses == 0 ? 0 : try binomial.survival(successes)
      return logarithm((try binomial.survival(successes - 1) + more) / 2 / tail)
    }
    var low = try Beta(hits, misses + 1).quantile(tail)
    var high = misses == 0 ? 1 : try Beta(hits + 1, misses).quantile(tail)
    var (below, above) = (try off(low), try off(high))
    var wasLow: Bool?
    // The Illinois variant of false position: the end that stays twice weighs half.
    for _ in 0..<100 where high - low > 1e-15 * high {
      let middle = low - below * (high - low) / (above - below)
      let found = try off(middle)
      if abs(found) <= 1e-13 { return middle }
      if found < 0 {
        if wasLow == true { above /= 2 }
        (low, below, wasLow) = (middle, found, true)
      } else {
        if wasLow == false { below /= 2 }
        (high, above, wasLow) = (middle, found, false)
      }
    }
    return (low + high) / 2
  }

  /// Newcombe's hybrid score interval for the difference of two independent shares, first minus
  /// second.
  ///
  /// For two groups of different rows; sizes as in `wilson`. In -1...1, never of width 0.
  /// Source: Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10; statsmodels'
  /// `confint_proportions_2indep(compare="diff", method="newcomb")`.
  package static func newcombe(
    _ first: (share: Double, size: Double), _ second: (share: Double, size: Double),
    confidence: Double
  ) throws(Undefined) -> ConfidenceInterval {
    let z = try StandardNormal.width(confidence)
    let one = try wilsonBounds(share: first.share, size: first.size, z: z)
    let two = try wilsonBounds(share: second.share, size: second.size, z: z)
    let difference = first.share - second.share
    let down = hypotenuse(first.share - one.low, two.high - second.share)
    let up = hypotenuse(one.high - first.share, second.share - two.low)
    return ConfidenceInterval(
      low: max(-1, difference - down), high: min(1, difference + up), level: confidence,
      method: "Newcombe")
  }
}

/// The length of the longest side of a right triangle whose sides are shares.
func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
