extension BootstrapValues {
  /// The share of replicates in which the statistic may be undefined before an interval is refused.
  private static var mostUndefined: Double { 0.05 }

  /// Between the quantiles of the replicates at either tail.
  ///
  /// Throws `Undefined` where the statistic is undefined on the rows or on more than 5% of the
  /// replicates, where all replicates are equal, and where there are too few of them for the tails.
  /// Source: Efron, Tibshirani, 1993, chapter 13; scipy's `bootstrap(method="percentile")`.
  public func percentileInterval(confidence: Double) throws(Undefined) -> Check.Interval {
    let sorted = try sortedReplicates(confidence)
    let tail = (1 - confidence) / 2
    return Check.Interval(
      low: sorted.quantile(tail), high: sorted.quantile(1 - tail), level: confidence,
      method: "bootstrap, percentile")
  }

  /// Bias-corrected and accelerated: between quantiles of the replicates that are shifted by how
  /// the replicates lie about the estimate, and by the skewness of what single rows contribute.
  ///
  /// The acceleration comes from a jackknife that leaves out a group of rows at a time; the
  /// skewness of a group's sum falls with its size just as the formula's root rises, so the formula
  /// is that of single rows. Throws `Undefined` as `percentileInterval`, and where every replicate
  /// lies on one side of the estimate.
  /// Source: Efron, JASA 82, 1987, 171-185; scipy's `bootstrap(method="BCa")`.
  public func bcaInterval(confidence: Double) throws(Undefined) -> Check.Interval {
    let sorted = try sortedReplicates(confidence)
    guard let estimate else { throw Undefined("it is undefined on these rows") }
    let below = Double(sorted.partitioningIndex { $0 >= estimate })
    let atMost = Double(sorted.partitioningIndex { $0 > estimate })
    let share = (below + atMost) / Double(2 * sorted.count)
    guard share > 0, share < 1 else {
      throw Undefined("every replicate lies on one side of the value, so its bias is not known")
    }
    let shift = try StandardNormal.quantile(share)
    let z = try StandardNormal.width(confidence)
    func level(_ z: Double) throws(Undefined) -> Double {
      let moved = shift + z
      let scale = 1 - acceleration * moved
      guard scale > 0 else {
        throw Undefined("single rows weigh so much that the bootstrap cannot be corrected")
      }
      return try StandardNormal.cdf(shift + moved / scale)
    }
    return Check.Interval(
      low: sorted.quantile(try level(-z)), high: sorted.quantile(try level(z)), level: confidence,
      method: "bootstrap, BCa")
  }

  /// A sixth of the skewness of the mean of what the groups contribute; 0 without a jackknife.
  var acceleration: Double {
    var (mean, total) = (0.0, 0.0)
    for (value, weight) in zip(jackknife, jackknifeWeights) {
      mean += weight * value
      total += weight
    }
    mean /= total
    var (squares, cubes) = (0.0, 0.0)
    for (value, weight) in zip(jackknife, jackknifeWeights) {
      let influence = mean - value
      squares += weight * influence * influence
      cubes += weight * influence * influence * influence
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// The replicates in ascending order, when an interval may rest on them.
  private func sortedReplicates(_ confidence: Double) throws(Undefined) -> [Double] {
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    guard estimate != nil else { throw Undefined("it is undefined on these rows") }
    let count = replicates.count + undefined
    guard Double(undefined) <= Self.mostUndefined * Double(count) else {
      throw Undefined(
        "it is undefined on \(undefined) of \(count) resamples, more than 1 in 20: too few rows of "
          + "some kind")
    }
    // A tail takes one in the replicates and the rows as they are; the slack is for rounding.
    guard Double(replicates.count + 1) * (1 - confidence) >= 2 - 1e-9 else {
      throw Undefined(
        "\(replicates.count) resamples are too few for a confidence of \(confidence.brief)")
    }
    let sorted = replicates.sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else {
      throw Undefined("every resample gives the same value, so the rows do not show how sure it is")
    }
    return sorted
  }
}

extension [Double] {
  /// The quantile at `level`, in 0...1, of sorted numbers, by linear interpolation; NaN of none.
  ///
  /// Source: numpy's `quantile(method="linear")`.
  func quantile(_ level: Double) -> Double {
    guard !isEmpty else { return .nan }
    let place = Swift.min(Swift.max(level, 0), 1) * Double(count - 1)
    let index = Swift.min(Int(place), count - 1)
    let next = Swift.min(index + 1, count - 1)
    return self[index] + (place - Double(index)) * (self[next] - self[index])
  }
}
