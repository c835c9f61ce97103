internal import CDuckDB
import GateCore

/// A view in the database, read as columns.
final class DuckDBTable: Table {
  let name: String
  let rows: Int
  let schema: [ColumnType]
  var inOrder: String { DuckDBViews.inOrder(name).sqlName }
  let instance: DuckDBInstance
  /// What the view is made of.
  let layers: DuckDBLayers
  /// What is read in place of the view where columns are set; nil: the view itself.
  private let setting: String?
  /// The tables of the database, which a SELECT may read.
  private let views: DuckDBViews
  /// What the expressions that are just a column's name become, so that they need no look at them.
  private let plain: [ExactText: ColumnType.Kind]

  init(
    name: String, rows: Int, schema: [ColumnType], layers: DuckDBLayers, views: DuckDBViews,
    setting: String? = nil, instance: DuckDBInstance
  ) {
    (self.layers, self.views, self.setting) = (layers, views, setting)
    self.name = name
    self.rows = rows
    self.schema = schema
    self.instance = instance
    self.plain = Dictionary(schema.map { (ExactText($0.name.sqlName), $0.kind) }) { first, _ in
      first
    }
  }

  func columns(_ expressions: [String]) throws -> [Column] {
    guard !expressions.isEmpty else { return [] }
    let connection = try views.connection(for: select(expressions), in: instance)
    let statement = try prepare(expressions, on: connection)
    do {
      let columns = try statement.run(doing: reading(expressions)).collect(capacity: rows)
      try checkRows(columns.first?.count ?? 0, expressions)
      return zip(columns, expressions).map { column, expression in
        column.named(expression)
      }
    } catch {
      let culprit = try culprit(of: named(error, expressions), in: expressions)
      throw (culprit as? Diagnostic).map { explained($0, expressions) } ?? culprit
    }
  }

  func scan(
    _ expressions: [String], batch: Int, _ body: ([Column]) throws -> Void
  ) throws {
    guard !expressions.isEmpty else { return }
    let batch = max(1, batch)
    let connection = try views.connection(for: select(expressions), in: instance)
    let statement = try prepare(expressions, on: connection)
    let result: DuckDBRows
    do { result = try statement.run(doing: reading(expressions)) } catch {
      throw explained(error, expressions)
    }
    let builders = result.builders(capacity: min(batch, rows))
    var seen = 0
    var held = 0
    var isInBody = false
    /// Hands on what was gathered.
    func flush() throws {
      isInBody = true
      let columns = zip(builders, expressions).map { builder, expression in
        var column = builder.finish()
        column.name = expression
        return column
      }
      held = 0
      try body(columns)
      isInBody = false
    }
    do {
      try result.forEachChunk { size, append in
        var start = 0
        while start < size {
          let end = min(size, start + batch - held)
          do { try append(builders, start..<end) } catch { throw named(error, expressions) }
          held += end - start
          seen += end - start
          start = end
          if held == batch { try flush() }
        }
      }
    } catch let mistake as Diagnostic where !isInBody { throw explained(mistake, expressions) }
    try checkRows(seen, expressions)
    if held > 0 { try flush() }
  }

  func check(_ sql: String, isSelect: Bool) throws {
    let connection = try views.connection(for: sql, in: instance)
    let what = "reading '\(sql.shortened)' of \(name)"
    if isSelect {
      try Repeatable.checkSelect(
        sql, columns: schema.map(\.name), tables: views.tables, name: name, on: connection,
        doing: what)
    } else {
      try DuckDBQuery.checkExpression(
        sql, columns: schema.map(\.name), on: connection, doing: what)
    }
  }

  func checkFigure(_ sql: String) throws {
    try check("SELECT \(sql)", isSelect: true)
    try OneFigure.check(
      sql, columns: schema.map(\.name), on: try DuckDBConnection(instance),
      doing: "reading '\(sql.shortened)' of \(name)")
  }

  func query(_ sql: String) throws -> [Column] {
    let connection = try views.connection(for: sql, in: instance)
    do {
      return try DuckDBQuery.rows(sql, on: connection, doing: "asking \(name)")
    } catch let error as Diagnostic {
      throw Self.located(error, in: schema.map(\.name), of: name)
    }
  }

  func setting(_ columns: [(column: String, sql: String)]) throws -> any Table {
    let connection = try DuckDBConnection(instance)
    if let unknown = columns.first(where: { set in
      !schema.contains { $0.name.isSame(as: set.column) }
    }) {
      throw Diagnostic("\(name) has no column '\(unknown.column)' that could be set")
    }
    let made = layers.setting(columns)
    _ = try connection.prepare(made, doing: "setting columns of \(name)")
    return DuckDBTable(
      name: name, rows: rows, schema: schema, layers: layers, views: views, setting: made,
      instance: instance)
  }

