/// True values with predicted values, in row order.
public struct RegressionSample: Sendable {
  /// The true value of each row.
  public let targets: [Double]
  /// The predicted value of each row.
  public let predictions: [Double]
  /// The row of the holdout each stands for.
  public let rows: [Int32]
  /// Nil: every row counts once.
  public let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  public let totalWeight: Double

  /// Takes values in row order, without NaN.
  public init(
    targets: [Double], predictions: [Double], weights: [Double]? = nil, rows: [Int32]? = nil
  ) {
    self.targets = targets
    self.predictions = predictions
    self.weights = weights
    self.rows = rows ?? targets.indices.map { Int32(truncatingIfNeeded: $0) }
    totalWeight = weights?.sum ?? Double(targets.count)
  }

  /// Rows.
  public var count: Int { targets.count }

  /// One sample a group, where `codes[row]` says which group (negative: none) a row is of.
  public func partitioned(by codes: [Int32], groups: Int) -> [RegressionSample] {
    let grouping = Grouping(codes, groups: groups)
    return (0..<groups).map { group in
      let rows = grouping.places(of: group)
      return RegressionSample(
        targets: targets.at(rows), predictions: predictions.at(rows), weights: weights?.at(rows),
        rows: self.rows.at(rows))
    }
  }
}
