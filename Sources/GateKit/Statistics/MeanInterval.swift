/// The interval for a mean, or a mean of paired differences: log loss, Brier score, errors.
///
/// Weights make the mean a ratio, whose variance is the linearised one: of the residuals
/// w (x - mean) / sum w, summed by cluster where there are any.
///
/// Source: Cochran, "Sampling Techniques", 3rd ed., 1977, chapter 6 (ratio).
public struct MeanInterval: Sendable, Hashable {
  /// The mean, weighted where there are weights.
  public let mean: Double
  /// The standard error of the mean, at least 0.
  public let standardError: Double
  /// Rows, or clusters, less one.
  public let degrees: Double
  /// The skewness of the mean: that of the rows' (clusters') residuals over the root of their number.
  public let skewness: Double
  /// Of the rows' (clusters') residuals; a normal's is 3.
  public let kurtosis: Double

  /// The mean of `values` in row order; `weights` at least 0 beside them; `clusters` say which rows
  /// belong together.
  ///
  /// Throws `Undefined` for fewer than two rows (clusters) of a weight above 0 and for a mean that
  /// is not finite.
  public init(
    of values: [Double], weights: [Double]? = nil, clusters: [Int32]? = nil
  ) throws(Undefined) {
    guard weights?.count ?? values.count == values.count,
      clusters?.count ?? values.count == values.count
    else { throw Undefined("values, weights and clusters are of different rows") }
    var total = 0.0
    var sum = 0.0
    for row in values.indices {
      let weight = weights?[row] ?? 1
      total += weight
      if weight != 0 { sum += weight * values[row] }
    }
    guard total > 0 else { throw Undefined("the weights of these rows sum to 0") }
    mean = sum / total
    guard mean.isFinite else { throw Undefined("the mean is not a finite number") }
    let (squares, cubes, fourths, groups) = Self.powers(values, mean, weights, clusters)
    guard groups > 1 else {
      throw Undefined("an interval needs two \(clusters == nil ? "rows" : "clusters") at least")
    }
    degrees = Double(groups - 1)
    standardError = (squares * Double(groups) / degrees).squareRoot() / total
    skewness = squares > 0 ? cubes / (squares * squares.squareRoot()) : 0
    kurtosis = squares > 0 ? Double(groups) * fourths / (squares * squares) : 3
  }

  /// The sums of the second to fourth powers of the weighted residuals by cluster, and the number of clusters that
  /// have weight.
  private static func powers(
    _ values: [Double], _ mean: Double, _ weights: [Double]?, _ clusters: [Int32]?
  ) -> (squares: Double, cubes: Double, fourths: Double, groups: Int) {
    var (squares, cubes, fourths, groups) = (0.0, 0.0, 0.0, 0)
    func add(_ residual: Double) {
      squares += residual * residual
      cubes += residual * residual * residual
      fourths += residual * residual * residual * residual
      groups += 1
    }
    var sums: [Int32: Double] = [:]
    // In the order of their first rows, so that the sum is the same from run to run.
    var order: [Int32] = []
    for row in values.indices {
      let weight = weights?[row] ?? 1
      guard weight != 0 else { continue }
      let residual = weight * (values[row] - mean)
      guard let cluster = clusters?[row] else {
        add(residual)
        continue
      }
      if sums[cluster] == nil { order.append(cluster) }
      sums[cluster, default: 0] += residual
    }
    for cluster in order { add(sums[cluster] ?? 0) }
    return (squares, cubes, fourths, groups)
  }

  /// The interval to show at `confidence`: as `SkewedEstimate` has it.
  ///
  /// Throws `Undefined` where all values are equal: rows without any variation say nothing of how far off their mean
  /// may be.
  public func interval(confidence: Double) throws(Undefined) -> Check.Interval {
    _ = try width(confidence)
    return try estimate.interval(confidence: confidence, method: "Student's t, Hall")
  }

  /// The mean with what its interval rests on.
  var estimate: SkewedEstimate {
    SkewedEstimate(
      value: mean, standardError: standardError, skewness: skewness, degrees: degrees,
      degreesOfTails: degreesOfVariance(units: degrees + 1, kurtosis: kurtosis))
  }

  /// The interval without regard to skewness: scipy's `ttest_1samp(...).confidence_interval` for equal weights.
  ///
  /// Throws `Undefined` as `interval`.
  public func plainInterval(confidence: Double) throws(Undefined) -> Check.Interval {
    let half = try width(confidence) * standardError
    return Check.Interval(
      low: mean - half, high: mean + half, level: confidence, method: "Student's t")
  }

  /// Student's half width in standard errors; throws `Undefined` where there is no standard error.
  private func width(_ confidence: Double) throws(Undefined) -> Double {
    // Equal values leave a spread of rounding behind.
    guard standardError > 8 * mean.ulp else {
      throw Undefined("all values are equal, so the rows do not show how uncertain their mean is")
    }
    return try StudentT(degrees: degrees).width(confidence)
  }
}
