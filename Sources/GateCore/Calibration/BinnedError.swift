/// A metric that is a figure of bins of scores and their labels, so that it is known what it is of by chance.
package struct BinnedError: Sendable {
  /// The figure.
  package let error: BinError
  /// Whether the scores are those of decisions.
  private let isOfDecisions: Bool
  private let strategy: BinStrategy
  private let arguments: Arguments

  /// The metrics that are such figures, by name, for messages.
  package static let names = [
    "expected_calibration_error", "adaptive_calibration_error", "maximum_calibration_error",
    "brier_reliability", "overconfidence_error", "underconfidence_error",
  ]

  /// Whether a metric is such a figure; the reliability of several classes is a sum over all of them.
  package static func takes(_ metric: Metric) -> Bool {
    names.contains(metric.id) && !metric.isDerived
      && !(metric.task == .multiclass && metric.id == "brier_reliability")
  }

  /// Nil: the metric is none. Throws `Undefined` for a strategy there is not.
  package init?(_ metric: Metric, _ arguments: Arguments) throws(Undefined) {
    guard Self.takes(metric) else { return nil }
    switch metric.id {
    case "maximum_calibration_error": error = .largest
    case "brier_reliability": error = .squared
    case "overconfidence_error": error = .above(byScore: arguments.isPenaltyByConfidence)
    case "underconfidence_error": error = .below
    default: error = .expected
    }
    isOfDecisions = error == .below || metric.id == "overconfidence_error"
    strategy =
      metric.id == "adaptive_calibration_error" ? .quantile : try arguments.strategy()
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
