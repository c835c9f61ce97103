import GateCore

/// What one look at the distinct texts of a column tells; the checks on texts share its SELECT.
struct TextProfile: Sendable {
  private let row: [Double?]

  /// Takes the row that the SELECT gives.
  package init(_ row: [Double?]) { self.row = row }

  /// Words that stand for a missing value, as letters and digits in lower case.
  private static let missing = ["na", "nan", "nil", "none", "null"]

  /// The text in lower case, without spaces and punctuation.
  package static func plain(_ text: String) -> String {
    "regexp_replace(lower(\(text)), '[^\\pL\\pN]+', '', 'g')"
  }

  /// One row of figures; each distinct text is looked at once, however often it occurs.
  package static func sql(_ column: ColumnType, in table: CheckContext.TableShape) -> String {
    let words = missing.map(\.sqlText).joined(separator: ", ")
    return """
      SELECT CAST(coalesce(sum(n) FILTER (WHERE x IS NOT NULL), 0) AS DOUBLE) AS cells,
        CAST(coalesce(sum(n) FILTER (WHERE x IS NULL), 0) AS DOUBLE) AS nulls,
        CAST(coalesce(sum(n) FILTER (WHERE plain = '' AND x <> ''), 0) AS DOUBLE) AS special,
        CAST(coalesce(sum(n) FILTER (WHERE TRY_CAST(x AS DOUBLE) IS NOT NULL), 0) AS DOUBLE) AS numbers,
        count(*) FILTER (WHERE plain IN (\(words)) OR trim(x) = '') AS words,
        count(*) FILTER (WHERE plain <> '') AS writings,
        count(DISTINCT plain) FILTER (WHERE plain <> '') AS meanings
      FROM (SELECT x, n, \(plain("x")) AS plain FROM (
        SELECT \(column.name.sqlName) AS x, count(*) AS n FROM \(table.name.sqlName) GROUP BY 1))
      """
  }

  /// The same of a text; of another column the ways alone: null, and NaN where there may be one.
  package static func nulls(_ column: ColumnType, in table: CheckContext.TableShape) -> String {
    if column.kind == .string { return sql(column, in: table) }
    let x = column.name.sqlName
    let nan = column.kind == .number ? "count(*) FILTER (WHERE isnan(\(x))) > 0" : "false"
    return "SELECT CAST(count(*) > count(\(x)) AS INTEGER) + CAST(\(nan) AS INTEGER) AS ways "
      + "FROM \(table.name.sqlName)"
  }

  private subscript(place: Int) -> Double { (row.count > place ? row[place] : nil) ?? 0 }

  /// Ways in which a missing value is written: each text that stands for one, and null.
  var nullWays: Double { self[4] + (self[1] > 0 ? 1 : 0) }
  /// The share of rows whose text has neither letter nor digit and is not empty; nil: there are no rows.
  var specialShare: Double? { self[0] + self[1] > 0 ? self[2] / (self[0] + self[1]) : nil }
  /// The smaller of the shares of numbers and of other texts; nil: there are no cells.
  var rarerShare: Double? {
    self[0] > 0 ? min(self[3], self[0] - self[3]) / self[0] : nil
  }
  /// Writings beyond the first of the same letters and digits.
  var variants: Double { self[5] - self[6] }
}
