import GateCore

extension PredictionsRequest {
  /// The columns to read.
  var names: [String] {
    switch content {
    case .score(let column), .decisions(let column, _), .texts(let column): [column]
    case .probabilities(let classes), .flags(let classes): classes.map(\.column)
    case .spread(let column, let interval, let quantiles):
      [column] + (interval.map { [$0.low, $0.high] } ?? []) + quantiles.map(\.column)
    }
  }

  /// The same as SQL.
  var columns: [String] { names.map(\.sqlName) }

  /// Refuses a column that the predictions do not have.
  func want(_ name: String, isID: Bool, of predictions: any Table) throws(Diagnostic) {
    let names = predictions.schema.map(\.name)
    guard !names.contains(where: { $0.isSame(as: name) }) else { return }
    throw Diagnostic(
      "'\(file)' has no column '\(name)'\(isID ? ", which the holdout's rows are named by" : ""); it has "
        + (names.count > 20 ? "\(names.count) columns" : names.joined(separator: ", ")),
      hint: name.meantColumn(among: names))
  }

  /// Refuses a column of the predictions whose values are made of several.
  func refuseNested(_ type: ColumnType?, _ role: String) throws(Diagnostic) {
    if let mistake = type?.refusal(as: role, of: file, derives: false) { throw mistake }
  }
}
