internal import CDuckDB
import GateCore
import GateSystem
import Synchronization

/// An in-memory database, closed when the last user lets go of it.
// Unchecked: DuckDB guards its own handle, and `active` is locked.
final class DuckDBInstance: @unchecked Sendable {
  let library: DuckDBLibrary
  private var handle: duckdb_database?
  /// The connections that run something now, so that they can be interrupted.
  private let active = Mutex<[ObjectIdentifier: Interruptible]>([:])
  /// What reading and SQL may take.
  let time: TimeLimit
  private let catalog = Mutex<DuckDBFunctions?>(nil)

  /// What the engine said of its functions, once asked.
  var functions: DuckDBFunctions? {
    get { catalog.withLock { $0 } }
    set { catalog.withLock { $0 = newValue } }
  }

  /// A connection's handle as the interrupting thread sees it.
  // Unchecked: used under the lock only, while its owner is alive.
  private struct Interruptible: @unchecked Sendable {
    let handle: duckdb_connection
  }

  /// Opens an empty database with no extension but the built-in ones.
  ///
  /// Of `threads` all compute but those that only wait for files, of which there are as many but one.
  init(
    _ library: DuckDBLibrary, threads: Int? = nil,
    time: TimeLimit = TimeLimit(seconds: .infinity)
  ) throws(Diagnostic) {
    self.library = library
    self.time = time
    var config: duckdb_config?
    guard library.createConfig(&config) == DuckDBSuccess, let config else {
      throw .outOfMemory(doing: "DuckDB could not make its configuration")
    }
    var owned: duckdb_config? = config
    defer { library.destroyConfig(&owned) }
    for name in ["autoinstall_known_extensions", "autoload_known_extensions"] {
      _ = library.setConfig(config, name, "false")
    }
    if let threads {
      // Set before it opens, since it starts its threads then.
      _ = library.setConfig(config, "threads", "\(max(1, threads))")
      _ = library.setConfig(config, "async_threads", "\(min(8, max(1, threads) - 1))")
    }
    var opened: duckdb_database?
    var message: UnsafeMutablePointer<CChar>?
    let state = library.open(nil, &opened, config, &message)
    defer { if let message { library.release(message) } }
    guard state == DuckDBSuccess, let opened else {
      let what = "DuckDB could not open a database in memory"
      guard let message else { throw .outOfMemory(doing: what) }
      throw DuckDBMessage(message).diagnostic(doing: what)
    }
    handle = opened
    time.watch { [weak self] in self?.interrupt() }
  }

  deinit {
    time.end()
    library.close(&handle)
  }

  /// Stops what runs on any connection; each fails with an error that says so.
  func interrupt() {
    active.withLock { running in
      for connection in running.values { library.interrupt(connection.handle) }
    }
  }

  /// A handle for a new connection.
  fileprivate func connect(_ owner: DuckDBConnection) throws(Diagnostic) -> duckdb_connection {
    var connection: duckdb_connection?
    guard let handle, library.connect(handle, &connection) == DuckDBSuccess, let connection else {
      // Only memory is asked for here.
      throw .outOfMemory(doing: "DuckDB could not open a connection to its database")
    }
    let entry = Interruptible(handle: connection)
    active.withLock { $0[ObjectIdentifier(owner)] = entry }
    return connection
  }

  /// Closes a connection's handle, out of the reach of `interrupt`.
  fileprivate func disconnect(_ owner: DuckDBConnection, _ connection: inout duckdb_connection?) {
    _ = active.withLock { $0.removeValue(forKey: ObjectIdentifier(owner)) }
    library.disconnect(&connection)
  }
}

/// One thread's connection; every call makes its own.
final class DuckDBConnection {
  let instance: DuckDBInstance
  private var handle: duckdb_connection?

  init(_ instance: DuckDBInstance) throws(Diagnostic) {
    self.instance = instance
    handle = try instance.connect(self)
  }

  deinit { instance.disconnect(self, &handle) }

  /// Hands the handle to a function of the library.
  func using<R>(_ body: (duckdb_connection?) -> R) -> R { body(handle) }

  /// Runs statements of our own that give no rows.
  func execute(_ sql: String, doing what: String) throws(Diagnostic) {
    let library = instance.library
    var result = duckdb_result()
    defer { library.destroyResult(&result) }
    try instance.time.within(what) { () throws(Diagnostic) in
      guard library.query(handle, sql, &result) == DuckDBSuccess else {
        throw DuckDBMessage(library.resultError(&result)).diagnostic(doing: what)
      }
    }
  }

  /// How many statements a text parses as.
  func parse(_ sql: String, doing what: String) throws(Diagnostic) -> Int {
    let library = instance.library
    var statements: duckdb_extracted_statements?
    let count = library.statements.extractStatements(handle, sql, &statements)
    defer { library.statements.destroyExtracted(&statements) }
    guard count == 0, let reason = library.statements.extractStatementsError(statements) else {
      return Int(count)
    }
    throw DuckDBMessage(reason).diagnostic(doing: what)
  }

