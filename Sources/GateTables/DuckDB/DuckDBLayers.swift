import GateCore

/// What a table's view is made of: what reads its files, and the columns derived from that, one upon another. A NaN is a
/// missing value from here on: every column of floating point numbers has nulls in place of it.
struct DuckDBLayers: Sendable {
  /// SQL to select from.
  let reader: String
  /// The reader's columns.
  var columns: [String]
  /// Those of them that may hold NaN.
  let reals: Set<ExactText>
  /// Whether the reader has columns that are left out.
  private var isPart = false
  /// Derived columns in the manifest's order.
  var derived: [Derived] = []

  /// A column made by SQL of the row.
  struct Derived: Sendable {
    let name: String
    let sql: String
    /// The columns before it that it may read.
    let sources: Set<String>
    /// Whether it may be NaN.
    var isReal = false
  }

  init(reader: String, columns: [String], reals: [String]) {
    (self.reader, self.columns, self.reals) = (reader, columns, Set(reals.map { ExactText($0) }))
  }

  /// The columns of the view.
  var names: [String] { columns + derived.map(\.name) }

  /// The reader's columns, without NaN.
  var start: String {
    if reals.isEmpty, !isPart { return "SELECT * FROM \(reader)" }
    let items = columns.map { name in
      reals.contains(ExactText(name)) ? Self.withoutNaN(name) : name.sqlName
    }
    return "SELECT \(items.joined(separator: ", ")) FROM \(reader)"
  }

  /// What the view is.
  var view: String { derived.reduce(start) { Self.deriving($1, from: $0) } }

  /// The same with those columns alone that are named and what they are derived from.
  func only(_ wanted: Set<String>) -> DuckDBLayers {
    var wanted = wanted
    for column in derived.reversed() where wanted.contains(column.name) {
      wanted.formUnion(column.sources)
    }
    var part = self
    part.columns = columns.filter(wanted.contains)
    // A view has a column, whatever is asked of it.
    if part.columns.isEmpty { part.columns = Array(columns.prefix(1)) }
    part.derived = derived.filter { wanted.contains($0.name) }
    part.isPart = part.columns.count < columns.count
    return part
  }

  /// A view with one column more.
  static func deriving(_ column: Derived, from view: String) -> String {
    let sql = "SELECT *, (\n\(column.sql)\n) AS \(column.name.sqlName) FROM (\(view))"
    return column.isReal
      ? "SELECT * REPLACE (\(withoutNaN(column.name))) FROM (\(sql))" : sql
  }

  /// A column in which a NaN is null. Said by the value and by no comparison, which the engine would answer by the least
  /// and greatest value that a file states of a part, and these leave NaN out.
  private static func withoutNaN(_ name: String) -> String {
    let x = name.sqlName
    return "CASE WHEN isnan(\(x)) THEN NULL ELSE \(x) END AS \(x)"
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
        Derived(
          name: column.name, sql: set[column.name] ?? column.sql, sources: column.sources,
          isReal: column.isReal), from: view)
    }
  }
}
