import GateCore

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
    calibration: .other,
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
    calibration: .other,
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
  package var gradient = (Sum(), Sum())
  /// The sums of p (1 - p), of that times the log-odds, and times their square.
  var curvature = (Sum(), Sum(), Sum())
  /// Minus the logarithm of the likelihood.
  var deviance = Sum()

  /// Adds the sums of a few rows.
  package mutating func add(_ rows: PartialSums) {
    gradient.0.add(rows.gradient.0)
    gradient.1.add(rows.gradient.1)
    curvature.0.add(rows.curvature.0)
    curvature.1.add(rows.curvature.1)
    curvature.2.add(rows.curvature.2)
    deviance.add(rows.deviance)
  }
}

/// Plain sums of so few rows that their rounding does not count.
private struct PartialSums {
  /// As `Slopes` has it.
  package var gradient = (0.0, 0.0)
  /// As `Slopes` has it.
  var curvature = (0.0, 0.0, 0.0)
  /// As `Slopes` has it.
  var deviance = 0.0
}

/// The rows of a logistic regression.
private struct Rows {
  /// Descending.
  package let odds: UnsafeBufferPointer<Double>
  /// Beside them.
  package let positives: UnsafeBufferPointer<Bool>
  /// Beside them; empty where every row counts once.
  package let weights: UnsafeBufferPointer<Double>

  /// The sums at one line over every `stride`-th row of a stretch, at most 256 of them.
  @inline(__always)
  package func sums(_ line: Line, _ places: Range<Int>, every stride: Int) -> PartialSums {
    var sums = PartialSums()
    // One logarithm of a product, at most 2^256, is that of its factors summed.
    var product = 1.0
    var place = places.lowerBound
    while place < places.upperBound {
      let weight = weights.isEmpty ? 1 : weights[place]
      let value = line.intercept + line.slope * odds[place]
      let small = exponential(-abs(value))
      let less = small / (1 + small)
      let disagrees = (positives[place] != (value >= 0)).number
      // Without a branch, which labels would mispredict; 1 - p is not taken from p near 1.
      let error = weight * (less + disagrees * (1 - 2 * less))
      let signed = (2 * positives[place].number - 1) * error
      let curve = weight * less * (1 - less)
      sums.gradient.0 += signed
      sums.gradient.1 += signed * odds[place]
      sums.curvature.0 += curve
      sums.curvature.1 += curve * odds[place]
      sums.curvature.2 += curve * odds[place] * odds[place]
      sums.deviance += weight * disagrees * abs(value)
      if weights.isEmpty {
        product *= 1 + small
      } else {
        sums.deviance += weight * logarithmOfOnePlus(small)
      }
      place += stride
    }
    sums.deviance += logarithm(product)
    return sums
  }
}

/// The line of a logistic regression over the log-odds.
private struct Line {
  /// At log-odds of 0.
  var intercept = 0.0
  /// A unit of log-odds.
  var slope = 1.0

  /// How far a step moves either number, for its size.
  package func change(_ step: (Double, Double)) -> Double {
    Swift.max(abs(step.0) / (1 + abs(intercept)), abs(step.1) / (1 + abs(slope)))
  }
}

extension BinarySample {
  /// The log-odds of each score, within [eps, 1 - eps].
  private var logOdds: [Double] {
    scores.map { score in
      let probability = score.clamped(to: Double.ulpOfOne...(1 - Double.ulpOfOne))
      return logarithm(probability / (1 - probability))
    }
  }

  /// The sums at one line over every `stride`-th row.
  private func slopes(_ odds: [Double], _ line: Line, every stride: Int) -> Slopes {
    odds.withUnsafeBufferPointer { odds in
      positives.withUnsafeBufferPointer { positives in
        (weights ?? []).withUnsafeBufferPointer { weights in
          let rows = Rows(odds: odds, positives: positives, weights: weights)
          var sums = Slopes()
          var start = 0
          while start < count {
            let end = Swift.min(start + 256 * stride, count)
            sums.add(rows.sums(line, start..<end, every: stride))
            start = end
          }
          return sums
        }
      }
    }
  }

  /// The highest and the lowest log-odds of the rows of one class that weigh anything.
  private func ends(_ odds: [Double], ofPositives isPositive: Bool) -> (Double, Double)? {
    func counts(_ place: Int) -> Bool { positives[place] == isPositive && weights?[place] != 0 }
    guard let first = positives.indices.first(where: counts),
      let last = positives.indices.last(where: counts)
    else { return nil }
    return (odds[first], odds[last])
  }

  /// The slope of the logistic regression of labels on the scores' log-odds.
  fileprivate func recalibration() throws(Undefined) -> Double {
    let odds = logOdds
    if let (first, last) = ends(odds, ofPositives: true),
      let (top, bottom) = ends(odds, ofPositives: false)
    {
      if first == bottom, top == last {
        throw Undefined("all scores are equal, so that no slope fits best")
      }
      if last >= top || bottom >= first {
        throw Undefined("the scores part the classes, so that no slope fits best")
      }
    }
    return try fit(odds, moves: true).slope
  }

  /// The intercept of that regression with a slope of 1.
  fileprivate func shift() throws(Undefined) -> Double { try fit(logOdds, moves: false).intercept }

  /// The regression, started from that of a few thousand rows spread over the order where there are
  /// many more: all rows then take two or three steps.
  private func fit(_ odds: [Double], moves: Bool) throws(Undefined) -> Line {
    let stride = count / 16_384
    if stride > 1, let near = try? newton(odds, Line(), moves: moves, every: stride),
      let line = try? newton(odds, near, moves: moves, every: 1)
    {
      return line
    }
    return try newton(odds, Line(), moves: moves, every: 1)
  }

  /// Newton's method with steps halved until the likelihood does not fall; with `moves` in both
  /// numbers, else in the intercept only.
  private func newton(
    _ odds: [Double], _ start: Line, moves: Bool, every stride: Int
  ) throws(Undefined) -> Line {
    var line = start
    var sums = slopes(odds, line, every: stride)
    var before = 0.0
    for _ in 0..<200 {
      var step = sums.step(moves: moves)
      guard step.0.isFinite, step.1.isFinite else { break }
      let change = line.change(step)
      // Near the end the next step is to this one as this one's square to the last one's square.
      let isLast = change < 1e-4 * before && change * (change / before) * (change / before) < 1e-14
      if isLast || change <= 1e-12 {
        return Line(intercept: line.intercept + step.0, slope: line.slope + step.1)
      }
      var next = sums
      for _ in 0..<60 {
        let there = Line(intercept: line.intercept + step.0, slope: line.slope + step.1)
        next = slopes(odds, there, every: stride)
        if next.deviance.value <= sums.deviance.value * (1 + 1e-14) { break }
        step = (step.0 / 2, step.1 / 2)
      }
      before = line.change(step)
      line = Line(intercept: line.intercept + step.0, slope: line.slope + step.1)
      sums = next
    }
    throw Undefined("the logistic regression of labels on scores did not converge")
  }
}

extension Slopes {
  /// Newton's step in both numbers, or in the intercept only.
  fileprivate func step(moves: Bool) -> (Double, Double) {
    var step = (gradient.0.value / curvature.0.value, 0.0)
    if moves {
      // Around the mean log-odds, so that the two directions do not cancel.
      let center = curvature.1.value / curvature.0.value
      let spread = curvature.2.value - center * curvature.1.value
      step.1 = (gradient.1.value - center * gradient.0.value) / spread
      step.0 -= center * step.1
    }
    return step
  }
}
