/// What one look at a column tells: enough to write what it must be.
struct ColumnProfile: Sendable {
  let column: ColumnType
  /// Rows of the table.
  let rows: Int
  /// Rows with a value.
  let values: Int
  /// Distinct values.
  let distinct: Int
  /// Rows of the rarest value.
  let rarest: Int
  /// Numbers that are no number.
  let nans: Int
  /// The smallest and largest, as the engine writes them; of a time, the smallest less a tenth of the range.
  let low: String?
  let high: String?
  /// Characters of the shortest and longest text.
  let lengths: ClosedRange<Int>?
  /// The well-known forms that every text has.
  let formats: [String]
  /// All values in order, where they are few.
  let domain: [String]?

  /// The most values that are listed.
  static let mostListed = 50

  /// Looks at a column of an open table; throws what the engine throws.
  init(_ column: ColumnType, of table: any Table) throws {
    self.column = column
    rows = table.rows
    let isText = column.kind == .string
    let formats = isText ? Formats.all.map(\.id) : []
    let row = try table.query(Self.sql(column, table.name)).map { $0.textsOrNull.first ?? nil }
    func count(_ place: Int) -> Int { (row[place]).flatMap { Int($0) } ?? 0 }
    values = count(0)
    distinct = count(1)
    rarest = count(2)
    nans = count(3)
    low = row[4]
    high = row[5]
    lengths = isText && count(6) <= count(7) ? count(6)...count(7) : nil
    let found = values > 0 ? zip(formats, row.dropFirst(8)).filter { $1 == "true" }.map(\.0) : []
    self.formats = found
    guard values > 0, distinct <= Self.mostListed, isText || column.kind == .integer else {
      domain = nil
      return
    }
    let x = column.name.sqlName
    domain = try table.query(
      "SELECT CAST(x AS VARCHAR) AS x FROM (SELECT DISTINCT \(x) AS x FROM \(table.name.sqlName) "
        + "WHERE \(x) IS NOT NULL) ORDER BY \(isText ? "CAST(x AS BLOB)" : "x")"
    ).first?.textsOrNull.compactMap(\.self)
  }

  /// One row of texts over the column's distinct values.
  private static func sql(_ column: ColumnType, _ table: String) -> String {
    let isNumber = column.kind == .number
    let isOrdered = isNumber || column.kind == .integer
    let real = isNumber ? " FILTER (WHERE isfinite(x))" : ""
    var items = [
      "coalesce(sum(n) FILTER (WHERE x IS NOT NULL), 0)",
      "count(x)", "min(n) FILTER (WHERE x IS NOT NULL)",
      isNumber ? "coalesce(sum(n) FILTER (WHERE isnan(x)), 0)" : "0",
    ]
    if column.kind == .timestamp {
      let micros = { (end: String) in "epoch_us(CAST(\(end)(x) AS TIMESTAMP))" }
      let before = "CAST(floor(1.1 * \(micros("min")) - 0.1 * \(micros("max"))) AS BIGINT)"
      items.append("strftime(make_timestamp(\(before)), '%Y-%m-%d')")
      items.append("max(x)")
    } else {
      items += isOrdered ? ["min(x)\(real)", "max(x)\(real)"] : ["NULL", "NULL"]
    }
    if column.kind == .string {
      items += ["min(length(x))", "max(length(x))"]
      items += Formats.all.map { "bool_and(\($0.sql("x"))) FILTER (WHERE x IS NOT NULL)" }
    } else {
      items += ["1", "0"]
    }
    let columns = items.enumerated().map { "CAST(\($1) AS VARCHAR) AS c\($0)" }
    let x = column.kind == .other ? "CAST(\(column.name.sqlName) AS VARCHAR)" : column.name.sqlName
    return "SELECT \(columns.joined(separator: ", ")) FROM "
      + "(SELECT \(x) AS x, count(*) AS n FROM \(table.sqlName) GROUP BY 1)"
  }
}
