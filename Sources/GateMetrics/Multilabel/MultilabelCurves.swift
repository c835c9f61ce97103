import GateCore

/// Areas under curves, label by label.
extension Metric.Multilabel {
  /// The area under the ROC curve of each label.
  static let rocAuc = Metric(
    "roc_auc", task: .multilabel, aliases: ["auc", "auroc", "roc_auc_score"],
    summary: "The chance that a row with a label scores higher for it than a row without.",
    direction: .higherIsBetter,
    formula: "roc_auc of a label; micro: of all scores at once; samples: of the labels of a row",
    source: "scikit-learn roc_auc_score, whose label without rows is NaN",
    undefined: ["A label that counts, or with samples a row, has none or all of it."],
    parameters: [.labelAverage, .oneLabel, .emptyFigure],
    refuse: .averageOr("label"),
    measure: .multilabel { sample, arguments throws(Undefined) in
      try sample.averaged(arguments) { sample, outcome throws(Undefined) in
        guard sample.weigh(0..<sample.count).positive > 0 else {
          throw Undefined(outcome.hasNoRows)
        }
        guard sample.weigh(0..<sample.count).negative > 0 else {
          throw Undefined(outcome.hasAllRows)
        }
        return try sample.areaUnderCurve()
      }
    },
    examples: [
      Metric.Example(.flags, gives: (2.0 / 3 + 1 + 1) / 3),
      Metric.Example(.flags, Arguments(texts: ["average": "micro"]), gives: 31.5 / 36),
      Metric.Example(.flags, Arguments(texts: ["average": "weighted"]), gives: 5.0 / 6),
      Metric.Example(.flags, Arguments(texts: ["average": "samples"]), gives: 0.75),
      Metric.Example(.flags, Arguments(texts: ["label": "late"]), gives: 2.0 / 3),
      Metric.Example(.flagsWithoutFraud, gives: nil),
      Metric.Example(.flagsWithoutFraud, Arguments(texts: ["empty": "skip"]), gives: 1),
      Metric.Example(.flagsWithoutFraud, Arguments(texts: ["average": "samples"]), gives: nil),
    ])

  /// The area under the precision-recall curve of each label.
  package static let averagePrecision = Metric(
    "average_precision", task: .multilabel, aliases: ["ap", "average_precision_score", "pr_auc"],
    summary: "Precision at each score of a label as threshold, averaged by the recall it adds.",
    direction: .higherIsBetter,
    formula:
      "of a label: sum over distinct scores of (recall - recall before) * precision; micro: of all "
      + "scores at once; samples: of the labels of a row",
    source: "scikit-learn average_precision_score, whose label without rows is 0",
    undefined: ["A label that counts has no rows, or with samples a row has no label."],
    parameters: [.labelAverage, .oneLabel, .emptyFigure],
    refuse: .averageOr("label"),
    measure: .multilabel { sample, arguments throws(Undefined) in
      try sample.averaged(arguments) { sample, outcome throws(Undefined) in
        try sample.averagePrecision(outcome)
      }
    },
    examples: [
      Metric.Example(.flags, gives: (11.0 / 12 + 1 + 1) / 3),
      Metric.Example(.flags, Arguments(texts: ["label": "late"]), gives: 11.0 / 12),
      Metric.Example(.flagsWithoutFraud, gives: nil),
      Metric.Example(.flagsWithoutFraud, Arguments(texts: ["empty": "zero"]), gives: 2.0 / 3),
      Metric.Example(.flagsWithoutFraud, Arguments(texts: ["average": "samples"]), gives: nil),
    ])
}

extension MultilabelSample {
  /// The figure of two classes on each label, on all scores at once or on each row, as `average`,
  /// `label` and `empty` say.
  fileprivate func averaged(
    _ arguments: Arguments, _ figure: (BinarySample, PositiveClass) throws(Undefined) -> Double
  ) throws(Undefined) -> Double {
    let empty = EmptyFigure(arguments)
    switch try LabelAveraging(arguments) {
    case .one:
      let place = try index(of: arguments.text("label") ?? "")
      return try empty.mean([1]) { _ throws(Undefined) in
        try figure(binary(of: place), .label(names[place]))
      }
    case .micro:
      return try empty.mean([1]) { _ throws(Undefined) in
        try figure(
          BinarySample(
            scores: scores, positives: labels,
            weights: weights?.flatMap { Array(repeating: $0, count: width) }), .labels)
      }
    case .macro, .weighted:
      let isWeighted = try LabelAveraging(arguments) == .weighted
      let shares = isWeighted ? supports : names.map { _ in 1 }
      guard shares.contains(where: { $0 > 0 }) else {
        throw Undefined(PositiveClass.labels.hasNoRows)
      }
      return try empty.mean(shares) { place throws(Undefined) in
        try figure(binary(of: place), .label(names[place]))
      }
    case .samples:
      return try empty.mean(weights ?? rows.map { _ in 1 }) { row throws(Undefined) in
        try figure(binary(ofRow: row), outcome(ofRow: row))
      }
    }
  }

  /// One label as a sample of two classes.
  private func binary(of place: Int) -> BinarySample {
    BinarySample(
      scores: rows.indices.map { scores[$0 * width + place] },
      positives: rows.indices.map { labels[$0 * width + place] }, weights: weights)
  }

  /// The labels of one row as a sample of two classes: few, so that a sort by comparison is the
  /// fastest.
  private func binary(ofRow row: Int) -> BinarySample {
    let order = ((row * width)..<((row + 1) * width)).sorted { scores[$0] > scores[$1] }
    return BinarySample(
      scores: order.map { scores[$0] }, positives: order.map { labels[$0] }, weights: nil,
      rows: order.indices.map { Int32(truncatingIfNeeded: $0) }, threshold: threshold,
      hasScores: true)
  }
}
