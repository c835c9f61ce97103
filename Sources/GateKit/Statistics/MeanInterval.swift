/// The interval for a mean, or a mean of paired differences: log loss, Brier score, errors.
///
/// Each bound is the farther one of Student's and of Hall's, whose cubic makes even what losses with
/// a long tail skew; of Student's because a tail on both sides leaves the cubic to chance. The
/// degrees are those of independent rows (clusters), fewer where a few of them carry the spread. Weights make the
/// mean a ratio, whose variance is the linearised one: of the residuals w (x - mean) / sum w,
/// summed by cluster where there are any.
///
/// Sources: Cochran, "Sampling Techniques", 3rd ed., 1977, chapter 6 (ratio); Hall, "On the removal
/// of skewness by transformation", Journal of the Royal Statistical Society B 54, 1992, 221-228.
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

  /// The interval to show at `confidence`: each bound the farther one of Student's, with the degrees of
  /// `degreesOfVariance`, and of Hall's.
  ///
  /// Throws `Undefined` where all values are equal: rows without any variation say nothing of how far off their mean
  /// may be.
  public func interval(confidence: Double) throws(Undefined) -> Check.Interval {
    let hall = try hallInterval(confidence: confidence)
    let few = degreesOfVariance(units: degrees + 1, kurtosis: kurtosis)
    let half = try StudentT(degrees: few).width(confidence) * standardError
    return Check.Interval(
      low: min(mean - half, hall.low), high: max(mean + half, hall.high), level: confidence,
      method: "Student's t, Hall")
  }

  /// Each bound where Hall's transformed t is Student's.
  ///
  /// Throws `Undefined` as `interval`.
  func hallInterval(confidence: Double) throws(Undefined) -> Check.Interval {
    let width = try width(confidence)
    return Check.Interval(
      low: mean - untransformed(width) * standardError,
      high: mean - untransformed(-width) * standardError, level: confidence, method: "Hall")
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
    guard standardError > 0 else {
      throw Undefined("all values are equal, so the rows do not show how uncertain their mean is")
    }
    return try StudentT(degrees: degrees).width(confidence)
  }

  /// The t whose transform t + s (t^2 / 3 + 1 / 6) + s^2 t^3 / 27, with s the mean's skewness, is `x`.
  func untransformed(_ x: Double) -> Double {
    // Below this the cube root loses more digits than the skewness moves.
    guard abs(skewness) > 1e-6 else { return x }
    return 3 / skewness * (cubeRoot(1 + skewness * (x - skewness / 6)) - 1)
  }
}

/// The degrees of freedom of a variance taken from `units` values of a kurtosis: 2 n / (kurtosis - 1), which is n where
/// they are normal and few where a handful of them (the only positives) carry it; never more than n - 1.
///
/// Source: Satterthwaite, Biometrics Bulletin 2, 1946, from the variance of a variance.
func degreesOfVariance(units: Double, kurtosis: Double) -> Double {
  kurtosis > 1 ? min(units - 1, 2 * units / (kurtosis - 1)) : units - 1
}
