import GateCore

/// Murphy's parts of the Brier score over bins of scores: reliability - resolution + uncertainty,
/// which is the whole but for what scores differ within a bin.
extension Metric.Binary {
  /// How far the bins' scores are from what came true.
  static let brierReliability = Metric(
    "brier_reliability", task: .binary,
    summary: "The part of the Brier score that calibration would take away.",
    direction: .lowerIsBetter,
    formula:
      "sum over bins of weight share * (mean score - share of positives)^2; "
      + "bins as expected_calibration_error",
    source: "Murphy (1973), A new vector partition of the probability score",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.bins, .strategy],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.scoreBins(arguments.bins, try arguments.strategy()).value(.squared)
    },
    calibration: .bins(.squared),
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.9, 0.3, 0.3], positives: [1, 1, 1, 0]), gives: 0.025),
      Metric.Example(
        .binary(scores: [0.9, 0.9, 0.3, 0.3], positives: [1, 1, 1, 0]), Arguments(["bins": 1]),
        gives: 0.0225),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// How far the bins' shares of positives are from each other.
  static let brierResolution = Metric(
    "brier_resolution", task: .binary,
    summary: "The part of the uncertainty that scores resolve: how much bins differ in positives.",
    direction: .higherIsBetter,
    range: 0...0.25,
    formula:
      "sum over bins of weight share * (share of positives in the bin - share of all)^2; "
      + "bins as expected_calibration_error",
    source: "Murphy (1973), A new vector partition of the probability score",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.bins, .strategy],
    contrast: .classes,
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.scoreBins(arguments.bins, try arguments.strategy()).resolution
    },
    calibration: .other,
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.9, 0.3, 0.3], positives: [1, 1, 1, 0]), gives: 0.0625),
      Metric.Example(
        .binary(scores: [0.9, 0.9, 0.3, 0.3], positives: [1, 1, 1, 0]), Arguments(["bins": 1]),
        gives: 0),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The Brier score of the share of positives as everybody's score.
  static let brierUncertainty = Metric(
    "brier_uncertainty", task: .binary,
    summary: "The part of the Brier score that is in the rows, whatever the model.",
    direction: .neither,
    range: 0...0.25,
    formula: "p (1 - p), p the share of positives",
    source: "Murphy (1973), A new vector partition of the probability score",
    measure: .binary { sample, _ throws(Undefined) in sample.uncertainty },
    calibration: .other,
    examples: [
      Metric.Example(.applications, gives: 0.25),
      Metric.Example(.repaidOnly, gives: 0),
    ])
}

extension BinarySample {
  /// p (1 - p), p the share of positive rows.
  var uncertainty: Double {
    let weights = weigh(0..<count)
    let total = weights.positive + weights.negative
    return (weights.positive / total * (weights.negative / total)).clamped(to: 0...0.25)
  }
}
