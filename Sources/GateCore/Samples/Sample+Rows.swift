/// What the rows of a sample give one by one, in the order in which the sample has them.
extension Sample {
  /// The row of the holdout at each place.
  package var rows: [Int32] { body.rows }

  /// The weight at each place.
  package var rowWeightsByPlace: [Double]? { body.weights }

  /// Whether the decision at each place is right.
  package var rightByPlace: [Bool] { body.right }

  /// Whether the decision at each place of a binary sample is positive.
  package func decidedByPlace(at threshold: Double?) -> [Bool] {
    guard case .binary(let sample) = self else { return [] }
    return sample.scores.map { $0 >= threshold ?? sample.threshold }
  }

  /// For each place the place of the same row in `other`, which has the same rows.
  package func places(in other: Sample) -> [Int32] {
    let theirs = other.rows
    var placeOfRow = [Int32](repeating: 0, count: Int(theirs.max() ?? -1) + 1)
    for (place, row) in theirs.enumerated() {
      placeOfRow[Int(row)] = Int32(truncatingIfNeeded: place)
    }
    return rows.map { placeOfRow.indices.contains(Int($0)) ? placeOfRow[Int($0)] : 0 }
  }

  /// Whether both models answered every row alike, so that no draw of the rows tells them apart.
  package func isSame(as other: Sample) -> Bool {
    func same<Rows: SampleRows>(_ mine: Rows) -> Bool {
      (other.body as? Rows).map(mine.isSame) ?? false
    }
    return same(body)
  }
}

extension Sample {
  /// The score or predicted value at each place; empty for a task that has no one number a row.
  package var numbers: [Double] {
    switch self {
    case .binary(let sample): sample.scores
    case .regression(let sample): sample.predictions
    default: []
    }
  }
}
