/// The interval for a mean, or a mean of paired differences: log loss, Brier score, errors.
///
/// Weights make the mean a ratio, whose variance is the linearised one: of the residuals
/// w (x - mean) / sum w, summed by cluster where there are any.
///
/// Source: Cochran, "Sampling Techniques", 3rd ed., 1977, chapter 6 (ratio).
package struct MeanInterval: Sendable, Hashable {
  /// The mean, weighted where there are weights.
  package let mean: Double
  /// The standard error of the mean, at least 0.
  package let standardError: Double
  /// Rows, or clusters, less one.
  package let degrees: Double
  /// The skewness of the mean: that of the rows' (clusters') residuals over the root of their number.
  package let skewness: Double
  /// Of the rows' (clusters') residuals; a normal's is 3.
  package let kurtosis: Double
  /// The standard error by a jackknife of the rows (clusters): larger than the linearised one where some weigh more than
  /// others, for theirs are the residuals that the mean was drawn to.
  let jackknifeError: Double
  /// Of the jackknife's variance by how the weight lies on the rows (clusters).
  let degreesOfShares: Double
  /// Whether the units are clusters.
  private let isClustered: Bool

  /// Clusters below which nothing is said of how much they differ.
  package static let fewestClusters = 8

  /// The mean of `values` in row order; `weights` at least 0 beside them; `clusters` say which rows
  /// belong together.
  ///
  /// Throws `Undefined` for fewer than two rows (clusters) of a weight above 0 and for a mean that
  /// is not finite.
  package init(
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
    let (residuals, sizes) = Self.units(values, mean, weights, clusters)
    let groups = residuals.count
    guard groups > 1 else {
      throw Undefined("an interval needs two \(clusters == nil ? "rows" : "clusters") at least")
    }
    let shares = weights == nil && clusters == nil ? nil : UnitShares(sizes)
    var (squares, cubes, fourths, jackknifed) = (0.0, 0.0, 0.0, 0.0)
    for (place, residual) in residuals.enumerated() {
      let square = residual * residual
      squares += square
      cubes += square * residual
      fourths += square * square
      if let shares {
        let own = residual / sizes[place]
        jackknifed += shares.factors[place] * own * own
      }
    }
    isClustered = clusters != nil
    degrees = Double(groups - 1)
    standardError = (squares * Double(groups) / degrees).squareRoot() / total
    skewness = squares > 0 ? cubes / (squares * squares.squareRoot()) : 0
    kurtosis = squares > 0 ? Double(groups) * fourths / (squares * squares) : 3
    degreesOfShares = shares?.degrees ?? degrees
    jackknifeError = shares == nil ? standardError : jackknifed.squareRoot()
  }

  /// The weighted residual of each row or cluster that has weight, and the weight.
  private static func units(
    _ values: [Double], _ mean: Double, _ weights: [Double]?, _ clusters: [Int32]?
  ) -> (residuals: [Double], sizes: [Double]) {
    var (residuals, sizes): ([Double], [Double]) = ([], [])
    residuals.reserveCapacity(clusters == nil ? values.count : 0)
    sizes.reserveCapacity(clusters == nil ? values.count : 0)
    // Clusters in the order of their first rows, so that the sums are the same from run to run.
    var places: [Int32: Int] = [:]
    for row in values.indices {
      let weight = weights?[row] ?? 1
      guard weight != 0 else { continue }
      let residual = weight * (values[row] - mean)
      if let cluster = clusters?[row] {
        if let place = places[cluster] {
          residuals[place] += residual
          sizes[place] += weight
          continue
        }
        places[cluster] = residuals.count
      }
      residuals.append(residual)
      sizes.append(weight)
    }
    return (residuals, sizes)
  }

  /// The interval to show at `confidence`: as `SkewedEstimate` has it, of the jackknife's standard error and as many degrees
  /// of freedom as the rows (clusters) that carry it leave.
  ///
  /// Throws `Undefined` where all values are equal: rows without any variation say nothing of how far off their mean
  /// may be; and for clusters that are too few to say how much clusters differ.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    _ = try width(confidence)
    guard !isClustered || degrees + 1 >= Double(Self.fewestClusters) else {
      throw tooFewClusters(Int(degrees) + 1)
    }
    return try shown.interval(confidence: confidence, method: "Student's t, Hall")
  }

  /// The mean with its linearised standard error.
  package var estimate: SkewedEstimate {
    SkewedEstimate(
      value: mean, standardError: standardError, skewness: skewness, degrees: degrees,
      degreesOfTails: degreesOfVariance(units: degrees + 1, kurtosis: kurtosis))
  }

  /// What the interval to show rests on.
  package var shown: SkewedEstimate {
    let tails = min(
      degreesOfShares, degreesOfVariance(units: degrees + 1, kurtosis: kurtosis))
    return SkewedEstimate(
      value: mean, standardError: jackknifeError, skewness: skewness, degrees: tails,
      degreesOfTails: tails)
  }

  /// The interval without regard to skewness: scipy's `ttest_1samp(...).confidence_interval` for equal weights.
  ///
  /// Throws `Undefined` as `interval`.
  package func plainInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let half = try width(confidence) * standardError
    return ConfidenceInterval(
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

/// Why there is no interval of so few clusters.
package func tooFewClusters(_ count: Int, of kind: String = "") -> Undefined {
  Undefined(
    "\(count) clusters\(kind) are too few to tell how much clusters differ; "
      + "\(MeanInterval.fewestClusters) at least are wanted")
}
