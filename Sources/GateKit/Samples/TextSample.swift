/// Texts a model wrote beside the texts that were wanted, in row order.
public struct TextSample: Sendable {
  /// What was wanted.
  public let references: [String]
  /// What the model wrote.
  public let predictions: [String]
  /// The row of the holdout each stands for.
  public let rows: [Int32]
  /// Nil: every row counts once.
  public let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  public let totalWeight: Double

  /// Takes texts in row order.
  public init(
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
  public var right: [Bool] { references.indices.map { references[$0].isSame(as: predictions[$0]) } }

  public var sample: Sample { .text(self) }

  public var words: String { "references \(references), predictions \(predictions)" }

  public func partitioned(by codes: [Int32], groups: Int) -> [TextSample] {
    let grouping = Grouping(codes.at(rows), groups: groups)
    return (0..<groups).map { group in
      let places = grouping.places(of: group)
      return TextSample(
        references: references.at(places), predictions: predictions.at(places),
        weights: weights?.at(places), rows: rows.at(places))
    }
  }

  public func weighing(_ weights: [Double]) -> TextSample {
    TextSample(references: references, predictions: predictions, weights: weights, rows: rows)
  }

  public func isSame(as other: TextSample) -> Bool {
    predictions.elementsEqual(other.predictions) { $0.isSame(as: $1) }
  }
}
