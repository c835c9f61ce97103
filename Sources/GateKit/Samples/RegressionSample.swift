/// True values with predicted values, in row order.
public struct RegressionSample: Sendable {
  public let targets: [Double]
  public let predictions: [Double]
  /// Nil: every row counts once.
  public let weights: [Double]?
  public let totalWeight: Double

  public init(targets: [Double], predictions: [Double], weights: [Double]? = nil) {
    self.targets = targets
    self.predictions = predictions
    self.weights = weights
    totalWeight = weights.map { $0.reduce(0, +) } ?? Double(targets.count)
  }

  public var count: Int { targets.count }

  /// One sample a group, where `codes[row]` says which group (negative: none) a row is of.
  public func partitioned(by codes: [Int32], groups: Int) -> [RegressionSample] {
    rowsByGroup(codes, groups: groups).map { rows in
      RegressionSample(
        targets: rows.map { targets[$0] }, predictions: rows.map { predictions[$0] },
        weights: weights.map { weights in rows.map { weights[$0] } })
    }
  }
}
