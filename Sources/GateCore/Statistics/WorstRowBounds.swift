/// A figure on draws of the rows, each with one imaginary row, and the intervals it gives.
package struct WorstRowBounds: Sendable {
  /// On the rows as they are; nil: undefined.
  package let estimate: Double?
  /// What each place gives where the imaginary row may be.
  package let places: [Place]

  /// The imaginary row at one place.
  package struct Place: Sendable {
    /// The figure on each draw, ascending; a draw without a figure counts as the worst of its side.
    package let low, high: [Double]
    /// How few clusters the draws are of; nil: they are of rows.
    package let shares: UnitShares?

    /// `drawn`: the figure on each draw; NaN where it has none.
    package init(_ drawn: [Double], shares: UnitShares?) {
      let sorted = drawn.filter { !$0.isNaN }.sorted()
      let undefined = drawn.count - sorted.count
      low = [Double](repeating: -.infinity, count: undefined) + sorted
      high = sorted + [Double](repeating: .infinity, count: undefined)
      self.shares = shares
    }

    /// How much farther out a bound of clusters lies: as Student's t is against the normal, and as a jackknife's standard
    /// error is against that of the draws.
    fileprivate func stretch(_ confidence: Double) throws(Undefined) -> Double {
      guard let shares else { return 1 }
      return try StudentT(degrees: shares.degrees).width(confidence)
        / StandardNormal.width(confidence) * shares.excess.squareRoot()
    }
  }

  /// Draws at each place.
  package var count: Int { places.first?.low.count ?? 0 }

  /// The interval at a confidence: from the lowest of the lower quantiles to the highest of the upper ones.
  ///
  /// Throws `Undefined` without an estimate, and for draws that are too few for the confidence.
  package func interval(_ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    guard let estimate else { throw Undefined("it is undefined on these rows") }
    let level = (1 - confidence) / 2
    guard Double(count + 1) * level >= 1 - 1e-9 else {
      throw Undefined("\(count) draws are too few for a confidence of \(confidence.brief)")
    }
    var (low, high) = (Double.infinity, -Double.infinity)
    for place in places {
      let stretch = try place.stretch(confidence)
      let (down, up) = (place.low.quantile(level), place.high.quantile(1 - level))
      guard down.isFinite, up.isFinite else {
        throw Undefined("it is undefined on too many draws of the rows: too few rows of some kind")
      }
      low = min(low, estimate + stretch * (down - estimate))
      high = max(high, estimate + stretch * (up - estimate))
    }
    return ConfidenceInterval(
      low: low, high: high, level: confidence,
      method: places.allSatisfy { $0.shares == nil }
        ? "Bayesian bootstrap and a row of the worst kind"
        : "Bayesian bootstrap of clusters and a row of the worst kind")
  }
}
