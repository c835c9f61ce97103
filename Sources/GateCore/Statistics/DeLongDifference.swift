/// The difference of two models' areas under the ROC curve on the same rows, candidate minus
/// champion.
///
/// Ties count half; weights are not supported, as in `DeLong`. Sources as there.
package struct DeLongDifference: Sendable {
  package let candidate, champion: DeLong
  /// Of the difference, at least 0; 0 when both models order every pair alike.
  package let variance: Double
  /// Of the difference.
  package let skewness: Double
  /// Of the variance, by how much a few of the rows carry it.
  package let degreesOfTails: Double

  /// Throws `Undefined` as `DeLong`, and for samples of different rows or with different labels.
  package init(candidate: BinarySample, champion: BinarySample) throws(Undefined) {
    self.candidate = try DeLong(candidate)
    self.champion = try DeLong(champion)
    var parts = try DeLongComponents(candidate)
    try parts.subtract(DeLongComponents(champion))
    let (one, two) = (parts.moments(of: true), parts.moments(of: false))
    variance = one.variance + two.variance
    skewness = variance > 0 ? (one.third + two.third) / (variance * variance.squareRoot()) : 0
    // Welch and Satterthwaite's, each class with the degrees of its own tails.
    let doubt =
      one.variance * one.variance
      / degreesOfVariance(units: Double(parts.positives), kurtosis: one.kurtosis)
      + two.variance * two.variance
      / degreesOfVariance(units: Double(parts.negatives), kurtosis: two.kurtosis)
    degreesOfTails = doubt > 0 ? variance * variance / doubt : 1
  }

  /// In -1...1.
  package var difference: Double { candidate.auc - champion.auc }

  /// Two-sided, of no difference: 1 when the variance is 0.
  package var pValue: Double {
    get throws(Undefined) {
      guard variance > 0 else { return 1 }
      return try min(1, 2 * StandardNormal.survival(abs(difference) / variance.squareRoot()))
    }
  }

  /// The interval to show, within -1...1: DeLong's with Hall's correction, as `SkewedEstimate` has
  /// it, or a hybrid of Newcombe's where rows are too few for DeLong's variance, as in `DeLong.interval`.
  ///
  /// When both models order every pair alike, the variance is 0 and the interval is what no
  /// differing pair in `min(positives, negatives)` independent pairs allows by Wilson's bound: plus
  /// and minus z^2 / (pairs + z^2). Throws `Undefined` for a confidence outside 0...1.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let z = try StandardNormal.width(confidence)
    guard variance > 0 else {
      let pairs = Double(min(candidate.positives, candidate.negatives))
      let half = z * z / (pairs + z * z)
      return ConfidenceInterval(
        low: -half, high: half, level: confidence, method: "Wilson, no pair ordered differently")
    }
    if candidate.isSparse || champion.isSparse { return try hybrid(confidence: confidence) }
    let found = try shown(confidence: confidence)
    return ConfidenceInterval(
      low: max(-1, found.low), high: min(1, found.high), level: confidence, method: found.method)
  }

  /// The difference with its skewness and tails, which areas near 1 have.
  private func shown(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    try SkewedEstimate(
      value: difference, standardError: variance.squareRoot(), skewness: skewness,
      degrees: Double(candidate.positives + candidate.negatives - 2),
      degreesOfTails: degreesOfTails
    ).interval(confidence: confidence, method: "DeLong, Hall")
  }

  /// The difference plus and minus standard errors: DeLong's own.
  ///
  /// Throws `Undefined` where the variance is 0.
  package func plainInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    guard variance > 0 else {
      throw Undefined("both models order every pair alike, so the variance is 0")
    }
    let half = try StandardNormal.width(confidence) * variance.squareRoot()
    return ConfidenceInterval(
      low: max(-1, difference - half), high: min(1, difference + half), level: confidence,
      method: "DeLong")
  }

  /// Each bound from the bounds of both models' own intervals, Newcombe's, and the correlation of
  /// their areas, DeLong's; never narrower than that of many rows.
  ///
  /// Source: Zou, Psychological Methods 12, 2007, 399-413 (MOVER, for correlated estimates).
  private func hybrid(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let one = try candidate.newcombeInterval(confidence: confidence)
    let two = try champion.newcombeInterval(confidence: confidence)
    let plain = try shown(confidence: confidence)
    let spread = (candidate.variance * champion.variance).squareRoot()
    let shared = (candidate.variance + champion.variance - variance) / 2
    let correlation = spread > 0 ? min(1, max(-1, shared / spread)) : 0
    func distance(_ a: Double, _ b: Double) -> Double {
      max(0, a * a + b * b - 2 * correlation * a * b).squareRoot()
    }
    let down = distance(candidate.auc - one.low, two.high - champion.auc)
    let up = distance(one.high - candidate.auc, champion.auc - two.low)
    return ConfidenceInterval(
      low: max(-1, min(plain.low, difference - down)),
      high: min(1, max(plain.high, difference + up)), level: confidence,
      method: "Newcombe, hybrid")
  }
}
