extension DialectAdvice {
  /// What would make numbers of texts of a table of which nobody has said what they are; nil where nothing would.
  ///
  /// A column of texts is looked at where all its cells are numbers in some form or words for a missing value. Of several
  /// such columns those that tell the dialect come before those that leave a choice. Throws what the engine throws.
  package static func found(
    in table: any Table
  ) throws -> (advice: DialectAdvice, columns: [String])? {
    let texts = table.schema.filter { $0.kind == .string && $0.oddCell != nil }
    let odd = try texts.filter { column in
      let x = column.name.sqlName
      let cells = try table.query(
        "SELECT DISTINCT \(x) AS x FROM \(table.name.sqlName) WHERE \(x) IS NOT NULL")
      return cells.first?.texts.flatMap { CellForms($0) }?.hasMissingOnly == true
    }
    let rows = Rows(source: table.name.sqlName, columns: table.schema, query: table.query)
    var choice: DialectAdvice?
    for column in odd {
      guard let advice = DialectAdvice(for: column, in: rows) else { continue }
      if case .say = advice { return (advice, odd.map(\.name)) }
      choice = choice ?? advice
    }
    return choice.map { ($0, odd.map(\.name)) }
  }
}
