import GateCore

extension Metric.Multiclass {
  /// The harmonic mean of precision and recall.
  static let f1 = Metric(
    "f1", task: .multiclass, aliases: ["f1_score", "f_score", "f_measure"],
    summary: "The harmonic mean of a class's precision and recall.",
    direction: .higherIsBetter,
    formula: "2 tp / (2 tp + fp + fn) of a class against the others",
    source: "scikit-learn f1_score",
    undefined: ["A class that counts has no rows and was never predicted."],
    parameters: [.average, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.averaged(Averaging(arguments, of: sample)) { cells, outcome throws(Undefined) in
        try cells.fScore(beta: 1, outcome)
      }
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: (2.0 / 3 + 1.0 / 2 + 1) / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "micro"]), gives: 4.0 / 6),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "micro"]), gives: 2.0 / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "weighted"]), gives: 4.0 / 6),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "weighted"]), gives: 2.0 / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "late"]), gives: 0.5),
      Metric.Example(.noneDefaulted, gives: nil),
    ])

  /// The harmonic mean of precision and recall with a weight.
  static let fBeta = Metric(
    "f_beta", task: .multiclass, aliases: ["fbeta_score"],
    summary:
      "The harmonic mean of a class's precision and recall, recall weighing beta times as much.",
    direction: .higherIsBetter,
    formula: "(1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp) of a class against the others",
    source: "scikit-learn fbeta_score; van Rijsbergen (1979), Information Retrieval",
    undefined: ["A class that counts has no rows and was never predicted."],
    parameters: [.beta, .average, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      let beta = try arguments.beta()
      return try sample.averaged(Averaging(arguments, of: sample)) {
        cells, outcome throws(Undefined) in
        try cells.fScore(beta: beta, outcome)
      }
    },
    examples: [
      Metric.Example(.outcomesWithoutScores, Arguments(["beta": 2]), gives: (1 + 5.0 / 6 + 0) / 3),
      Metric.Example(
        .outcomesWithoutScores, Arguments(["beta": 2], texts: ["class": "late"]), gives: 5.0 / 6),
      Metric.Example(.noneDefaulted, Arguments(["beta": 2]), gives: nil),
      Metric.Example(.outcomesOfSix, gives: nil),
    ])
}
