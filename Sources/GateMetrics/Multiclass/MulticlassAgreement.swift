import GateCore

extension Metric.Multiclass {
  /// Hits over the union of a class's rows and decisions.
  static let jaccard = Metric(
    "jaccard", task: .multiclass, aliases: ["jaccard_score", "jaccard_index", "iou"],
    summary: "Of the rows that are or were decided to be of a class, the share that is both.",
    direction: .higherIsBetter,
    formula: "tp / (tp + fp + fn) of a class against the others",
    source: "scikit-learn jaccard_score",
    undefined: ["A class that counts has no rows and was never predicted."],
    parameters: [.average, .oneClass],
    refuse: .averageOr("class"),
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.averaged(Averaging(arguments, of: sample)) { cells, outcome throws(Undefined) in
        try cells.jaccard(outcome)
      }
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: (0.5 + 1.0 / 3 + 1) / 3),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["average": "micro"]), gives: 0.5),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["average": "weighted"]), gives: (1.5 + 2.0 / 3 + 1) / 6),
      Metric.Example(.outcomesOfSix, Arguments(texts: ["class": "late"]), gives: 1.0 / 3),
      Metric.Example(.noneDefaulted, gives: nil),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "micro"]), gives: 0.5),
      Metric.Example(.noneDefaulted, Arguments(texts: ["average": "weighted"]), gives: 0.5),
    ])

  /// Agreement beyond what the margins alone would give.
  static let cohenKappaScore = Metric(
    "cohen_kappa_score", task: .multiclass,
    aliases: ["kappa", "cohen_kappa", "qwk", "quadratic_weighted_kappa", "quadratic_kappa"],
    summary: "How much more decided and true classes agree than by chance: 1 all, 0 as by chance.",
    direction: .higherIsBetter,
    range: -1...1,
    formula:
      "1 - observed disagreement / disagreement of independent decisions of the same shares; "
      + "classes i and j disagree by 1 (none), |i - j| (linear), (i - j)^2 (quadratic), in the "
      + "order of the classes",
    source: "scikit-learn cohen_kappa_score; Cohen (1960, 1968)",
    parameters: [
      Parameter(
        "weights", "How much two classes disagree: all the same, or by their distance in order.",
        .choice(["none", "linear", "quadratic"]), standard: "none")
    ],
    contrast: .classes,
    measure: .multiclass { sample, arguments throws(Undefined) in
      let name = arguments.text("weights") ?? "none"
      guard let weights = KappaWeights(rawValue: name) else {
        throw Undefined("'weights' is '\(name)', not none, linear or quadratic")
      }
      return try kappa(of: sample.confusion, width: sample.classes.count, weights: weights)
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: 1 - (2.0 / 6) / (22.0 / 36)),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["weights": "linear"]), gives: 1 - (2.0 / 6) / (28.0 / 36)),
      Metric.Example(
        .outcomesOfSix, Arguments(texts: ["weights": "quadratic"]),
        gives: 1 - (2.0 / 6) / (40.0 / 36)),
      Metric.Example(.allRepaid, gives: nil),
    ])

  /// The share of wrong decisions.
  package static let zeroOneLoss = Metric(
    "zero_one_loss", task: .multiclass,
    aliases: ["error_rate", "misclassification_rate", "merror"],
    summary: "The share of rows whose decided class is not the true one: 1 - accuracy.",
    direction: .lowerIsBetter,
    formula: "wrong rows / rows",
    source: "scikit-learn zero_one_loss",
    measure: .multiclass { sample, _ throws(Undefined) in sample.wrongShare },
    spread: .wrongRows,
    loss: .wrongDecision,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 2.0 / 6),
      Metric.Example(.outcomesWithoutScores, gives: 1.0 / 3),
    ])

  /// The share of wrong labels, which of one label a row is the zero-one loss.
  static let hammingLoss = Metric(
    "hamming_loss", task: .multiclass,
    summary: "The share of labels that are wrong, which for one label a row is zero_one_loss.",
    direction: .lowerIsBetter,
    formula: "wrong rows / rows",
    source: "scikit-learn hamming_loss",
    measure: .multiclass { sample, _ throws(Undefined) in sample.wrongShare },
    spread: .wrongRows,
    loss: .wrongDecision,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 2.0 / 6),
      Metric.Example(.outcomesWithoutScores, gives: 1.0 / 3),
    ])
}

extension MulticlassSample {
  /// The share of rows decided wrong, by weight.
  fileprivate var wrongShare: Double {
    let width = classes.count
    let wrong = confusion.indices.map { $0 / width == $0 % width ? 0 : confusion[$0] }
    return wrong.sum / confusion.sum
  }
}
