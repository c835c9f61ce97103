package import GateCore

extension Metric.Binary {
  /// The area under the precision-recall curve, in steps.
  package static let averagePrecision = Metric(
    "average_precision", task: .binary,
    aliases: ["ap", "pr_auc", "auprc", "aucpr", "average_precision_score"],
    summary: "Precision at each score as threshold, averaged by the recall it adds.",
    direction: .higherIsBetter,
    formula: "sum over distinct scores of (recall - recall before) * precision",
    source: "scikit-learn average_precision_score",
    undefined: ["The model gives classes, not scores."],
    contrast: .classes,
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireScores()
      return try sample.averagePrecision(.positive)
    },
    spread: .drawn { $0.averagePrecision($1) },
    examples: [
      Metric.Example(.applications, gives: (1 + 1 + 0.75) / 3),
      Metric.Example(.binary(scores: [0.5, 0.5, 0.2], positives: [1, 0, 0]), gives: 0.5),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension BinarySample {
  /// Average precision, rows of one score being one threshold: one pass over the order.
  package func averagePrecision(_ outcome: PositiveClass) throws(Undefined) -> Double {
    let (area, positive) = weights == nil ? countedPrecision() : weightedPrecision()
    guard positive > 0 else { throw Undefined(outcome.hasNoRows) }
    return (area / positive).clamped(to: 0...1)
  }

  /// The sum over thresholds of new positives times precision, and the positives.
  private func countedPrecision() -> (area: Double, positive: Double) {
    scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        var area = Sum()
        var positive = 0
        var place = 0
        while place < scores.count {
          let score = scores[place]
          var tied = 0
          while place < scores.count, scores[place] == score {
            tied += positives[place] ? 1 : 0
            place += 1
          }
          positive += tied
          area.add(Double(tied) * Double(positive) / Double(place))
        }
        return (area.value, Double(positive))
      }
    }
  }

  /// As `countedPrecision`, by weight.
  private func weightedPrecision() -> (area: Double, positive: Double) {
    let weights = weights ?? []
    return scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        weights.withUnsafeBufferPointer { weights in
          var area = Sum()
          var positive = Sum()
          var predicted = Sum()
          var place = 0
          while place < scores.count {
            let score = scores[place]
            var tied = 0.0
            while place < scores.count, scores[place] == score {
              tied += positives[place] ? weights[place] : 0
              predicted.add(weights[place])
              place += 1
            }
            positive.add(tied)
            let precision = positive.value / predicted.value
            area.add(predicted.value > 0 ? tied * precision : 0)
          }
          return (area.value, positive.value)
        }
      }
    }
  }
}
