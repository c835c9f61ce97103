import GateKit

extension DuckDBTable {
  /// The columns that an expression reads, those that derived columns read for it with them.
  ///
  /// A column that is another's value under a name of its own counts as both.
  func columnsRead(by expression: String) throws -> Set<String> {
    var read = try columns(in: expression)
    // Each derived column may use those before it.
    for (name, sql) in layers.derive.reversed() where read.contains(name) {
      read.formUnion(try columns(in: sql))
    }
    // And what has the same value as one of them: `label: target` makes `target` the label too.
    for (name, sql) in layers.derive {
      let sources = try columns(in: sql)
      if sources.count == 1, let source = sources.first, read.contains(source),
        isName(sql, of: source)
      {
        read.insert(name)
      }
    }
    return read
  }

  /// The columns of the table that one expression names.
  private func columns(in expression: String) throws -> Set<String> {
    let names = schema.map(\.name)
    if let plain = names.first(where: { $0.sqlName == expression }) { return [plain] }
    let connection = try DuckDBConnection(instance)
    return try Repeatable.columns(
      of: names, in: expression, on: connection, doing: "reading '\(expression)' of \(name)")
  }

  /// Whether SQL is nothing but the name of a column.
  private func isName(_ sql: String, of column: String) -> Bool {
    let bare = sql.trimmed
    return bare == column.sqlName || bare.lowercased() == column.lowercased()
  }
}
