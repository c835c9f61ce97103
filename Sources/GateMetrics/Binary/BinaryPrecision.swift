package import GateCore

extension Metric.Binary {
  /// The share of positive decisions that are right.
  package static let precision = Metric(
    "precision", task: .binary, aliases: ["precision_score", "ppv", "positive_predictive_value"],
    summary: "Of the rows decided positive, the share that is positive.",
    direction: .higherIsBetter,
    formula: "tp / (tp + fp)",
    source: "scikit-learn precision_score",
    undefined: ["No row was predicted positive."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in try cells.precision(.positive) },
    spread: .share { ($0.truePositives, $0.predictedPositives) },
    loss: .called("false positives"),
    examples: [
      Metric.Example(.applications, gives: 2.0 / 3),
      Metric.Example(.repaidOnly, gives: nil),
    ])
}
