extension Metric.Binary {
  /// How far scores are from the shares of positives among rows of such scores.
  static let expectedCalibrationError = Metric(
    "expected_calibration_error", task: .binary,
    summary: "How far scores are from the share of positive rows, averaged over bins of scores.",
    direction: .lowerIsBetter,
    formula:
      "sum over bins of weight share * |mean label - mean score|; "
      + "bins (lo, hi], the first with 0",
    source: "Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017)",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    parameters: [.bins],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.calibrationError(bins: arguments.bins)
    },
    examples: [
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), gives: 0.3125),
      Metric.Example(
        .binary(scores: [0.9, 0.85, 0.3, 0.2], positives: [1, 0, 0, 0]), Arguments(["bins": 1]),
        gives: 0.3125),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension BinarySample {
  /// The calibration error over bins of one width; the rows of a bin stand together in the order.
  fileprivate func calibrationError(bins: Int) -> Double {
    var total = Sum()
    var start = 0
    for bin in stride(from: bins - 1, through: 0, by: -1) {
      let lower = Double(bin) / Double(bins)
      let end = bin == 0 ? count : scores.partitioningIndex { $0 <= lower }
      if end > start { total.add(abs(excess(start..<end))) }
      start = end
    }
    return total.value / totalWeight
  }

  /// The weighted sum of label minus score over a stretch of the order.
  private func excess(_ places: Range<Int>) -> Double {
    scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        var sum = Sum()
        guard let weights else {
          for place in places { sum.add(positives[place].number - scores[place]) }
          return sum.value
        }
        return weights.withUnsafeBufferPointer { weights in
          for place in places {
            sum.add(weights[place] * (positives[place].number - scores[place]))
          }
          return sum.value
        }
      }
    }
  }
}
