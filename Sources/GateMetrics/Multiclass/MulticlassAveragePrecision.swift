import GateCore

extension Metric.Multiclass {
  /// The area under the precision-recall curve of each class.
  package static let averagePrecision = Metric(
    "average_precision", task: .multiclass,
    aliases: ["ap", "pr_auc", "auprc", "average_precision_score"],
    summary:
      "Precision at each probability of a class as threshold, averaged by the recall it adds.",
    direction: .higherIsBetter,
    formula: "of a class: sum over distinct probabilities of (recall - recall before) * precision",
    source: "scikit-learn average_precision_score",
    undefined: ["A class that counts has no rows.", "The model gives classes, not scores."],
    parameters: [.scoreAverage, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireScores()
      return try sample.averaged(Averaging(arguments, of: sample)) { index throws(Undefined) in
        try sample.oneVersusRest(index).averagePrecision(.named(sample.classes[index]))
      }
    },
    spread: .resampledInOrder,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.8555555555555555),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "defaulted"]), gives: 1),
      Metric.Example(.noneDefaulted, gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])
}
