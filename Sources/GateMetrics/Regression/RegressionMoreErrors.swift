package import GateCore

extension Metric.Regression {
  /// The mean of the errors with their sign.
  static let meanError = Metric(
    "mean_error", task: .regression, aliases: ["bias", "mean_bias", "mean_bias_error", "mbe"],
    summary: "By how much predictions are too high on average: the bias, in the target's unit.",
    direction: .neither,
    range: -.infinity ... .infinity,
    formula: "mean of (prediction - target)",
    source: "numpy average",
    measure: .regression { sample, _ throws(Undefined) in
      sample.meanError { target, prediction in prediction - target }
    },
    examples: [
      Metric.Example(.losses, gives: 0.75),
      Metric.Example(.regression([1, 2], predictions: [2, 1], weights: [1, 3]), gives: -0.5),
    ])

  /// The mean size of the errors as shares of the mean of target and prediction.
  static let symmetricMeanAbsolutePercentageError = Metric(
    "symmetric_mean_absolute_percentage_error", task: .regression, aliases: ["smape"],
    summary: "The mean size of the errors over the mean size of target and prediction.",
    direction: .lowerIsBetter,
    range: 0...2,
    formula: "mean of 2 |target - prediction| / (|target| + |prediction|), 0 where both are 0",
    source: "Makridakis (1993), without the factor of 100; other forms leave out the 2",
    contrast: .sizes,
    measure: .regression { sample, _ throws(Undefined) in
      sample.meanError { target, prediction in
        let error = abs(target - prediction)
        return error == 0 ? 0 : 2 * error / (abs(target) + abs(prediction))
      }.clamped(to: 0...2)
    },
    examples: [
      Metric.Example(.regression([3, 0], predictions: [1, 0]), gives: 0.5),
      Metric.Example(.regression([1, -1], predictions: [-1, 1]), gives: 2),
      Metric.Example(.regression([0, 0], predictions: [1, 2]), gives: nil),
    ])

  /// The errors' sizes over the targets' sizes.
  static let weightedAbsolutePercentageError = Metric(
    "weighted_absolute_percentage_error", task: .regression, aliases: ["wape", "wmape"],
    summary: "The sum of the errors' sizes as a share of the sum of the targets' sizes.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "sum of |target - prediction| / sum of |target|",
    source: "Kolassa and Schuetz (2007), the MAD/mean ratio",
    undefined: ["All targets are 0."],
    measure: .regression { sample, _ throws(Undefined) in
      let size = sample.meanError { target, _ in abs(target) }
      let error = sample.meanError { target, prediction in abs(target - prediction) }
      return try share(error, of: size, orElse: "all targets are 0")
    },
    examples: [
      Metric.Example(.losses, gives: 0.25),
      Metric.Example(.regression([0, 0], predictions: [0, 1]), gives: nil),
    ]
  ).asShare()

  /// The mean squared error of the logarithms.
  static let meanSquaredLogError = Metric(
    "mean_squared_log_error", task: .regression, aliases: ["msle"],
    summary: "The mean of the squared differences of the logarithms of 1 + value.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of (log(1 + target) - log(1 + prediction))^2",
    source: "scikit-learn mean_squared_log_error",
    undefined: ["A target or a prediction is -1 or less."],
    measure: .regression { sample, _ throws(Undefined) in try sample.meanSquaredLogError() },
    examples: [
      Metric.Example(.regression([0, 1], predictions: [1, 1]), gives: 0.2402265069591007),
      Metric.Example(.regression([0, 1], predictions: [-1, 1]), gives: nil),
    ])

