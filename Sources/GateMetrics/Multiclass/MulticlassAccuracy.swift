import GateCore

extension Metric.Multiclass {
  /// The share of right decisions.
  package static let accuracy = Metric(
    "accuracy", task: .multiclass, aliases: ["accuracy_score", "acc", "categorical_accuracy"],
    summary: "The share of rows whose decided class is the true one.",
    direction: .higherIsBetter,
    formula: "right rows / rows",
    source: "scikit-learn accuracy_score",
    measure: .multiclass { sample, _ throws(Undefined) in
      let width = sample.classes.count
      let right = (0..<width).map { sample.confusion[$0 * width + $0] }
      return right.sum / sample.confusion.sum
    },
    spread: .rightRows,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 4.0 / 6),
      Metric.Example(.outcomesWithoutScores, gives: 2.0 / 3),
    ])

  /// The mean of the classes' recalls.
  static let balancedAccuracy = Metric(
    "balanced_accuracy", task: .multiclass, aliases: ["balanced_accuracy_score", "bacc"],
    summary: "The mean over classes of the share of their rows decided right.",
    direction: .higherIsBetter,
    formula: "mean over classes of tp / (tp + fn)",
    source: "scikit-learn balanced_accuracy_score, which leaves out a class without rows",
    undefined: ["A class has no rows."],
    measure: .multiclass { sample, _ throws(Undefined) in
      try sample.averaged(.macro) { cells, outcome throws(Undefined) in try cells.recall(outcome) }
    },
    isByClass: true,
    examples: [
      Metric.Example(.outcomesOfSix, gives: (2.0 / 3 + 1.0 / 2 + 1) / 3),
      Metric.Example(.noneDefaulted, gives: nil),
    ])
}
