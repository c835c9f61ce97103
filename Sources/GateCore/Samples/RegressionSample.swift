/// True values with predicted values, in row order.
package struct RegressionSample: Sendable {
  /// The true value of each row.
  package let targets: [Double]
  /// The predicted value of each row.
  package let predictions: [Double]
  /// What the model says beside its prediction; nil: nothing.
  package let spread: Quantiles?
  /// The row of the holdout each stands for.
  package let rows: [Int32]
  /// Nil: every row counts once.
  package let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  package let totalWeight: Double

  /// Predicted bounds and quantiles, by the row of the holdout.
  package struct Quantiles: Sendable, Equatable {
    /// The predicted interval's lower ends; empty: none.
    package var low: [Double] = []
    /// The predicted interval's upper ends; empty: none.
    package var high: [Double] = []
    /// Levels above 0 and below 1, rising.
    package var levels: [Double] = []
    /// The predicted quantiles, by level.
    package var quantiles: [[Double]] = []

    package init(
      low: [Double] = [], high: [Double] = [], levels: [Double] = [], quantiles: [[Double]] = []
    ) {
      self.low = low
      self.high = high
      self.levels = levels
      self.quantiles = quantiles
    }
  }

  /// Takes values in row order, without NaN.
  package init(
    targets: [Double], predictions: [Double], spread: Quantiles? = nil, weights: [Double]? = nil,
    rows: [Int32]? = nil
  ) {
    self.targets = targets
    self.predictions = predictions
    self.spread = spread
    self.weights = weights
    self.rows = rows ?? targets.indices.map { Int32(truncatingIfNeeded: $0) }
    totalWeight = weights?.sum ?? Double(targets.count)
  }

  /// Rows.
  package var count: Int { targets.count }
}

extension RegressionSample: SampleRows {
  package var right: [Bool] { targets.indices.map { targets[$0] == predictions[$0] } }

  package var sample: Sample { .regression(self) }

  package var words: String {
    let spread = spread.map { spread in
      (spread.low.isEmpty ? "" : ", low \(spread.low), high \(spread.high)")
        + zip(spread.levels, spread.quantiles).map { ", quantile \($0) \($1)" }.joined()
    }
    return "targets \(targets), predictions \(predictions)\(spread ?? "")"
  }

  /// One sample a group, where `codes[row]` says which group (negative: none) a row is of.
  package func partitioned(by codes: [Int32], groups: Int) -> [RegressionSample] {
    let grouping = Grouping(codes.at(rows), groups: groups)
    return (0..<groups).map { group in
      let places = grouping.places(of: group)
      return RegressionSample(
        targets: targets.at(places), predictions: predictions.at(places), spread: spread,
        weights: weights?.at(places), rows: rows.at(places))
    }
  }

  package func weighing(_ weights: [Double]) -> RegressionSample {
    RegressionSample(
      targets: targets, predictions: predictions, spread: spread, weights: weights, rows: rows)
  }

  package func isSame(as other: RegressionSample) -> Bool {
    predictions == other.predictions && spread == other.spread
  }
}
