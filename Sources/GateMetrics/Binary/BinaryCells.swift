package import GateCore

/// The confusion matrix itself: its cells and its margins; none of them is better high or low.
extension Metric.Binary {
  /// Positive rows decided positive.
  package static let truePositives = count(
    "true_positives", "How many positive rows were decided positive, by weight.", "tp",
    gives: 2
  ) { $0.truePositives }.alsoCalled("tp")
  /// Negative rows decided positive.
  package static let falsePositives = count(
    "false_positives", "How many negative rows were decided positive, by weight.", "fp",
    gives: 1
  ) { $0.falsePositives }.alsoCalled("fp")
  /// Negative rows decided negative.
  package static let trueNegatives = count(
    "true_negatives", "How many negative rows were decided negative, by weight.", "tn",
    gives: 2
  ) { $0.trueNegatives }.alsoCalled("tn")
  /// Positive rows decided negative.
  package static let falseNegatives = count(
    "false_negatives", "How many positive rows were decided negative, by weight.", "fn",
    gives: 1
  ) { $0.falseNegatives }.alsoCalled("fn")

  /// The share of positive rows.
  package static let prevalence = Metric(
    "prevalence", task: .binary, aliases: ["base_rate", "positive_rate"],
    summary: "The share of rows that are positive, whatever was decided.",
    direction: .neither,
    formula: "(tp + fn) / (tp + fp + fn + tn)",
    source: "scikit-learn confusion_matrix; TensorFlow Model Analysis prevalence",
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in cells.positives / cells.total },
    spread: .share { ($0.positives, $0.total) },
    examples: [
      Metric.Example(.applications, gives: 0.5),
      Metric.Example(.repaidOnly, gives: 0),
    ])

  /// The share of rows decided positive.
  static let predictedPositiveRate = Metric(
    "predicted_positive_rate", task: .binary, aliases: ["selection_rate"],
    summary: "The share of rows decided positive, whatever they are.",
    direction: .neither,
    formula: "(tp + fp) / (tp + fp + fn + tn)",
    source: "fairlearn selection_rate; TensorFlow Model Analysis predicted_positive_rate",
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in cells.predictedPositives / cells.total },
    spread: .share { ($0.predictedPositives, $0.total) },
    examples: [
      Metric.Example(.applications, Arguments(["threshold": 0.4]), gives: 4.0 / 6),
      Metric.Example(.repaidOnly, gives: 0),
    ])

  /// A cell as a metric, with the six applications as example.
  private static func count(
    _ id: String, _ summary: String, _ formula: String,
    gives value: Double,
    _ cell: @escaping @Sendable (Confusion) -> Double
  ) -> Metric {
    Metric(
      id, task: .binary, summary: summary, direction: .neither, range: 0 ... .infinity,
      formula: formula, source: "scikit-learn confusion_matrix", parameters: [.threshold],
      measure: .confusion { cells, _ throws(Undefined) in cell(cells) },
      examples: [
        Metric.Example(.applications, gives: value),
        Metric.Example(
          .binary(scores: [0.9, 0.7, 0.2, 0.1], positives: [1, 0, 1, 0], weights: [3, 3, 3, 3]),
          gives: 3),
      ])
  }
}
