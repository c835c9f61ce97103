import GateKit

/// Decimals of Parquet files that the engine would read as other numbers than the file holds.
enum ParquetDecimals {
  /// Refuses a column whose decimals have more digits than any type of the engine, unless its type is stated, and one
  /// whose two notes of where the point stands differ.
  static func check(
    _ file: DataFile, of source: TableSource, on connection: DuckDBConnection, doing what: String
  ) throws {
    let found = try connection.prepare(
      "SELECT name, precision::BIGINT, logical_type <> format('DecimalType(scale={}, precision={})', "
        + "scale, precision) FROM parquet_schema(\(file.path.sqlText)) "
        + "WHERE logical_type LIKE 'DecimalType(%'", doing: what
    ).run(doing: what).collect(capacity: 0)
    guard case .integers(let digits)? = found.dropFirst().first?.values,
      case .booleans(let differ)? = found.last?.values
    else { return }
    for (row, name) in found[0].texts.enumerated() {
      if differ[row] {
        throw Diagnostic(
          "\(what): the file is damaged: it says in two places how many digits '\(name)' has, "
            + "which differ", hint: "write the file anew")
      }
      if digits[row] > 38, source.types[name] == nil {
        throw Diagnostic(
          "\(what): column '\(name)' has decimals of \(digits[row]) digits; 38 at most are read exactly",
          hint: "write them with fewer, or have doubles near to them: types: {\(name.yaml): DOUBLE}"
        )
      }
    }
  }
}
