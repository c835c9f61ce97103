import GateCore

/// Figures of the order in which the scores of a row put its labels.
extension Metric.Multilabel {
  /// The precision at the rank of each label of a row.
  static let labelRankingAveragePrecision = Metric(
    "label_ranking_average_precision", task: .multilabel,
    aliases: ["lrap", "label_ranking_average_precision_score"],
    summary: "Of the labels ranked as high as a label of the row, the share the row has.",
    direction: .higherIsBetter,
    formula:
      "mean over rows and their labels of labels of the row with at least its score / labels with "
      + "at least its score; 1 for a row that has no label or all",
    source: "scikit-learn label_ranking_average_precision_score; Tsoumakas, Katakis and "
      + "Vlahavas (2010)",
    undefined: ["Every row has all labels or none, so that there is nothing to rank."],
    measure: .sums(
      ranking("label_ranking_average_precision") { row in
        guard !row.isTrivial else { return 1 }
        let precisions = row.labels.map { label in
          Double(row.labels.count { $0 >= label }) / Double(row.ranked(atLeast: label))
        }
        return precisions.sum / Double(precisions.count)
      }),
    spread: .mean,
    examples: [
      Metric.Example(.flags, gives: (1 + 1 + (1 + 2.0 / 3) / 2 + 0.5) / 4),
      Metric.Example(
        .multilabel(["late", "fraud"], [[1, 0], [0, 0]], scores: [[0.5, 0.5], [0.1, 0.2]]),
        gives: 0.75),
      Metric.Example(.withoutFlags, gives: nil),
    ])

  /// The share of pairs of labels in the wrong order.
  static let labelRankingLoss = Metric(
    "label_ranking_loss", task: .multilabel,
    summary: "The share of pairs of a label of the row and one that is none in the wrong order.",
    direction: .lowerIsBetter,
    formula:
      "mean over rows of pairs whose label of the row has no higher score / pairs; 0 for a row "
      + "that has no label or all",
    source: "scikit-learn label_ranking_loss, ties being wrong; Tsoumakas, Katakis and Vlahavas "
      + "(2010)",
    undefined: ["Every row has all labels or none, so that there is nothing to rank."],
    measure: .sums(
      ranking("label_ranking_loss") { row in
        guard !row.isTrivial else { return 0 }
        let wrong = row.labels.map { label in row.others.count { $0 >= label } }.reduce(0, +)
        return Double(wrong) / Double(row.labels.count * row.others.count)
      }),
    spread: .mean,
    examples: [
      Metric.Example(.flags, gives: (0 + 0 + 0.5 + 0.5) / 4),
      Metric.Example(
        .multilabel(["late", "fraud"], [[1, 0], [0, 0]], scores: [[0.5, 0.5], [0.1, 0.2]]),
        gives: 0.5),
      Metric.Example(.withoutFlags, gives: nil),
    ])

  /// How far down the labels one must go.
  static let coverageError = Metric(
    "coverage_error", task: .multilabel,
    summary: "How many of the highest scored labels it takes to have all labels of a row.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean over rows of labels with at least the lowest score of the row's labels; 0 for a row "
      + "without labels",
    source: "scikit-learn coverage_error; Tsoumakas, Katakis and Vlahavas (2010)",
    undefined: ["No row has a label."],
    measure: .sums(
      ranking(
        "coverage_error", wants: { !$0.labels.isEmpty }, orElse: PositiveClass.labels.hasNoRows
      ) {
        row in row.labels.min().map { Double(row.ranked(atLeast: $0)) } ?? 0
      }),
    spread: .mean,
    examples: [
      Metric.Example(.flags, gives: (1 + 2 + 3 + 2) / 4.0),
      Metric.Example(.withoutFlags, gives: nil),
    ])

