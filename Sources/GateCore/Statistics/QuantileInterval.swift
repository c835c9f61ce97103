extension [Double] {
  /// Between two of these sorted numbers, so that the quantile at `level` of what they were drawn from lies outside in a
  /// share 1 - `confidence` of draws at most, half of that on each side, whatever its distribution.
  ///
  /// Throws `Undefined` where so few numbers say nothing of it.
  /// Source: David, Nagaraja, "Order Statistics", 2003, section 7.1.
  func quantileInterval(_ level: Double, confidence: Double) throws(Undefined) -> ConfidenceInterval
  {
    let below = Binomial(trials: count, probability: level)
    let tail = (1 - confidence) / 2
    // So many numbers lie below the quantile in no more than the tail of draws, and so many in no more above.
    let low = level > 0 ? try below.quantile(tail) : 0
    let high = level < 1 ? try below.quantile(1 - tail) + 1 : count + 1
    guard low >= 1, high <= count else {
      throw Undefined("\(count) rows are too few to say how far off their quantile may be")
    }
    return ConfidenceInterval(
      low: self[low - 1], high: self[high - 1], level: confidence, method: "order statistics")
  }
}
