import GateCore

extension Metric.Binary {
  /// Hits over the union of positive rows and positive decisions.
  static let jaccard = Metric(
    "jaccard", task: .binary, aliases: ["jaccard_score", "jaccard_index", "iou"],
    summary: "Of the rows that are or were decided positive, the share that is both.",
    direction: .higherIsBetter,
    formula: "tp / (tp + fp + fn)",
    source: "scikit-learn jaccard_score",
    parameters: [.threshold],
    contrast: .positives,
    measure: .confusion { cells, _ throws(Undefined) in try cells.jaccard(.positive) },
    examples: [
      Metric.Example(.applications, gives: 0.5),
      Metric.Example(.repaidOnly, gives: nil),
    ])

  /// Agreement beyond what the margins alone would give.
  static let cohenKappaScore = Metric(
    "cohen_kappa_score", task: .binary,
    aliases: ["kappa", "cohen_kappa", "qwk", "quadratic_weighted_kappa", "quadratic_kappa"],
    summary: "How much more decisions and labels agree than by chance: 1 all, 0 as by chance.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "1 - observed disagreement / disagreement of independent decisions of the same shares",
    source: "scikit-learn cohen_kappa_score; Cohen (1960)",
    parameters: [.threshold],
    contrast: .classes,
    measure: .confusion { cells, _ throws(Undefined) in
      try kappa(
        of: [cells.trueNegatives, cells.falsePositives, cells.falseNegatives, cells.truePositives],
        width: 2, weights: .none)
    },
    examples: [
      Metric.Example(.applications, gives: 1.0 / 3),
      Metric.Example(.defaultedOnly, gives: nil),
      Metric.Example(.repaidOnly, gives: nil),
    ])

  /// Youden's J.
  static let informedness = Metric(
    "informedness", task: .binary,
    aliases: ["youden_j", "youdens_j", "youden_index", "true_skill_statistic"],
    summary: "Recall and specificity beyond chance: 1 all right, 0 as by chance, -1 all wrong.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "tp / (tp + fn) + tn / (tn + fp) - 1",
    source: "scikit-learn balanced_accuracy_score with adjusted; Youden (1950)",
    undefined: ["No row is positive.", "No row is negative."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      try cells.recall(.positive) - cells.falsePositiveRate(.positive)
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 1.0 / 3),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.defaultedOnly, gives: nil),
    ])

  /// How far decisions mark the labels.
  static let markedness = Metric(
    "markedness", task: .binary, aliases: ["delta_p"],
    summary: "Both predictive values beyond chance: 1 all right, 0 as by chance, -1 all wrong.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "tp / (tp + fp) + tn / (tn + fn) - 1",
    source: "Powers (2011), Evaluation: from precision, recall and F-measure to ROC",
    undefined: ["No row was predicted positive.", "No row was predicted negative."],
    parameters: [.threshold],
    contrast: .classes,
    measure: .confusion { cells, _ throws(Undefined) in
      let omission = try share(
        cells.falseNegatives, of: cells.predictedNegatives,
        orElse: PositiveClass.positive.isAlwaysPredicted)
      return try cells.precision(.positive) - omission
    },
    examples: [
      Metric.Example(.applications, gives: 1.0 / 3),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.applications, Arguments(["threshold": 0]), gives: nil),
    ])

  /// The geometric mean of precision and recall.
  static let fowlkesMallows = Metric(
    "fowlkes_mallows", task: .binary, aliases: ["g_measure", "fowlkes_mallows_index"],
    summary: "The geometric mean of precision and recall.",
    direction: .higherIsBetter,
    formula: "sqrt(tp / (tp + fp) * tp / (tp + fn))",
    source:
      "Fowlkes and Mallows (1983); TensorFlow Model Analysis fowlkes_mallows_index; "
      + "not scikit-learn's, which compares clusterings",
    undefined: ["No row is positive.", "No row was predicted positive."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      (try cells.precision(.positive) * cells.recall(.positive)).squareRoot()
    },
    examples: [
      Metric.Example(.applications, gives: 2.0 / 3),
      Metric.Example(.applications, Arguments(["threshold": 0.4]), gives: 0.75.squareRoot()),
      Metric.Example(.repaidOnly, gives: nil),
    ])
}
