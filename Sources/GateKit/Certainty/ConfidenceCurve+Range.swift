extension ConfidenceCurve {
  /// The same with every interval cut to what the figure can be: few rows give a formula ends that no figure has.
  ///
  /// What is shown of a bound inside of the range stays as it is.
  func within(_ range: ClosedRange<Double>) -> ConfidenceCurve {
    let whole = interval
    return ConfidenceCurve(test: test, smallestTail: smallestTail, statistic: statistic) {
      confidence throws(Undefined) in
      let interval = try whole(confidence)
      return Check.Interval(
        low: min(max(interval.low, range.lowerBound), range.upperBound),
        high: min(max(interval.high, range.lowerBound), range.upperBound),
        level: interval.level, method: interval.method)
    }
  }

  /// The same of a figure of a metric: of its value (nil), of the difference of two values, or of it as a share of one
  /// (true), which has no bounds.
  func within(_ range: ClosedRange<Double>, of relative: Bool?) -> ConfidenceCurve {
    let width = range.upperBound - range.lowerBound
    switch relative {
    case nil: return within(range)
    case false?: return width.isFinite ? within(-width...width) : self
    case true?: return self
    }
  }
}
