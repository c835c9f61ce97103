package import GateCore

/// Rows by the period that a timestamp lies in.
package struct DriftPeriods: Sendable {
  /// The first moment of each period, in order, those without rows too.
  package let labels: [String]
  /// For every row of the table the index of its period.
  package let codes: [Int32]
  /// Rows of each period.
  package let counts: [Int]

  /// The most periods there may be.
  private static let most = 1000

  /// Reads them; throws a `Diagnostic` for a column that is no timestamp, or null in a row, or periods without number.
  package init(_ window: Window, of table: any Table) throws(Diagnostic) {
    guard let column = table.schema.first(where: { $0.name.isSame(as: window.column) }) else {
      let names = table.schema.map(\.name)
      throw Diagnostic(
        "\(table.name) has no column '\(window.column)'", at: window.mark,
        hint: window.column.meant(among: names))
    }
    guard column.kind == .timestamp else {
      throw Diagnostic(
        "'\(window.column)' of \(table.name) is \(column.shownType), wanted a timestamp or a date",
        at: window.mark,
        hint: Self.hint(column))
    }
    let (starts, series) = try Self.moments(window, of: table)
    guard series.count <= Self.most else {
      throw Diagnostic(
        "'\(window.column)' of \(table.name) spans \(series.count) periods of a \(window.every), and "
          + "\(Self.most) may be", at: window.mark, hint: "take a longer 'every'")
    }
    let places = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1, Int32($0)) })
    codes = starts.map { places[$0] ?? -1 }
    var counts = [Int](repeating: 0, count: series.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    self.counts = counts
    labels = series.map(\.moment)
  }

  /// When the period of each row begins, and when every period does, in order.
  private static func moments(
    _ window: Window, of table: any Table
  ) throws(Diagnostic) -> (rows: [Int64], all: [Int64]) {
    let start = "date_trunc('\(window.every)', CAST(\(window.column.sqlName) AS TIMESTAMP))"
    do {
      let read = try table.columns([start])[0]
      if let row = read.firstNull {
        throw Diagnostic(
          "'\(window.column)' of \(table.name) is null in row \(row + 1), so the row is of no period",
          at: window.mark)
      }
      guard case .timestamps(let moments) = read.values else {
        throw Diagnostic("'\(window.column)' of \(table.name) gives no moments", at: window.mark)
      }
      let rows = try table.query(
        "SELECT unnest(generate_series(min(p), max(p), INTERVAL '\(window.every == "quarter" ? "3 month" : "1 \(window.every)")')) AS p "
          + "FROM (SELECT \(start) AS p FROM \(table.name.sqlName))")
      guard case .timestamps(let all)? = rows.first?.values else {
        throw Diagnostic("'\(window.column)' of \(table.name) gives no periods", at: window.mark)
      }
      return (moments, all)
    } catch { throw Diagnostic.of(error).at(window.mark) }
  }

  /// How moments are made of a column that holds others; nil: they are not.
  private static func hint(_ column: ColumnType) -> String? {
    let x = column.name.sqlName
    let sql: String? =
      switch column.kind {
      case .string: "CAST(\(x) AS TIMESTAMP)"
      case .integer: "to_timestamp(\(x))"
      default: nil
      }
    guard let sql else { return "name the column of the moment or day that each row is of" }
    let derive = "data.\(Pasteable.derive("\(column.name)_moment", sql))"
    return column.kind == .integer
      ? "where it counts the seconds since 1970, derive the moment and name that: \(derive); else name the "
        + "column of the moment or day that each row is of"
      : "derive the moment and name that: \(derive)"
  }

  /// How a manifest cuts time.
  package struct Window: Sendable {
    package let column: String
    /// `hour`, `day`, `week` (from Monday), `month`, `quarter`, `year`.
    package let every: String
    /// A period of fewer rows is left out; nil: it cannot be judged.
    package let minRows: Int?
    package let mark: Mark

    package init?(_ node: Node?) {
      guard let node, let column = node["column"]?.text else { return nil }
      self.column = column
      every = node["every"]?.text ?? "day"
      minRows = node["min_rows"]?.integer
      mark = node["column"]?.mark ?? node.mark
    }
  }

  /// What a manifest may write.
  package static let parameter = Parameter(
    "windows", "Cuts the current rows into periods, each of which is judged.",
    .record([
      Parameter("column", "The timestamp.", .text, required: true),
      Parameter(
        "every", "How long a period is; weeks begin on Monday.",
        .choice(["hour", "day", "week", "month", "quarter", "year"]), standard: "day"),
      Parameter(
        "min_rows", "A period of fewer rows is left out; without it, it cannot be judged.",
        .integer(1...Int.max)),
    ]))
}
