package import GateCore
import GateSystem

/// Writes rows of ours as a file, for a program that is handed them.
package enum RowsWriter {
  /// Writes `path`, as its ending says, from columns that come some rows at a time, all of the same names and types.
  ///
  /// Throws a `Diagnostic` for an ending that is none of parquet, csv and jsonl, when the engine or the disk says no, and what
  /// `rows` throws.
  package static func write(
    _ path: String, threads: Int? = nil,
    _ rows: (_ append: ([Column]) throws -> Void) throws -> Void
  ) throws {
    let ending = fileName(of: path).split(separator: ".").last.map(String.init) ?? ""
    guard let options = formats[ending] else {
      throw Diagnostic("rows are not written as '\(ending)'")
    }
    let instance = try DuckDBInstance(DuckDBLibrary.load(), threads: threads)
    let connection = try DuckDBConnection(instance)
    let what = "writing '\(path)'"
    try connection.execute("SET preserve_insertion_order = true", doing: what)
    try connection.fill("rows", doing: what, rows)
    try connection.execute("COPY rows TO \(path.sqlText) (\(options))", doing: what)
  }

  private static let formats = [
    "parquet": "FORMAT parquet, COMPRESSION uncompressed", "csv": "FORMAT csv, HEADER true",
    "jsonl": "FORMAT json",
  ]
}
