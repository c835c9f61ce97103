import GateCore

extension Metric.Multiclass {
  /// The share of a class's rows found.
  package static let recall = Metric(
    "recall", task: .multiclass, aliases: ["recall_score", "sensitivity", "tpr"],
    summary: "Of the rows of a class, the share decided so.",
    direction: .higherIsBetter,
    formula: "tp / (tp + fn) of a class against the others",
    source: "scikit-learn recall_score",
    undefined: ["A class that counts has no rows."],
    parameters: [.average, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.averaged(Averaging(arguments, of: sample)) { cells, outcome throws(Undefined) in
        try cells.recall(outcome)
      }
    },
    isByClass: true,
    examples: [
      Metric.Example(.outcomesOfSix, gives: (2.0 / 3 + 1.0 / 2 + 1) / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "micro"]), gives: 4.0 / 6),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "micro"]), gives: 2.0 / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "weighted"]), gives: 4.0 / 6),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "weighted"]), gives: 2.0 / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "late"]), gives: 0.5),
      Metric.Example(.noneDefaulted, gives: nil),
      Metric.Example(.noneDefaulted, Arguments(texts: ["class": "defaulted"]), gives: nil),
    ])

  /// The share of the other classes' rows left alone.
  static let specificity = Metric(
    "specificity", task: .multiclass, aliases: ["tnr"],
    summary: "Of the rows of other classes than one, the share not decided to be of that one.",
    direction: .higherIsBetter,
    formula: "tn / (tn + fp) of a class against the others",
    source: "scikit-learn recall_score of the labels turned round",
    undefined: ["A class that counts has all the rows."],
    parameters: [.average, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.averaged(Averaging(arguments, of: sample)) { cells, outcome throws(Undefined) in
        try cells.specificity(outcome)
      }
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: (2.0 / 3 + 3.0 / 4 + 1) / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "micro"]), gives: 10.0 / 12),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "late"]), gives: 0.75),
      Metric.Example(.allRepaid, gives: nil),
    ])
}
