package import GateCore

extension Metric.Binary {
  /// The share of right decisions.
  package static let accuracy = Metric(
    "accuracy", task: .binary, aliases: ["accuracy_score", "acc"],
    summary: "The share of rows whose decision is right.",
    direction: .higherIsBetter,
    formula: "(tp + tn) / (tp + fp + fn + tn)",
    source: "scikit-learn accuracy_score",
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      (cells.truePositives + cells.trueNegatives) / cells.total
    },
    spread: .rightRows,
    examples: [
      Metric.Example(.applications, gives: 4.0 / 6),
      Metric.Example(.applications, Arguments(["threshold": 0.4]), gives: 5.0 / 6),
    ])
}
