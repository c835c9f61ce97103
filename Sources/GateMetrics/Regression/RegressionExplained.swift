import GateCore

extension Metric.Regression {
  /// The share of the targets' spread that predictions explain.
  static let r2 = Metric(
    "r2", task: .regression, aliases: ["r2_score", "r_squared", "coefficient_of_determination"],
    summary:
      "How much smaller the squared errors are than those of the targets' mean: 1 is perfect.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - sum of (target - prediction)^2 / sum of (target - mean target)^2",
    source: "scikit-learn r2_score, which says 0 or 1 where all targets are equal",
    undefined: ["All targets are equal.", "There is one row only."],
    measure: .regression { sample, _ throws(Undefined) in
      1 - sample.meanSquaredError / (try sample.variance())
    },
    spread: .smooth,
    examples: [
      Metric.Example(.losses, gives: -0.125),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
      Metric.Example(.regression([3], predictions: [3]), gives: nil),
    ])

  /// The share of the targets' variance that is not left in the errors.
  static let explainedVariance = Metric(
    "explained_variance", task: .regression, aliases: ["explained_variance_score", "evs"],
    summary:
      "How much smaller the errors' variance is than the targets': 1 is right but for a shift.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - variance of (target - prediction) / variance of target",
    source: "scikit-learn explained_variance_score, which says 0 or 1 where all targets are equal",
    undefined: ["All targets are equal.", "There is one row only."],
    measure: .regression { sample, _ throws(Undefined) in
      let shift = sample.meanError { target, prediction in target - prediction }
      let left = sample.meanError { target, prediction in
        let error = target - prediction - shift
        return error * error
      }
      return 1 - left / (try sample.variance())
    },
    spread: .smooth,
    examples: [
      Metric.Example(.losses, gives: 0.4375),
      Metric.Example(.regression([1, 2], predictions: [2, 3]), gives: 1),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
    ])
}

extension RegressionSample {
  /// Throws where the targets, or other values of the rows, do not vary.
  func requireVaried(_ values: [Double]? = nil, _ name: String = "targets") throws(Undefined) {
    let values = values ?? targets
    let counted = values.indices.lazy.filter { weights?[$0] != 0 }
    guard let first = counted.first else { throw Undefined("there are no rows") }
    guard counted.contains(where: { values[$0] != values[first] }) else {
      let value = values[first]
      throw Undefined(count == 1 ? "there is one row only" : "all \(name) are \(value)")
    }
  }

  /// The weighted variance of the targets; throws where they do not vary.
  fileprivate func variance() throws(Undefined) -> Double {
    try requireVaried()
    let center = meanError { target, _ in target }
    return meanError { target, _ in (target - center) * (target - center) }
  }
}
