/// What the rows of a sample give one by one, in the order in which the sample has them.
extension Sample {
  /// The row of the holdout at each place.
  var rows: [Int32] {
    switch self {
    case .binary(let sample): sample.rows
    case .multiclass(let sample): sample.rows
    case .regression(let sample): sample.rows
    }
  }

  /// The weight at each place.
  var rowWeightsByPlace: [Double]? {
    switch self {
    case .binary(let sample): sample.weights
    case .multiclass(let sample): sample.weights
    case .regression(let sample): sample.weights
    }
  }

  /// Whether the decision at each place is right.
  var rightByPlace: [Bool] {
    switch self {
    case .binary(let sample):
      sample.scores.indices.map { (sample.scores[$0] >= sample.threshold) == sample.positives[$0] }
    case .multiclass(let sample):
      sample.labels.indices.map { sample.labels[$0] == sample.decisions[$0] }
    case .regression(let sample):
      sample.targets.indices.map { sample.targets[$0] == sample.predictions[$0] }
    }
  }

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
    switch (self, other) {
    case (.binary(let mine), .binary(let theirs)):
      mine.scores == theirs.scores && mine.rows == theirs.rows && mine.threshold == theirs.threshold
    case (.multiclass(let mine), .multiclass(let theirs)):
      mine.probabilities == theirs.probabilities && mine.decisions == theirs.decisions
    case (.regression(let mine), .regression(let theirs)): mine.predictions == theirs.predictions
    default: false
    }
  }

  /// The sample with each row's weight times how often its unit was drawn.
  func reweighted(by draw: Draw, _ units: [Int32]) -> Sample {
    func weights(_ own: [Double]?) -> [Double] {
      units.indices.map { Double(draw[units[$0]]) * (own?[$0] ?? 1) }
    }
    switch self {
    case .binary(let sample):
      return .binary(
        BinarySample(
          scores: sample.scores, positives: sample.positives, weights: weights(sample.weights),
          rows: sample.rows, threshold: sample.threshold, hasScores: sample.hasScores))
    case .multiclass(let sample):
      return .multiclass(
        MulticlassSample(
          classes: sample.classes, probabilities: sample.probabilities, labels: sample.labels,
          decisions: sample.decisions, weights: weights(sample.weights), rows: sample.rows))
    case .regression(let sample):
      return .regression(
        RegressionSample(
          targets: sample.targets, predictions: sample.predictions,
          weights: weights(sample.weights), rows: sample.rows))
    }
  }
}
