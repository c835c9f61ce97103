extension Metric {
  /// The share of right decisions.
  static let accuracy = Metric(
    "accuracy", task: .binary,
    summary: "The share of rows whose decision is right.",
    direction: .higherIsBetter,
    formula: "(tp + tn) / (tp + fp + fn + tn)",
    source: "scikit-learn accuracy_score",
    measure: .confusion { cells, _ throws(Undefined) in
      (cells.truePositives + cells.trueNegatives) / cells.total
    },
    examples: [
      Example(.binary(scores: [0.9, 0.8, 0.3, 0.1], positives: [1, 0, 1, 0]), gives: 0.5)
    ])
}

extension Sample {
  /// A binary sample written short, for examples.
  static func binary(
    scores: [Double], positives: [Int], weights: [Double]? = nil, threshold: Double = 0.5
  ) -> Sample {
    .binary(
      BinarySample(
        scores: scores, positives: positives.map { $0 == 1 }, weights: weights,
        threshold: threshold))
  }
}
