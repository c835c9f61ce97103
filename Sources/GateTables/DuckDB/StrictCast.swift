import GateCore

/// A column read as another type, which must hold every value: one that does not survive is an error, never rounded.
struct StrictCast {
  let column: String
  /// The engine's words for the types.
  let from: String
  let to: String

  /// The column as the other type, where all values survive.
  var sql: String { "CAST(\(value) AS \(to))" }

  /// The column as it is, a NaN as the missing value that it is.
  private var value: String {
    let x = column.sqlName
    return ["FLOAT", "DOUBLE"].contains(from) ? "CASE WHEN isnan(\(x)) THEN NULL ELSE \(x) END" : x
  }

  /// A type's name as the engine writes it; throws where the text is none.
  static func canonical(
    _ type: String, on connection: DuckDBConnection, doing what: String
  ) throws(Diagnostic) -> String {
    let sql = "CAST(NULL AS \(type))"
    try StatedLength.refuse(in: type, doing: what)
    do {
      // One cast and nothing else: what closes the parenthesis itself would be read as more SQL.
      let uses = try SQLUses(of: sql, on: connection, doing: what)
      guard uses.classes.isSubset(of: ["CAST", "CONSTANT", "TYPE"]),
        let name = try connection.texts("SELECT typeof(\(sql))", doing: what).first
      else { throw Diagnostic("'\(type)' is more than a type") }
      return name
    } catch {
      throw Diagnostic(
        "\(what): '\(type)' is no type",
        hint: type.nearest(in: known).map { "did you mean '\($0)'?" }
          ?? "write one of \(known.joined(separator: ", "))")
    }
  }

  /// Types for hints.
  private static let known = [
    "VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "FLOAT", "BOOLEAN", "DATE", "TIMESTAMP",
    "TIMESTAMPTZ", "DECIMAL(18,2)",
  ]

  /// Whether the value `x`, which became `y`, survives, as SQL; null for a null.
  private func survives(_ x: String, _ y: String) -> String {
    let holds =
      from == "VARCHAR" || from.hasPrefix("ENUM(")
      ? says(x, y) : "TRY_CAST(\(y) AS \(from)) = \(x)"
    return "CASE WHEN \(x) IS NOT NULL THEN coalesce(\(holds), false) END"
  }