  /// The root of the same.
  static let rootMeanSquaredLogError = Metric(
    "root_mean_squared_log_error", task: .regression, aliases: ["rmsle"],
    summary: "The root of the mean squared difference of the logarithms of 1 + value.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "sqrt(mean of (log(1 + target) - log(1 + prediction))^2)",
    source: "scikit-learn root_mean_squared_log_error",
    undefined: ["A target or a prediction is -1 or less."],
    measure: .regression { sample, _ throws(Undefined) in
      try sample.meanSquaredLogError().squareRoot()
    },
    spread: .smooth,
    examples: [
      Metric.Example(.regression([0, 1], predictions: [1, 1]), gives: 0.4901290717342735),
      Metric.Example(.regression([-2, 1], predictions: [0, 1]), gives: nil),
    ])

  /// The loss of a quantile.
  static let meanPinballLoss = Metric(
    "mean_pinball_loss", task: .regression, aliases: ["pinball_loss", "quantile_loss"],
    summary: "The loss of predictions that are to be a quantile of the targets.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean of alpha (target - prediction) where the target is above, "
      + "(1 - alpha) (prediction - target) elsewhere",
    source: "scikit-learn mean_pinball_loss; Koenker and Bassett (1978)",
    parameters: [.alpha],
    measure: .regression { sample, arguments throws(Undefined) in
      sample.pinballLoss(arguments["alpha"] ?? 0.5) { $0 }
    },
    examples: [
      Metric.Example(.losses, gives: 0.375),
      Metric.Example(.losses, Arguments(["alpha": 0.9]), gives: 0.075),
      Metric.Example(.regression([2], predictions: [1]), Arguments(["alpha": 0.9]), gives: 0.9),
    ])

  /// Squares of small errors, sizes of large ones.
  static let huberLoss = Metric(
    "huber_loss", task: .regression, aliases: ["huber"],
    summary: "The mean of half the squared error up to delta, and of its size beyond.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of e^2 / 2 where |e| <= delta, delta (|e| - delta / 2) beyond",
    source: "scipy special.huber; Huber (1964)",
    parameters: [
      Parameter(
        "delta", "From which size on an error is large, in the target's unit.",
        .number(1e-300...1e300), standard: "1")
    ],
    measure: .regression { sample, arguments throws(Undefined) in
      let delta = arguments["delta"] ?? 1
      return sample.meanError { target, prediction in
        let error = abs(target - prediction)
        return error <= delta ? error * error / 2 : delta * (error - delta / 2)
      }
    },
    examples: [
      Metric.Example(.losses, gives: 0.4375),
      Metric.Example(.losses, Arguments(["delta": 2]), gives: 0.5625),
    ])
}

extension Parameter {
  /// Which quantile is predicted.
  package static let alpha = Parameter(
    "alpha", "Which quantile is predicted: 0.9 lies above nine of ten targets.",
    .number(1e-6...(1 - 1e-6)), standard: "0.5")
}

extension RegressionSample {
  /// The weighted mean of an error of rows that are `valid`; throws `reason` where one that weighs
  /// anything is not.
  @inline(__always)
  func meanError(
    where valid: (Double, Double) -> Bool, orElse reason: String,
    error: (Double, Double) -> Double
  ) throws(Undefined) -> Double {
    for row in 0..<count where !valid(targets[row], predictions[row]) && weights?[row] != 0 {
      throw Undefined(reason)
    }
    return meanError { target, prediction in
      valid(target, prediction) ? error(target, prediction) : 0
    }
  }

  /// The mean squared difference of logarithms.
  fileprivate func meanSquaredLogError() throws(Undefined) -> Double {
    try meanError(
      where: { target, prediction in target > -1 && prediction > -1 },
      orElse: "a target or a prediction is -1 or less",
      error: { target, prediction in
        let error = logarithmOfOnePlus(target) - logarithmOfOnePlus(prediction)
        return error * error
      })
  }

  /// The loss at one quantile of what `predicted` makes of the predictions.
  @inline(__always)
  func pinballLoss(_ alpha: Double, _ predicted: (Double) -> Double) -> Double {
    meanError { target, prediction in
      let error = target - predicted(prediction)
      return error >= 0 ? alpha * error : (alpha - 1) * error
    }
  }
}
