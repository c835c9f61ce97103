extension BootstrapValues {
  /// The share of replicates in which the statistic may be undefined before an interval is refused.
  private static var mostUndefined: Double { 0.05 }

  /// The bias, in standard errors, up to which an interval about the value is an interval about the truth.
  private static var mostBias: Double { 0.25 }

  /// Between the quantiles of the replicates at either tail, the tails widened for few units as `width` says.
  ///
  /// Throws `Undefined` where the statistic is undefined on the rows or on more than 5% of the
  /// replicates, where all replicates are equal, where there are too few of them for the tails, and where it is
  /// biased.
  /// Source: Efron, Tibshirani, 1993, chapter 13; with `isPlain` scipy's `bootstrap(method="percentile")`.
  package func percentileInterval(
    confidence: Double, isPlain: Bool = false
  ) throws(Undefined) -> ConfidenceInterval {
    let sorted = try sortedReplicates(confidence)
    let z = try isPlain ? StandardNormal.width(confidence) : width(confidence)
    if !isPlain { try refuseBias(sorted) }
    let tail = try StandardNormal.cdf(-z)
    return ConfidenceInterval(
      low: sorted.quantile(tail, isPlain: isPlain),
      high: sorted.quantile(1 - tail, isPlain: isPlain), level: confidence,
      method: "bootstrap, percentile")
  }

  /// Bias-corrected and accelerated: between quantiles of the replicates that are shifted by how
  /// the replicates lie about the estimate, and by the skewness of what single rows contribute; the tails widened for
  /// few units as `width` says.
  ///
  /// The acceleration comes from a jackknife that leaves out a group of rows at a time; the
  /// skewness of a group's sum falls with its size just as the formula's root rises, so the formula
  /// is that of single rows. Throws `Undefined` as `percentileInterval`, and where every replicate
  /// lies on one side of the estimate.
  /// Source: Efron, JASA 82, 1987, 171-185; with `isPlain` scipy's `bootstrap(method="BCa")`.
  package func bcaInterval(
    confidence: Double, isPlain: Bool = false
  ) throws(Undefined) -> ConfidenceInterval {
    let sorted = try sortedReplicates(confidence)
    guard let estimate else { throw Undefined("it is undefined on these rows") }
    let z = try isPlain ? StandardNormal.width(confidence) : width(confidence)
    if !isPlain { try refuseBias(sorted) }
    let below = Double(sorted.partitioningIndex { $0 >= estimate })
    let atMost = Double(sorted.partitioningIndex { $0 > estimate })
    let share = (below + atMost) / Double(2 * sorted.count)
    guard share > 0, share < 1 else {
      throw Undefined("every replicate lies on one side of the value, so its bias is not known")
    }
    let shift = try StandardNormal.quantile(share)
    func level(_ z: Double) throws(Undefined) -> Double {
      let moved = shift + z
      let scale = 1 - acceleration * moved
      guard scale > 0 else {
        throw Undefined("single rows weigh so much that the bootstrap cannot be corrected")
      }
      return try StandardNormal.cdf(shift + moved / scale)
    }
    return ConfidenceInterval(
      low: sorted.quantile(try level(-z), isPlain: isPlain),
      high: sorted.quantile(try level(z), isPlain: isPlain), level: confidence,
      method: "bootstrap, BCa")
  }

  /// Of a biased statistic, such as a divergence that is near 0: as far down as the replicates lie or would lie turned
  /// about the value, and as far up; wider than it need be, and never too short by the bias.
  ///
  /// Throws `Undefined` as `percentileInterval`, but for the bias.
  package func widenedInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let sorted = try sortedReplicates(confidence)
    guard let estimate else { throw Undefined("it is undefined on these rows") }
    let tail = try StandardNormal.cdf(-(try width(confidence)))
    let (low, high) = (
      sorted.quantile(tail, isPlain: false), sorted.quantile(1 - tail, isPlain: false)
    )
    return ConfidenceInterval(
      low: min(low, 2 * estimate - high), high: max(high, 2 * estimate - low), level: confidence,
      method: "bootstrap, widened by its bias")
  }

  /// The half width in standard errors of an interval on as many units as these: Student's, times the root of n / (n - 1),
  /// because the bootstrap's own spread divides by n.
  ///
  /// The degrees are those of a variance of what the units contribute, as `degreesOfVariance` says.
  /// Source: Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69, 2015, 371-386
  /// (the expanded percentile interval).
  package func width(_ confidence: Double) throws(Undefined) -> Double {
    guard units > 1 else {
      throw Undefined("an interval needs two rows (clusters) at least, and these are \(units)")
    }
    let count = Double(units)
    let degrees = degreesOfVariance(units: count, kurtosis: kurtosis)
    return try StudentT(degrees: degrees).width(confidence) * (count / (count - 1)).squareRoot()
  }

  /// The kurtosis of what single units contribute; 3, a normal's, without a jackknife.
  ///
  /// How far that of groups is from 3 is smaller by their size.
  private var kurtosis: Double {
    let moments = influence
    guard moments.squares > 0 else { return 3 }
    let ofGroups = moments.total * moments.fourths / (moments.squares * moments.squares)
    return 3 + (ofGroups - 3) * max(1, Double(units) / moments.total)
  }

  /// Refuses a statistic whose resamples lie to one side of it: so it lies to that side of the truth, by nobody knows how
  /// much, and no interval about it is right. The errors of calibration are, which are sums of absolute values.
  ///
  /// Source: Efron, Tibshirani, 1993, section 10.2: a bias below a quarter of the standard error may be left alone.
  private func refuseBias(_ replicates: [Double]) throws(Undefined) {
    guard let estimate else { return }
    let count = Double(replicates.count)
    let mean = replicates.reduce(0, +) / count
    let squares = replicates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / count).squareRoot()
    let bias = mean - estimate
    guard abs(bias) <= Self.mostBias * error else {
      throw Undefined(
        "on resamples it is \(abs(bias).brief) \(bias > 0 ? "higher" : "lower") than on the rows, "
          + "\((abs(bias) / error).brief) of its standard error, so it is as far off on the rows and "
          + "no interval about it is right; take more rows, limit a metric without such a bias (for "
          + "calibration log_loss or brier_score), or judge this one without 'confidence': "
          + "'confidence: none' beside its limits")
    }
  }

  /// A sixth of the skewness of the mean of what the groups contribute; 0 without a jackknife.
  var acceleration: Double {
    let moments = influence
    return moments.squares > 0
      ? moments.cubes / (6 * moments.squares * moments.squares.squareRoot()) : 0
  }

  /// The sums of powers of what the groups contribute, about their mean.
  private var influence: (total: Double, squares: Double, cubes: Double, fourths: Double) {
    var (mean, total) = (0.0, 0.0)
    for (value, weight) in zip(jackknife, jackknifeWeights) {
      mean += weight * value
      total += weight
    }
    mean /= total
    var (squares, cubes, fourths) = (0.0, 0.0, 0.0)
    for (value, weight) in zip(jackknife, jackknifeWeights) {
      let influence = mean - value
      squares += weight * influence * influence
      cubes += weight * influence * influence * influence
      fourths += weight * influence * influence * influence * influence
    }
    return (total, squares, cubes, fourths)
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
  /// The quantile at `level`, in 0...1, of sorted numbers, between neighbours on a line; NaN of none.
  ///
  /// Of n numbers the one at place p (n + 1), below which a new one falls with a chance of p: tails of few replicates
  /// are as large as they say. With `isPlain` that at 1 + p (n - 1).
  /// Source: numpy's `quantile(method="weibull")`; with `isPlain` its `"linear"`.
  package func quantile(_ level: Double, isPlain: Bool = false) -> Double {
    guard let first, let last else { return .nan }
    let level = Swift.min(Swift.max(level, 0), 1)
    let place = isPlain ? level * Double(count - 1) : level * Double(count + 1) - 1
    guard place > 0 else { return first }
    guard place < Double(count - 1) else { return last }
    let index = Int(place)
    return self[index] + (place - Double(index)) * (self[index + 1] - self[index])
  }
}
