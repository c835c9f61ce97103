import GateKit

/// What a table's view is made of: what reads its files, and the columns derived from that, one upon another.
struct DuckDBLayers: Sendable {
  /// SQL to select from.
  let reader: String
  /// The reader's columns.
  let columns: [String]
  /// Derived columns, name and SQL, in the manifest's order.
  let derive: [(name: String, sql: String)]

  /// The reader's columns as they are.
  var start: String { "SELECT * FROM \(reader)" }

  /// A view with one column more.
  static func deriving(_ name: String, _ sql: String, from view: String) -> String {
    "SELECT *, (\n\(sql)\n) AS \(name.sqlName) FROM (\(view))"
  }

  /// The view as it would be were these columns, each of the view, another: SQL for every row. `columns` are those and
  /// the ones derived from them.
  ///
  /// Throws a `Diagnostic` for a column that is derived from them by a window over other rows.
  func setting(
    _ settings: [(column: String, sql: String)], of table: String,
    on connection: DuckDBConnection
  ) throws(Diagnostic) -> (columns: Set<String>, sql: String) {
    func set(_ name: String) -> String? { settings.first { $0.column == name }?.sql }
    let replaced = columns.compactMap { name in
      set(name).map { "(\n\($0)\n) AS \(name.sqlName)" }
    }
    var view =
      replaced.isEmpty
      ? start : "SELECT * REPLACE (\(replaced.joined(separator: ", "))) FROM \(reader)"
    var changed = Set(settings.map(\.column))
    for (name, sql) in derive {
      if let own = set(name) {
        view = Self.deriving(name, own, from: view)
        continue
      }
      let what = "deriving column '\(name)' of \(table)"
      try Repeatable.refuseWindow(in: sql, over: changed, on: connection, doing: what)
      if try Repeatable.column(of: changed, in: sql, on: connection, doing: what) != nil {
        changed.insert(name)
      }
      view = Self.deriving(name, sql, from: view)
    }
    return (changed, view)
  }
}
