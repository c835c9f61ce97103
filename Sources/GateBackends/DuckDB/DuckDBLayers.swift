import GateKit

/// What a table's view is made of: what reads its files, and the columns derived from that, one upon another. A NaN is a
/// missing value from here on: every column of floating point numbers has nulls in place of it.
struct DuckDBLayers: Sendable {
  /// SQL to select from.
  let reader: String
  /// The reader's columns.
  let columns: [String]
  /// Those of them that may hold NaN.
  let reals: [String]
  /// Derived columns in the manifest's order.
  var derived: [Derived] = []

  /// A column made by SQL of the row.
  struct Derived: Sendable {
    let name: String
    let sql: String
    /// Whether it may be NaN.
    var isReal = false
  }

  /// The reader's columns, without NaN.
  var start: String { Self.withoutNaN(reals, "SELECT * FROM \(reader)", from: reader) }

  /// What the view is.
  var view: String { derived.reduce(start) { Self.deriving($1, from: $0) } }

  /// A view with one column more.
  static func deriving(_ column: Derived, from view: String) -> String {
    let sql = "SELECT *, (\n\(column.sql)\n) AS \(column.name.sqlName) FROM (\(view))"
    return column.isReal ? withoutNaN([column.name], sql, from: "(\(sql))") : sql
  }

  /// A NaN is null. Said by the value and by no comparison, which the engine would answer by the least and greatest
  /// value that a file states of a part, and these leave NaN out.
  private static func withoutNaN(_ names: [String], _ sql: String, from source: String) -> String {
    if names.isEmpty { return sql }
    let items = names.map(\.sqlName).map {
      "CASE WHEN isnan(\($0)) THEN NULL ELSE \($0) END AS \($0)"
    }
    return "SELECT * REPLACE (\(items.joined(separator: ", "))) FROM \(source)"
  }

  /// The view as it would be were these columns, each of the view, another: SQL for every row; columns derived from them
  /// follow.
  func setting(_ settings: [(column: String, sql: String)]) -> String {
    let set = Dictionary(settings.map { ($0.column, $0.sql) }) { first, _ in first }
    let replaced = columns.compactMap { name in
      set[name].map { "(\n\($0)\n) AS \(name.sqlName)" }
    }
    let view =
      replaced.isEmpty
      ? start : "SELECT * REPLACE (\(replaced.joined(separator: ", "))) FROM (\(start))"
    return derived.reduce(view) { view, column in
      Self.deriving(
        Derived(name: column.name, sql: set[column.name] ?? column.sql, isReal: column.isReal),
        from: view)
    }
  }
}
