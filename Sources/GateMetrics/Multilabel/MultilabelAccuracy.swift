import GateCore

/// Rows and labels decided rightly or wrongly.
extension Metric.Multilabel {
  /// The share of rows whose every label is right.
  static let subsetAccuracy = Metric(
    "subset_accuracy", task: .multilabel,
    aliases: ["accuracy", "accuracy_score", "exact_match_ratio", "exact_match"],
    summary: "The share of rows whose labels are all decided rightly.",
    direction: .higherIsBetter,
    formula: "rows with every label right / rows",
    source: "scikit-learn accuracy_score of several labels",
    parameters: [.threshold],
    measure: .sums(
      wrong("subset_accuracy") { wrong, _ in wrong == 0 ? 1 : 0 }),
    spread: .rightRows,
    examples: [
      Metric.Example(.flags, gives: 0.5),
      Metric.Example(.flags, Arguments(["threshold": 0.65]), gives: 0.5),
      Metric.Example(.flagsWithoutFraud, gives: 1),
    ])

  /// The share of rows with a wrong label.
  package static let zeroOneLoss = Metric(
    "zero_one_loss", task: .multilabel,
    summary: "The share of rows with a label decided wrongly.",
    direction: .lowerIsBetter,
    formula: "rows with a label wrong / rows",
    source: "scikit-learn zero_one_loss of several labels",
    parameters: [.threshold],
    measure: .sums(wrong("zero_one_loss") { wrong, _ in wrong == 0 ? 0 : 1 }),
    spread: .rowShare,
    loss: .wrongDecision,
    examples: [
      Metric.Example(.flags, gives: 0.5),
      Metric.Example(.flagsWithoutFraud, gives: 0),
    ])

  /// The share of labels decided wrongly.
  static let hammingLoss = Metric(
    "hamming_loss", task: .multilabel,
    summary: "The share of all labels of all rows that is decided wrongly.",
    direction: .lowerIsBetter,
    formula: "wrong labels / (rows * labels)",
    source: "scikit-learn hamming_loss",
    parameters: [.threshold],
    measure: .sums(wrong("hamming_loss") { wrong, width in Double(wrong) / Double(width) }),
    spread: .mean,
    examples: [
      Metric.Example(.flags, gives: 4.0 / 12),
      Metric.Example(.flags, Arguments(["threshold": 0.3]), gives: 0.25),
      Metric.Example(.flagsWithoutFraud, gives: 0),
    ])

  /// The mean of what a row's number of wrong labels, out of so many, comes to.
  private static func wrong(
    _ id: String, _ term: @escaping @Sendable (_ wrong: Int, _ width: Int) -> Double
  ) -> RowSums {
    .mean { sample, arguments throws(Undefined) in
      let sample = try sample.multilabel(id)
      let threshold = arguments["threshold"] ?? sample.threshold
      return sample.rows.indices.map { row in
        var wrong = 0
        for cell in (row * sample.width)..<((row + 1) * sample.width) {
          wrong += (sample.scores[cell] >= threshold) == sample.labels[cell] ? 0 : 1
        }
        return term(wrong, sample.width)
      }
    }
  }
}
