package import GateCore

extension Metric.Regression {
  /// The median size of the errors.
  static let medianAbsoluteError = Metric(
    "median_absolute_error", task: .regression, aliases: ["medae", "median_ae"],
    summary: "The median size of the errors, in the target's unit.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "median of |target - prediction|, the mean of the middle two where two are in the middle",
    source: "scikit-learn median_absolute_error",
    measure: .regression { sample, _ throws(Undefined) in
      guard let weights = sample.weights else { return sample.absoluteErrors.median }
      return sample.absoluteErrors.quantile(0.5, weights: weights, total: sample.totalWeight)
    },
    examples: [
      Metric.Example(.losses, gives: 0.5),
      Metric.Example(
        .regression([0, 0, 0], predictions: [1, 2, 3], weights: [1, 1, 2]), gives: 2.5),
    ])

  /// The largest error.
  static let maxError = Metric(
    "max_error", task: .regression, aliases: ["max_absolute_error"],
    summary: "The size of the largest error, in the target's unit.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "max of |target - prediction| over rows with a weight",
    source: "scikit-learn max_error",
    measure: .regression { sample, _ throws(Undefined) in
      let errors = sample.absoluteErrors
      guard let weights = sample.weights else { return errors.reduce(0, Swift.max) }
      return zip(errors, weights).reduce(0) { $1.1 == 0 ? $0 : Swift.max($0, $1.0) }
    },
    spread: .unfit(
      "the largest error of these rows says nothing of the largest to come; limit an error that is "
        + "a mean or a median, or judge this one without 'confidence'"),
    examples: [
      Metric.Example(.losses, gives: 2),
      Metric.Example(
        .regression([1, 2], predictions: [1, 9], weights: [1, 0]), gives: 0),
    ])
}

extension Sample {
  /// Four loans and what each lost.
  package static let losses = regression([2, 4, 4, 2], predictions: [2, 6, 4.5, 2.5])
}

extension RegressionSample {
  /// The size of each row's error.
  fileprivate var absoluteErrors: [Double] {
    [Double](unsafeUninitializedCapacity: count) { errors, initialized in
      for row in 0..<count { errors[row] = abs(targets[row] - predictions[row]) }
      initialized = count
    }
  }
}

extension [Double] {
  /// The median of numbers that are not negative, at least one of them.
  fileprivate var median: Double {
    let upper = selected(count / 2)
    return count % 2 == 1 ? upper : (selected(count / 2 - 1) + upper) / 2
  }

  /// The number at `rank` (from 0) in rising order, all being at least 0: by the digits of their
  /// bits, which rise as such numbers do.
  private func selected(_ rank: Int) -> Double {
    var keys = map(\.bitPattern)
    var rank = rank
    for shift in stride(from: UInt64(53), through: 9, by: -11) {
      var counts = [Int](repeating: 0, count: 2048)
      for key in keys { counts[Int((key >> shift) & 2047)] += 1 }
      var digit = 0
      while rank >= counts[digit] {
        rank -= counts[digit]
        digit += 1
      }
      if counts[digit] < keys.count { keys.removeAll { Int(($0 >> shift) & 2047) != digit } }
    }
    return Double(bitPattern: keys.sorted()[rank])
  }

  /// The number at which a share of the weight is reached, or the mean of two where it is reached
  /// between them: scikit-learn's averaged_inverted_cdf.
  package func quantile(_ share: Double, weights: [Double], total: Double) -> Double {
    let order = descendingOrder(of: self).reversed().filter { weights[Int($0)] > 0 }
    let reached = share * total
    let slack = total * Double.ulpOfOne
    var sum = Sum()
    for place in order.indices {
      sum.add(weights[Int(order[place])])
      guard sum.value >= reached - slack else { continue }
      let value = self[Int(order[place])]
      guard sum.value - reached <= slack, place + 1 < order.count else { return value }
      return (value + self[Int(order[place + 1])]) / 2
    }
    return self[Int(order[order.count - 1])]
  }
}
