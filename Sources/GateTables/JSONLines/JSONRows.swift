import GateCore

/// The rows of JSON files as their text has them: what the engine's reader takes that is no JSON, and the numbers of
/// which it would not keep every digit.
struct JSONRows {
  private let source: TableSource
  private let files: [DataFile]
  private let connection: DuckDBConnection
  /// Whether every row stands on a line of its own.
  private let isLines: Bool
  private let what: String

  init(_ source: TableSource, _ files: [DataFile], _ connection: DuckDBConnection) {
    (self.source, self.files, self.connection) = (source, files, connection)
    isLines = files.allSatisfy {
      !$0.place.lowercased().hasSuffix(".json") && !$0.place.lowercased().hasSuffix(".json.gz")
    }
    what = "reading the keys of \(source.name)"
  }

  /// A whole number that no type of 64 bits holds, by the column it stands in.
  struct LongNumber {
    let key: String
    /// Whether it stands within a list or an object.
    let isNested: Bool
    let cell: OddCell
  }

  /// The keys of all rows, in the order of their bytes, and the first long number of each column that has one.
  ///
  /// Refuses a row that is no object, or no JSON.
  func keys() throws -> (keys: [String], long: [LongNumber]) {
    // What is found by one look at every row is looked at closely where there is any.
    let odd = "regexp_matches(json::VARCHAR, '\(Self.manyDigits)|\(Self.comma)|\(Self.word)')"
    let statement = try connection.prepare(
      "SELECT DISTINCT unnest(CASE WHEN json_type(json) <> 'OBJECT' THEN [NULL] "
        + "WHEN \(odd) OR \(Self.twice) THEN list_append(json_keys(json), NULL) ELSE json_keys(json) END) AS key "
        + "FROM \(objects(files))", doing: what)
    let found = try statement.run(doing: what).collect(capacity: 0).first
    let isOdd = found.map { keys in (0..<keys.count).contains { keys.isNull($0) } } ?? false
    if isOdd { try refuseRows() }
    let texts = found.map { keys in
      (0..<keys.count).filter { !keys.isNull($0) }.map { ExactText(keys.texts[$0]) }
    }
    return ((texts ?? []).sorted().map(\.text), isOdd ? try longNumbers() : [])
  }

  /// Digits enough for a number of more than 64 bits.
  private static let manyDigits = "[0-9]{19}"
  /// A comma with nothing after it, which the engine takes.
  private static let comma = ",\\s*[\\]}]"
  /// A word for a number that is none in one of the spellings that the engine takes.
  private static let word = "[\\[:,]\\s*-?(?i:nan|inf)"
  /// Whether a key stands twice, which the engine does not see where no value of it has a type.
  private static let twice = "list_unique(json_keys(json)) < len(json_keys(json))"
  /// The spellings that Python writes.
  private static let known = "([\\[:,]\\s*)(NaN|-?Infinity)"
  /// The first whole number of 19 digits or more that is a value, with what tells it from a fraction.
  private static let value = "(?:^|[\\[:,])\\s*(-?[0-9]{19,}[.eE]?)"

  /// A row's text with nothing in its strings.
  private static func bare(_ json: String) -> String {
    "regexp_replace(\(json)::VARCHAR, '\"(?:[^\"\\\\]|\\\\.)*\"', '\"\"', 'g')"
  }

  /// The whole numbers of a value that 64 bits do not hold.
  private static func long(_ json: String) -> String {
    "list_filter(regexp_extract_all(\(bare(json)), '\(value)', 1), lambda x: "
      + "TRY_CAST(x AS BIGINT) IS NULL AND TRY_CAST(x AS UBIGINT) IS NULL AND x NOT SIMILAR TO '.*[.eE]')"
  }

  /// What reads the rows of some files as text.
  private func objects(_ files: [DataFile]) -> String {
    let list = files.map(\.place.sqlText).joined(separator: ", ")
    return "read_json_objects([\(list)], format = '\(isLines ? "newline_delimited" : "auto")', "
      + "maximum_object_size = 67108864)"
  }

  /// The rows of a file with their numbers from 1.
  private func numbered(_ file: DataFile) -> String {
    "(SELECT row_number() OVER () AS n, json FROM \(objects([file])))"
  }

