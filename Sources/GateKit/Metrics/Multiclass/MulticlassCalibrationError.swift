extension Metric.Multiclass {
  /// How far the probability of the decision is from the share of right decisions.
  static let expectedCalibrationError = Metric(
    "expected_calibration_error", task: .multiclass,
    summary:
      "How far the probability of the decided class is from the share decided right, averaged over bins.",
    direction: .lowerIsBetter,
    formula:
      "sum over bins of weight share * |share right - mean probability|, bins (lo, hi], the first with 0",
    source: "Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017)",
    undefined: [
      "A probability lies outside 0 to 1, or a row of them does not sum to 1.",
      "The model gives classes, not scores.",
    ],
    parameters: [.bins],
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.calibrationError(bins: arguments.bins)
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: 5.0 / 12),
      Metric.Example(.outcomesOfSix, Arguments(["bins": 1]), gives: 1.0 / 12),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])
}

extension MulticlassSample {
  /// The calibration error of the decided class over bins of one width.
  fileprivate func calibrationError(bins: Int) -> Double {
    let width = classes.count
    var excess = [Sum](repeating: Sum(), count: bins)
    probabilities.withUnsafeBufferPointer { probabilities in
      excess.withUnsafeMutableBufferPointer { excess in
        for row in 0..<count {
          let top = probabilities[row * width + Int(decisions[row])]
          let gap = (decisions[row] == labels[row] ? 1 : 0) - top
          excess[bin(of: top, of: bins)].add(weights.map { $0[row] * gap } ?? gap)
        }
      }
    }
    return excess.map { abs($0.value) }.sum / totalWeight
  }
}

/// The least bin whose upper bound, (bin + 1) / bins as one division, is not below `value`.
private func bin(of value: Double, of bins: Int) -> Int {
  let width = Double(bins)
  var bin = Swift.min(Swift.max(Int((value * width).rounded(.up)) - 1, 0), bins - 1)
  while bin > 0, value <= Double(bin) / width { bin -= 1 }
  while bin < bins - 1, value > Double(bin + 1) / width { bin += 1 }
  return bin
}
