import GateCore

/// Decimals of Parquet files that the engine would read as other numbers than the file holds.
enum ParquetDecimals {
  /// Refuses a column whose decimals have more digits than any type of the engine, unless its type is stated.
  static func check(
    _ file: DataFile, of source: TableSource, on connection: DuckDBConnection, doing what: String
  ) throws {
    let found = try connection.prepare(
      "SELECT name, precision::BIGINT FROM parquet_schema(\(file.path.sqlText)) "
        + "WHERE logical_type LIKE 'DecimalType(%'", doing: what
    ).run(doing: what).collect(capacity: 0)
    guard case .integers(let digits)? = found.last?.values else { return }
    for (name, digits) in zip(found[0].texts, digits) where digits > 38 {
      guard source.types[name] == nil else { continue }
      throw Diagnostic(
        "\(what): column '\(name)' has decimals of \(digits) digits; 38 at most are read exactly",
        hint:
          "write them with fewer, or have doubles near to them: \(Pasteable.types(name, "DOUBLE"))")
    }
  }

  /// Refuses cells with more digits than their column says, which the engine reads and its sums do not hold.
  ///
  /// `rows`: what to select from, with `columns` of the engine's types.
  static func checkCells(
    _ columns: [(name: String, type: String)], of rows: String, on connection: DuckDBConnection,
    doing what: String
  ) throws {
    let decimals = columns.compactMap { column in
      digits(column.type).map { (name: column.name, type: column.type, digits: $0) }
    }
    guard !decimals.isEmpty else { return }
    let items = decimals.flatMap { column in
      let most = "CAST('\(largest(column.digits))' AS \(column.type))"
      let x = column.name.sqlName
      let beyond = "FILTER (WHERE \(x) NOT BETWEEN -\(most) AND \(most))"
      return ["count(*) \(beyond)", "CAST(min(\(x)) \(beyond) AS VARCHAR)"]
    }
    let found = try connection.prepare(
      "SELECT \(items.joined(separator: ", ")) FROM \(rows)", doing: what
    ).run(doing: what).collect(capacity: 1)
    for (place, column) in decimals.enumerated() {
      guard case .integers(let counts) = found[2 * place].values, let count = counts.first,
        count > 0, let value = found[2 * place + 1].texts.first
      else { continue }
      throw Diagnostic(
        "\(what): the file is damaged: \(count) cell\(count == 1 ? "" : "s") of column "
          + "'\(column.name)' \(count == 1 ? "has" : "have") more than the "
          + "\(column.digits.precision) digits that it says, such as \(value)",
        hint: "copy or write the file anew")
    }
  }

  /// How many digits a decimal type has, and how many of them stand after the point; nil: it is none.
  private static func digits(_ type: String) -> (precision: Int, scale: Int)? {
    guard type.hasPrefix("DECIMAL("), type.hasSuffix(")") else { return nil }
    let parts = type.dropFirst(8).dropLast().split(separator: ",").compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  /// The largest number of so many digits.
  private static func largest(_ digits: (precision: Int, scale: Int)) -> String {
    let nines = { String(repeating: "9", count: $0) }
    return nines(digits.precision - digits.scale) + "." + nines(digits.scale)
  }
}
