import GateCore

extension Metric.Regression {
  /// The mean size of the errors.
  static let meanAbsoluteError = Metric(
    "mean_absolute_error", task: .regression, aliases: ["mae", "l1", "l1_loss"],
    summary: "The mean size of the errors, in the target's unit.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of |target - prediction|",
    source: "scikit-learn mean_absolute_error",
    measure: .regression { sample, _ throws(Undefined) in
      sample.meanError { target, prediction in abs(target - prediction) }
    },
    spread: .meanLoss(.regression { target, prediction in abs(target - prediction) }),
    examples: [
      Metric.Example(.losses, gives: 0.75),
      Metric.Example(
        .regression([1, 2], predictions: [2, 2], weights: [3, 1]), gives: 0.75),
    ])

  /// The mean squared error.
  static let meanSquaredError = Metric(
    "mean_squared_error", task: .regression, aliases: ["mse", "l2", "l2_loss"],
    summary: "The mean of the squared errors, in the target's unit squared.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of (target - prediction)^2",
    source: "scikit-learn mean_squared_error",
    measure: .regression { sample, _ throws(Undefined) in sample.meanSquaredError },
    spread: .meanLoss(
      .regression { target, prediction in (target - prediction) * (target - prediction) }),
    examples: [
      Metric.Example(.losses, gives: 1.125),
      Metric.Example(
        .regression([1, 2], predictions: [3, 2], weights: [3, 1]), gives: 3),
    ])

  /// The root of the mean squared error.
  static let rootMeanSquaredError = Metric(
    "root_mean_squared_error", task: .regression, aliases: ["rmse"],
    summary: "The square root of the mean of the squared errors, in the target's unit.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "sqrt(mean of (target - prediction)^2)",
    source: "scikit-learn root_mean_squared_error",
    measure: .regression { sample, _ throws(Undefined) in sample.meanSquaredError.squareRoot() },
    spread: .smooth,
    examples: [
      Metric.Example(.losses, gives: 1.0606601717798212),
      Metric.Example(
        .regression([1, 2], predictions: [3, 2], weights: [3, 1]), gives: 1.7320508075688772),
    ])

  /// The mean size of the errors as shares of the targets.
  static let meanAbsolutePercentageError = Metric(
    "mean_absolute_percentage_error", task: .regression, aliases: ["mape"],
    summary: "The mean size of the errors as a share of the target: 0.1 is ten percent.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of |target - prediction| / |target|",
    source:
      "scikit-learn mean_absolute_percentage_error, which divides by 2^-52 where a target is 0",
    undefined: ["A target is 0."],
    measure: .regression { sample, _ throws(Undefined) in
      let zeros = sample.targets.indices.count {
        sample.targets[$0] == 0 && sample.weights?[$0] != 0
      }
      guard zeros == 0 else {
        throw Undefined(
          zeros == 1 ? "the target of 1 row is 0" : "the targets of \(zeros) rows are 0")
      }
      return sample.meanError { target, prediction in
        target == 0 ? 0 : abs(target - prediction) / abs(target)
      }
    },
    spread: .meanLoss(.regression { target, prediction in abs(target - prediction) / abs(target) }),
    examples: [
      Metric.Example(.losses, gives: 0.21875),
      Metric.Example(.regression([0, 1], predictions: [0, 1]), gives: nil),
    ]
  ).asShare()
}

extension RegressionSample {
  /// The weighted mean of an error made of each row's target and prediction.
  @inline(__always)
  func meanError(_ error: (Double, Double) -> Double) -> Double {
    targets.withUnsafeBufferPointer { targets in
      predictions.withUnsafeBufferPointer { predictions in
        mean(over: targets.count, weights: weights, total: totalWeight) { row in
          error(targets[row], predictions[row])
        }
      }
    }
  }

  /// The weighted mean of the squared errors.
  var meanSquaredError: Double {
    meanError { target, prediction in (target - prediction) * (target - prediction) }
  }
}
