internal import CDuckDB
import GateCore

/// How text from a manifest becomes a statement that is safe to run.
enum DuckDBQuery {
  /// The words a query may start with.
  private static let starts: Set<String> = ["select", "with", "from", "values"]

  /// The result of one SELECT.
  static func rows(
    _ sql: String, on connection: DuckDBConnection, doing what: String
  ) throws -> [Column] {
    guard isSelect(sql) else {
      throw Diagnostic("\(what): a SELECT was wanted", hint: "start it with 'select' or 'with'")
    }
    let statement = try connection.prepare(sql, doing: what)
    let types = statement.types
    if types.allSatisfy(VectorType.isRead) {
      return try statement.run(doing: what).collect(capacity: 0)
    }
    let names = statement.names
    let text = try connection.prepare(casting(sql, types), doing: what)
    return zip(try text.run(doing: what).collect(capacity: 0), names).map { column, name in
      column.named(name)
    }
  }

  /// Refuses a text that is not one expression: as it parses between parentheses and between
  /// brackets alike, it closes neither; as it parses inside a cast, it is neither empty nor a list.
  /// Over the same row of `columns` it gives the same value in every run.
  static func checkExpression(
    _ expression: String, columns: [String], on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    guard expression.contains(where: { !$0.isWhitespace }) else {
      throw Diagnostic("\(what): the expression is empty; SQL over one row was wanted")
    }
    guard !expression.utf8.contains(0) else {
      throw Diagnostic("\(what): the expression has a zero byte", hint: "remove it")
    }
    for (open, close) in [("(", ")"), ("[", "]"), ("CAST(", "AS VARCHAR)")] {
      let count: Int
      do {
        count = try connection.parse("SELECT \(open)\n\(expression)\n\(close)", doing: what)
      } catch {
        throw SQLSyntax(expression).explaining(error, doing: what)
      }
      guard count == 1 else {
        throw Diagnostic("\(what): \(count) SQL statements were found; one expression was wanted")
      }
    }
    try Repeatable.checkRow(expression, columns: columns, on: connection, doing: what)
  }

  /// The statement with the columns that are not read natively as text.
  static func casting(_ sql: String, _ types: [duckdb_type]) -> String {
    let names = types.indices.map { "c\($0)" }
    let items = zip(names, types).map {
      VectorType.isRead($1) ? $0 : "CAST(\($0) AS VARCHAR) AS \($0)"
    }
    var sql = Substring(sql)
    while let last = sql.last, last == ";" || last.isWhitespace { sql.removeLast() }
    return "SELECT \(items.joined(separator: ", ")) FROM (\n\(sql)\n) "
      + "AS t(\(names.joined(separator: ", ")))"
  }

  /// Whether the first word after white space, comments and parentheses starts a SELECT.
  private static func isSelect(_ sql: String) -> Bool {
    var rest = Substring(sql)
    while let first = rest.first {
      if first.isWhitespace || first == "(" {
        rest.removeFirst()
      } else if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*"), let end = rest.firstRange(of: "*/") {
        rest = rest[end.upperBound...]
      } else {
        break
      }
    }
    return starts.contains(rest.prefix { $0.isLetter }.lowercased())
  }
}
