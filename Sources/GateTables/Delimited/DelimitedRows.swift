internal import CDelimited
import GateCore
import GateSystem

/// The rows of one file of delimited text on their way into the engine, as a stream of Arrow's C interface.
final class DelimitedRows {
  private let file: DelimitedFile
  private let time: TimeLimit
  private let columns: Int
  private let stream: OpaquePointer
  /// About how much of a file is given to the engine at once.
  private static let mostBytes = 64 << 20

  /// Starts to read a file.
  ///
  /// - Parameters:
  ///   - wanted: What each column of the file is read as.
  ///   - order: For each column of the rows its place in the file.
  ///   - time: When it is over, reading ends.
  init(
    _ file: DelimitedFile, as wanted: [delimited_column], order: [Int], _ resources: Resources,
    _ time: TimeLimit
  ) throws(Diagnostic) {
    let threads = resources.threads ?? Machine.cores
    // The engine holds one array a thread, and one is made meanwhile.
    let bytes = min(Self.mostBytes, (resources.memory ?? Machine.memory) / 16)
    (self.file, self.time, columns) = (file, time, order.count)
    let stream = delimited_stream_open(
      file.reader, wanted, order, threads, bytes,
      { context in
        context.map { !Unmanaged<TimeLimit>.fromOpaque($0).takeUnretainedValue().isOver } ?? true
      }, Unmanaged.passUnretained(time).toOpaque())
    guard let stream else { throw Diagnostic("reading '\(file.path)': out of memory") }
    self.stream = stream
    do { try file.check() } catch {
      delimited_stream_free(stream)
      throw error
    }
  }

  deinit { delimited_stream_free(stream) }

  /// Adds all rows to a table; those of a file whose cells are not what its columns were read as are of no use.
  func insert(
    into table: String, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) {
    do { try connection.insert(delimited_stream_arrow(stream), into: table, doing: what) } catch {
      if !error.temporary { try file.check() }
      throw error
    }
    try file.check()
  }

  /// Looks at all rows, which go nowhere.
  func look(doing what: String) throws(Diagnostic) {
    try time.within(what) { () throws(Diagnostic) in
      guard delimited_stream_look(stream) else { throw Diagnostic("\(what) was stopped") }
    }
    try file.check()
  }

  /// What the cells of a column turned out to be, as far as they were read.
  func fact(of column: Int) -> delimited_fact { delimited_stream_fact(stream, column) }

  /// The column of a stated type whose first cell that does not fit comes first; nil: each fits.
  var misfit: Int? {
    let place = delimited_stream_misfit(stream)
    return place < columns ? place : nil
  }
}
