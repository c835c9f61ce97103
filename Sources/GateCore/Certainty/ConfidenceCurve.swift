/// The interval of one figure at every confidence, and so the p-value of every bound.
///
/// Source: Birnbaum, "Confidence curves: an omnibus technique for estimation and testing", JASA 56, 1961.
package struct ConfidenceCurve: Sendable {
  /// The interval at a confidence; throws `Undefined` where there is none.
  package let interval: @Sendable (Double) throws(Undefined) -> ConfidenceInterval
  /// The smallest tail that it tells from smaller ones; 0: what it says is certain.
  package let smallestTail: Double
  /// What the test of a bound is called, of which the interval at each confidence is what it does not reject.
  package let test: String
  /// The test's statistic for a bound; nil: it has none, or none that is finite.
  package let statistic: @Sendable (Double) -> Double?

  /// A curve from a formula, which tells tails down to 1e-12: a confidence nearer to 1 is rounded too much.
  package init(
    test: String, smallestTail: Double = 1e-12,
    statistic: @escaping @Sendable (Double) -> Double? = { _ in nil },
    interval: @escaping @Sendable (Double) throws(Undefined) -> ConfidenceInterval
  ) {
    (self.test, self.smallestTail) = (test, smallestTail)
    (self.statistic, self.interval) = (statistic, interval)
  }

  /// A curve from the replicates of a bootstrap, sorted once: no tail is smaller than one in the replicates and the rows
  /// as they are.
  package init(
    _ values: BootstrapValues, method: String,
    _ interval:
      @escaping @Sendable (BootstrapValues, Double) throws(Undefined) -> ConfidenceInterval
  ) {
    let sorted = values.sorted
    self.init(test: method, smallestTail: 1 / Double(values.replicates.count + 1)) {
      confidence throws(Undefined) in
      try interval(sorted, confidence)
    }
  }

  /// The curve of minus the figure.
  package var turned: ConfidenceCurve {
    let (interval, statistic) = (interval, statistic)
    return ConfidenceCurve(
      test: test, smallestTail: smallestTail, statistic: { bound in statistic(-bound).map { -$0 } },
      interval: { confidence throws(Undefined) in
        let other = try interval(confidence)
        return ConfidenceInterval(
          low: -other.high, high: -other.low, level: other.level, method: other.method)
      })
  }

  /// The same with no bound outside `range`: values beyond it cannot be.
  package func within(_ range: ClosedRange<Double>) -> ConfidenceCurve {
    let interval = interval
    return ConfidenceCurve(test: test, smallestTail: smallestTail, statistic: statistic) {
      confidence throws(Undefined) in
      let found = try interval(confidence)
      return ConfidenceInterval(
        low: min(max(found.low, range.lowerBound), range.upperBound),
        high: min(max(found.high, range.lowerBound), range.upperBound), level: found.level,
        method: found.method)
    }
  }

  /// Each bound the farther one of two curves'; where this one has no interval, the other's.
  package func widened(by other: ConfidenceCurve) -> ConfidenceCurve {
    let mine = interval
    return ConfidenceCurve(
      test: other.test, smallestTail: max(smallestTail, other.smallestTail),
      interval: { confidence throws(Undefined) in
        let theirs = try other.interval(confidence)
        guard let own = try? mine(confidence) else { return theirs }
        return ConfidenceInterval(
          low: min(own.low, theirs.low), high: max(own.high, theirs.high), level: confidence,
          method: theirs.method)
      })
  }

  /// The one-sided p-value of what is said of a bound, that it is kept or that it is broken: the smallest tail at which
  /// the interval shows it.
  ///
  /// In 0...0.5; 0.5 also where no interval shows it. It is at most `level`, the tail of the interval that was decided
  /// on, just when that interval shows it (`isShown`).
  package func pValue(
    that bound: Decision.Bound, isKept: Bool, level: Double, isShown: Bool
  ) -> Double {
    func shows(_ tail: Double) -> Bool {
      guard let interval = try? interval(1 - 2 * tail) else { return false }
      return bound.outcome(of: interval) == (isKept ? .passed : .failed)
    }
    if isShown {
      if smallestTail >= level { return level }
      return shows(smallestTail)
        ? smallestTail : min(level, Self.edge(shown: level, hidden: smallestTail, shows))
    }
    let widest = 0.499_999
    guard shows(widest) else { return 0.5 }
    if smallestTail > level, shows(smallestTail) { return smallestTail }
    return max(
      level.nextUp, Self.edge(shown: widest, hidden: max(level, smallestTail), shows))
  }

  /// The smallest tail that shows, between one that does and a smaller one that does not: by bisection on the scale of
  /// the normal distribution, where tails of any size lie evenly.
  private static func edge(
    shown: Double, hidden: Double, _ shows: (Double) -> Bool
  ) -> Double {
    guard var near = try? -StandardNormal.quantile(shown),
      var far = try? -StandardNormal.quantile(hidden)
    else { return shown }
    var tail = shown
    for _ in 0..<60 {
      let middle = (near + far) / 2
      guard middle > near, middle < far, let next = try? StandardNormal.survival(middle) else {
        break
      }
      if shows(next) { (near, tail) = (middle, next) } else { far = middle }
    }
    return tail
  }
}

extension BootstrapValues {
  /// The same with the replicates in ascending order, which is quick to sort again.
  fileprivate var sorted: BootstrapValues {
    BootstrapValues(
      estimate: estimate,
      replicates: replicates.sorted().map(Optional.init)
        + [Double?](repeating: nil, count: undefined),
      units: units, jackknife: jackknife, jackknifeWeights: jackknifeWeights)
  }
}