  /// The gain of the labels by their ranks.
  static let ndcg = Metric(
    "ndcg", task: .multilabel, aliases: ["ndcg_score"],
    summary: "How near the order of a row's labels comes to the best, high ranks counting most.",
    direction: .higherIsBetter,
    formula:
      "mean over rows of DCG / best DCG; DCG = sum over the row's labels of 1 / log2(rank + 1), "
      + "the mean over their ranks for equal scores; 0 for ranks beyond k",
    source: "scikit-learn ndcg_score, which counts 0 for a row without labels; Jarvelin and "
      + "Kekalainen (2002)",
    undefined: ["A row has no label."],
    parameters: [
      Parameter(
        "k", "Looks at the k highest scored labels only.", .integer(1...1_000_000),
        standard: "all labels"),
      .emptyFigure,
    ],
    measure: .sums(gains),
    spread: .mean,
    examples: [
      Metric.Example(.flags, Arguments(texts: ["empty": "zero"]), gives: 0.8876626356799113),
      Metric.Example(.flags, gives: 0.8876626356799113),
      Metric.Example(.flags, Arguments(["k": 1]), gives: 0.75),
      Metric.Example(.flagsWithoutFraud, gives: nil),
      Metric.Example(.flagsWithoutFraud, Arguments(texts: ["empty": "skip"]), gives: 1),
    ])

  /// The terms of `ndcg`, a row each.
  private static let gains = RowSums.mean(orElse: PositiveClass.labels.hasNoRows) {
    sample, arguments throws(Undefined) in
    let sample = try sample.multilabel("ndcg")
    let empty = EmptyFigure(arguments)
    let cut = arguments["k"].map { Int($0) } ?? sample.width
    // The discounts of the first 0, 1, 2... ranks added up.
    var added = [0.0]
    for rank in 0..<sample.width {
      let discount = logarithmOfOnePlus(1) / logarithmOfOnePlus(Double(rank + 1))
      added.append(added[rank] + (rank < cut ? discount : 0))
    }
    var terms: [Double?] = []
    for row in sample.rows.indices {
      let scores = LabelOrder(sample, row: row)
      let outcome = sample.outcome(ofRow: row)
      guard sample.weights?[row] != 0 else {
        terms.append(nil)
        continue
      }
      terms.append(
        try empty.figure { () throws(Undefined) in
          try share(
            scores.gain(added), of: added[scores.labels.count], orElse: outcome.hasNoRows)
        }.map { $0.clamped(to: 0...1) })
    }
    return terms
  }

  /// The mean of a number of each row's order; throws where no row that weighs anything has what is
  /// wanted.
  private static func ranking(
    _ id: String, wants: @escaping @Sendable (LabelOrder) -> Bool = { !$0.isTrivial },
    orElse reason: String = "every row has all labels or none, so that there is nothing to rank",
    _ term: @escaping @Sendable (LabelOrder) -> Double
  ) -> RowSums {
    .mean { sample, _ throws(Undefined) in
      let sample = try sample.multilabel(id)
      var isAny = false
      let terms = sample.rows.indices.map { row -> Double? in
        let order = LabelOrder(sample, row: row)
        isAny = isAny || (sample.weights?[row] != 0 && wants(order))
        return term(order)
      }
      guard isAny else { throw Undefined(reason) }
      return terms
    }
  }
}

/// The scores of one row: of the labels it has, and of the others.
private struct LabelOrder {
  /// Of the labels that the row has.
  package var labels: [Double] = []
  /// Of those it has not.
  package var others: [Double] = []

  /// Takes the scores of a row apart.
  package init(_ sample: MultilabelSample, row: Int) {
    for cell in (row * sample.width)..<((row + 1) * sample.width) {
      if sample.labels[cell] {
        labels.append(sample.scores[cell])
      } else {
        others.append(sample.scores[cell])
      }
    }
  }

  /// Whether no order of the labels is better than another.
  var isTrivial: Bool { labels.isEmpty || others.isEmpty }

  /// How many labels have this score at least.
  package func ranked(atLeast score: Double) -> Int {
    labels.count { $0 >= score } + others.count { $0 >= score }
  }

  /// The discounted gain, equal scores sharing their ranks; `added` are the discounts of the first
  /// ranks added up.
  func gain(_ added: [Double]) -> Double {
    var sum = 0.0
    for label in labels {
      let above = labels.count { $0 > label } + others.count { $0 > label }
      let tied = ranked(atLeast: label) - above
      sum += (added[above + tied] - added[above]) / Double(tied)
    }
    return sum
  }
}
