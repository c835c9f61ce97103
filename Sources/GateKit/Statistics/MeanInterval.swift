/// The interval for a mean, or a mean of paired differences: log loss, Brier score, errors.
///
/// Student's t with one degree less than there are independent rows (clusters). Weights make the
/// mean a ratio, whose variance is the linearised one: of the residuals w (x - mean) / sum w,
/// summed by cluster where there are any.
///
/// Sources: Cochran, "Sampling Techniques", 3rd ed., 1977, chapter 6 (ratio); for equal weights it
/// is scipy's `ttest_1samp(...).confidence_interval`.
public struct MeanInterval: Sendable, Hashable {
  /// The mean, weighted where there are weights.
  public let mean: Double
  /// The standard error of the mean, at least 0.
  public let standardError: Double
  /// Rows, or clusters, less one.
  public let degrees: Double

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
    let (squares, groups) = Self.squares(values, mean, weights, clusters)
    guard groups > 1 else {
      throw Undefined("an interval needs two \(clusters == nil ? "rows" : "clusters") at least")
    }
    degrees = Double(groups - 1)
    standardError = (squares * Double(groups) / degrees).squareRoot() / total
  }

  /// The sum of squares of the weighted residuals by cluster, and the number of clusters that have
  /// weight.
  private static func squares(
    _ values: [Double], _ mean: Double, _ weights: [Double]?, _ clusters: [Int32]?
  ) -> (Double, Int) {
    var squares = 0.0
    var groups = 0
    guard let clusters else {
      for row in values.indices {
        let weight = weights?[row] ?? 1
        guard weight != 0 else { continue }
        let residual = weight * (values[row] - mean)
        squares += residual * residual
        groups += 1
      }
      return (squares, groups)
    }
    var sums: [Int32: Double] = [:]
    // In the order of their first rows, so that the sum is the same from run to run.
    var order: [Int32] = []
    for row in values.indices {
      let weight = weights?[row] ?? 1
      guard weight != 0 else { continue }
      let cluster = clusters[row]
      if sums[cluster] == nil { order.append(cluster) }
      sums[cluster, default: 0] += weight * (values[row] - mean)
    }
    for cluster in order {
      let residual = sums[cluster] ?? 0
      squares += residual * residual
    }
    return (squares, order.count)
  }

  /// The interval at `confidence`.
  ///
  /// Throws `Undefined` where all values are equal: rows without any variation say nothing of how
  /// far off their mean may be.
  public func interval(confidence: Double) throws(Undefined) -> Check.Interval {
    guard standardError > 0 else {
      throw Undefined("all values are equal, so the rows do not show how uncertain their mean is")
    }
    let half = try StudentT(degrees: degrees).width(confidence) * standardError
    return Check.Interval(
      low: mean - half, high: mean + half, level: confidence, method: "Student's t")
  }
}
