import GateCore

/// What one look at a column tells: enough to write what it must be.
struct ColumnProfile: Sendable {
  package let column: ColumnType
  /// Rows of the table.
  package let rows: Int
  /// Rows with a value.
  package let values: Int
  /// Distinct values.
  package let distinct: Int
  /// Rows of the rarest value.
  package let rarest: Int
  /// Values that stand in one row only.
  package let singles: Int
  /// Values that stand in two rows.
  package let pairs: Int
  /// Its outermost values; nil where nothing can be measured.
  package let ends: ColumnEnds?
  /// Of a time: the day from which on others may lie.
  let earliest: String?
  /// The well-known forms that every text has.
  package let formats: [String]
  /// All values in order, where they are few.
  package let domain: [String]?

  /// The most values that are listed.
  package static let mostListed = 50

  /// Looks at a column of an open table; throws what the engine throws.
  package init(_ column: ColumnType, of table: any Table) throws {
    self.column = column
    rows = table.rows
    let isText = column.kind == .string
    let formats = isText ? Formats.all.map(\.id) : []
    let row = try table.query(Self.sql(column, table.name)).map { $0.textsOrNull.first ?? nil }
    func count(_ place: Int) -> Int { (row[place]).flatMap { Int($0) } ?? 0 }
    values = count(0)
    distinct = count(1)
    rarest = count(2)
    singles = count(3)
    pairs = count(4)
    ends = try ColumnEnds(column, of: table, values: values)
    earliest = try ends.flatMap { ends in
      guard column.kind == .timestamp, ends.reach.low < 1e18 else { return nil }
      return try table.query(
        "SELECT strftime(make_timestamp(\(Int(ends.low - ends.reach.low))), '%Y-%m-%d') AS x"
      ).first?.textsOrNull.first ?? nil
    }
    self.formats =
      values > 0 ? zip(formats, row.dropFirst(5)).filter { $1 == "true" }.map(\.0) : []
    guard values > 0, distinct <= Self.mostListed, isText || column.kind == .integer else {
      domain = nil
      return
    }
    let x = column.name.sqlName
    domain = try table.query(
      "SELECT CAST(x AS VARCHAR) AS x FROM (SELECT DISTINCT \(x) AS x FROM \(table.name.sqlName) "
        + "WHERE \(x) IS NOT NULL) ORDER BY \(isText ? "encode(x)" : "x")"
    ).first?.textsOrNull.compactMap(\.self)
  }

  /// One row of texts over the column's distinct values.
  private static func sql(_ column: ColumnType, _ table: String) -> String {
    let items =
      [
        "coalesce(sum(n) FILTER (WHERE x IS NOT NULL), 0)",
        "count(x)", "min(n) FILTER (WHERE x IS NOT NULL)",
        "count(*) FILTER (WHERE x IS NOT NULL AND n = 1)",
        "count(*) FILTER (WHERE x IS NOT NULL AND n = 2)",
      ]
      + (column.kind == .string
        ? Formats.all.map { "bool_and(\($0.sql("x"))) FILTER (WHERE x IS NOT NULL)" } : [])
    let columns = items.enumerated().map { "CAST(\($1) AS VARCHAR) AS c\($0)" }
    let x = column.kind == .other ? "CAST(\(column.name.sqlName) AS VARCHAR)" : column.name.sqlName
    return "SELECT \(columns.joined(separator: ", ")) FROM "
      + "(SELECT \(x) AS x, count(*) AS n FROM \(table.sqlName) GROUP BY 1)"
  }
}
