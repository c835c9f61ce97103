import GateCore

/// Dates and times of JSON, which has none: texts of one written form. What the engine takes for one beside those
/// (`epoch`, `infinity`, `24-1-2`, blanks around) stays text, as it does in delimited text.
enum JSONMoments {
  /// A day as it is written.
  private static let day = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

  /// What every text of a column must look like, as a regular expression, to be of a type; nil: it is no date and no time.
  private static func form(of type: String) -> String? {
    func form(_ digits: Int, zone: String = "") -> String {
      "\(day)([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,\(digits)})?)?\(zone))?"
    }
    switch type {
    case "DATE": return day
    case "TIMESTAMP": return form(6)
    case "TIMESTAMP_NS": return form(9)
    case "TIMESTAMP WITH TIME ZONE": return form(6, zone: "(Z|[+-][0-9]{2}(:?[0-9]{2})?)?")
    default: return nil
    }
  }

  /// The types that the engine reads out of texts, and the one of values of several kinds, whose texts have their quotes.
  private static let ofTexts = [
    "JSON", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S", "TIMESTAMP",
    "DATE",
    "TIME", "INTERVAL", "UUID",
  ]

  /// The type that the engine found, with text for those whose values do not keep their text: a UUID has no upper case, a
  /// time of day no nanoseconds, what stands within a list or an object is held against no form, and of a column of texts
  /// and numbers a text is itself, without quotes.
  static func kept(_ type: String) -> String {
    if form(of: type) != nil { return type }
    var kept = ""
    var piece = ""
    var isQuoted = false
    for letter in type {
      if letter == "\"" { isQuoted.toggle() }
      guard !isQuoted, "(),[".contains(letter) else {
        piece.append(letter)
        continue
      }
      // A list of values of several kinds is no text, and keeps them as they are.
      kept += (letter == "[" && piece.hasSuffix("JSON") ? piece : asText(piece)) + String(letter)
      piece = ""
    }
    return kept + asText(piece)
  }

  /// A type, or a name and its type, with text in place of what the engine read out of a text.
  private static func asText(_ piece: String) -> String {
    guard let type = ofTexts.first(where: { piece == $0 || piece.hasSuffix(" " + $0) }) else {
      return piece
    }
    return piece.dropLast(type.count) + "VARCHAR"
  }

  /// The type that a column of a type found by the engine is first read as.
  static func first(_ type: String) -> String { form(of: type) == nil ? type : "VARCHAR" }

  /// Turns a column of texts into the type that the engine found, where every text has its form; gives the type it has.
  static func convert(
    _ column: String, to type: String, of table: String, _ connection: DuckDBConnection,
    doing what: String
  ) throws -> String {
    guard let form = form(of: type) else { return type }
    let name = column.sqlName
    let found = try connection.prepare(
      "SELECT coalesce(bool_and(regexp_full_match(\(name), \(form.sqlText)) "
        + "AND TRY_CAST(\(name) AS \(type)) IS NOT NULL), true) FROM \(table) "
        + "WHERE \(name) IS NOT NULL", doing: what
    ).run(doing: what).collect(capacity: 1)
    guard case .booleans([true])? = found.first?.values else { return "VARCHAR" }
    try connection.execute(
      "ALTER TABLE \(table) ALTER COLUMN \(name) SET DATA TYPE \(type) USING CAST(\(name) AS \(type))",
      doing: what)
    return type
  }
}
