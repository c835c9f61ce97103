import GateCore

extension Metric.Binary {
  /// How far scores are from what a line through their log-odds makes of them.
  static let logisticCalibrationError = Metric(
    "logistic_calibration_error", task: .binary,
    summary: "How far scores are from what a logistic recalibration makes of them, on average.",
    direction: .lowerIsBetter, range: 0...1,
    formula:
      "sum over rows of weight share * |1 / (1 + exp(-a - b logit(score))) - score|, a and b of the "
      + "logistic regression of labels on logit(score); scores within [0.001, 0.999]",
    source:
      "Cox (1958); Harrell, Regression Modeling Strategies (2015), 10.9; the mean that Austin and "
      + "Steyerberg (2019) take of a smooth curve",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      return LogisticLine(sample).error(sample)
    },
    calibration: .line,
    examples: [
      Metric.Example(
        .binary(
          scores: [0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0.2], positives: [1, 1, 1, 0, 1, 0, 0, 0]),
        gives: 0.05),
      // All scores equal: the line is the share of positive rows.
      Metric.Example(.binary(scores: [0.8, 0.8], positives: [1, 0]), gives: 0.3),
      // No row is positive: it is 0.
      Metric.Example(.binary(scores: [0.8, 0.2], positives: [0, 0]), gives: 0.5),
      Metric.Example(.classesOnly, gives: nil),
    ])
}
