import GateCore

extension Metric.Multiclass {
  /// The share of rows whose class is among the likeliest.
  static let topKAccuracy = Metric(
    "top_k_accuracy", task: .multiclass,
    aliases: ["top_k_accuracy_score", "top_k_categorical_accuracy", "accuracy_at_k"],
    summary: "The share of rows whose true class is among the k of the highest probability.",
    direction: .higherIsBetter,
    formula:
      "rows of which fewer than k classes have a higher probability, or the same and stand before "
      + "it, / rows",
    source:
      "scikit-learn top_k_accuracy_score, which prefers the last of equal probabilities; the "
      + "first is the decision here, so that k = 1 is accuracy",
    undefined: ["The model gives classes, not scores."],
    parameters: [
      Parameter("k", "How many classes of a row count.", .integer(1...1_000_000), standard: "2")
    ],
    contrast: .moreClasses,
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireScores()
      return sample.shareAmongHighest(arguments["k"].map { Int($0) } ?? 2)
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: 5.0 / 6),
      Metric.Example(.outcomesOfSix, Arguments(["k": 1]), gives: 4.0 / 6),
      Metric.Example(.outcomesOfSix, Arguments(["k": 3]), gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])
}

extension MulticlassSample {
  /// The share of rows whose class is one of the first `k` in falling order of probability.
  fileprivate func shareAmongHighest(_ k: Int) -> Double {
    let width = classes.count
    return probabilities.withUnsafeBufferPointer { probabilities in
      labels.withUnsafeBufferPointer { labels in
        mean(over: labels.count, weights: weights, total: totalWeight) { row in
          let start = row * width
          let label = Int(labels[row])
          let own = probabilities[start + label]
          var before = 0
          for place in 0..<width {
            let other = probabilities[start + place]
            if other > own || (other == own && place < label) { before += 1 }
          }
          return (before < k).number
        }
      }
    }
  }
}
