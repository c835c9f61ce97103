import GateCore

extension Metric.Binary {
  /// The mean of recall and specificity.
  static let balancedAccuracy = Metric(
    "balanced_accuracy", task: .binary, aliases: ["balanced_accuracy_score", "bacc"],
    summary: "The mean of the shares of positive and of negative rows decided right.",
    direction: .higherIsBetter,
    formula: "(tp / (tp + fn) + tn / (tn + fp)) / 2",
    source: "scikit-learn balanced_accuracy_score",
    undefined: ["No row is positive.", "No row is negative."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      (try cells.recall(.positive) + cells.specificity(.positive)) / 2
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 4.0 / 6),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.defaultedOnly, gives: nil),
    ])
}
