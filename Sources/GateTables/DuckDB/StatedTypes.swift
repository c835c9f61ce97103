import GateCore

/// Makes the types that a manifest states of columns of text, or says which value does not survive that.
struct StatedTypes {
  private let source: TableSource
  private let table: String
  private let connection: DuckDBConnection

  init(_ source: TableSource, table: String, _ connection: DuckDBConnection) {
    (self.source, self.table, self.connection) = (source, table, connection)
  }

  /// The engine's own word for a type of the manifest.
  static func canonical(
    _ type: String, of column: String, _ source: TableSource, _ connection: DuckDBConnection
  ) throws -> String {
    let what = "\(source.name): the type of '\(column)'"
    let cast = "CAST(NULL AS \(type))"
    try StatedLength.refuse(in: type, doing: what)
    do {
      try DuckDBQuery.checkExpression(cast, columns: [], on: connection, doing: what)
      let found = try FileReader.columns(of: "(SELECT \(cast) AS x)", connection, doing: what)
      if found.count == 1 { return found[0].type }
    } catch let mistake as Diagnostic where mistake.temporary { throw mistake } catch {}
    let known = ["VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"]
    throw Diagnostic(
      "\(what) is '\(type)', which is no type",
      hint: type.uppercased().nearest(in: known).map { "did you mean '\($0)'?" }
        ?? "known are: \(known.joined(separator: ", ")) and others of SQL")
  }

  /// That a cell of a text does not survive as a type.
  static func mistake(
    _ cell: OddCell, of column: String, as type: String, _ source: TableSource, hint: String?
  ) -> Diagnostic {
    Diagnostic(
      "\(source.name): column '\(column)' holds \(cell.place), which is no \(type)",
      hint: flag(cell, of: column, as: type) ?? hint
        ?? cell.shareHint(column: column, of: source.name)
        ?? "correct that cell, or keep it as text: \(Pasteable.types(column))")
  }

  /// Of a word for yes or no where true or false is wanted: how it becomes that.
  private static func flag(_ cell: OddCell, of column: String, as type: String) -> String? {
    let words = ["yes", "no", "y", "n", "t", "f", "on", "off", "ja", "nein", "oui", "non", "si"]
    guard type == "BOOLEAN", words.contains(cell.text.lowercased()) else { return nil }
    return
      "write true and false in the file, or keep it as text, \(Pasteable.types(column)), and make the "
      + "flag under data.\(Pasteable.derive("is_\(column)", "\(column.sqlName) = \(cell.text.sqlText)"))"
  }

  /// Turns a column of texts into a type, each text exactly.
  mutating func convert(_ column: String, to type: String, dialect: TextDialect) throws {
    let what = "\(source.name): reading column '\(column)' as \(type)"
    if dialect.decimal != 0x2E || dialect.thousands != nil, Self.form(of: type) != nil {
      throw Diagnostic(
        "\(what): 'decimal' and 'thousands' are not for this type", hint: "use BIGINT or DOUBLE")
    }
    let name = column.sqlName
    if Self.form(of: type) != nil {
      // A NaN is a missing value, whatever numbers the type has.
      try connection.execute(
        "UPDATE \(table) SET \(name) = NULL WHERE regexp_full_match(\(name), '[+-]?(?i:nan)')",
        doing: what)
    }
    let kept = Self.survival(of: "x", as: type).map { " OR NOT (\($0))" } ?? ""
    let lost = try connection.prepare(
      "SELECT r, x FROM (SELECT rowid AS r, \(name) AS x FROM \(table)) WHERE x IS NOT NULL AND "
        + "(TRY_CAST(x AS \(type)) IS NULL\(kept)) ORDER BY r LIMIT 1", doing: what)
    let found = try lost.run(doing: what).collect(capacity: 1)
    if let text = found.last?.texts.first, case .integers(let rows)? = found.first?.values {
      throw Diagnostic(
        "\(source.name): column '\(column)' holds '\(text.shortened)' in row \(rows[0] + 1), which "
          + "is no \(type)",
        hint: "correct that value, or keep the column as text: \(Pasteable.types(column))")
    }
    try connection.execute(
      "ALTER TABLE \(table) ALTER COLUMN \(name) SET DATA TYPE \(type) USING CAST(\(name) AS \(type))",
      doing: what)
  }

  /// What a text must look like, as a regular expression, to be a number of a type without loss.
  private static func form(of type: String) -> String? {
    switch type {
    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
      "UBIGINT", "UHUGEINT", "BIGNUM", "VARINT":
      return "[+-]?[0-9]+([.]0*)?"
    case "FLOAT", "DOUBLE":
      return "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?(?i:nan|inf|infinity)"
    default: break
    }
    guard type.hasPrefix("DECIMAL("), let comma = type.firstIndex(of: ",") else { return nil }
    let scale = type[type.index(after: comma)...].filter(\.isNumber)
    return "[+-]?[0-9]*([.][0-9]{0,\(scale)}0*)?"
  }

  /// SQL that says whether a text is a value of a type without loss; nil: whatever casts is.
  private static func survival(of x: String, as type: String) -> String? {
    if let form = form(of: type) {
      let isFormed = "regexp_full_match(\(x), \(form.sqlText))"
      if type.hasPrefix("DECIMAL(") {
        return "(\(isFormed) OR \(StrictCast.isPower(x, of: "TRY_CAST(\(x) AS \(type))")))"
      }
      guard type == "FLOAT" || type == "DOUBLE" else { return isFormed }
      // Of digits alone every one counts; what has a point or an exponent is rounded.
      return
        "\(isFormed) AND (NOT regexp_full_match(\(x), '[+-]?[0-9]+') OR coalesce(TRY_CAST(\(x) "
        + "AS HUGEINT) = TRY_CAST(TRY_CAST(\(x) AS \(type)) AS HUGEINT), false))"
    }
    switch type {
    case "TIME", "TIME WITH TIME ZONE", "TIME_NS":
      let zone = type == "TIME WITH TIME ZONE" ? "([+-][0-9]{2}(:?[0-9]{2})?|Z)?" : ""
      let digits = type == "TIME_NS" ? 9 : 6
      let form = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,\(digits)})?)?\(zone)"
      return "regexp_full_match(\(x), \(form.sqlText))"
    case "BOOLEAN": return "lower(\(x)) IN ('true', 'false', '0', '1')"
    case "DATE":
      return
        "regexp_full_match(\(x), '[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00(:00([.]0+)?)?)?')"
    case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS":
      return "TRY_CAST(TRY_CAST(\(x) AS \(type)) AS TIMESTAMP_NS) = TRY_CAST(\(x) AS TIMESTAMP_NS)"
    default: return nil
    }
  }
}
