import GateCore

extension PredictionsReader {
  /// An interval whose ends are in order, and quantiles.
  func spread(
    _ columns: [Ordered], _ interval: (low: String, high: String)?,
    _ quantiles: [(level: Double, column: String)]
  ) throws(Diagnostic) -> RegressionSample.Quantiles {
    var spread = RegressionSample.Quantiles()
    if let interval {
      spread.low = try numbers(columns[0], named: interval.low)
      spread.high = try numbers(columns[1], named: interval.high)
      let (low, high) = (spread.low, spread.high)
      try refuse(
        in: low.count, nil, { low[$0] <= high[$0] ? nil : "\(low[$0])" }, interval.low,
        wanted: "a lower end that is not above '\(interval.high)'")
    }
    for (quantile, column) in zip(quantiles, columns.suffix(quantiles.count)) {
      spread.levels.append(quantile.level)
      spread.quantiles.append(try numbers(column, named: quantile.column))
    }
    for (place, (lower, upper)) in zip(quantiles, quantiles.dropFirst()).enumerated() {
      let (low, high) = (spread.quantiles[place], spread.quantiles[place + 1])
      // Quantiles of trained models cross in some rows; where they do in most, the columns stand for each other.
      guard low.indices.count(where: { low[$0] > high[$0] }) * 2 > low.count else { continue }
      try refuse(
        in: low.count, nil, { low[$0] <= high[$0] ? nil : "\(low[$0])" }, lower.column,
        wanted:
          "a \(lower.level.brief) quantile that is not above the \(upper.level.brief) quantile '\(upper.column)'",
        hint:
          "name the column of each level"
      )
    }
    return spread
  }
}
