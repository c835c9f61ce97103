import GateCore

extension Metric.Regression {
  /// The share of the absolute errors of the median that predictions take away.
  static let d2AbsoluteErrorScore = Metric(
    "d2_absolute_error_score", task: .regression,
    summary: "How much smaller the errors are than those of the targets' median: 1 is perfect.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - mean |target - prediction| / mean |target - median target|",
    source: "scikit-learn d2_absolute_error_score, which says 0 or 1 where all targets are equal",
    undefined: ["All targets are equal.", "There is one row only."],
    measure: .regression { sample, _ throws(Undefined) in try sample.pinballScore(0.5) },
    examples: [
      Metric.Example(.losses, gives: 0.25),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
    ])

  /// The share of the pinball loss of the quantile that predictions take away.
  static let d2PinballScore = Metric(
    "d2_pinball_score", task: .regression,
    summary: "How much smaller the pinball loss is than of the targets' quantile: 1 is perfect.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - mean_pinball_loss / that of the targets' alpha quantile as every prediction",
    source: "scikit-learn d2_pinball_score, which says 0 or 1 where all targets are equal",
    undefined: ["All targets are equal.", "There is one row only."],
    parameters: [.alpha],
    measure: .regression { sample, arguments throws(Undefined) in
      try sample.pinballScore(arguments["alpha"] ?? 0.5)
    },
    examples: [
      Metric.Example(.losses, gives: 0.25),
      Metric.Example(
        .regression([0, 1, 2, 3], predictions: [3, 3, 3, 3]), Arguments(["alpha": 0.9]), gives: 0),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
    ])
}

extension RegressionSample {
  /// The share of the loss of one quantile for all that predictions take away.
  fileprivate func pinballScore(_ alpha: Double) throws(Undefined) -> Double {
    try requireVaried()
    let weights = weights ?? [Double](repeating: 1, count: count)
    let quantile = targets.quantile(alpha, weights: weights, total: totalWeight)
    return 1 - pinballLoss(alpha) { $0 } / pinballLoss(alpha) { _ in quantile }
  }
}
