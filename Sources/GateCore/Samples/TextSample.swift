/// Texts a model wrote beside the texts that were wanted, in row order.
package struct TextSample: Sendable {
  /// What was wanted.
  package let references: [String]
  /// What the model wrote.
  package let predictions: [String]
  /// The row of the holdout each stands for.
  package let rows: [Int32]
  /// Nil: every row counts once.
  package let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  package let totalWeight: Double

  /// Takes texts in row order.
  package init(
    references: [String], predictions: [String], weights: [Double]? = nil, rows: [Int32]? = nil
  ) {
    self.references = references
    self.predictions = predictions
    self.weights = weights
    self.rows = rows ?? references.indices.map { Int32(truncatingIfNeeded: $0) }
    totalWeight = weights?.sum ?? Double(references.count)
  }
}

extension TextSample: SampleRows {
  /// The very text that was wanted.
  package var right: [Bool] {
    references.indices.map { references[$0].isSame(as: predictions[$0]) }
  }

  package var sample: Sample { .text(self) }

  package var words: String { "references \(references), predictions \(predictions)" }

  package func partitioned(by codes: [Int32], groups: Int) -> [TextSample] {
    let grouping = Grouping(codes.at(rows), groups: groups)
    return (0..<groups).map { group in
      let places = grouping.places(of: group)
      return TextSample(
        references: references.at(places), predictions: predictions.at(places),
        weights: weights?.at(places), rows: rows.at(places))
    }
  }

  package func weighing(_ weights: [Double]) -> TextSample {
    TextSample(references: references, predictions: predictions, weights: weights, rows: rows)
  }

  package func isSame(as other: TextSample) -> Bool {
    predictions.elementsEqual(other.predictions) { $0.isSame(as: $1) }
  }
}
