import GateCore

extension DuckDBTable {
  /// The columns that each expression reads, those that derived columns read for it with them.
  ///
  /// A column that is another's value under a name of its own counts as both.
  func columnsRead(by expressions: [String]) throws -> [Set<String>] {
    let plain = Dictionary(schema.map { (ExactText($0.name.sqlName), $0.name) }) { first, _ in first
    }
    return try expressions.map { expression in
      var read = try columns(in: expression, plain)
      // Each derived column may use those before it.
      for column in layers.derived.reversed() where read.contains(column.name) {
        read.formUnion(column.sources)
      }
      // And what has the same value as one of them: by `label: target` the target is the label too.
      for column in layers.derived {
        guard column.sources.count == 1, let source = column.sources.first, read.contains(source)
        else { continue }
        if isName(column.sql, of: source) { read.insert(column.name) }
      }
      return read
    }
  }

  /// The columns of the table that one expression names.
  private func columns(
    in expression: String, _ plain: [ExactText: String]
  ) throws -> Set<String> {
    if let name = plain[ExactText(expression)] { return [name] }
    let connection = try DuckDBConnection(instance)
    return try SQLUses(of: expression, on: connection, doing: "reading '\(expression)' of \(name)")
      .read(of: schema.map(\.name))
  }

  /// Whether SQL is nothing but the name of a column.
  private func isName(_ sql: String, of column: String) -> Bool {
    let bare = sql.trimmed
    return bare == column.sqlName || bare.lowercased() == column.lowercased()
  }
}
