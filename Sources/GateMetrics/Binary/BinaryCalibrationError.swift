package import GateCore

extension Metric.Binary {
  /// How far scores are from the shares of positives among rows of such scores.
  package static let expectedCalibrationError = Metric(
    "expected_calibration_error", task: .binary, aliases: ["ece", "calibration_error"],
    summary: "How far scores are from the share of positive rows, averaged over bins of scores.",
    direction: .lowerIsBetter,
    formula:
      "sum over bins of weight share * |mean label - mean score|; uniform: bins (lo, hi], the "
      + "first with 0; quantile: as adaptive_calibration_error",
    source: "Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017)",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.bins, .strategy],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.scoreBins(arguments.bins, try arguments.strategy()).value(.expected)
    },
    calibration: .bins(.expected),
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), gives: 0.3125),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), Arguments(["bins": 1]),
        gives: 0.3125),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]),
        Arguments(["bins": 4], texts: ["strategy": "quantile"]), gives: 0.3625),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The same over bins of as many rows each.
  static let adaptiveCalibrationError = Metric(
    "adaptive_calibration_error", task: .binary, aliases: ["ace"],
    summary:
      "How far scores are from the share of positive rows, over bins of as many rows each.",
    direction: .lowerIsBetter,
    formula:
      "sum over bins of weight share * |mean label - mean score|; a score is in bin "
      + "floor(bins * share of rows that score less), so equal scores stay together",
    source:
      "Nixon et al. (2019), who weigh every bin the same, which without ties is the same",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.bins],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.scoreBins(arguments.bins, .quantile).value(.expected)
    },
    calibration: .bins(.expected, by: .quantile),
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), Arguments(["bins": 2]),
        gives: 0.3125),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.3], positives: [1, 0, 1, 0]), Arguments(["bins": 4]),
        gives: 0.3375),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The calibration error of the worst bin.
  static let maximumCalibrationError = Metric(
    "maximum_calibration_error", task: .binary, aliases: ["mce"],
    summary: "How far scores are from the share of positive rows in the bin where it is worst.",
    direction: .lowerIsBetter,
    formula: "max over bins of |mean label - mean score|; bins as expected_calibration_error",
    source: "Naeini, Cooper and Hauskrecht (2015); netcal MCE, whose bins are [lo, hi)",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.bins, .strategy],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.scoreBins(arguments.bins, try arguments.strategy()).value(.largest)
    },
    spread: .unfit(
      "the largest of several gaps lies above the largest true one, by how much the rows do not "
        + "show; limit log_loss or brier_score, or judge this one without 'confidence'"),
    calibration: .bins(.largest),
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), gives: 0.375),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]),
        Arguments(["bins": 4], texts: ["strategy": "quantile"]), gives: 0.85),
      Metric.Example(.classesOnly, gives: nil),
    ])
}
