import GateCore

extension Metric.Regression {
  /// The deviance of counts.
  static let meanPoissonDeviance = Metric(
    "mean_poisson_deviance", task: .regression, aliases: ["poisson_deviance", "poisson"],
    summary: "The mean deviance of counts whose variance is their mean.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of 2 (target log(target / prediction) - target + prediction)",
    source: "scikit-learn mean_poisson_deviance",
    undefined: ["A target is below 0.", "A prediction is not above 0."],
    measure: .regression { sample, _ throws(Undefined) in try sample.meanDeviance(power: 1) },
    examples: [
      Metric.Example(.regression([0, 2], predictions: [1, 2]), gives: 1),
      Metric.Example(.regression([-1, 2], predictions: [1, 2]), gives: nil),
      Metric.Example(.regression([1, 2], predictions: [0, 2]), gives: nil),
    ])

  /// The deviance of sums of money.
  static let meanGammaDeviance = Metric(
    "mean_gamma_deviance", task: .regression, aliases: ["gamma_deviance"],
    summary: "The mean deviance of amounts whose deviation is a share of their mean.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of 2 (log(prediction / target) + target / prediction - 1)",
    source: "scikit-learn mean_gamma_deviance",
    undefined: ["A target is not above 0.", "A prediction is not above 0."],
    measure: .regression { sample, _ throws(Undefined) in try sample.meanDeviance(power: 2) },
    examples: [
      Metric.Example(.regression([1, 2], predictions: [2, 2]), gives: 0.1931471805599453),
      Metric.Example(.regression([0, 2], predictions: [1, 2]), gives: nil),
    ])

  /// The deviance of a power of the mean.
  static let meanTweedieDeviance = Metric(
    "mean_tweedie_deviance", task: .regression,
    aliases: ["tweedie_deviance", "tweedie_deviance_score"],
    summary: "The mean deviance of values whose variance is a power of their mean.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean of 2 (max(t, 0)^(2 - power) / ((1 - power) (2 - power)) - t p^(1 - power) / "
      + "(1 - power) + p^(2 - power) / (2 - power)), t target and p prediction; 0 is the squared "
      + "error, 1 poisson, 2 gamma",
    source: "scikit-learn mean_tweedie_deviance",
    undefined: tweedieUndefined,
    parameters: [.tweediePower],
    measure: .regression { sample, arguments throws(Undefined) in
      try sample.meanDeviance(power: arguments["power"] ?? 0)
    },
    examples: [
      Metric.Example(.losses, gives: 1.125),
      Metric.Example(.losses, Arguments(["power": 3]), gives: 0.01271604938271606),
      Metric.Example(.losses, Arguments(["power": 0.5]), gives: nil),
      Metric.Example(
        .regression([0, 2], predictions: [1, 2]), Arguments(["power": 3]), gives: nil),
    ])

  /// How much smaller that deviance is than of one prediction for all.
  static let d2TweedieScore = Metric(
    "d2_tweedie_score", task: .regression,
    summary: "The share of the deviance of the targets' mean that predictions take away.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - mean_tweedie_deviance / that of the targets' mean as every prediction",
    source: "scikit-learn d2_tweedie_score, which says 0 or 1 where all targets are equal",
    undefined: ["All targets are equal.", "There is one row only."] + tweedieUndefined,
    parameters: [.tweediePower],
    measure: .regression { sample, arguments throws(Undefined) in
      try sample.requireVaried()
      let power = arguments["power"] ?? 0
      let deviance = try sample.meanDeviance(power: power)
      let mean = sample.meanError { target, _ in target }
      let whole = try sample.meanDeviance(power: power) { _ in mean }
      return 1 - deviance / whole
    },
    examples: [
      Metric.Example(.losses, gives: -0.125),
      Metric.Example(
        .regression([0, 2], predictions: [1, 1]), Arguments(["power": 1]), gives: 0),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
      Metric.Example(.losses, Arguments(["power": 0.5]), gives: nil),
    ])

  /// When there is no deviance of a power.
  private static let tweedieUndefined = [
    "The power lies between 0 and 1.", "A prediction is not above 0, and the power is not 0.",
    "A target is below 0 with a power from 1 on, or 0 with a power from 2 on.",
  ]
}

extension Parameter {
  /// The power of the mean that the variance is.
  fileprivate static let tweediePower = Parameter(
    "power", "The power of the mean that the variance is: 0 normal, 1 poisson, 2 gamma.",
    .number(-100...100), standard: "0")
}

extension RegressionSample {
  /// The mean deviance of what `predicted` makes of the predictions.
  fileprivate func meanDeviance(
    power: Double, _ predicted: (Double) -> Double = { $0 }
  ) throws(Undefined) -> Double {
    guard power <= 0 || power >= 1 else {
      throw Undefined("there is no deviance of a power between 0 and 1, and 'power' is \(power)")
    }
    let least = power >= 1 ? 0 : -Double.infinity
    let words =
      (power == 0 ? "" : "a prediction is not above 0")
      + (power >= 2 ? ", or a target is not" : power >= 1 ? ", or a target is below 0" : "")
    return try meanError(
      where: { target, prediction in
        (power == 0 || predicted(prediction) > 0) && (power >= 2 ? target > 0 : target >= least)
      }, orElse: words,
      error: { target, prediction in
        max(0, unitDeviance(target, predicted(prediction), power: power))
      })
  }
}

/// The deviance of one target from its prediction, exact where they are near each other: there the
/// terms of scikit-learn's formula cancel, and a series in the relative error does not.
private func unitDeviance(_ target: Double, _ prediction: Double, power: Double) -> Double {
  let error = target - prediction
  if power == 0 { return error * error }
  let ratio = error / prediction
  let scale = 2 * raised(prediction, to: 2 - power)
  if abs(ratio) < 0.1 { return scale * nearDeviance(ratio, exponent: 2 - power) }
  switch power {
  case 1:
    let part = target == 0 ? 0 : target * logarithm(target / prediction)
    return 2 * (part - error)
  case 2: return 2 * (ratio - logarithm(target / prediction))
  default:
    let (one, two) = (1 - power, 2 - power)
    let own = raised(max(target, 0), to: two) / (one * two)
    let mixed = target * raised(prediction, to: one) / one
    return 2 * (own - mixed + raised(prediction, to: two) / two)
  }
}

/// ((1 + x)^a - 1 - a x) / (a (a - 1)) by its series, whose limits at a of 0 and 1 it has too.
private func nearDeviance(_ x: Double, exponent a: Double) -> Double {
  var term = x * x / 2
  var sum = term
  var k = 3.0
  while abs(term) > abs(sum) * 1e-17, k < 1000 {
    term *= (a - k + 1) * x / k
    sum += term
    k += 1
  }
  return sum
}
