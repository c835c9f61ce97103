extension Metric.Binary {
  /// By what the scores' log-odds should be stretched.
  static let calibrationSlope = Metric(
    "calibration_slope", task: .binary,
    summary: "By what the scores' log-odds should be stretched: below 1 they are too extreme.",
    direction: .neither,
    range: -.infinity ... .infinity,
    formula:
      "b of the logistic regression logit(P) = a + b logit(score); 1 is calibrated; "
      + "scores within [eps, 1 - eps], eps = 2^-52",
    source:
      "Cox (1958); Van Calster et al. (2016); scikit-learn LogisticRegression without penalty",
    undefined: [
      "All rows are of one class.",
      "All scores are equal, or they part the classes, so that no "
        + "slope fits best.",
      "A score lies outside 0 to 1.", "The model gives classes, not scores.",
    ],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      _ = try sample.bothClasses()
      return try sample.recalibration()
    },
    examples: [
      Metric.Example(
        .binary(
          scores: [0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0.2], positives: [1, 1, 1, 0, 1, 0, 0, 0]),
        gives: 0.7924812503605781),
      Metric.Example(.binary(scores: [0.8, 0.2], positives: [1, 0]), gives: nil),
      Metric.Example(.binary(scores: [0.8, 0.8], positives: [1, 0]), gives: nil),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// By what the scores' log-odds should be shifted.
  static let calibrationIntercept = Metric(
    "calibration_intercept", task: .binary,
    summary: "By what the scores' log-odds should be shifted: below 0 they are too high.",
    direction: .neither,
    range: -.infinity ... .infinity,
    formula:
      "a of the logistic regression logit(P) = a + logit(score), its slope kept at 1: "
      + "calibration in the large; 0 is calibrated; scores within [eps, 1 - eps], eps = 2^-52",
    source: "Cox (1958); Van Calster et al. (2016)",
    undefined: [
      "All rows are of one class.", "A score lies outside 0 to 1.",
      "The model gives classes, not scores.",
    ],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      _ = try sample.bothClasses()
      return try sample.shift()
    },
    examples: [
      Metric.Example(
        .binary(scores: [0.5, 0.5, 0.5, 0.5], positives: [1, 1, 1, 0]), gives: 1.0986122886681098),
      Metric.Example(.binary(scores: [0.8, 0.2], positives: [1, 0]), gives: 0),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

/// What a step of Newton's method needs to know of a logistic regression.
private struct Slopes {
  /// The sum of label minus probability, and of that times the log-odds.
  var gradient = (Sum(), Sum())
  /// The sums of p (1 - p), of that times the log-odds, and times their square.
  var curvature = (Sum(), Sum(), Sum())
  /// Minus the logarithm of the likelihood.
  var deviance = Sum()
}

extension BinarySample {
  /// The log-odds of each score, within [eps, 1 - eps].
  private var logOdds: [Double] {
    scores.map { score in
      let probability = score.clamped(to: Double.ulpOfOne...(1 - Double.ulpOfOne))
      return logarithm(probability) - logarithm(1 - probability)
    }
  }

  /// The sums at one intercept and slope.
  private func slopes(_ odds: [Double], intercept: Double, slope: Double) -> Slopes {
    var sums = Slopes()
    for place in 0..<count {
      let weight = weights?[place] ?? 1
      let value = intercept + slope * odds[place]
      let small = exponential(-abs(value))
      let less = small / (1 + small)
      let agrees = positives[place] == (value >= 0)
      let error = weight * (agrees ? less : 1 - less)
      let signed = positives[place] ? error : -error
      let curve = weight * less * (1 - less)
      sums.gradient.0.add(signed)
      sums.gradient.1.add(signed * odds[place])
      sums.curvature.0.add(curve)
      sums.curvature.1.add(curve * odds[place])
      sums.curvature.2.add(curve * odds[place] * odds[place])
      sums.deviance.add(weight * (logarithm(1 + small) + (agrees ? 0 : abs(value))))
    }
    return sums
  }

  /// The slope of the logistic regression of labels on the scores' log-odds.
  fileprivate func recalibration() throws(Undefined) -> Double {
    let odds = logOdds
    let counted = (0..<count).filter { weights?[$0] != 0 }
    let high = odds.at(counted.filter { positives[$0] }.map { Int32(truncatingIfNeeded: $0) })
    let low = odds.at(counted.filter { !positives[$0] }.map { Int32(truncatingIfNeeded: $0) })
    if let first = high.first, let last = high.last, let top = low.first, let bottom = low.last {
      if first == bottom, top == last {
        throw Undefined("all scores are equal, so that no slope fits best")
      }
      if last >= top || bottom >= first {
        throw Undefined("the scores part the classes, so that no slope fits best")
      }
    }
    return try newton(odds, intercept: 0, slope: 1, moves: true).slope
  }

  /// The intercept of that regression with a slope of 1.
  fileprivate func shift() throws(Undefined) -> Double {
    try newton(logOdds, intercept: 0, slope: 1, moves: false).intercept
  }

  /// Newton's method with steps halved until the likelihood does not fall; with `moves` in both
  /// numbers, else in the intercept only.
  private func newton(
    _ odds: [Double], intercept: Double, slope: Double, moves: Bool
  ) throws(Undefined) -> (intercept: Double, slope: Double) {
    var (intercept, slope) = (intercept, slope)
    var sums = slopes(odds, intercept: intercept, slope: slope)
    for _ in 0..<200 {
      let (g, h) = (sums.gradient, sums.curvature)
      var step = (g.0.value / h.0.value, 0.0)
      if moves {
        // Around the mean log-odds, so that the two directions do not cancel.
        let center = h.1.value / h.0.value
        let spread = h.2.value - center * h.1.value
        step.1 = (g.1.value - center * g.0.value) / spread
        step.0 -= center * step.1
      }
      guard step.0.isFinite, step.1.isFinite else { break }
      var next = sums
      for _ in 0..<60 {
        next = slopes(odds, intercept: intercept + step.0, slope: slope + step.1)
        if next.deviance.value <= sums.deviance.value * (1 + 1e-14) { break }
        step = (step.0 / 2, step.1 / 2)
      }
      intercept += step.0
      slope += step.1
      sums = next
      if abs(step.0) <= 1e-12 * (1 + abs(intercept)), abs(step.1) <= 1e-12 * (1 + abs(slope)) {
        return (intercept, slope)
      }
    }
    throw Undefined("the logistic regression of labels on scores did not converge")
  }
}
