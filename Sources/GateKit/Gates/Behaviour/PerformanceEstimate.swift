import GateCore

/// What metrics of rows without labels are expected to be, from scores and the outcomes of other rows with such scores.
///
/// Every row stands for two: one of the positive class with the chance that it is of it, and one of the other class with the
/// rest. A metric of these weighted rows is the metric's estimate; for counts that is the expected confusion matrix.
///
/// Source: confidence-based performance estimation (CBPE), NannyML's documentation, "How CBPE works"; there too the chance is
/// the score calibrated by an isotonic regression on the reference.
package struct PerformanceEstimate: Sendable {
  /// Scores and outcomes of the rows that have labels.
  let reference: (scores: [Double], positives: [Bool])
  /// Scores of the rows that have none.
  let scores: [Double]
  /// From which score on the model decides for the positive class.
  let threshold: Double
  /// Whether chances are calibrated on the reference; else the scores are taken for them.
  let isCalibrated: Bool

  /// The chance of each row to be of the positive class; in 0...1.
  ///
  /// Undefined where the reference has one class alone, and for scores that are no chances and are not calibrated.
  func chances() throws(Undefined) -> [Double] {
    guard reference.positives.contains(true), reference.positives.contains(false) else {
      throw Undefined("the reference has rows of one class alone")
    }
    guard isCalibrated else {
      guard scores.allSatisfy((0...1).contains) else {
        throw Undefined("the scores are not within 0 to 1; say 'calibration: isotonic'")
      }
      return scores
    }
    let chance = try IsotonicRegression(reference.scores, reference.positives.map(\.number))
    return scores.map { chance($0) }
  }

  /// The rows as they are expected.
  func sample() throws(Undefined) -> Sample {
    let chances = try chances()
    return .binary(
      BinarySample(
        scores: scores + scores, positives: scores.map { _ in true } + scores.map { _ in false },
        weights: chances + chances.map { 1 - $0 }, threshold: threshold))
  }

  /// The reference as it is, so that what a metric was can be told beside what it is expected to be.
  var realized: Sample {
    .binary(
      BinarySample(
        scores: reference.scores, positives: reference.positives, threshold: threshold))
  }

  /// The share of rows whose score is below, or above, all of the reference's, of which the calibration says nothing.
  var shareOutside: Double {
    guard let low = reference.scores.min(), let high = reference.scores.max(), !scores.isEmpty
    else { return 0 }
    return Double(scores.count { $0 < low || $0 > high }) / Double(scores.count)
  }

  /// The same of rows drawn anew with replacement on both sides.
  func drawn(seed: UInt64, stream: UInt64) -> PerformanceEstimate {
    var random = RandomSource(seed: seed, stream: stream)
    let old = reference.scores.indices.map { _ in
      Int32(random.index(below: UInt32(reference.scores.count)))
    }
    let new = scores.indices.map { _ in Int32(random.index(below: UInt32(scores.count))) }
    return PerformanceEstimate(
      reference: (reference.scores.at(old), reference.positives.at(old)), scores: scores.at(new),
      threshold: threshold, isCalibrated: isCalibrated)
  }

  /// The interval of a metric's estimate by a bootstrap of the rows of both sides, each draw calibrated anew; percentile.
  ///
  /// Undefined where fewer than nine in ten draws have a value.
  func interval(
    _ metric: Metric, confidence: Double, draws: Int = 500, seed: UInt64 = 20_261_203
  ) async throws(Undefined) -> ConfidenceInterval {
    let found = await (0..<draws).concurrentMap { draw -> Double? in
      guard let sample = try? drawn(seed: seed, stream: UInt64(draw)).sample() else { return nil }
      return try? metric.value(on: sample, Arguments())
    }
    let values = found.compactMap(\.self).filter(\.isFinite).sorted()
    guard values.count * 10 >= draws * 9 else {
      throw Undefined("too few draws of the rows have a value")
    }
    let tail = (1 - confidence) / 2 * Double(values.count - 1)
    return ConfidenceInterval(
      low: values[Int(tail.rounded(.down))],
      high: values[values.count - 1 - Int(tail.rounded(.down))], level: confidence,
      method: "bootstrap of both sides, percentile")
  }
}
