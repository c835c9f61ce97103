/// Several labels a row, each there or not, with a score each, in row order.
package struct MultilabelSample: Sendable {
  /// Names of the labels, in the order of the scores.
  package let names: [String]
  /// A row of `names.count` after another.
  package let scores: [Double]
  /// Whether the row has the label, beside its score.
  package let labels: [Bool]
  /// A score of at least this is a positive decision.
  package let threshold: Double
  /// The row of the holdout each stands for.
  package let rows: [Int32]
  /// Nil: every row counts once.
  package let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  package let totalWeight: Double

  /// Takes values in row order, `names.count` scores and labels a row, without NaN.
  package init(
    names: [String], scores: [Double], labels: [Bool], threshold: Double = 0.5,
    weights: [Double]? = nil, rows: [Int32]? = nil
  ) {
    let count = scores.count / max(1, names.count)
    self.names = names
    self.scores = scores
    self.labels = labels
    self.threshold = threshold
    self.weights = weights
    self.rows = rows ?? (0..<count).map { Int32(truncatingIfNeeded: $0) }
    totalWeight = weights?.sum ?? Double(count)
  }

  /// Labels a row.
  package var width: Int { names.count }
}

extension MultilabelSample: SampleRows {
  /// Every label decided rightly.
  package var right: [Bool] {
    rows.indices.map { row in
      (row * width..<(row + 1) * width).allSatisfy { (scores[$0] >= threshold) == labels[$0] }
    }
  }

  package var sample: Sample { .multilabel(self) }

  package var words: String {
    "labels \(names), scores \(scores), present \(labels.map { $0 ? 1 : 0 })"
  }

  package func partitioned(by codes: [Int32], groups: Int) -> [MultilabelSample] {
    let grouping = Grouping(codes.at(rows), groups: groups)
    return (0..<groups).map { group in
      let places = grouping.places(of: group)
      let cells = places.flatMap { (Int($0) * width)..<((Int($0) + 1) * width) }
      return MultilabelSample(
        names: names, scores: cells.map { scores[$0] }, labels: cells.map { labels[$0] },
        threshold: threshold, weights: weights?.at(places), rows: rows.at(places))
    }
  }

  package func weighing(_ weights: [Double]) -> MultilabelSample {
    MultilabelSample(
      names: names, scores: scores, labels: labels, threshold: threshold, weights: weights,
      rows: rows)
  }

  package func isSame(as other: MultilabelSample) -> Bool {
    scores == other.scores && threshold == other.threshold
  }
}
