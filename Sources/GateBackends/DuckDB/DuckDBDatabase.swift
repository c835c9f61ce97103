internal import CDuckDB
public import GateKit
import Glibc

/// The tables of one run in one in-memory DuckDB that can read the declared files and nothing else.
public final class DuckDBDatabase: Database {
  private let instance: DuckDBInstance
  private let tables: [String: Result<DuckDBTable, Diagnostic>]

  /// What the library calls itself: `v2.0.0`.
  public var version: String { instance.library.version }

  private init(instance: DuckDBInstance, tables: [String: Result<DuckDBTable, Diagnostic>]) {
    self.instance = instance
    self.tables = tables
  }

  /// Opens a database with a view for each source; a source that fails leaves the others standing.
  ///
  /// - Parameters:
  ///   - sources: The tables.
  ///   - files: For each table's name its files, absolute, in row order.
  ///   - resources: What the engine may use.
  ///   - temporary: The run's temporary folder, where it spills unless `resources` names another.
  ///   - giveUp: Ends the program when what runs over its time does not stop.
  /// - Throws: A `Diagnostic` when the engine is missing or refuses its settings.
  public static func open(
    _ sources: [TableSource], files: [String: [DataFile]], resources: Resources, temporary: String,
    giveUp: (@Sendable (Diagnostic) -> Void)? = nil
  ) throws(Diagnostic) -> DuckDBDatabase {
    let time = TimeLimit(seconds: resources.seconds, giveUp: giveUp)
    let instance = try DuckDBInstance(
      DuckDBLibrary.load(), threads: resources.threads, time: time)
    let connection = try DuckDBConnection(instance)
    let settings = settings(
      files: sources.flatMap { files[$0.name] ?? [] }.map(\.path), resources: resources,
      temporary: temporary)
    for setting in settings {
      try connection.execute("SET \(setting)", doing: "setting up the engine")
    }
    var tables: [String: Result<DuckDBTable, Diagnostic>] = [:]
    for source in sources {
      do {
        guard tables[source.name] == nil else {
          throw Diagnostic("two tables are called '\(source.name)'; names must differ")
        }
        tables[source.name] = .success(try open(source, files: files[source.name] ?? [], instance))
      } catch {
        tables[source.name] = .failure(
          error as? Diagnostic ?? Diagnostic("opening \(source.name): \(error)"))
      }
    }
    return DuckDBDatabase(instance: instance, tables: tables)
  }

  /// The same with files that nobody has hashed.
  public static func open(
    _ sources: [TableSource], files: [String: [String]], resources: Resources, temporary: String
  ) throws(Diagnostic) -> DuckDBDatabase {
    try open(
      sources, files: files.mapValues { $0.map(DataFile.init(unhashed:)) }, resources: resources,
      temporary: temporary)
  }

  /// The engine's version; throws why it cannot be opened.
  public static func version() throws(Diagnostic) -> String { try DuckDBLibrary.load().version }

  public func table(_ name: String) throws -> any Table {
    guard let table = tables[name] else {
      throw Diagnostic(
        "there is no table '\(name)'",
        hint: "the tables are " + tables.keys.sorted().joined(separator: ", "))
    }
    return try table.get()
  }

  /// Stops every query that runs now; each throws a temporary `Diagnostic`.
  public func interrupt() { instance.interrupt() }

  /// The settings in the order they are made; the last one keeps SQL from changing any.
  private static func settings(
    files: [String], resources: Resources, temporary: String
  ) -> [String] {
    let memory = resources.memory ?? Machine.memory / 10 * 6
    let spill = resources.spill ?? temporary
    let paths = files.map(\.sqlText).joined(separator: ", ")
    return [
      "memory_limit = '\(max(memory, 1 << 26) / 1024)KiB'",
      "temp_directory = \(spill.sqlText)",
      "preserve_insertion_order = true",
      // The system keeps what was read of a file; a second copy would count as ours.
      "enable_external_file_cache = false",
      "autoinstall_known_extensions = false",
      "autoload_known_extensions = false",
      "allow_community_extensions = false",
      "TimeZone = 'UTC'",
      "allowed_paths = [\(paths)]",
      "enable_external_access = false",
      "lock_configuration = true",
    ]
  }

  /// Makes the view of one source, counts its rows and reads its schema.
  private static func open(
    _ source: TableSource, files: [DataFile], _ instance: DuckDBInstance
  ) throws -> DuckDBTable {
    let connection = try DuckDBConnection(instance)
    for file in files where access(file.path, R_OK) != 0 {
      throw Diagnostic("\(source.name): '\(file.name)': \(String(cString: strerror(errno)))")
    }
    let reader = try FileReader.open(source, files: files, on: connection)
    let layers = DuckDBLayers(
      reader: reader.sql, columns: reader.columns.map(\.name), derive: source.derive)
    var view = layers.start
    var names = layers.columns
    for (name, sql) in source.derive {
      let what = "deriving column '\(name)' of \(source.name)"
      guard !names.contains(where: { $0.lowercased() == name.lowercased() }) else {
        throw Diagnostic(
          "\(what): there is a column of that name already", hint: "give it another name")
      }
      try DuckDBQuery.checkExpression(sql, columns: names, on: connection, doing: what)
      view = DuckDBLayers.deriving(name, sql, from: view)
      do throws(Diagnostic) {
        _ = try connection.prepare(view, doing: what)
      } catch {
        throw DuckDBTable.located(error, in: names, of: source.name)
      }
      names.append(name)
    }
    let what = "opening \(source.name)"
    try connection.execute("CREATE VIEW \(source.name.sqlName) AS \(view)", doing: what)
    let schema = try FileReader.columns(of: source.name.sqlName, connection, doing: what)
    let counting = try connection.prepare(
      "SELECT count(*) FROM \(source.name.sqlName)", doing: "counting the rows of \(source.name)")
    let counted = try counting.run(doing: "counting the rows of \(source.name)").collect(
      capacity: 1)
    guard case .integers(let counts)? = counted.first?.values, let rows = counts.first else {
      throw Diagnostic("\(what): its rows could not be counted")
    }
    return DuckDBTable(
      name: source.name, rows: Int(rows),
      schema: schema.map { name, type in
        ColumnType(name: name, kind: VectorType.kind(declared: type), declared: type)
      },
      layers: layers, instance: instance)
  }
}
