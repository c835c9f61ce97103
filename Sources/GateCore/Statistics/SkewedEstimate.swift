/// A value that is about normal about the true one, with how far it is from that.
///
/// Each bound is the farther one of Student's and of Hall's, whose cubic makes even what losses with
/// a long tail skew; of Student's because a tail on both sides leaves the cubic to chance.
///
/// Source: Hall, "On the removal of skewness by transformation", Journal of the Royal Statistical
/// Society B 54, 1992, 221-228.
package struct SkewedEstimate: Sendable, Hashable {
  package let value: Double
  /// Above 0.
  package let standardError: Double
  /// Of the value itself: for a mean that of the rows over the root of their number.
  package let skewness: Double
  /// Of the standard error, were the rows normal.
  package let degrees: Double
  /// Of the standard error, by how much a few of the rows carry it.
  package let degreesOfTails: Double

  /// The interval to show; throws `Undefined` for a confidence outside 0...1.
  package func interval(confidence: Double, method: String) throws(Undefined) -> ConfidenceInterval
  {
    let hall = try hallInterval(confidence: confidence)
    let half = try StudentT(degrees: degreesOfTails).width(confidence) * standardError
    return ConfidenceInterval(
      low: min(value - half, hall.low), high: max(value + half, hall.high), level: confidence,
      method: method)
  }

  /// Each bound where Hall's transformed t is Student's.
  func hallInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let width = try StudentT(degrees: degrees).width(confidence)
    return ConfidenceInterval(
      low: value - untransformed(width) * standardError,
      high: value - untransformed(-width) * standardError, level: confidence, method: "Hall")
  }

  /// The t whose transform t + s (t^2 / 3 + 1 / 6) + s^2 t^3 / 27, with s the skewness, is `x`.
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
