package import GateCore

/// Figures of decisions, label by label.
extension Metric.Multilabel {
  /// The share of a label's decisions that are right.
  package static let precision = rate(
    "Of the decisions that a row has a label, the share that is right.", "tp / (tp + fp)",
    source: "scikit-learn precision_score",
    undefined: "A label that counts, or with samples a row, was never predicted any.",
    LabelCells("precision") { cells, outcome, _ throws(Undefined) in
      try cells.precision(outcome)
    }, Expected(macro: 13.0 / 18, micro: 4.0 / 6, weighted: 0.75, samples: 0.625, late: 2.0 / 3)
  ).alsoCalled("precision_score")

  /// The share of a label's rows found.
  package static let recall = rate(
    "Of the rows that have a label, the share decided so.", "tp / (tp + fn)",
    source: "scikit-learn recall_score",
    undefined: "A label that counts has no rows, or with samples a row has no label.",
    LabelCells("recall") { cells, outcome, _ throws(Undefined) in try cells.recall(outcome) },
    Expected(macro: 13.0 / 18, micro: 4.0 / 6, weighted: 4.0 / 6, samples: 0.625, late: 2.0 / 3)
  ).alsoCalled("recall_score", "sensitivity", "tpr")

  /// The harmonic mean of precision and recall.
  static let f1 = rate(
    "The harmonic mean of a label's precision and recall.", "2 tp / (2 tp + fp + fn)",
    source: "scikit-learn f1_score", undefined: neither,
    LabelCells("f1") { cells, outcome, _ throws(Undefined) in
      try cells.fScore(beta: 1, outcome)
    },
    Expected(
      macro: 2.0 / 3, micro: 4.0 / 6, weighted: 2.0 / 3, samples: 0.625, late: 2.0 / 3)
  ).alsoCalled("f1_score", "f_score")

  /// The harmonic mean of precision and recall with a weight.
  static let fBeta = rate(
    "The harmonic mean of a label's precision and recall, recall weighing beta times as much.",
    "(1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp)",
    source: "scikit-learn fbeta_score; van Rijsbergen (1979), Information Retrieval",
    undefined: neither,
    LabelCells("f_beta", beta: { arguments throws(Undefined) in try arguments.beta() }) {
      cells, outcome, beta throws(Undefined) in try cells.fScore(beta: beta, outcome)
    },
    Expected(
      macro: 37.0 / 54, micro: 2.0 / 3, weighted: 71.0 / 108, samples: 0.625, late: 2.0 / 3),
    given: ["beta": 2], parameters: [.beta]
  ).alsoCalled("fbeta_score")

  /// The share of a label's rows and decisions that agree.
  static let jaccard = rate(
    "Of the rows that have a label or were decided to, the share that is both.",
    "tp / (tp + fp + fn)", source: "scikit-learn jaccard_score", undefined: neither,
    LabelCells("jaccard") { cells, outcome, _ throws(Undefined) in try cells.jaccard(outcome) },
    Expected(macro: 0.5, micro: 0.5, weighted: 0.5, samples: 7.0 / 12, late: 0.5)
  ).alsoCalled("jaccard_score", "jaccard_index")

  /// When an F score or a Jaccard index is none.
  private static let neither =
    "A label that counts has no rows and was never predicted, or with samples a row has no label "
    + "and was predicted none."

  /// What the examples of a rate come to on four applications.
  private struct Expected {
    /// By each average.
    var macro, micro, weighted, samples: Double
    /// Of the label 'late'.
    var late: Double
  }

  /// A rate of decisions on labels.
  private static func rate(
    _ summary: String, _ formula: String, source: String, undefined: String, _ cells: LabelCells,
    _ expected: Expected, given: [String: Double] = [:], parameters: [Parameter] = []
  ) -> Metric {
    // Where the denominator holds the false alarms, a label without rows leaves 0 whatever the model does.
    let contrast: Metric.Contrast = undefined == neither ? .labels : .none
    func example(_ sample: Sample, _ texts: [String: String], _ value: Double?) -> Metric.Example {
      Metric.Example(sample, Arguments(given, texts: texts), gives: value)
    }
    return Metric(
      cells.id, task: .multilabel, summary: summary, direction: .higherIsBetter,
      formula: formula + " of a label; with samples of the labels of a row", source: source,
      undefined: [undefined],
      parameters: parameters + [.labelAverage, .oneLabel, .emptyFigure, .threshold],
      refuse: .averageOr("label"), contrast: contrast, measure: .sums(cells.sums),
      examples: [
        example(.flags, [:], expected.macro),
        example(.flags, ["average": "micro"], expected.micro),
        example(.flags, ["average": "weighted"], expected.weighted),
        example(.flags, ["average": "samples", "empty": "zero"], expected.samples),
        example(.flags, ["average": "samples"], expected.samples),
        example(.flags, ["label": "late"], expected.late),
        example(.flagsWithoutFraud, [:], nil),
        example(.flagsWithoutFraud, ["empty": "skip"], 1),
        example(.flagsWithoutFraud, ["empty": "zero"], 2.0 / 3),
        example(.flagsWithoutFraud, ["average": "micro"], 1),
        example(.flagsWithoutFraud, ["average": "weighted"], 1),
        example(.flagsWithoutFraud, ["average": "samples"], nil),
        example(.flagsWithoutFraud, ["average": "samples", "empty": "one"], 1),
        example(.flagsWithoutFraud, ["average": "samples", "empty": "zero"], 2.0 / 3),
        example(.flagsWithoutFraud, ["label": "fraud"], nil),
      ])
  }
}

extension Sample {
  /// A multilabel sample: labels as words, a row of scores and of flags an application.
  package static func multilabel(
    _ names: [String], _ labels: [[Int]], scores: [[Double]], weights: [Double]? = nil
  ) -> Sample {
    .multilabel(
      MultilabelSample(
        names: names, scores: scores.flatMap(\.self), labels: labels.flatMap { $0.map { $0 == 1 } },
        weights: weights))
  }

  /// What became of four applications, several things at once.
  package static let flags = multilabel(
    ["late", "defaulted", "fraud"], [[1, 0, 0], [1, 1, 0], [0, 1, 1], [1, 0, 0]],
    scores: [[0.9, 0.2, 0.1], [0.8, 0.7, 0.3], [0.6, 0.4, 0.9], [0.3, 0.1, 0.6]])

  /// Three applications without fraud, the last without anything.
  static let flagsWithoutFraud = multilabel(
    ["late", "defaulted", "fraud"], [[1, 0, 0], [0, 1, 0], [0, 0, 0]],
    scores: [[0.9, 0.2, 0.1], [0.2, 0.8, 0.3], [0.1, 0.2, 0.3]])

  /// One application of which nothing is true.
  static let withoutFlags = multilabel(["late", "defaulted"], [[0, 0]], scores: [[0.2, 0.3]])
}
