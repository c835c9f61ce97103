extension Metric {
  /// What a metric says of calibration: whether probabilities come true as often as they say.
  package enum Calibration: Sendable, Hashable {
    /// A figure of bins of scores and their labels, so that it is known what it is of by chance; of bins by its own
    /// strategy, or (nil) by the one that its parameter gives.
    case bins(BinError, by: BinStrategy? = nil)
    /// The error of the line of a logistic recalibration, of which that is known too.
    case line
    /// Something else.
    case other
  }

  /// What a row loses by a metric.
  package enum Loss: Sendable, Hashable {
    /// What its spread and its measure say, called by the metric's own name.
    case ofSpread
    /// The same under a name that says more.
    case called(String)
    /// 1 where its decision is wrong, else 0.
    case wrongDecision
  }
}
