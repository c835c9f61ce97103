import GateCore

/// What is asked of the scores of two classes, asked of the probabilities of decided classes: whether they come true.
extension Metric.Multiclass {
  /// By what the log-odds of decisions should be stretched.
  static let calibrationSlope = ofDecisions(
    Metric.Binary.calibrationSlope,
    summary: "By what the decided class's log-odds should be stretched: below 1 too extreme.",
    undefined: ["The probabilities are equal, or part right from wrong decisions."],
    examples: [
      Metric.Example(.decisionsOfEight, gives: 1.2262943855309168),
      Metric.Example(.outcomesOfSix, gives: nil),
      Metric.Example(.allRepaid, gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// By what the log-odds of decisions should be shifted.
  static let calibrationIntercept = ofDecisions(
    Metric.Binary.calibrationIntercept,
    summary: "By what the decided class's log-odds should be shifted: below 0 they are too high.",
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.363419169588885),
      Metric.Example(.allRepaid, gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// How far the probabilities of decisions are from what a line through their log-odds makes of them.
  static let logisticCalibrationError = ofDecisions(
    Metric.Binary.logisticCalibrationError,
    summary:
      "How far the decided class's probability is from what a logistic recalibration makes of it.",
    examples: [
      Metric.Example(.decisionsOfEight, gives: 0.1),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// How far right decisions are from what their probabilities expect, over groups.
  static let hosmerLemeshow = ofDecisions(
    Metric.Binary.hosmerLemeshow,
    summary: "How far the right decisions of like probabilities are from their sums.",
    undefined: ["There are fewer than three groups of different probabilities."],
    examples: [
      Metric.Example(.outcomesOfSix, gives: 4.428571428571429),
      Metric.Example(.decisionsOfEight, gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// The p-value of the same.
  static let hosmerLemeshowPValue = ofDecisions(
    Metric.Binary.hosmerLemeshowPValue,
    summary: "The chance of a hosmer_lemeshow at least as large, were decisions calibrated.",
    undefined: ["There are fewer than three groups of different probabilities."],
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.2187507300415525),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["fitted": "true"]), gives: 0.03534207703565415),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// A metric of two classes on whether decisions are right, with their probabilities for scores.
  private static func ofDecisions(
    _ metric: Metric, summary: String, undefined: [String] = [], examples: [Metric.Example]
  ) -> Metric {
    Metric(
      metric.id, task: .multiclass, summary: summary, direction: metric.direction,
      range: metric.range,
      formula: metric.formula
        + "; score: the decided class's probability, positive: decided right",
      source: metric.source
        + "; of decisions: Gupta and Ramdas (2022), Top-label calibration and multiclass-to-binary "
        + "reductions",
      undefined: undefined
        + (metric.undefined.contains("All rows are of one class.")
          ? ["All rows are decided right, or all wrong."] : [])
        + [
          "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
          "The model gives classes, not scores.",
        ],
      parameters: metric.parameters,
      measure: .multiclass { sample, arguments throws(Undefined) in
        try sample.requireProbabilities()
        do throws(Undefined) {
          return try metric.value(on: .binary(sample.chances), arguments)
        } catch {
          throw Undefined("of decisions, a right one for a positive row: \(error.reason)")
        }
      },
      spread: metric.spread, calibration: metric.calibration, examples: examples)
  }
}

extension MulticlassSample {
  /// The decisions with their probabilities, none above 1 by the rounding that a row's sum may have.
  fileprivate var chances: BinarySample {
    let decided = decided
    return BinarySample(
      scores: decided.scores.map { min($0, 1) }, positives: decided.positives,
      weights: decided.weights, rows: decided.rows, threshold: 0.5, hasScores: true)
  }
}

extension Sample {
  /// Eight applications decided with two probabilities, of which three and one of four are right.
  fileprivate static let decisionsOfEight = multiclass(
    outcomes,
    labels: ["repaid", "repaid", "repaid", "late", "late", "repaid", "defaulted", "repaid"],
    probabilities: [Double](repeating: 0.8, count: 4).map { [$0, 0.1, 0.1] }
      + [Double](repeating: 0.4, count: 4).map { [0.3, $0, 0.3] })
}