  /// Prepares one SELECT; several statements or another kind are refused.
  func prepare(_ sql: String, doing what: String) throws(Diagnostic) -> DuckDBStatement {
    let library = instance.library
    guard !sql.utf8.contains(0) else {
      throw Diagnostic("\(what): the SQL has a zero byte", hint: "remove it")
    }
    var statements: duckdb_extracted_statements?
    let count = library.statements.extractStatements(handle, sql, &statements)
    defer { library.statements.destroyExtracted(&statements) }
    if count == 0, let reason = library.statements.extractStatementsError(statements) {
      throw DuckDBMessage(reason).diagnostic(doing: what)
    }
    guard count == 1 else {
      throw Diagnostic("\(what): \(count) SQL statements were found; one SELECT was wanted")
    }
    let statement = DuckDBStatement(connection: self)
    try instance.time.within(what) { () throws(Diagnostic) in
      let state = library.statements.prepareExtractedStatement(
        handle, statements, 0, &statement.handle)
      guard state == DuckDBSuccess else {
        throw DuckDBMessage(library.statements.prepareError(statement.handle)).diagnostic(
          doing: what)
      }
    }
    guard library.statements.preparedStatementType(statement.handle) == DUCKDB_STATEMENT_TYPE_SELECT
    else {
      throw Diagnostic("\(what): a SELECT was wanted, and this is another statement")
    }
    guard library.statements.nparams(statement.handle) == 0 else {
      throw Diagnostic(
        "\(what): the SQL has a parameter such as '?' or '$1', for which there is no value")
    }
    return statement
  }
}

/// A SELECT ready to run.
final class DuckDBStatement {
  let connection: DuckDBConnection
  fileprivate var handle: duckdb_prepared_statement?

  fileprivate init(connection: DuckDBConnection) { self.connection = connection }

  deinit { connection.instance.library.statements.destroyPrepare(&handle) }

  /// The type of each result column.
  var types: [duckdb_type] {
    let library = connection.instance.library
    return (0..<library.statements.preparedStatementColumnCount(handle)).map {
      library.statements.preparedStatementColumnType(handle, $0)
    }
  }

  /// The name of each result column.
  var names: [String] {
    let library = connection.instance.library
    return (0..<library.statements.preparedStatementColumnCount(handle)).map { index in
      guard let name = library.statements.preparedStatementColumnName(handle, index) else {
        return ""
      }
      defer { library.release(name) }
      return String(cString: name)
    }
  }

  /// Starts it; rows come as they are asked for.
  func run(doing what: String) throws(Diagnostic) -> DuckDBRows {
    let library = connection.instance.library
    var pending: duckdb_pending_result?
    let state = library.statements.pendingPreparedStreaming(handle, &pending)
    defer { library.statements.destroyPending(&pending) }
    guard state == DuckDBSuccess else {
      throw DuckDBMessage(library.statements.pendingError(pending)).diagnostic(doing: what)
    }
    let rows = DuckDBRows(statement: self, doing: what)
    try rows.start(pending)
    return rows
  }
}

/// The rows of a running SELECT, a chunk at a time.
final class DuckDBRows {
  private let statement: DuckDBStatement
  private let library: DuckDBLibrary
  private let what: String
  private var result = duckdb_result()

  fileprivate init(statement: DuckDBStatement, doing what: String) {
    self.statement = statement
    self.library = statement.connection.instance.library
    self.what = what
  }

  deinit { library.destroyResult(&result) }

  /// Runs the statement until its first rows are there.
  fileprivate func start(_ pending: duckdb_pending_result?) throws(Diagnostic) {
    try statement.connection.instance.time.within(what) { () throws(Diagnostic) in
      guard library.statements.executePending(pending, &result) == DuckDBSuccess else {
        throw DuckDBMessage(library.resultError(&result)).diagnostic(doing: what)
      }
    }
  }

  /// A builder for each column.
  func builders(capacity: Int) -> [ColumnBuilder] {
    (0..<library.columnCount(&result)).map { index in
      var logical = library.columnLogicalType(&result, index)
      defer { library.destroyLogicalType(&logical) }
      let id = library.typeId(logical)
      var type = VectorType(id: id, storage: id)
      if id == DUCKDB_TYPE_DECIMAL {
        type.storage = library.decimalInternalType(logical)
        type.scale = Int(library.decimalScale(logical))
      }
      let name = library.columnName(&result, index).map { String(cString: $0) } ?? ""
      return ColumnBuilder(name: name, type: type, capacity: capacity)
    }
  }

  /// Hands every chunk to `body` as its size and a function that appends a range of it.
  func forEachChunk(
    _ body: (_ size: Int, _ append: ([ColumnBuilder], Range<Int>) throws -> Void) throws -> Void
  ) throws {
    while true {
      var chunk = try next()
      guard chunk != nil else { break }
      defer { library.destroyDataChunk(&chunk) }
      let size = Int(library.dataChunkGetSize(chunk))
      if size == 0 { break }
      let current = chunk
      try body(size) { builders, range in
        for (index, builder) in builders.enumerated() {
          let vector = library.dataChunkGetVector(current, idx_t(index))
          guard let data = library.vectorGetData(vector) else { continue }
          try builder.append(
            data, mask: library.vectorGetValidity(vector), start: range.lowerBound,
            count: range.count)
        }
      }
    }
  }

  /// The next chunk, which the caller destroys; nil at the end.
  private func next() throws(Diagnostic) -> duckdb_data_chunk? {
    try statement.connection.instance.time.within(what) { () throws(Diagnostic) in
      if let chunk = library.fetchChunk(result) { return chunk }
      guard let reason = library.resultError(&result) else { return nil }
      throw DuckDBMessage(reason).diagnostic(doing: what)
    }
  }

  /// All rows.
  func collect(capacity: Int) throws -> [Column] {
    let builders = builders(capacity: capacity)
    try forEachChunk { size, append in try append(builders, 0..<size) }
    return builders.map { $0.finish() }
  }
}
