/// What the rows of a sample give one by one, in the order in which the sample has them.
extension Sample {
  /// The row of the holdout at each place.
  var rows: [Int32] { body.rows }

  /// The weight at each place.
  var rowWeightsByPlace: [Double]? { body.weights }

  /// Whether the decision at each place is right.
  var rightByPlace: [Bool] { body.right }

  /// Whether the decision at each place of a binary sample is positive.
  func decidedByPlace(at threshold: Double?) -> [Bool] {
    guard case .binary(let sample) = self else { return [] }
    return sample.scores.map { $0 >= threshold ?? sample.threshold }
  }

  /// The loss at each place; nil where the loss is of another task.
  func losses(_ loss: Spread.RowLoss) -> [Double]? {
    switch (loss, self) {
    case (.binary(let loss), .binary(let sample)):
      sample.scores.indices.map { loss(sample.scores[$0], sample.positives[$0]) }
    case (.regression(let loss), .regression(let sample)):
      sample.targets.indices.map { loss(sample.targets[$0], sample.predictions[$0]) }
    case (.multiclass(let loss), .multiclass(let sample)) where sample.hasScores:
      sample.labels.indices.map {
        loss(sample.probabilities[$0 * sample.classes.count + Int(sample.labels[$0])])
      }
    default: nil
    }
  }

  /// For each place the place of the same row in `other`, which has the same rows.
  func places(in other: Sample) -> [Int32] {
    let theirs = other.rows
    var placeOfRow = [Int32](repeating: 0, count: Int(theirs.max() ?? -1) + 1)
    for (place, row) in theirs.enumerated() {
      placeOfRow[Int(row)] = Int32(truncatingIfNeeded: place)
    }
    return rows.map { placeOfRow.indices.contains(Int($0)) ? placeOfRow[Int($0)] : 0 }
  }

  /// Whether both models answered every row alike, so that no draw of the rows tells them apart.
  func isSame(as other: Sample) -> Bool {
    func same<Rows: SampleRows>(_ mine: Rows) -> Bool {
      (other.body as? Rows).map(mine.isSame) ?? false
    }
    return same(body)
  }

  /// The sample with each row's weight times how often its unit was drawn.
  func reweighted(by draw: Draw, _ units: [Int32]) -> Sample {
    let own = rowWeightsByPlace
    return body.weighing(units.indices.map { Double(draw[units[$0]]) * (own?[$0] ?? 1) }).sample
  }
}