  /// Whether a text says what the other type holds.
  private func says(_ x: String, _ y: String) -> String {
    let x = "trim(CAST(\(x) AS VARCHAR), ' \(Self.blanks)')"
    switch to {
    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
      "UBIGINT", "UHUGEINT":
      return "\(y) IS NOT NULL AND regexp_full_match(\(x), '[+-]?[0-9]+([.]0*)?')"
    case "FLOAT", "DOUBLE":
      return """
        \(y) IS NOT NULL AND CASE WHEN isfinite(\(y)) \
        THEN regexp_full_match(\(x), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') \
        AND (NOT regexp_full_match(\(x), '[+-]?[0-9]+') \
        OR coalesce(TRY_CAST(\(y) AS HUGEINT) = TRY_CAST(\(x) AS HUGEINT), false)) \
        ELSE regexp_full_match(\(x), '[+-]?(?i:nan|inf|infinity)') END
        """
    case "DATE":
      return "\(y) IS NOT NULL AND NOT \(Self.hasZone(x)) "
        + "AND coalesce(TRY_CAST(\(x) AS TIMESTAMP) = CAST(\(y) AS TIMESTAMP), false)"
    case "TIMESTAMP":
      return "\(y) IS NOT NULL AND NOT \(Self.hasZone(x)) AND \(Self.hasDigits(6, x))"
    case "TIMESTAMP WITH TIME ZONE": return "\(y) IS NOT NULL AND \(Self.hasDigits(6, x))"
    default:
      guard to.hasPrefix("DECIMAL("), let scale = to.dropLast().split(separator: ",").last,
        let digits = Int(scale)
      else { return "\(y) IS NOT NULL" }
      let number = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)"
      return """
        \(y) IS NOT NULL AND CASE WHEN regexp_full_match(\(x), '\(number)') \
        THEN \(Self.hasDigits(digits, x)) ELSE \(Self.isPower(x, of: y)) END
        """
    }
  }

  /// Blanks that may stand around a value, beside the space.
  private static let blanks = "\t\r\n"

  /// Whether a text of a moment says its zone.
  private static func hasZone(_ x: String) -> String {
    "regexp_matches(\(x), ':[0-9.]*\\s*([+-][0-9]|[A-Za-z])')"
  }

  /// Whether a text has no more digits after the point than are kept, but for zeros.
  private static func hasDigits(_ count: Int, _ x: String) -> String {
    "length(rtrim(regexp_extract(\(x), '[.]([0-9]*)', 1), '0')) <= \(count)"
  }

  /// Whether the text `x` writes the decimal `y` with an exponent.
  ///
  /// Numbers of at most 15 digits are apart as doubles, so that no arithmetic of ours is needed.
  static func isPower(_ x: String, of y: String) -> String {
    """
    (regexp_full_match(\(x), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]+') \
    AND length(regexp_replace(regexp_replace(\(x), '[eE].*', ''), '[^0-9]', '', 'g')) <= 15 \
    AND coalesce(TRY_CAST(\(x) AS DOUBLE) = CAST(\(y) AS DOUBLE), false))
    """
  }

  /// Refuses the first value of these columns that does not survive.
  ///
  /// `source`: what to select from, in row order.
  static func check(
    _ casts: [StrictCast], from source: String, of table: String, on connection: DuckDBConnection
  ) throws {
    let casts = casts.filter { $0.from != $0.to }
    guard !casts.isEmpty else { return }
    let what = "reading the types of \(table)"
    let all = casts.enumerated().map {
      "coalesce(bool_and(\($1.survives("x\($0)", "y\($0)"))), true)"
    }
    let found = try connection.prepare(
      "SELECT \(all.joined(separator: ", ")) FROM \(pairs(casts, of: source))", doing: what
    ).run(doing: what).collect(capacity: 1)
    for (cast, column) in zip(casts, found) {
      if case .booleans([true]) = column.values { continue }
      throw try cast.mistake(in: source, of: table, on: connection)
    }
  }

  /// The values `x0`, `x1`, … of these columns, without NaN, what becomes of them as `y0`, `y1`, …, and the row's number.
  private static func pairs(_ casts: [StrictCast], of source: String) -> String {
    let values = casts.enumerated().map { "\($1.value) AS x\($0)" }
    let made = casts.enumerated().map { "TRY_CAST(x\($0) AS \($1.to)) AS y\($0)" }
    return "(SELECT *, \(made.joined(separator: ", ")) FROM "
      + "(SELECT \(values.joined(separator: ", ")), row_number() OVER () AS row FROM \(source)))"
  }

  /// What is said of the first value that does not survive.
  private func mistake(
    in source: String, of table: String, on connection: DuckDBConnection
  ) throws -> Diagnostic {
    let what = "reading column '\(column)' of \(table)"
    let found = try connection.prepare(
      "SELECT row, CAST(x0 AS VARCHAR) FROM \(Self.pairs([self], of: source)) "
        + "WHERE NOT \(survives("x0", "y0")) ORDER BY row LIMIT 1", doing: what
    ).run(doing: what).collect(capacity: 1)
    var place = ""
    if case .integers(let rows)? = found.first?.values, let row = rows.first {
      place = " in row \(row)"
    }
    let value = (found.last?.texts.first ?? "").shortened.visible
    return Diagnostic(
      "\(table): column '\(column)' is '\(value)' (\(from))\(place), which does not survive as "
        + "\(to); a type that holds every value was wanted",
      hint: "give '\(column)' a type that holds every value under 'types'; to round or cut values "
        + "on purpose, say so in SQL under 'derive'")
  }
}
