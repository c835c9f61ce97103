internal import CDelimited
internal import CDuckDB
import GateKit
import Glibc

/// Appends blocks of values to one table, in order.
final class DuckDBAppender {
  private let connection: DuckDBConnection
  private let what: String
  /// How many bytes a value of each column has.
  private let widths: [Int]
  private var handle: duckdb_appender?
  private var chunk: duckdb_data_chunk?

  /// Opens a table of the schema `files`; `types` are those of its columns.
  init(
    _ connection: DuckDBConnection, table: String, types: [duckdb_type], doing what: String
  ) throws(Diagnostic) {
    self.connection = connection
    self.what = what
    widths = types.map(Self.width)
    let library = connection.instance.library
    guard connection.appender(schema: "files", table: table, &handle) == DuckDBSuccess else {
      throw DuckDBMessage(library.appenderError(handle)).diagnostic(doing: what)
    }
    var logical = types.map { library.createLogicalType($0) }
    chunk = library.createDataChunk(&logical, idx_t(logical.count))
    for place in logical.indices { library.destroyLogicalType(&logical[place]) }
  }

  deinit {
    let library = connection.instance.library
    library.destroyDataChunk(&chunk)
    // What was not closed is of no use to anyone.
    _ = library.appenderClear(handle)
    _ = library.appenderDestroy(&handle)
  }

  /// Appends all rows of a block, whose columns stand in `order`.
  func append(_ block: delimited_block, order: [Int]) throws(Diagnostic) {
    let library = connection.instance.library
    let most = Int(library.vectorSize())
    for start in stride(from: 0, to: block.rows, by: most) {
      let count = min(most, block.rows - start)
      library.dataChunkReset(chunk)
      for (place, source) in order.enumerated() {
        copy(block.columns[source], to: place, start: start, count: count)
      }
      library.dataChunkSetSize(chunk, idx_t(count))
      guard library.appendDataChunk(handle, chunk) == DuckDBSuccess else { throw failure }
    }
  }

  /// Writes what is left.
  func close() throws(Diagnostic) {
    guard connection.instance.library.appenderClose(handle) == DuckDBSuccess else { throw failure }
  }

  /// What the engine says of its failure.
  private var failure: Diagnostic {
    DuckDBMessage(connection.instance.library.appenderError(handle)).diagnostic(doing: what)
  }

  /// Copies rows of a column into the chunk.
  private func copy(_ values: delimited_values, to place: Int, start: Int, count: Int) {
    let library = connection.instance.library
    let vector = library.dataChunkGetVector(chunk, idx_t(place))
    guard let data = library.vectorGetData(vector), let from = values.values else { return }
    let width = widths[place]
    memcpy(data, from + start * width, count * width)
    guard let validity = values.validity else { return }
    let words = UnsafeBufferPointer(start: validity + start / 64, count: (count + 63) / 64)
    if words.allSatisfy({ $0 == .max }) { return }
    library.vectorEnsureValidityWritable(vector)
    guard let mask = library.vectorGetValidity(vector) else { return }
    memcpy(mask, validity + start / 64, words.count * 8)
  }

  /// The bytes of a value.
  private static func width(_ type: duckdb_type) -> Int {
    switch type {
    case DUCKDB_TYPE_BOOLEAN, DUCKDB_TYPE_TINYINT, DUCKDB_TYPE_UTINYINT: 1
    case DUCKDB_TYPE_SMALLINT, DUCKDB_TYPE_USMALLINT: 2
    case DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_UINTEGER, DUCKDB_TYPE_FLOAT, DUCKDB_TYPE_DATE: 4
    case DUCKDB_TYPE_VARCHAR: 16
    default: 8
    }
  }
}