  /// One statement that gives each expression for every row.
  private func prepare(
    _ expressions: [String], on connection: DuckDBConnection
  ) throws(Diagnostic) -> DuckDBStatement {
    for expression in expressions where plain[ExactText(expression)] == nil {
      if let name = expression.quotedName { throw missing(name) }
      try DuckDBQuery.checkExpression(
        expression, columns: schema.map(\.name), on: connection, doing: reading([expression]))
      try LateCasts.refuse(
        in: expression, of: schema, on: connection, doing: reading([expression]))
    }
    do throws(Diagnostic) {
      let statement = try connection.prepare(select(expressions), doing: reading(expressions))
      for expression in expressions where plain[ExactText(expression)] == nil {
        try Repeatable.refuseWholeRow(
          expression, columns: schema.map(\.name), on: connection, doing: reading([expression]))
      }
      if expressions.allSatisfy({ plain[ExactText($0), default: .other] != .other }) {
        return statement
      }
      let types = statement.types
      guard types.count == expressions.count else {
        throw try severalValues(expressions, connection)
      }
      if types.allSatisfy(VectorType.isRead) { return statement }
      return try connection.prepare(
        DuckDBQuery.casting(select(expressions), types), doing: reading(expressions))
    } catch {
      if expressions.count > 1 {
        for expression in expressions { _ = try prepare([expression], on: connection) }
      }
      throw explained(Self.located(error, in: schema.map(\.name), of: name), expressions)
    }
  }

  /// A mistake of the engine: of SQL over texts that are numbers in another dialect, that they are.
  private func explained(_ mistake: Diagnostic, _ expressions: [String]) -> Diagnostic {
    let explained = expressions.lazy.map { expression in
      self.explaining(mistake, engine: expression, doing: self.reading([expression]))
    }
    return explained.first { $0 != mistake } ?? mistake
  }

  /// A mistake about a value, by the expression whose value it is and not by the name it has in our statement.
  private func named(_ error: any Error, _ expressions: [String]) -> any Error {
    guard var mistake = error as? Diagnostic else { return error }
    for (place, expression) in expressions.enumerated() {
      let ours = "column 'c\(place)' has "
      guard mistake.message.hasPrefix(ours) else { continue }
      let column = schema.first { $0.name.sqlName.isSame(as: expression) }?.name
      mistake.message =
        (column.map { "column '\($0)'" } ?? "'\(expression.shortened)'") + " of \(name) has "
        + mistake.message.dropFirst(ours.count)
      mistake.hint =
        column.map { "read it as text: \(Pasteable.types($0))" }
        ?? "make text of it: CAST(\(expression.shortened) AS VARCHAR)"
    }
    return mistake
  }

  /// The statement for `prepare`; a line end keeps a trailing comment from taking what follows.
  private func select(_ expressions: [String]) -> String {
    let items = expressions.enumerated().map { "(\n\($1)\n) AS c\($0)" }
    let source = setting.map { "(\($0)) AS \(name.sqlName)" } ?? name.sqlName
    return "SELECT \(items.joined(separator: ", "))\nFROM \(source)"
  }

  /// What we are doing, for messages.
  private func reading(_ expressions: [String]) -> String {
    if expressions.count > 1 { return "reading \(expressions.count) columns of \(name)" }
    let expression = expressions.first ?? ""
    let known = schema.contains { $0.name == expression || $0.name.sqlName == expression }
    return "reading \(known ? "column " : "")'\(expression.shortened)' of \(name)"
  }

  /// The mistake of expressions that stand for more than one column.
  private func severalValues(
    _ expressions: [String], _ connection: DuckDBConnection
  ) throws(Diagnostic) -> Diagnostic {
    for expression in expressions {
      let statement = try connection.prepare(select([expression]), doing: reading([expression]))
      guard statement.types.count != 1 else { continue }
      return Diagnostic(
        "\(reading([expression])): it gives \(statement.types.count) columns; one was wanted")
    }
    return Diagnostic("\(reading(expressions)): one column each was wanted")
  }

  /// Refuses an expression that is not one value a row.
  private func checkRows(_ found: Int, _ expressions: [String]) throws(Diagnostic) {
    guard found == rows else {
      throw Diagnostic(
        "\(reading(expressions)): \(found) values were found; one for each of the \(rows) rows "
          + "was wanted",
        hint: "use no aggregate and no unnest, or the files changed while they were read")
    }
  }

  /// The failure of the one expression that fails, when several were read at once.
  private func culprit(of error: any Error, in expressions: [String]) throws -> any Error {
    guard expressions.count > 1, (error as? Diagnostic)?.temporary != true else { return error }
    for expression in expressions { _ = try columns([expression]) }
    return error
  }

  /// The mistake with the nearest known column as what to do.
  static func located(_ error: Diagnostic, in names: [String], of table: String) -> Diagnostic {
    guard let unknown = DuckDBMessage(error.message).unknownColumn else { return error }
    var located = missing(unknown, in: names, of: table, isOfSQL: true)
    (located.temporary, located.location) = (error.temporary, error.location)
    return located
  }

  /// What is said of a name that no column has: the engine would take one that differs in case for it.
  private static func missing(
    _ name: String, in names: [String], of table: String, isOfSQL: Bool = false
  ) -> Diagnostic {
    let known = names.count > 20 ? "\(names.count) columns" : names.joined(separator: ", ")
    return Diagnostic(
      "\(table) has no column '\(name)'; it has \(known)",
      hint: name.meantColumn(among: names)
        ?? (isOfSQL
          ? "where a text is meant, write it in single quotes: '\(name.replacing("'", with: "''"))'"
          : nil))
  }

  /// The same of this table.
  private func missing(_ name: String) -> Diagnostic {
    Self.missing(name, in: schema.map(\.name), of: self.name)
  }
}

extension String {
  /// The name, where this is one as SQL quotes it and nothing else.
  fileprivate var quotedName: String? {
    guard utf8.count > 2, hasPrefix("\""), hasSuffix("\"") else { return nil }
    let name = String(dropFirst().dropLast()).replacing("\"\"", with: "\"")
    return name.sqlName.isSame(as: self) ? name : nil
  }
}
