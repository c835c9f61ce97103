/// A model's answers as a table of their own.
extension Workbench {
  /// The answers of a model on the holdout, for a program: `row` from 0, `id`, `label` and `weight` where the manifest
  /// names them, `score` (or `score.<class>` of several, `prediction` of classes and texts), and a column a slice.
  ///
  /// Throws why the model was not scored, or a column not read.
  package func predictionTable(
    of role: Role, slices: [Slice] = []
  ) async throws(Diagnostic) -> [Column] {
    let answers = try await answers(role)
    let holdout = try table("holdout")
    let named = [("id", roles.id), ("label", roles.label), ("weight", roles.weight)].compactMap {
      name, column in column.map { (name: name, column: $0) }
    }
    let read = try Result {
      try holdout.columns(named.map(\.column.sqlName))
    }.located(at: mark(of: role)).get()
    let rows = read.first?.count ?? rows
    var columns = [Column(name: "row", values: .integers((0..<Int64(rows)).map { $0 }))]
    columns += zip(named, read).map { $1.named($0.name) }
    columns += answerColumns(answers)
    for slice in slices {
      columns.append(try await self.rows(of: slice).get().column(named: slice.name))
    }
    return columns
  }

  /// The answers, a column each.
  private func answerColumns(_ answers: Predictions) -> [Column] {
    switch answers.values {
    case .scores(let scores): return [Column(name: "score", values: .doubles(scores))]
    case .decisions(let codes):
      return [Column(name: "prediction", values: .strings(codes: codes, dictionary: classes))]
    case .texts(let texts):
      return [
        Column(
          name: "prediction",
          values: .strings(codes: texts.indices.map(Int32.init), dictionary: texts))
      ]
    case .probabilities(let rows):
      return classes.indices.map { place in
        Column(
          name: "score.\(classes[place])",
          values: .doubles(
            stride(from: place, to: rows.count, by: classes.count).map { rows[$0] }))
      }
    }
  }
}

extension SlicedRows {
  /// For every row the name of its group; null where it is of none.
  func column(named name: String) -> Column {
    let names = groups.map { group in group.values.map(\.content.text).joined(separator: " & ") }
    let isOfOne = codes.contains { $0 < 0 } ? codes.map { $0 >= 0 } : nil
    return Column(
      name: name,
      values: .strings(codes: codes.map { max(0, $0) }, dictionary: names.isEmpty ? [""] : names),
      validity: isOfOne)
  }
}

extension SliceValue.Content {
  /// The value as a program reads it.
  fileprivate var text: String {
    switch self {
    case .holds: "true"
    case .missing: "null"
    case .text(let text), .named(let text): text
    }
  }
}
