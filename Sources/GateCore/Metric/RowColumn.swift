/// A column of the holdout that a metric reads, and where the manifest asks for it.
package struct RowColumn: Sendable {
  /// SQL over one row.
  package var sql: String
  /// What it must give.
  package var content: Content
  /// Where it is asked for.
  package var mark: Mark

  /// What a column must hold.
  package enum Content: String, Sendable {
    /// A finite number in every row.
    case numbers
    /// A value in every row, whatever its kind, that tells rows apart.
    case codes
  }

  /// What is read once, whoever asks for it.
  package struct Key: Sendable, Hashable {
    package let sql: String
    package let content: Content
  }

  package var key: Key { Key(sql: sql, content: content) }
}

extension RowColumn {
  /// Every column that is asked for, from one scan of the holdout where all can be read; a mistake stands where its
  /// column is first asked for.
  package static func read(
    _ wanted: [RowColumn], of table: Result<any Table, Diagnostic>
  ) -> [Key: Result<Arguments.RowValues, Diagnostic>] {
    if wanted.isEmpty { return [:] }
    let first = Dictionary(wanted.map { ($0.key, $0) }) { first, _ in first }
    let sqls = wanted.map(\.sql).unique
    let together = table.flatMap { table in Result { try table.columns(sqls) }.located(at: nil) }
    let columns = (try? together.get()).map { Dictionary(zip(sqls, $0)) { first, _ in first } }
    return first.mapValues { asked in
      table.flatMap { table in
        Result {
          // One that cannot be read must not keep the others from being read.
          try asked.values(of: try columns?[asked.sql] ?? table.columns([asked.sql])[0], in: table)
        }.located(at: asked.mark)
      }
    }
  }

  /// The values by row; throws for the first row that has none, or one of the wrong kind.
  private func values(
    of column: Column, in table: any Table
  ) throws(Diagnostic) -> Arguments.RowValues {
    try table.wantOneValue(of: sql, as: "the column")
    switch content {
    case .numbers:
      guard let numbers = column.quantities else {
        if column.isBoolean {
          throw Diagnostic(
            "the column '\(sql)' is true or false, wanted numbers",
            hint: "say what each is worth, as in CASE WHEN \(sql) THEN 1 ELSE 0 END")
        }
        throw table.explaining(
          .wantedNumbers("the column '\(sql)'", of: table.name, column), of: sql)
      }
      try column.refuseInexact("the column '\(sql)'")
      if let row = numbers.firstIndex(where: { !$0.isFinite }) {
        let found = numbers[row].isNaN ? "null or NaN" : numbers[row].description
        throw Diagnostic(
          "the column '\(sql)' is \(found) in row \(row + 1), wanted a finite number",
          hint: "correct the row, or say what stands for it: coalesce(…, 0)")
      }
      return .numbers(numbers)
    case .codes:
      if let row = column.firstNull {
        throw Diagnostic(
          "the column '\(sql)' is null in row \(row + 1), wanted a value",
          hint: "correct the row, or say what stands for it: coalesce(…, 'none')")
      }
      if case .doubles(let values) = column.values, let row = values.firstIndex(where: \.isNaN) {
        throw Diagnostic("the column '\(sql)' is NaN in row \(row + 1), wanted a value")
      }
      guard let coded = try column.coded(atMost: .max) else {
        throw Diagnostic("the column '\(sql)' cannot be told apart by its values")
      }
      return .codes(coded.codes, coded.texts)
    }
  }
}
