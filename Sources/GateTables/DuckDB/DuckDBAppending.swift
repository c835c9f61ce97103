internal import CDuckDB
import GateCore
import GateSystem

/// DuckDB's C functions by which rows of ours become those of a table.
struct DuckDBAppending: Sendable {
  let create: duckdb_appender_create_fn
  let destroy: duckdb_appender_destroy_fn
  let append: duckdb_append_data_chunk_fn
  let createLogicalType: duckdb_create_logical_type_fn
  let createDataChunk: duckdb_create_data_chunk_fn
  let reset: duckdb_data_chunk_reset_fn
  let setSize: duckdb_data_chunk_set_size_fn
  let ensureValidityWritable: duckdb_vector_ensure_validity_writable_fn
  let assignText: duckdb_vector_assign_string_element_len_fn

  /// Every function, or the first that is missing.
  init(_ library: SharedLibrary) throws(Diagnostic) {
    create = try library.symbol("duckdb_appender_create", as: duckdb_appender_create_fn.self)
    destroy = try library.symbol("duckdb_appender_destroy", as: duckdb_appender_destroy_fn.self)
    append = try library.symbol("duckdb_append_data_chunk", as: duckdb_append_data_chunk_fn.self)
    createLogicalType = try library.symbol(
      "duckdb_create_logical_type", as: duckdb_create_logical_type_fn.self)
    createDataChunk = try library.symbol(
      "duckdb_create_data_chunk", as: duckdb_create_data_chunk_fn.self)
    reset = try library.symbol("duckdb_data_chunk_reset", as: duckdb_data_chunk_reset_fn.self)
    setSize = try library.symbol(
      "duckdb_data_chunk_set_size", as: duckdb_data_chunk_set_size_fn.self)
    ensureValidityWritable = try library.symbol(
      "duckdb_vector_ensure_validity_writable", as: duckdb_vector_ensure_validity_writable_fn.self)
    assignText = try library.symbol(
      "duckdb_vector_assign_string_element_len",
      as: duckdb_vector_assign_string_element_len_fn.self)
  }
}

extension DuckDBConnection {
  /// Adds the rows of a stream of Arrow's C interface to a table, in their order.
  func insert(
    _ stream: UnsafeMutableRawPointer?, into table: String, doing what: String
  ) throws(Diagnostic) {
    let view = "rows on their way"
    guard let stream, using({ instance.library.arrowScan($0, view, stream) }) == DuckDBSuccess
    else {
      throw Diagnostic("\(what): the engine did not take the rows")
    }
    defer { try? execute("DROP VIEW \(view.sqlName)", doing: what) }
    try execute("INSERT INTO \(table) FROM \(view.sqlName)", doing: what)
  }

  /// Makes a table of columns that come some rows at a time, all of the same names and types.
  func fill(
    _ table: String, doing what: String,
    _ rows: (_ append: ([Column]) throws -> Void) throws -> Void
  ) throws {
    var filling: DuckDBFilling?
    try rows { columns in
      if filling == nil {
        let types = columns.map { "\($0.name.sqlName) \($0.engineType)" }
        try execute("CREATE TABLE \(table) (\(types.joined(separator: ", ")))", doing: what)
        filling = try DuckDBFilling(self, table, columns, doing: what)
      }
      try filling?.append(columns, doing: what)
    }
    try filling?.finish(doing: what)
  }
}

/// A table that rows are added to.
private final class DuckDBFilling {
  private let library: DuckDBLibrary
  private var appender: duckdb_appender?
  private var chunk: duckdb_data_chunk?
  /// Rows that the engine takes at a time.
  private static let capacity = 2048

  init(
    _ connection: DuckDBConnection, _ table: String, _ columns: [Column], doing what: String
  ) throws(Diagnostic) {
    library = connection.instance.library
    let made = connection.using { library.appending.create($0, nil, table, &appender) }
    guard made == DuckDBSuccess else {
      throw Diagnostic("\(what): the engine takes no rows for '\(table)'")
    }
    var types: [duckdb_logical_type?] = columns.map {
      library.appending.createLogicalType($0.engineTypeId)
    }
    chunk = library.appending.createDataChunk(&types, idx_t(types.count))
    for place in types.indices { library.destroyLogicalType(&types[place]) }
  }

  deinit {
    library.destroyDataChunk(&chunk)
    _ = library.appending.destroy(&appender)
  }

  /// Adds the rows of the columns.
  func append(_ columns: [Column], doing what: String) throws(Diagnostic) {
    let rows = columns.first?.count ?? 0
    var start = 0
    while start < rows {
      let end = min(rows, start + Self.capacity)
      library.appending.reset(chunk)
      for (place, column) in columns.enumerated() {
        put(column, start..<end, into: library.dataChunkGetVector(chunk, idx_t(place)))
      }
      library.appending.setSize(chunk, idx_t(end - start))
      guard library.appending.append(appender, chunk) == DuckDBSuccess else {
        throw Diagnostic("\(what): the engine did not take the rows")
      }
      start = end
    }
  }

  /// Hands over what is still on its way.
  func finish(doing what: String) throws(Diagnostic) {
    guard library.appending.destroy(&appender) == DuckDBSuccess else {
      throw Diagnostic("\(what): the engine did not take the rows")
    }
  }

  /// Writes some rows of a column into one of the engine's vectors.
  private func put(_ column: Column, _ rows: Range<Int>, into vector: duckdb_vector?) {
    let data = library.vectorGetData(vector)
    switch column.values {
    case .doubles(let values): copy(values, rows, to: data)
    case .integers(let values), .timestamps(let values): copy(values, rows, to: data)
    case .booleans(let values): copy(values, rows, to: data)
    case .strings(let codes, let dictionary):
      for (place, row) in rows.enumerated() where !column.isNull(row) {
        var text = dictionary[Int(codes[row])]
        text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            library.appending.assignText(
              vector, idx_t(place), $0.baseAddress, idx_t($0.count))
          }
        }
      }
    }
    guard let validity = column.validity else { return }
    library.appending.ensureValidityWritable(vector)
    guard let bits = library.vectorGetValidity(vector) else { return }
    for (place, row) in rows.enumerated() where !validity[row] {
      bits[place / 64] &= ~(1 << UInt64(place % 64))
    }
  }

  /// Copies values as they lie in memory.
  private func copy<T>(_ values: [T], _ rows: Range<Int>, to data: UnsafeMutableRawPointer?) {
    values.withUnsafeBytes { bytes in
      let size = MemoryLayout<T>.stride
      data?.copyMemory(
        from: bytes.baseAddress! + rows.lowerBound * size, byteCount: rows.count * size)
    }
  }
}

extension Column {
  /// The engine's word for the type of its values.
  fileprivate var engineType: String {
    switch values {
    case .doubles: "DOUBLE"
    case .integers: "BIGINT"
    case .booleans: "BOOLEAN"
    case .strings: "VARCHAR"
    case .timestamps: "TIMESTAMP"
    }
  }

  /// The same as its C interface has it.
  fileprivate var engineTypeId: duckdb_type {
    switch values {
    case .doubles: DUCKDB_TYPE_DOUBLE
    case .integers: DUCKDB_TYPE_BIGINT
    case .booleans: DUCKDB_TYPE_BOOLEAN
    case .strings: DUCKDB_TYPE_VARCHAR
    case .timestamps: DUCKDB_TYPE_TIMESTAMP
    }
  }
}
