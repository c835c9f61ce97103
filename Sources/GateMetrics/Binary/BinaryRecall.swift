package import GateCore

extension Metric.Binary {
  /// The share of positive rows found.
  package static let recall = Metric(
    "recall", task: .binary, aliases: ["recall_score", "sensitivity", "tpr", "true_positive_rate"],
    summary: "Of the positive rows, the share decided positive.",
    direction: .higherIsBetter,
    formula: "tp / (tp + fn)",
    source: "scikit-learn recall_score",
    undefined: ["No row is positive."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in try cells.recall(.positive) },
    spread: .share { ($0.truePositives, $0.positives) },
    isByClass: true,
    loss: .called("missed positives"),
    examples: [
      Metric.Example(.applications, gives: 2.0 / 3),
      Metric.Example(.repaidOnly, gives: nil),
    ])

  /// The share of negative rows left alone.
  static let specificity = Metric(
    "specificity", task: .binary, aliases: ["tnr", "true_negative_rate", "selectivity"],
    summary: "Of the negative rows, the share decided negative.",
    direction: .higherIsBetter,
    formula: "tn / (tn + fp)",
    source: "scikit-learn recall_score with pos_label the negative class",
    undefined: ["No row is negative."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in try cells.specificity(.positive) },
    spread: .share { ($0.trueNegatives, $0.negatives) },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 2.0 / 3),
      Metric.Example(.defaultedOnly, gives: nil),
    ])
}
