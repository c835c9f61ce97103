/// One column of what a model predicts.
package struct PredictedColumn: Sendable {
  /// The label it is of; nil: there is but one.
  package let name: String?
  package let values: DriftValues

  /// Takes what it holds.
  package init(name: String?, values: DriftValues) {
    self.name = name
    self.values = values
  }

  /// The columns of a model's answers: scores, the predicted class, one a label, or texts.
  package static func columns(
    of predictions: Predictions, task: TaskKind, classes: [String]
  ) -> [PredictedColumn] {
    switch predictions.values {
    case .scores(let scores): return [PredictedColumn(name: nil, values: .numbers(scores))]
    case .decisions(let codes):
      return [PredictedColumn(name: nil, values: .categories(codes, classes))]
    case .texts(let texts):
      return [PredictedColumn(name: nil, values: .texts(texts.map(Optional.init)))]
    case .probabilities(let rows) where task == .multilabel:
      return classes.indices.map { label in
        PredictedColumn(
          name: classes[label],
          values: .numbers(stride(from: label, to: rows.count, by: classes.count).map { rows[$0] }))
      }
    case .probabilities(let rows):
      let codes = stride(from: 0, to: rows.count, by: classes.count).map { start -> Int32 in
        let row = rows[start..<(start + classes.count)]
        // The first of equal ones, as numpy's argmax.
        return Int32(
          row.indices.max { row[$0] < row[$1] || (row[$0] == row[$1] && $0 > $1) } ?? start)
          - Int32(start)
      }
      return [PredictedColumn(name: nil, values: .categories(codes, classes))]
    }
  }
}
