package import GateCore

extension Metric.Binary {
  /// The share of negative rows decided positive.
  package static let falsePositiveRate = Metric(
    "false_positive_rate", task: .binary, aliases: ["fpr", "fall_out", "false_alarm_rate"],
    summary: "Of the negative rows, the share decided positive: 1 - specificity.",
    direction: .lowerIsBetter,
    formula: "fp / (fp + tn)",
    source: "scikit-learn roc_curve; fairlearn false_positive_rate",
    undefined: ["No row is negative."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in try cells.falsePositiveRate(.positive) },
    spread: .share { ($0.falsePositives, $0.negatives) },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 1.0 / 3),
      Metric.Example(.defaultedOnly, gives: nil),
    ])

  /// The share of positive rows decided negative.
  package static let falseNegativeRate = Metric(
    "false_negative_rate", task: .binary, aliases: ["fnr", "miss_rate"],
    summary: "Of the positive rows, the share decided negative: 1 - recall.",
    direction: .lowerIsBetter,
    formula: "fn / (fn + tp)",
    source: "scikit-learn det_curve; fairlearn false_negative_rate",
    undefined: ["No row is positive."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in try cells.falseNegativeRate(.positive) },
    spread: .share { ($0.falseNegatives, $0.positives) },
    isByClass: true,
    examples: [
      Metric.Example(.applications, Arguments(["threshold": 0.4]), gives: 0),
      Metric.Example(.defaultedOnly, gives: 1.0 / 3),
      Metric.Example(.repaidOnly, gives: nil),
    ])

  /// The share of negative decisions that are right.
  package static let negativePredictiveValue = Metric(
    "negative_predictive_value", task: .binary, aliases: ["npv"],
    summary: "Of the rows decided negative, the share that is negative.",
    direction: .higherIsBetter,
    formula: "tn / (tn + fn)",
    source: "scikit-learn precision_score with pos_label the negative class",
    undefined: ["No row was predicted negative."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      try cells.negativePredictiveValue(.positive)
    },
    spread: .share { ($0.trueNegatives, $0.predictedNegatives) },
    examples: [
      Metric.Example(.applications, gives: 2.0 / 3),
      Metric.Example(.applications, Arguments(["threshold": 0]), gives: nil),
    ])

  /// The share of positive decisions that are wrong.
  package static let falseDiscoveryRate = Metric(
    "false_discovery_rate", task: .binary, aliases: ["fdr"],
    summary: "Of the rows decided positive, the share that is negative: 1 - precision.",
    direction: .lowerIsBetter,
    formula: "fp / (fp + tp)",
    source: "TensorFlow Model Analysis false_discovery_rate",
    undefined: ["No row was predicted positive."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      try share(
        cells.falsePositives, of: cells.predictedPositives,
        orElse: PositiveClass.positive.isNeverPredicted)
    },
    spread: .share { ($0.falsePositives, $0.predictedPositives) },
    examples: [
      Metric.Example(.applications, Arguments(["threshold": 0.4]), gives: 0.25),
      Metric.Example(.repaidOnly, gives: nil),
    ])

  /// The share of negative decisions that are wrong.
  package static let falseOmissionRate = Metric(
    "false_omission_rate", task: .binary, aliases: ["for"],
    summary: "Of the rows decided negative, the share that is positive.",
    direction: .lowerIsBetter,
    formula: "fn / (fn + tn)",
    source: "TensorFlow Model Analysis false_omission_rate",
    undefined: ["No row was predicted negative."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      try share(
        cells.falseNegatives, of: cells.predictedNegatives,
        orElse: PositiveClass.positive.isAlwaysPredicted)
    },
    spread: .share { ($0.falseNegatives, $0.predictedNegatives) },
    examples: [
      Metric.Example(.applications, gives: 1.0 / 3),
      Metric.Example(.applications, Arguments(["threshold": 0]), gives: nil),
    ])

  /// The share of wrong decisions.
  package static let zeroOneLoss = Metric(
    "zero_one_loss", task: .binary, aliases: ["error_rate", "misclassification_rate"],
    summary: "The share of rows whose decision is wrong: 1 - accuracy.",
    direction: .lowerIsBetter,
    formula: "(fp + fn) / (tp + fp + fn + tn)",
    source: "scikit-learn zero_one_loss",
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in cells.lossShare },
    spread: .wrongRows,
    loss: .wrongDecision,
    examples: [
      Metric.Example(.applications, gives: 2.0 / 6),
      Metric.Example(.repaidOnly, gives: 0),
    ])

  /// The share of wrong labels, which of one label a row is the zero-one loss.
  static let hammingLoss = Metric(
    "hamming_loss", task: .binary,
    summary: "The share of labels that are wrong, which for one label a row is zero_one_loss.",
    direction: .lowerIsBetter,
    formula: "(fp + fn) / (tp + fp + fn + tn)",
    source: "scikit-learn hamming_loss",
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in cells.lossShare },
    spread: .wrongRows,
    loss: .wrongDecision,
    examples: [
      Metric.Example(.applications, gives: 2.0 / 6),
      Metric.Example(.repaidOnly, gives: 0),
    ])
}
