package import GateCore

extension Metric.Binary {
  /// The negative mean log-likelihood.
  package static let logLoss = Metric(
    "log_loss", task: .binary,
    aliases: [
      "binary_cross_entropy", "bce", "cross_entropy", "binary_crossentropy", "binary_logloss",
    ],
    summary: "The mean of minus the logarithm of the probability given to what came true.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean of -log(q), q the score of a positive row, 1 - score of another, within [eps, 1 - eps]",
    source: "scikit-learn log_loss; eps = 2^-52",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      return sample.meanNegativeLogarithm
    },
    spread: .meanLoss(
      .binary { score, positive in negativeLogarithm(abs((1 - positive.number) - score)) }),
    calibration: .other,
    examples: [
      Metric.Example(
        .binary(scores: [0.8, 0.4], positives: [1, 0]), gives: 0.36698458754010716),
      Metric.Example(.binary(scores: [3.1, 0.4], positives: [1, 0]), gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The mean squared error of the scores.
  static let brierScore = Metric(
    "brier_score", task: .binary, aliases: ["brier", "brier_score_loss", "brier_loss"],
    summary: "The mean squared difference of the score and the label as 0 or 1.",
    direction: .lowerIsBetter,
    formula: "mean of (score - label)^2",
    source: "scikit-learn brier_score_loss; Brier (1950)",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      return sample.meanSquaredDifference
    },
    spread: .meanLoss(
      .binary { score, positive in (score - positive.number) * (score - positive.number) }),
    calibration: .other,
    examples: [
      Metric.Example(.binary(scores: [0.8, 0.4], positives: [1, 0]), gives: 0.1),
      Metric.Example(.binary(scores: [3.1, 0.4], positives: [1, 0]), gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension BinarySample {
  /// The weighted mean of a loss of each row's score and label.
  @inline(__always)
  func meanOverScores(_ loss: (Double, Bool) -> Double) -> Double {
    scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        mean(over: scores.count, weights: weights, total: totalWeight) { row in
          loss(scores[row], positives[row])
        }
      }
    }
  }

  /// The mean squared difference of score and label.
  var meanSquaredDifference: Double {
    meanOverScores { score, positive in
      let error = score - positive.number
      return error * error
    }
  }

  /// The mean of minus the logarithm of the probability given to what came true.
  var meanNegativeLogarithm: Double {
    meanOverScores { score, positive in
      negativeLogarithm(abs((1 - positive.number) - score))
    }
  }
}
