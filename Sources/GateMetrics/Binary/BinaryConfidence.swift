import GateCore

extension Metric.Binary {
  /// How much too sure the model is of what it decides.
  static let overconfidenceError = Metric(
    "overconfidence_error", task: .binary,
    summary: "By how much the probability of the decided class is above the share decided right.",
    direction: .lowerIsBetter,
    formula: overconfidenceFormula,
    source: overconfidenceSource,
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.threshold, .bins, .strategy, .penalty],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return try sample.decided(at: arguments["threshold"]).overconfidence(arguments)
    },
    calibration: .bins(.above(byScore: false)),
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), gives: 0.1875),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]),
        Arguments(texts: ["penalty": "confidence"]), gives: 0.1640625),
      Metric.Example(
        .binary(scores: [0.9, 0.9, 0.1, 0.1], positives: [1, 1, 0, 0]), gives: 0),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// How much too unsure the model is of what it decides.
  static let underconfidenceError = Metric(
    "underconfidence_error", task: .binary,
    summary: "By how much the probability of the decided class is below the share decided right.",
    direction: .lowerIsBetter,
    formula: underconfidenceFormula,
    source: underconfidenceSource,
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.threshold, .bins, .strategy],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return try sample.decided(at: arguments["threshold"]).underconfidence(arguments)
    },
    calibration: .bins(.below),
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.9, 0.1, 0.1], positives: [1, 1, 0, 0]), gives: 0.1),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), gives: 0.125),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension Metric.Multiclass {
  /// How much too sure the model is of what it decides.
  static let overconfidenceError = Metric(
    "overconfidence_error", task: .multiclass,
    summary: "By how much the probability of the decided class is above the share decided right.",
    direction: .lowerIsBetter,
    formula: overconfidenceFormula,
    source: overconfidenceSource,
    undefined: noProbabilities,
    parameters: [.bins, .strategy, .penalty],
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return try sample.decided.overconfidence(arguments)
    },
    calibration: .bins(.above(byScore: false)),
    examples: [
      Metric.Example(.outcomesOfSix, gives: 1.0 / 6),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["penalty": "confidence"]), gives: 1.0 / 12),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// How much too unsure the model is of what it decides.
  static let underconfidenceError = Metric(
    "underconfidence_error", task: .multiclass,
    summary: "By how much the probability of the decided class is below the share decided right.",
    direction: .lowerIsBetter,
    formula: underconfidenceFormula,
    source: underconfidenceSource,
    undefined: noProbabilities,
    parameters: [.bins, .strategy],
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return try sample.decided.underconfidence(arguments)
    },
    calibration: .bins(.below),
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.25),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// When there is neither.
  private static let noProbabilities = [
    "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
    "The model gives classes, not scores.",
  ]
}

/// What an overconfidence is, whatever the number of classes.
private let overconfidenceFormula =
  "sum over bins of weight share * max(0, mean confidence - share right), with 'penalty: "
  + "confidence' each times the mean confidence; confidence: the decided class's probability; "
  + "bins as expected_calibration_error; both errors sum to the mean gap"
/// Where it is from.
private let overconfidenceSource =
  "Thulasidasan et al. (2019), On Mixup Training, whose OE has the penalty 'confidence'; the gap "
  + "itself is the half of Guo et al. (2017) in which confidence is too high"
/// The other half.
private let underconfidenceFormula =
  "sum over bins of weight share * max(0, share right - mean confidence); confidence: the decided "
  + "class's probability; bins as expected_calibration_error"
/// Where it is from.
private let underconfidenceSource =
  "Guo et al. (2017), the half of the mean gap in which confidence is too low"

extension Parameter {
  /// What a bin's overconfidence counts for.
  fileprivate static let penalty = Parameter(
    "penalty",
    "What a bin counts for: how far confidence is too high (gap), or that times the confidence.",
    .choice(["gap", "confidence"]), standard: "gap")
}

extension BinarySample {
  /// How far confidences are above the shares of right decisions; of a `decided` sample.
  fileprivate func overconfidence(_ arguments: Arguments) throws(Undefined) -> Double {
    scoreBins(arguments.bins, try arguments.strategy())
      .value(.above(byScore: arguments.isPenaltyByConfidence))
  }

  /// How far confidences are below the shares of right decisions; of a `decided` sample.
  fileprivate func underconfidence(_ arguments: Arguments) throws(Undefined) -> Double {
    scoreBins(arguments.bins, try arguments.strategy()).value(.below)
  }
}
