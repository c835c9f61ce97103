/// A metric that is a figure of bins of scores and their labels, so that it is known what it is of by chance.
package struct BinnedError: Sendable {
  /// The figure.
  package let error: BinError
  /// Whether the scores are those of decisions.
  private let isOfDecisions: Bool
  private let strategy: BinStrategy
  private let arguments: Arguments

  /// Nil: the metric is none. Throws `Undefined` for a strategy there is not.
  package init?(_ metric: Metric, _ arguments: Arguments) throws(Undefined) {
    guard case .bins(let error, let own) = metric.calibration else { return nil }
    switch error {
    case .above:
      self.error = .above(byScore: arguments.isPenaltyByConfidence)
      isOfDecisions = true
    default:
      self.error = error
      isOfDecisions = error == .below
    }
    strategy = if let own { own } else { try arguments.strategy() }
    self.arguments = arguments
  }

  /// The scores in their order, and the bins of them; throws `Undefined` for what has no scores.
  package func bins(_ sample: Sample) throws(Undefined) -> (sample: BinarySample, bins: [ScoreBin])
  {
    let scored: BinarySample
    switch sample {
    case .binary(let sample):
      try sample.requireProbabilities()
      scored = isOfDecisions ? sample.decided(at: arguments["threshold"]) : sample
    case .multiclass(let sample):
      try sample.requireProbabilities()
      scored = sample.decided
    default: throw Undefined("these predictions are no probabilities of classes")
    }
    return (scored, scored.scoreBins(arguments.bins, strategy))
  }
}

extension BinError {
  /// To which power of the number of rows its value by chance falls.
  package var rate: Double { self == .squared ? 1 : 0.5 }
}
