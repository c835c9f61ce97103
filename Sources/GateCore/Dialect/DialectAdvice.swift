/// What a manifest is to say of a delimited file so that a column of texts is read as numbers: all that is odd in the
/// file at once, for a file has one dialect.
package enum DialectAdvice {
  /// The whole dialect.
  case say(TextDialect)
  /// The file does not tell which of these is meant; a cell, and what it is in each.
  case choose(cell: String, [(value: String, dialect: TextDialect)])

  /// Rows of delimited text that can be asked.
  package struct Rows {
    /// What a FROM clause reads.
    package let source: String
    package let columns: [ColumnType]
    package let query: (String) throws -> [Column]

    package init(
      source: String, columns: [ColumnType], query: @escaping (String) throws -> [Column]
    ) {
      (self.source, self.columns, self.query) = (source, columns, query)
    }

    /// What all cells of a column of texts say; nil: they are no numbers.
    fileprivate func forms(of column: ColumnType) -> CellForms? {
      let x = column.name.sqlName
      let found = try? query("SELECT DISTINCT \(x) AS x FROM \(source) WHERE \(x) IS NOT NULL")
      return found?.first?.texts.flatMap { CellForms($0) }
    }

    /// Whether a column of numbers has decimals, which the file then writes as its dialect says.
    fileprivate func hasDecimals(_ column: ColumnType) -> Bool {
      let x = column.name.sqlName
      let found = try? query(
        "SELECT count(*) AS n FROM \(source) WHERE isfinite(\(x)) AND \(x) <> trunc(\(x))")
      guard case .integers(let counts)? = found?.first?.values else { return false }
      return counts.first ?? 0 > 0
    }
  }

  /// Looks at every cell of the column, and at the others of its file; nil where no key makes numbers of it.
  package init?(for column: ColumnType, in rows: Rows) {
    guard column.kind == .string, let written = column.dialect,
      let mine = rows.forms(of: column)
    else { return nil }
    let usual = NumberForm(written)
    let neighbours = rows.columns.filter {
      $0.name != column.name && $0.kind == .string && $0.oddCell != nil
    }.compactMap { rows.forms(of: $0) }.filter(\.hasMissingOnly)
    var forms = mine.forms.contains(usual) ? [usual] : mine.forms
    if forms != [usual] {
      let others = neighbours.filter { !$0.forms.contains(usual) }
      for other in others where forms.contains(where: other.forms.contains) {
        forms = forms.filter(other.forms.contains)
      }
      let decimal = { (form: NumberForm) in form.decimal == usual.decimal }
      let isTold = rows.columns.contains {
        $0.dialect != nil && $0.declared == "DOUBLE" && rows.hasDecimals($0)
      }
      if isTold, forms.contains(where: decimal) { forms = forms.filter(decimal) }
    }
    let dialects = mine.readings(forms).map { form in
      (form: form, dialect: Self.merged(written, form, mine, neighbours))
    }
    if dialects.count == 1 {
      // What no key changes was kept a text for another cause, as a number of too many digits is.
      if dialects[0].dialect == written { return nil }
      self = .say(dialects[0].dialect)
      return
    }
    let first = dialects[0].form
    // The first of the file, where it tells them apart.
    let cells = [column.oddCell?.text].compactMap(\.self) + mine.numbers.sorted()
    let cell =
      cells.first { number in
        dialects.contains { $0.form.plain(number) != first.plain(number) }
      } ?? ""
    self = .choose(
      cell: cell, dialects.map { (value: $0.form.plain(cell) ?? "", dialect: $0.dialect) })
  }

  /// The written dialect with a form, and with what else makes numbers of this column and of others in that form.
  private static func merged(
    _ written: TextDialect, _ form: NumberForm, _ mine: CellForms, _ neighbours: [CellForms]
  ) -> TextDialect {
    var dialect = written
    (dialect.decimal, dialect.thousands) = (form.decimal, form.thousands)
    for column in [mine] + neighbours.filter({ $0.forms.contains(form) }) {
      dialect.trim = dialect.trim || column.isPadded
      dialect.nulls += column.words.filter { !dialect.nulls.has($0) }
    }
    return dialect
  }

  /// What to write, for a table by this name whose dialect is `written`.
  package func hint(table: String, written: TextDialect) -> String {
    let suffix = "_predictions"
    let owner =
      table.hasSuffix(suffix)
      ? "models.\(table.dropLast(suffix.count))"
      : ["holdout", "reference", "current"].contains(table) ? "data.\(table)" : "tables.\(table)"
    func say(_ dialect: TextDialect) -> String {
      "\(written.yaml == nil ? "add to" : "in place of its csv, write under") \(owner): "
        + "csv: \(dialect.yaml ?? "{}")"
    }
    switch self {
    case .say(let dialect): return "if that is what the file means, \(say(dialect))"
    case .choose(let cell, let readings):
      return "'\(cell)' may be "
        + readings.map { "\($0.value): then \(say($0.dialect))" }.joined(separator: "; or ")
    }
  }
}
