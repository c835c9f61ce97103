import GateCore

extension Metric.Multiclass {
  /// The negative mean log-likelihood.
  package static let logLoss = Metric(
    "log_loss", task: .multiclass,
    aliases: ["cross_entropy", "categorical_crossentropy", "mlogloss", "multi_logloss"],
    summary: "The mean of minus the logarithm of the probability given to the true class.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of -log(probability of the true class), within [eps, 1 - eps]",
    source: "scikit-learn log_loss; eps = 2^-52",
    undefined: [
      "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
      "The model gives classes, not scores.",
    ],
    measure: .multiclass { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      let width = sample.classes.count
      return sample.probabilities.withUnsafeBufferPointer { probabilities in
        sample.labels.withUnsafeBufferPointer { labels in
          mean(over: labels.count, weights: sample.weights, total: sample.totalWeight) { row in
            negativeLogarithm(probabilities[row * width + Int(labels[row])])
          }
        }
      }
    },
    spread: .meanLoss(.multiclass { negativeLogarithm($0) }),
    calibration: .other,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.7837604219994567),
      Metric.Example(.unnormalised, gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// The mean squared distance of probabilities and labels.
  static let brierScore = Metric(
    "brier_score", task: .multiclass, aliases: ["brier", "brier_score_loss", "brier_loss"],
    summary:
      "The mean squared distance of the probabilities from 1 for the true class, 0 for others.",
    direction: .lowerIsBetter,
    range: 0...2,
    formula:
      "mean over rows of the sum over classes of (probability - label)^2; "
      + "half of it for two classes",
    source: "scikit-learn brier_score_loss with scale_by_half auto; Brier (1950)",
    undefined: [
      "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
      "The model gives classes, not scores.",
    ],
    measure: .multiclass { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      return sample.meanSquaredDistance() * (sample.classes.count < 3 ? 0.5 : 1)
    },
    calibration: .other,
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.4466666666666666),
      Metric.Example(.unnormalised, gives: nil),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])
}

extension MulticlassSample {
  /// The mean over rows of the squared distance of probabilities and label.
  fileprivate func meanSquaredDistance() -> Double {
    let width = classes.count
    return probabilities.withUnsafeBufferPointer { probabilities in
      labels.withUnsafeBufferPointer { labels in
        mean(over: labels.count, weights: weights, total: totalWeight) { row in
          let start = row * width
          let label = Int(labels[row])
          var sum = 0.0
          for place in 0..<width {
            let error = probabilities[start + place] - (place == label ? 1 : 0)
            sum += error * error
          }
          return sum
        }
      }
    }
  }
}
