/// The rows of a logistic regression of labels on the log-odds of scores, whatever the labels are.
///
/// What labels say of the line is two sums alone: that of the positive rows' weights, and that of their weights times
/// log-odds. So the line of other labels on the same rows is found from theirs.
package struct LogisticLine: Sendable {
  private let odds: [Double]
  private let weights: [Double]
  /// Whether the weights are other than 1.
  private let isWeighted: Bool
  /// The scores, beside their log-odds.
  private let scores: [Double]
  private let total: Double

  /// The scores that have finite log-odds that no one row pulls the line by.
  private static let inner = 0.001...0.999

  /// One row a score.
  package init(_ sample: BinarySample) { self.init(sample.scores, sample.weights) }

  /// Scores of probabilities; `weights` stand beside them, nil: each counts once.
  package init(_ scores: [Double], _ weights: [Double]?) {
    self.scores = scores.map { $0.clamped(to: Self.inner) }
    odds = self.scores.map { logarithm($0 / (1 - $0)) }
    self.weights = weights ?? [Double](repeating: 1, count: scores.count)
    isWeighted = weights != nil
    total = self.weights.sum
  }

  /// What labels say of the line.
  package struct Sums {
    /// The weight of the positive rows, and that times their log-odds.
    package var positive, moment: Double
  }

  /// The mean distance of scores from the line of the sample's own labels, whose scores these are.
  package func error(_ sample: BinarySample) -> Double {
    var sums = (Sum(), Sum())
    for place in odds.indices where sample.positives[place] {
      sums.0.add(weights[place])
      sums.1.add(weights[place] * odds[place])
    }
    return error(Sums(positive: sums.0.value, moment: sums.1.value))
  }

  /// The log-odds of a place.
  package func odds(_ place: Int) -> Double { odds[place] }

  /// The same of labels with these sums.
  package func error(_ sums: Sums) -> Double {
    let line = line(sums)
    var distance = Sum()
    for place in odds.indices {
      let there = Self.share(line.intercept + line.slope * odds[place])
      distance.add(weights[place] * abs(there - scores[place]))
    }
    return distance.value / total
  }

  /// The likeliest line. Where labels are parted by scores, or all alike, the likelihood rises with ever steeper lines,
  /// whose shares come as near to the labels as numbers tell.
  private func line(_ sums: Sums) -> (intercept: Double, slope: Double) {
    var line = (intercept: 0.0, slope: 1.0)
    var before = slopes(line, sums)
    for _ in 0..<200 {
      guard var step = before.step(total) else { break }
      var next = before
      var there = line
      for _ in 0..<60 {
        there = (line.intercept + step.intercept, line.slope + step.slope)
        next = slopes(there, sums)
        // As far as a sum of many rows is known.
        if next.likelihood >= before.likelihood - 1e-11 * abs(before.likelihood) { break }
        step = (step.intercept / 2, step.slope / 2)
      }
      let isLast =
        abs(step.intercept) <= 1e-11 * (1 + abs(line.intercept))
        && abs(step.slope) <= 1e-11 * (1 + abs(line.slope))
      (line, before) = (there, next)
      if isLast { break }
    }
    return line
  }

  /// What Newton's method needs to know at one line.
  private struct Slopes {
    package var gradient: (intercept: Double, slope: Double)
    /// The sums of p (1 - p), of that times the log-odds, and times their square.
    package var curvature = (0.0, 0.0, 0.0)
    var likelihood = 0.0

    /// The next step; nil: the top is reached, as far as numbers of this `total` tell.
    package func step(_ total: Double) -> (intercept: Double, slope: Double)? {
      guard curvature.0 > 1e-13 * total else { return nil }
      // Around the mean log-odds, so that the two directions do not cancel.
      let center = curvature.1 / curvature.0
      let spread = curvature.2 - center * curvature.1
      let slope =
        spread > 1e-12 * curvature.2 ? (gradient.slope - center * gradient.intercept) / spread : 0
      let step = (intercept: gradient.intercept / curvature.0 - center * slope, slope: slope)
      return step.intercept.isFinite && step.slope.isFinite ? step : nil
    }
  }

  private func slopes(_ line: (intercept: Double, slope: Double), _ sums: Sums) -> Slopes {
    var slopes = Slopes(gradient: (sums.positive, sums.moment))
    var below = 0.0
    // One logarithm of a product, at most 2^256, is that of its factors summed.
    var product = 1.0
    for place in odds.indices {
      let value = line.intercept + line.slope * odds[place]
      let small = exponential(-abs(value))
      let less = small / (1 + small)
      let share = weights[place] * (value >= 0 ? 1 - less : less)
      let curve = weights[place] * less * (1 - less)
      slopes.gradient.intercept -= share
      slopes.gradient.slope -= share * odds[place]
      slopes.curvature.0 += curve
      slopes.curvature.1 += curve * odds[place]
      slopes.curvature.2 += curve * odds[place] * odds[place]
      below += weights[place] * max(value, 0)
      if isWeighted {
        below += weights[place] * logarithmOfOnePlus(small)
      } else {
        product *= 1 + small
        if place & 255 == 255 {
          below += logarithm(product)
          product = 1
        }
      }
    }
    below += logarithm(product)
    slopes.likelihood = line.intercept * sums.positive + line.slope * sums.moment - below
    return slopes
  }

  /// The chance with these log-odds.
  private static func share(_ odds: Double) -> Double {
    let small = exponential(-abs(odds))
    return odds >= 0 ? 1 / (1 + small) : small / (1 + small)
  }
}
