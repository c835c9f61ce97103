internal import CDuckDB
package import GateCore
import GateSystem
import Glibc

/// The tables of one run in one in-memory DuckDB that can read the declared files and nothing else.
package final class DuckDBDatabase: Database {
  private let instance: DuckDBInstance
  private let tables: [String: Result<DuckDBTable, Diagnostic>]

  /// What the library calls itself: `v2.0.0`.
  package var version: String { instance.library.version }

  package let digests: [ExactText: String]

  private init(
    instance: DuckDBInstance, tables: [String: Result<DuckDBTable, Diagnostic>],
    digests: [ExactText: String]
  ) {
    self.instance = instance
    self.tables = tables
    self.digests = digests
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
  package static func open(
    _ sources: [TableSource], files: [String: [DataFile]], resources: Resources, temporary: String,
    giveUp: (@Sendable (Diagnostic) -> Void)? = nil
  ) throws(Diagnostic) -> DuckDBDatabase {
    let time = TimeLimit(seconds: resources.seconds, giveUp: giveUp)
    let instance = try DuckDBInstance(
      DuckDBLibrary.load(), threads: resources.threads, time: time)
    try setUp(
      instance,
      settings(
        files: sources.flatMap { files[$0.name] ?? [] }.flatMap { [$0.path, $0.place] },
        resources: resources, temporary: temporary))
    let views = DuckDBViews(tables: Set(sources.map(\.name)))
    var readers: [Reading: FileReader] = [:]
    var tables: [String: Result<DuckDBTable, Diagnostic>] = [:]
    var digests: [ExactText: String] = [:]
    /// A table's files; those that another table was read from have the digest of that.
    func known(_ source: TableSource) -> [DataFile] {
      (files[source.name] ?? []).map { file in
        var file = file
        file.sha256 = file.digest ?? digests[ExactText(file.place)] ?? ""
        return file
      }
    }
    for source in sources {
      do {
        guard tables[source.name] == nil else {
          throw Diagnostic("two tables are called '\(source.name)'; names must differ")
        }
        let reading = Reading(source, files[source.name] ?? [])
        let reader =
          try readers[reading]
          ?? reading.open(source, known(source), instance, resources)
        readers[reading] = reader
        digests.merge(reader.digests) { first, _ in first }
        tables[source.name] = .success(try open(source, reader, views, instance))
      } catch {
        tables[source.name] = .failure(
          error as? Diagnostic ?? Diagnostic("opening \(source.name): \(error)"))
      }
    }
    return DuckDBDatabase(instance: instance, tables: tables, digests: digests)
  }

  /// Gives the engine its settings and a schema for what is read of text files, out of the way of the names that SQL may use.
  private static func setUp(
    _ instance: DuckDBInstance, _ settings: [String]
  ) throws(Diagnostic) {
    let connection = try DuckDBConnection(instance)
    for statement in settings.map({ "SET \($0)" }) + ["CREATE SCHEMA files"] {
      try connection.execute(statement, doing: "setting up the engine")
    }
  }

  /// The same with files that nobody has hashed.
  package static func open(
    _ sources: [TableSource], files: [String: [String]], resources: Resources, temporary: String
  ) throws(Diagnostic) -> DuckDBDatabase {
    try open(
      sources, files: files.mapValues { $0.map(DataFile.init(unhashed:)) }, resources: resources,
      temporary: temporary)
  }

  /// The engine's version; throws why it cannot be opened.
  package static func version() throws(Diagnostic) -> String { try DuckDBLibrary.load().version }

  package func table(_ name: String) throws -> any Table {
    guard let table = tables[name] else {
      throw Diagnostic(
        "there is no table '\(name)'",
        hint: "the tables are " + tables.keys.sorted().joined(separator: ", "))
    }
    return try table.get()
  }

  /// Stops every query that runs now; each throws a temporary `Diagnostic`.
  package func interrupt() { instance.interrupt() }

  /// The settings in the order they are made; the last one keeps SQL from changing any.
  private static func settings(
    files: [String], resources: Resources, temporary: String
  ) -> [String] {
    let memory = resources.engineMemory
    let spill = resources.spill ?? temporary
    let paths = files.map(\.sqlText).joined(separator: ", ")
    return [
      "memory_limit = '\(max(memory, 1 << 26) / 1024)KiB'",
      "temp_directory = \(spill.sqlText)",
      "preserve_insertion_order = true",
      // The first gives an aggregate the value of a cast that another reads; the second splits off what is distinct and
      // has all threads sum what is left, so that its last digits differ from run to run; the third believes a file's
      // statistics, which leave NaN out, and so that no value is NaN or missing where some are.
      "disabled_optimizers = 'type_pushdown,distinct_aggregate_rewrite,statistics_propagation'",
      // The system keeps what was read of a file; a second copy would count as ours.
      "enable_external_file_cache = false",
      "autoinstall_known_extensions = false",
      "autoload_known_extensions = false",
      "allow_community_extensions = false",
      "GLOBAL TimeZone = 'UTC'",
      "allowed_paths = [\(paths)]",
      "enable_external_access = false",
      "lock_configuration = true",
    ]
  }

  /// Files and how they are read: tables that have both in common are read once.
  private struct Reading: Hashable {
    let files: [DataFile]
    let format: String?
    let types: ByName<String>
    let csv: TextDialect

    init(_ source: TableSource, _ files: [DataFile]) {
      self.files = files
      (format, types, csv) = (source.format, source.types, source.csv)
    }

    /// Looks at the files, and reads those of text.
    func open(
      _ source: TableSource, _ files: [DataFile], _ instance: DuckDBInstance,
      _ resources: Resources
    ) throws -> FileReader {
      for file in files where access(file.path, R_OK) != 0 {
        throw Diagnostic("\(source.name): '\(file.name)': \(String(cString: strerror(errno)))")
      }
      let connection = try DuckDBConnection(instance)
      let names = FileNames(files)
      do {
        var reader = try FileReader.open(
          source, files: files, on: connection, resources
        ).findingReals(of: source.name, on: connection)
        reader.oddCells = reader.oddCells.mapValues {
          (names.asWritten($0.odd), names.asWritten($0.bent))
        }
        return reader
      } catch let mistake as Diagnostic { throw names.asWritten(mistake) }
    }
  }

  /// Makes the views of one source, counts its rows and reads its schema.
  private static func open(
    _ source: TableSource, _ reader: FileReader, _ views: DuckDBViews, _ instance: DuckDBInstance
  ) throws -> DuckDBTable {
    let connection = try DuckDBConnection(instance)
    let layers = try layers(reader, source, on: connection)
    let what = "opening \(source.name)"
    try views.add(source.name, layers, on: connection)
    // Asked of the reader, since a view's columns are all looked at for any question.
    let counting = "counting the rows of \(source.name)"
    let counted = try connection.prepare("SELECT count(*) FROM \(reader.sql)", doing: counting)
      .run(doing: counting).collect(capacity: 1)
    var schema = reader.columns
    if !layers.derived.isEmpty {
      let names = layers.derived.map(\.name.sqlName).joined(separator: ", ")
      schema += try FileReader.columns(
        of: "(SELECT \(names) FROM (\(layers.view)))", connection, doing: what)
    }
    guard case .integers(let counts)? = counted.first?.values, let rows = counts.first else {
      throw Diagnostic("\(what): its rows could not be counted")
    }
    return DuckDBTable(
      name: source.name, rows: Int(rows),
      schema: schema.enumerated().map { place, column in
        reader.type(column.name, column.type, isDerived: place >= reader.columns.count)
      },
      layers: layers, views: views, instance: instance)
  }

  /// A mistake of SQL that derives a column: of one that reads texts which are numbers in another dialect, that.
  private static func explained(
    _ mistake: Diagnostic, _ sql: String, _ reader: FileReader, _ source: TableSource,
    on connection: DuckDBConnection, doing what: String
  ) -> Diagnostic {
    let rows = reader.text(on: connection)
    guard let uses = try? SQLUses(of: sql, on: connection, doing: what) else { return mistake }
    return rows.explaining(
      mistake, reading: uses.read(of: rows.columns.map(\.name)), of: source.name, doing: what)
  }

  /// The reader's columns and those derived from them, each looked at by itself.
  private static func layers(
    _ reader: FileReader, _ source: TableSource, on connection: DuckDBConnection
  ) throws -> DuckDBLayers {
    var layers = DuckDBLayers(
      reader: reader.sql, columns: reader.columns.map(\.name),
      reals: reader.reals)
    var names = layers.columns
    var view = layers.start
    for (name, sql) in source.derive {
      let what = "deriving column '\(name)' of \(source.name)"
      guard !names.contains(where: { $0.lowercased() == name.lowercased() }) else {
        throw Diagnostic(
          "\(what): there is a column of that name already", at: source.deriveMarks[name],
          hint:
            "give it another name; to change the type of '\(name)' itself write 'types' beside the path"
        )
      }
      let column: DuckDBLayers.Derived
      do throws(Diagnostic) {
        try DuckDBQuery.checkExpression(sql, columns: names, on: connection, doing: what)
        let sources = try SQLUses(of: sql, on: connection, doing: what).read(of: names)
        var made = DuckDBLayers.Derived(name: name, sql: sql, sources: sources)
        try LateCasts.refuse(in: sql, of: reader.bentColumns, on: connection, doing: what)
        let statement = try connection.prepare(
          DuckDBLayers.deriving(made, from: view), doing: what)
        try Repeatable.refuseWholeRow(sql, columns: names, on: connection, doing: what)
        made.isReal = statement.types.last.map(VectorType.isReal) ?? false
        column = made
      } catch {
        let located = DuckDBTable.located(error, in: names, of: source.name)
        throw explained(located, sql, reader, source, on: connection, doing: what)
          .at(source.deriveMarks[name])
      }
      view = DuckDBLayers.deriving(column, from: view)
      layers.derived.append(column)
      names.append(name)
    }
    return layers
  }
}
