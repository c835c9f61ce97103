package import GateCore

extension Metric.Binary {
  /// The area under the ROC curve.
  static let rocAuc = Metric(
    "roc_auc", task: .binary,
    aliases: ["auc", "auroc", "roc_auc_score", "area_under_roc", "auc_roc", "c_statistic"],
    summary:
      "The chance that a positive row scores higher than a negative one, ties counting half.",
    direction: .higherIsBetter,
    formula:
      "(pairs ranked right + pairs tied / 2) / (positives * negatives); "
      + "up to max_fpr: (1 + (area - max_fpr^2 / 2) / (max_fpr - max_fpr^2 / 2)) / 2",
    source: "scikit-learn roc_auc_score; Hanley and McNeil (1982); McClish (1989) for max_fpr",
    undefined: ["All rows are of one class.", "The model gives classes, not scores."],
    parameters: [.maxFPR],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireScores()
      guard let limit = arguments["max_fpr"], limit < 1 else { return try sample.areaUnderCurve() }
      return try sample.areaUnderCurve(upTo: limit)
    },
    spread: .areaUnderCurve,
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 8.0 / 9),
      Metric.Example(.applications, Arguments(["max_fpr": 0.5]), gives: 23.0 / 27),
      Metric.Example(.repaidOnly, Arguments(["max_fpr": 0.5]), gives: nil),
      Metric.Example(.binary(scores: [0.5, 0.5, 0.2], positives: [1, 0, 0]), gives: 0.75),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension BinarySample {
  /// The area under the ROC curve, ties by trapezoid: one pass over the order.
  package func areaUnderCurve() throws(Undefined) -> Double {
    let (area, positive, negative) = weights == nil ? countedPairs() : weightedPairs()
    guard positive > 0, negative > 0 else {
      let rows = weights == nil ? "all \(count) rows" : "all rows that weigh anything"
      throw Undefined("\(rows) are of one class, and roc_auc needs both")
    }
    return (area / (positive * negative)).clamped(to: 0...1)
  }

  /// Pairs ranked right, positives, negatives: whole numbers, so exact whatever the order within
  /// ties.
  private func countedPairs() -> (area: Double, positive: Double, negative: Double) {
    scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        var doubled = 0
        var positive = 0
        var place = 0
        while place < scores.count {
          let start = place
          var tied = 0
          while place < scores.count, scores[place] == scores[start] {
            tied += positives[place] ? 1 : 0
            place += 1
          }
          doubled += (place - start - tied) * (2 * positive + tied)
          positive += tied
        }
        return (Double(doubled) / 2, Double(positive), Double(scores.count - positive))
      }
    }
  }

  /// As `countedPairs`, each pair weighing the product of its rows' weights.
  private func weightedPairs() -> (area: Double, positive: Double, negative: Double) {
    let weights = weights ?? []
    return scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        weights.withUnsafeBufferPointer { weights in
          var area = Sum()
          var positive = Sum()
          var negative = Sum()
          var place = 0
          while place < scores.count {
            let score = scores[place]
            var tied = 0.0
            var tiedNegative = 0.0
            while place < scores.count, scores[place] == score {
              tied += positives[place] ? weights[place] : 0
              tiedNegative += positives[place] ? 0 : weights[place]
              place += 1
            }
            area.add(tiedNegative * (positive.value + tied / 2))
            positive.add(tied)
            negative.add(tiedNegative)
          }
          return (area.value, positive.value, negative.value)
        }
      }
    }
  }
}
