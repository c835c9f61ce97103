extension Table {
  /// What asks this table's rows how their text is written.
  private var text: DialectAdvice.Rows {
    DialectAdvice.Rows(source: name.sqlName, columns: schema, query: query)
  }

  /// A mistake about a column that is wanted as numbers: of texts also which cell made it that, and what to write.
  ///
  /// `sql`: the column's name, or an expression that reads it.
  package func explaining(_ mistake: Diagnostic, of sql: String) -> Diagnostic {
    textColumns(of: sql).first.map { explaining(mistake, of: $0) } ?? mistake
  }

  /// A mistake about a column that may well hold texts: where they are numbers in another dialect, with what to write.
  package func explaining(_ mistake: Diagnostic, texts name: String) -> Diagnostic {
    guard let column = schema.first(where: { $0.name.isSame(as: name) }),
      let advice = DialectAdvice(for: column, in: text)
    else { return mistake }
    return column.explaining(mistake, advice, of: self.name)
  }

  /// A mistake of the engine over an expression: of one that reads a column of texts that are numbers in another
  /// dialect, that it does.
  package func explaining(_ mistake: Diagnostic, engine sql: String, doing what: String)
    -> Diagnostic
  {
    text.explaining(
      mistake, reading: Set(textColumns(of: sql).map(\.name)), of: name, doing: what)
  }

  /// The columns of texts that an expression reads.
  private func textColumns(of sql: String) -> [ColumnType] {
    let named = schema.filter { $0.name.isSame(as: sql) || $0.name.sqlName.isSame(as: sql) }
    if !named.isEmpty { return named.filter { $0.kind == .string } }
    guard let read = try? columnsRead(by: [sql]).first else { return [] }
    return schema.filter { $0.kind == .string && read.contains($0.name) }
  }

  /// The same of one column.
  package func explaining(_ mistake: Diagnostic, of column: ColumnType) -> Diagnostic {
    guard column.kind == .string else { return mistake }
    guard column.oddCell == nil else {
      return column.explaining(mistake, DialectAdvice(for: column, in: text), of: name)
    }
    var explained = mistake
    let x = column.name.sqlName
    let found = try? query(
      "SELECT r, x FROM (SELECT row_number() OVER () AS r, \(x) AS x FROM \(inOrder)) "
        + "WHERE x IS NOT NULL AND TRY_CAST(x AS DOUBLE) IS NULL ORDER BY r LIMIT 1")
    guard let found, found.count == 2, case .integers(let rows) = found[0].values else {
      return mistake
    }
    if let row = rows.first, let text = found[1].texts?.first {
      explained.message += "; the first that is no number is '\(text.prefix(40))' in row \(row)"
    } else if isWithoutValue(x) {
      explained.message += "; every value of it is missing"
      explained.hint = nil
    } else if column.dialect != nil {
      explained.hint = "every text of it is a number: take '\(column.name)' out of 'types'"
    }
    return explained
  }
}

extension Table {
  /// Whether every value of a column is missing.
  private func isWithoutValue(_ column: String) -> Bool {
    let sql = "SELECT x FROM (SELECT \(column) AS x FROM \(inOrder)) WHERE x IS NOT NULL LIMIT 1"
    guard let found = try? query(sql).first else { return false }
    return found.count == 0
  }
}

extension DialectAdvice.Rows {
  /// A mistake of the engine over an expression that reads these columns of a table: where texts among them are numbers in
  /// another dialect, that they are.
  package func explaining(
    _ mistake: Diagnostic, reading names: Set<String>, of table: String, doing what: String
  ) -> Diagnostic {
    guard mistake.isOfTypes else { return mistake }
    for column in columns where column.kind == .string && names.contains(column.name) {
      guard let advice = DialectAdvice(for: column, in: self) else { continue }
      var said = Diagnostic("\(what): '\(column.name)' holds texts, wanted numbers")
      (said.location, said.excerpt) = (mistake.location, mistake.excerpt)
      return column.explaining(said, advice, of: table)
    }
    return mistake
  }
}

extension ColumnType {
  /// A mistake about a column of texts with the cell that made it text, and with what to write.
  package func explaining(_ mistake: Diagnostic, _ advice: DialectAdvice?, of table: String)
    -> Diagnostic
  {
    guard let oddCell else { return mistake }
    var explained = mistake
    explained.message += "; it is text because of \(oddCell.place)"
    explained.hint =
      advice?.hint(table: table, written: dialect ?? TextDialect())
      ?? oddCell.shareHint(column: name, of: table) ?? mistake.hint
      ?? (table.hasSuffix("_predictions")
        ? "write plain numbers where the file is made"
        : "correct the file, or make numbers of its texts under 'data.derive'")
    return explained
  }
}

extension Diagnostic {
  /// Adds to a hint that reads cells as missing that `rows` need a value: else it leads to the next mistake.
  package func needingValues(_ rows: String) -> Diagnostic {
    guard let hint, hint.contains("nulls: [") else { return self }
    var told = self
    told.hint =
      hint + ", and take out the rows that it leaves without one: \(rows) needs a value here"
    return told
  }

  /// Whether the engine could not take values of one type for another's.
  package var isOfTypes: Bool {
    let words = [
      "Binder Error", "Conversion Error", "cannot be compared with", "no function '",
      "was to be a number",
    ]
    return !temporary && words.contains { message.contains($0) }
  }

  /// That a check of a schema is of numbers, and its column holds texts.
  package static func wantedNumbers(_ column: ColumnType, by check: String) -> Diagnostic {
    let contents =
      switch column.kind {
      case .timestamp: "moments"
      case .boolean: "true and false"
      case .other: "no numbers"
      default: "texts"
      }
    return Diagnostic(
      "'\(column.name)' holds \(contents) (\(column.shownType)), and '\(check)' wants numbers",
      hint: column.kind == .string
        ? "where all of them are numbers, set the column's type under 'types'" : nil)
  }

  /// That a column of `table` holds what is no number.
  package static func wantedNumbers(_ what: String, of table: String, _ column: Column)
    -> Diagnostic
  {
    Diagnostic(
      "\(what) of \(table) holds \(column.isMoments ? "dates" : "texts"), wanted numbers")
  }
}