  /// What is wrong with a row, as a word of SQL's; null for nothing.
  private static let fault = """
    CASE WHEN json_type(json) <> 'OBJECT' THEN 'row' WHEN \(twice) THEN 'twice' \
    WHEN regexp_matches(json::VARCHAR, '\(comma)') \
    AND regexp_matches(\(bare("json")), '\(comma)') THEN 'comma' \
    WHEN regexp_matches(json::VARCHAR, '\(word)') \
    AND regexp_matches(regexp_replace(\(bare("json")), '\(known)', '\\1', 'g'), '\(word)') THEN 'word' END
    """

  /// Refuses the first row that is no object, or that the engine takes though it is no JSON.
  private func refuseRows() throws {
    for file in files {
      let found = try connection.prepare(
        "SELECT n, json, fault FROM (SELECT n, json::VARCHAR AS json, \(Self.fault) AS fault "
          + "FROM \(numbered(file))) WHERE fault IS NOT NULL ORDER BY n LIMIT 1",
        doing: what
      ).run(doing: what).collect(capacity: 1)
      guard case .integers(let rows)? = found.first?.values, let row = rows.first else { continue }
      let place = try place(of: Int(row), in: file)
      let text = (found[1].texts.first ?? "").shortened
      switch found[2].texts.first {
      case "comma":
        throw Diagnostic(
          "\(source.name): \(place) is no JSON: a comma stands before a bracket that closes, in "
            + "'\(text)'", hint: "remove that comma where the file is written")
      case "twice":
        throw Diagnostic(
          "\(source.name): \(place) has a key twice: '\(text)'",
          hint: "write every key once where the file is written")
      case "word":
        throw Diagnostic(
          "\(source.name): \(place) is no JSON: of words for numbers NaN, Infinity and -Infinity are read, "
            + "as Python writes them, and it has another, in '\(text)'",
          hint: "write null where there is no number")
      default:
        throw Diagnostic(
          "\(source.name): \(place) is '\(text)'; an object was wanted",
          hint: isLines && text.hasPrefix("[")
            ? "write an object a line, or name a file that is one list of objects .json"
            : "write every row as {\"column\": value}\(isLines ? " on a line of its own" : "")")
      }
    }
  }

  /// A row's place in words.
  private func place(of row: Int, in file: DataFile) throws -> String {
    try line(of: row, in: file).map { "line \($0) of '\(file.name)'" }
      ?? "row \(row) of '\(file.name)'"
  }

  /// The line that a row stands on, since empty ones are none; nil: rows are no lines.
  private func line(of row: Int, in file: DataFile) throws -> Int? {
    guard isLines else { return nil }
    let found = try connection.prepare(
      "SELECT n FROM (SELECT row_number() OVER () AS n, line FROM read_csv(\(file.place.sqlText), "
        + "auto_detect = false, header = false, columns = {line: 'VARCHAR'}, delim = '\\x01', "
        + "quote = '', escape = '', strict_mode = false, max_line_size = 67108864)) "
        + "WHERE trim(line, ' \t\r') <> '' ORDER BY n LIMIT 1 OFFSET \(row - 1)", doing: what
    ).run(doing: what).collect(capacity: 1)
    guard case .integers(let lines)? = found.first?.values else { return nil }
    return lines.first.map(Int.init)
  }

  /// The first long number of each column that has one.
  private func longNumbers() throws -> [LongNumber] {
    var seen: Set<ExactText> = []
    var all: [LongNumber] = []
    for file in files {
      let found = try connection.prepare(
        "SELECT min(n), key, arg_min(number, n), arg_min(type IN ('ARRAY', 'OBJECT'), n) FROM ("
          + "SELECT n, e.key AS key, e.type AS type, \(Self.long("e.value"))[1] AS number "
          + "FROM \(numbered(file)) AS o, json_each(o.json) AS e "
          + "WHERE regexp_matches(o.json::VARCHAR, '\(Self.manyDigits)')) "
          + "WHERE number IS NOT NULL GROUP BY key ORDER BY 1, 2", doing: what
      ).run(doing: what).collect(capacity: 1)
      guard case .integers(let rows)? = found.first?.values,
        case .booleans(let nested) = found[3].values
      else { continue }
      for (place, row) in rows.enumerated() {
        let key = found[1].texts[place]
        guard seen.insert(ExactText(key)).inserted else { continue }
        let cell = OddCell(
          text: found[2].texts[place], file: file.place,
          line: try line(of: Int(row), in: file) ?? Int(row))
        all.append(LongNumber(key: key, isNested: nested[place], cell: cell))
      }
    }
    return all
  }
}
