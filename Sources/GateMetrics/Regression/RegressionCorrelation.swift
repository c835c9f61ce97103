import GateCore

extension Metric.Regression {
  /// The linear correlation.
  static let pearson = Metric(
    "pearson", task: .regression, aliases: ["pearsonr", "pearson_corrcoef", "correlation"],
    summary: "How far predictions and targets lie on one rising line: 1 all, 0 not at all.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "covariance of target and prediction / (deviation of targets * of predictions)",
    source: "scipy pearsonr",
    undefined: constantUndefined,
    measure: .regression { sample, _ throws(Undefined) in
      try sample.requireBothVaried()
      return Pearson.correlation(
        sample.targets, sample.predictions, weights: sample.weights)
    },
    spread: .smooth,
    examples: [
      Metric.Example(.losses, gives: 1.5 / 2.5625.squareRoot()),
      Metric.Example(.regression([1, 2, 3], predictions: [6, 4, 2]), gives: -1),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
      Metric.Example(.regression([2, 3], predictions: [3, 3]), gives: nil),
    ])

  /// The correlation of ranks.
  static let spearman = Metric(
    "spearman", task: .regression, aliases: ["spearmanr", "spearman_corrcoef", "spearman_rho"],
    summary: "How far predictions rise with targets: the correlation of their ranks.",
    direction: .higherIsBetter,
    range: -1...1,
    formula:
      "pearson of the ranks, equal values having the mean of theirs; by weight, a value's rank is "
      + "the weight below it and half its own",
    source: "scipy spearmanr",
    undefined: constantUndefined,
    measure: .regression { sample, _ throws(Undefined) in
      try sample.requireBothVaried()
      return Pearson.correlation(
        sample.ranks(of: sample.targets), sample.ranks(of: sample.predictions),
        weights: sample.weights)
    },
    spread: .smooth,
    examples: [
      Metric.Example(.regression([1, 2, 3], predictions: [2, 5, 50]), gives: 1),
      Metric.Example(.losses, gives: 0.8944271909999159),
      Metric.Example(.regression([3, 3], predictions: [2, 3]), gives: nil),
    ])

  /// How far both values and their spreads agree.
  static let concordanceCorrelation = Metric(
    "concordance_correlation", task: .regression, aliases: ["ccc", "concordance_corrcoef"],
    summary: "How far predictions lie on the line where they equal the targets: 1 is all on it.",
    direction: .higherIsBetter,
    range: -1...1,
    formula:
      "2 covariance / (variance of targets + of predictions + (mean target - mean prediction)^2), "
      + "variances over n",
    source: "Lin (1989), A concordance correlation coefficient to evaluate reproducibility",
    undefined: ["All targets and predictions are equal."],
    contrast: .targets,
    measure: .regression { sample, _ throws(Undefined) in
      guard sample.varies else { throw Undefined("all targets and predictions are equal") }
      let shift = sample.meanError { target, prediction in prediction - target }
      let (first, second) = (
        sample.meanError { target, _ in target }, sample.meanError { _, prediction in prediction }
      )
      let covariance = sample.meanError { ($0 - first) * ($1 - second) }
      let spread = sample.meanError { target, prediction in
        (target - first) * (target - first) + (prediction - second) * (prediction - second)
      }
      return (2 * covariance / (spread + shift * shift)).clamped(to: -1...1)
    },
    spread: .smooth,
    examples: [
      Metric.Example(.losses, gives: 8.0 / 11),
      Metric.Example(.regression([1, 2, 3], predictions: [1, 2, 3]), gives: 1),
      Metric.Example(.regression([3, 3], predictions: [3, 3]), gives: nil),
    ])

  /// When there is no correlation.
  static let constantUndefined = [
    "All targets are equal.", "All predictions are equal.", "There is one row only.",
  ]
}

extension RegressionSample {
  /// Throws where the targets or the predictions do not vary.
  func requireBothVaried() throws(Undefined) {
    try requireVaried()
    try requireVaried(predictions, "predictions")
  }

  /// Whether any target or prediction differs from any other.
  fileprivate var varies: Bool {
    let counted = targets.indices.lazy.filter { weights?[$0] != 0 }
    guard let first = counted.first else { return false }
    let value = targets[first]
    return counted.contains { targets[$0] != value || predictions[$0] != value }
  }

  /// For each row, half the weight of its value and all that of lesser ones.
  fileprivate func ranks(of values: [Double]) -> [Double] {
    let order = descendingOrder(of: values)
    var ranks = [Double](repeating: 0, count: count)
    var below = Sum()
    var end = count
    while end > 0 {
      var start = end
      var tied = Sum()
      while start > 0, values[Int(order[start - 1])] == values[Int(order[end - 1])] {
        start -= 1
        tied.add(weights?[Int(order[start])] ?? 1)
      }
      for place in start..<end { ranks[Int(order[place])] = below.value + tied.value / 2 }
      below.add(tied.value)
      end = start
    }
    return ranks
  }
}
