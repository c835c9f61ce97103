import GateCore

extension Metric.Multiclass {
  /// How far the probability of the decision is from the share of right decisions.
  package static let expectedCalibrationError = Metric(
    "expected_calibration_error", task: .multiclass, aliases: ["ece", "calibration_error"],
    summary:
      "How far the decided class's probability is from the share decided right, over bins.",
    direction: .lowerIsBetter,
    formula:
      "sum over bins of weight share * |share right - mean probability|; "
      + "bins (lo, hi], the first with 0",
    source: "Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017)",
    undefined: [
      "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
      "The model gives classes, not scores.",
    ],
    parameters: [.bins, .strategy],
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return switch try arguments.strategy() {
      case .uniform: sample.calibrationError(bins: arguments.bins)
      case .quantile: sample.decided.scoreBins(arguments.bins, .quantile).value(.expected)
      }
    },
    calibration: .bins(.expected),
    examples: [
      Metric.Example(.outcomesOfSix, gives: 5.0 / 12),
      Metric.Example(.outcomesOfSix, Arguments(["bins": 1]), gives: 1.0 / 12),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])

  /// The calibration error of the worst bin.
  static let maximumCalibrationError = Metric(
    "maximum_calibration_error", task: .multiclass, aliases: ["mce"],
    summary:
      "How far the decided class's probability is from the share decided right, in the worst bin.",
    direction: .lowerIsBetter,
    formula: "max over bins of |share right - mean probability|; bins (lo, hi], the first with 0",
    source: "Naeini, Cooper and Hauskrecht (2015); netcal MCE, whose bins are [lo, hi)",
    undefined: [
      "A probability is below 0, or a row of them does not sum to 1 within 0.001.",
      "The model gives classes, not scores.",
    ],
    parameters: [.bins, .strategy],
    measure: .multiclass { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      return sample.decided.scoreBins(arguments.bins, try arguments.strategy()).value(.largest)
    },
    spread: .unfit(
      "the largest of several gaps lies above the largest true one, by how much the rows do not "
        + "show; limit log_loss or brier_score, or judge this one without 'confidence'"),
    calibration: .bins(.largest),
    examples: [
      Metric.Example(.outcomesOfSix, gives: 0.5),
      Metric.Example(.outcomesOfSix, Arguments(["bins": 1]), gives: 1.0 / 12),
      Metric.Example(.outcomesWithoutScores, gives: nil),
    ])
}

extension MulticlassSample {
  /// The calibration error of the decided class over bins of one width.
  fileprivate func calibrationError(bins: Int) -> Double {
    let width = classes.count
    let edges = (0...bins).map { Double($0) / Double(bins) }
    var excess = [Sum](repeating: Sum(), count: bins)
    /// Adds up the rows, each weighing what `weight` says.
    func gather(_ weight: (Int) -> Double) {
      probabilities.withUnsafeBufferPointer { probabilities in
        for row in 0..<count {
          let decision = decisions[row]
          let top = probabilities[row * width + Int(decision)]
          let hit = (decision == labels[row]).number
          excess[bin(of: top, between: edges)].add(weight(row) * (hit - top))
        }
      }
    }
    if let weights { gather { weights[$0] } } else { gather { _ in 1 } }
    return excess.map { abs($0.value) }.sum / totalWeight
  }
}

/// The least bin whose upper edge is not below `value`.
@inline(__always)
private func bin(of value: Double, between edges: [Double]) -> Int {
  let last = edges.count - 2
  var bin = Swift.min(Int(value.clamped(to: 0...1) * Double(last + 1)), last)
  while bin > 0, value <= edges[bin] { bin -= 1 }
  while bin < last, value > edges[bin + 1] { bin += 1 }
  return bin
}
