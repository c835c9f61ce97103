import GateCore

/// Murphy's parts of the Brier score, each class against all others over bins of its probability and summed: reliability -
/// resolution + uncertainty, which is the whole but for what probabilities differ within a bin.
extension Metric.Multiclass {
  /// How far the bins' probabilities are from what came true.
  static let brierReliability = Metric(
    "brier_reliability", task: .multiclass,
    summary: "The part of the Brier score that calibration would take away.",
    direction: .lowerIsBetter,
    range: 0...2,
    formula:
      "sum over classes and bins of weight share * (mean probability - share of the class)^2; half "
      + "of it for two classes; bins (lo, hi], the first with 0",
    source: murphy,
    undefined: noParts,
    parameters: [.bins, .strategy],
    measure: .multiclass { sample, arguments throws(Undefined) in
      let strategy = try arguments.strategy()
      return try sample.brierPart { $0.scoreBins(arguments.bins, strategy).value(.squared) }
    },
    calibration: .other,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.3355555555555556),
      Metric.Example(.outcomesOfSix, Arguments(["bins": 1]), gives: 0.015555555555555566),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// How far the bins' shares of a class are from each other.
  static let brierResolution = Metric(
    "brier_resolution", task: .multiclass,
    summary: "The part of the uncertainty that probabilities resolve: how much bins differ.",
    direction: .higherIsBetter,
    formula:
      "sum over classes and bins of weight share * (share of the class in the bin - share of all)^2; "
      + "half of it for two classes; bins (lo, hi], the first with 0",
    source: murphy,
    undefined: noParts,
    parameters: [.bins, .strategy],
    contrast: .classes,
    measure: .multiclass { sample, arguments throws(Undefined) in
      let strategy = try arguments.strategy()
      return try sample.brierPart { $0.scoreBins(arguments.bins, strategy).resolution }
    },
    calibration: .other,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.5),
      Metric.Example(.outcomesOfSix, Arguments(["bins": 1]), gives: 0),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// The Brier score of the shares of the classes as everybody's probabilities.
  static let brierUncertainty = Metric(
    "brier_uncertainty", task: .multiclass,
    summary: "The part of the Brier score that is in the rows, whatever the model.",
    direction: .neither,
    formula: "sum over classes of p (1 - p), p the share of the class; half of it for two classes",
    source: murphy,
    measure: .multiclass { sample, _ throws(Undefined) in
      let width = sample.classes.count
      let shares = (0..<width).map { truth in
        Array(sample.confusion[(truth * width)..<((truth + 1) * width)]).sum / sample.totalWeight
      }
      return shares.map { $0 * (1 - $0) }.sum * sample.brierScale
    },
    calibration: .other,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 11.0 / 18),
      Metric.Example(.allRepaid, gives: 0),
    ])

  /// Where the parts are from.
  private static let murphy =
    "Murphy (1973), A new vector partition of the probability score, class by class"
  /// When there are none.
  private static let noParts = [
    "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
    "The model gives classes, not scores.",
  ]
}

extension MulticlassSample {
  /// What the Brier score of several classes is taken times.
  fileprivate var brierScale: Double { classes.count < 3 ? 0.5 : 1 }

  /// The sum over the classes of a part of each one's Brier score.
  fileprivate func brierPart(_ part: (BinarySample) -> Double) throws(Undefined) -> Double {
    try requireProbabilities()
    return classes.indices.map { part(oneVersusRest($0)) }.sum * brierScale
  }
}
