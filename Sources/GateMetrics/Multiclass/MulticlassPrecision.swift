import GateCore

extension Metric.Multiclass {
  /// The share of a class's decisions that are right.
  package static let precision = Metric(
    "precision", task: .multiclass, aliases: ["precision_score", "ppv"],
    summary: "Of the rows decided a class, the share that is of it.",
    direction: .higherIsBetter,
    formula: "tp / (tp + fp) of a class against the others",
    source: "scikit-learn precision_score",
    undefined: ["A class that counts was never predicted."],
    parameters: [.average, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.averaged(Averaging(arguments, of: sample)) { cells, outcome throws(Undefined) in
        try cells.precision(outcome)
      }
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: (2.0 / 3 + 1.0 / 2 + 1) / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "micro"]), gives: 4.0 / 6),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["average": "weighted"]), gives: (2 + 1 + 1) / 6.0),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "late"]), gives: 0.5),
      Metric.Example(.noneDefaulted, gives: nil),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "micro"]), gives: 2.0 / 3),
      Metric.Example(
        .outcomesWithoutScores, Arguments(texts: ["average": "weighted"]), gives: nil),
      Metric.Example(.noneDefaulted, Arguments(texts: ["class": "defaulted"]), gives: nil),
    ])
}
