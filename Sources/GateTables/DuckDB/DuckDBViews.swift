import GateCore
import Synchronization

/// The views by which SQL knows the tables of a database.
///
/// A question binds every column of each view that it names, whatever it reads. Of a wide table each connection has
/// views of its own, made for the question it is to ask: of the columns that the question may read.
final class DuckDBViews: Sendable {
  /// What all tables are called.
  let tables: Set<String>
  /// What the views of wide tables are made of.
  private let wide = Mutex<[String: DuckDBLayers]>([:])

  /// How many columns a table has whose views are made once, for all questions.
  private static let few = 256
  /// How many bytes SQL has that is looked at for the columns it reads.
  private static let short = 1 << 14

  init(tables: Set<String>) { self.tables = tables }

  /// What the view is called that gives a table's rows in their order, to one thread.
  static func inOrder(_ name: String) -> String { "\(name) in order" }

  /// Makes a table known.
  func add(
    _ name: String, _ layers: DuckDBLayers, on connection: DuckDBConnection
  ) throws(Diagnostic) {
    if layers.names.count > Self.few {
      wide.withLock { $0[name] = layers }
    } else {
      try Self.create("VIEW", name, layers, on: connection)
      try Self.createInOrder("VIEW", name, on: connection)
    }
  }

  /// A connection that knows the tables which a text of SQL names.
  func connection(
    for sql: String, in instance: DuckDBInstance
  ) throws(Diagnostic) -> DuckDBConnection {
    let connection = try DuckDBConnection(instance)
    let wide = wide.withLock { $0 }
    if wide.isEmpty { return connection }
    let words = sql.lowercased()
    let named = wide.filter { words.contains($0.key.lowercased()) }
    if named.isEmpty { return connection }
    let uses =
      sql.utf8.count > Self.short
      ? nil : try? SQLUses(of: sql, on: connection, doing: "looking for the columns")
    for (name, layers) in named.sorted(by: { $0.key < $1.key }) {
      let part =
        uses.flatMap { $0.isByName ? layers.only($0.read(of: layers.names)) : nil } ?? layers
      try Self.create("TEMPORARY VIEW", name, part, on: connection)
      if words.contains(Self.inOrder(name).lowercased()) {
        try Self.createInOrder("TEMPORARY VIEW", name, on: connection)
      }
    }
    return connection
  }

  /// Makes the view of a table.
  private static func create(
    _ kind: String, _ name: String, _ layers: DuckDBLayers, on connection: DuckDBConnection
  ) throws(Diagnostic) {
    try connection.execute(
      "CREATE \(kind) \(name.sqlName) AS \(layers.view)", doing: "opening \(name)")
  }

  /// Makes the view of its rows in their order: the join by position has one row beside it and is read by one thread.
  private static func createInOrder(
    _ kind: String, _ name: String, on connection: DuckDBConnection
  ) throws(Diagnostic) {
    let one = "the only row".sqlName
    try connection.execute(
      "CREATE \(kind) \(inOrder(name).sqlName) AS SELECT * EXCLUDE (\(one)) FROM \(name.sqlName) "
        + "POSITIONAL JOIN (SELECT 1 AS \(one))", doing: "opening \(name)")
  }
}
