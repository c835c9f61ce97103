import GateCore

/// A column of the predictions and the order its rows are to be read in.
struct Ordered {
  /// The column.
  let column: Column
  /// For each row of the holdout its row in the predictions; nil where they are the same.
  let order: [Int]?
  /// How many rows are to be read.
  var rows: Int { order?.count ?? column.count }

  /// Whether its values are moments, which are no scores.
  var isTimestamp: Bool { if case .timestamps = column.values { true } else { false } }
}
