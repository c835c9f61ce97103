import GateCore

/// Two means and how they vary.
struct MeanDifference {
  private let reference: DriftColumn.Moments
  private let current: DriftColumn.Moments

  /// When there is no such test.
  package static let undefined = [
    "both sides have one and the same value",
    "a side has one row, and is taken to vary unlike the other",
    "a value is infinite",
  ]

  /// Throws `Undefined` for infinite values, and where there is nothing to hold a difference against.
  package init(_ column: DriftColumn) throws(Undefined) {
    let numbers = try column.finiteNumbers()
    reference = try column.moments(numbers, of: column.reference)
    current = try column.moments(numbers, of: column.current)
    if reference.squares + current.squares == 0, reference.mean == current.mean {
      throw Undefined("neither side varies, and both have one and the same value")
    }
  }

  /// The means' distance in pooled standard deviations.
  func effect() throws(Undefined) -> Double {
    abs(difference) / (try pooledVariance()).squareRoot()
  }

  /// Student's test, or Welch's.
  func tTest(pools: Bool) throws(Undefined) -> DriftFigure {
    let (t, degrees) = pools ? try student() : try welch()
    return DriftFigure(
      try effect(), statistic: t,
      p: t.isInfinite ? 0 : try min(1, 2 * StudentT(degrees: degrees).survival(abs(t))),
      settings: [
        JSON.Member("p_value_by", pools ? "student's t test" : "welch's t test"),
        JSON.Member("degrees_of_freedom", .number(degrees)),
        JSON.Member("normalizer", "pooled standard deviation"),
      ])
  }

  private var difference: Double { reference.mean - current.mean }

  private func pooledVariance() throws(Undefined) -> Double {
    let degrees = reference.count + current.count - 2
    guard degrees > 0 else { throw Undefined("each side has one row, and nothing varies") }
    return (reference.squares + current.squares) / degrees
  }

  private func student() throws(Undefined) -> (statistic: Double, degrees: Double) {
    let spread = try pooledVariance() * (1 / reference.count + 1 / current.count)
    return (difference / spread.squareRoot(), reference.count + current.count - 2)
  }

  /// The statistic with each side's own variance, and the degrees of freedom of Welch and Satterthwaite.
  func welch() throws(Undefined) -> (statistic: Double, degrees: Double) {
    guard reference.count > 1, current.count > 1 else {
      throw Undefined("a side has one row, whose variance is not known")
    }
    let (a, b) = (reference.variance / reference.count, current.variance / current.count)
    let degrees = (a + b) * (a + b) / (a * a / (reference.count - 1) + b * b / (current.count - 1))
    // Of two sides that do not vary the difference is beyond chance at any number of degrees.
    guard reference.squares + current.squares > 0 else {
      return (difference * .infinity, reference.count + current.count - 2)
    }
    guard a + b > 0, degrees.isFinite else {
      throw Undefined("the values vary too little for a number to hold it")
    }
    return (difference / (a + b).squareRoot(), degrees)
  }
}
