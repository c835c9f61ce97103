import GateCore

/// The columns of the holdout that the manifest names.
extension Truth {
  /// Adds to a mistake about a column of texts which cell made it that; what is read as missing is missing still.
  static func explaining<T>(
    _ column: Manifest.Data.Column, in table: any Table, _ body: () throws -> T
  ) throws -> T {
    do { return try body() } catch let mistake as Diagnostic {
      throw table.explaining(mistake, of: column.name).needingValues("every row of the holdout")
    }
  }

  /// Refuses columns that the holdout does not have, all of them in one message.
  static func wantColumns(
    _ named: [(what: String, column: Manifest.Data.Column?)], in table: any Table
  ) throws(Diagnostic) {
    let names = table.schema.map(\.name)
    let missing = named.compactMap { what, column in
      column.flatMap { names.has($0.name) ? nil : (what: what, column: $0) }
    }
    guard let first = missing.first else { return }
    let said = missing.map { "the \($0.what) '\($0.column.name)'" }.joined(separator: ", ")
    let has = "it has: \(names.prefix(40).joined(separator: ", "))"
    if missing.count == 1 {
      throw Diagnostic(
        "\(said) is not a column of the holdout", at: first.column.mark,
        hint: first.column.name.meantColumn(among: names) ?? has)
    }
    let near = missing.compactMap { _, column in
      column.name.nearest(in: names).map { "'\($0)' for '\(column.name)'" }
    }
    throw Diagnostic(
      "\(missing.count) columns that are named are not in the holdout: \(said)",
      at: first.column.mark,
      hint: names.headerHint
        ?? (near.isEmpty ? has : "did you mean \(near.joined(separator: ", "))? \(has)"))
  }

  static func expression(
    _ column: Manifest.Data.Column, _ what: String, in table: any Table
  ) throws -> String {
    do { try table.wantOneValue(of: column.name, as: "the \(what)") } catch {
      throw error.at(column.mark)
    }
    return column.name.sqlName
  }
}
