import GateCore

/// The names that a file gives its columns, before the engine gives other ones to those it takes for the same.
struct ColumnNames {
  /// A column, or a field of one, and what is within it.
  private struct Field {
    var name: String
    var fields: [Field] = []
  }

  private var fields: [Field]

  /// Those of a parquet file, whose schema lists each column before what is within it.
  static func ofParquet(
    _ file: String, on connection: DuckDBConnection, doing what: String
  ) throws -> ColumnNames {
    let found = try connection.prepare(
      "SELECT name, coalesce(num_children, 0)::BIGINT FROM parquet_schema(\(file.sqlText))",
      doing: what
    ).run(doing: what).collect(capacity: 0)
    guard case .integers(let children)? = found.last?.values else { return Self(fields: []) }
    var rows = zip(found[0].texts, children).makeIterator()
    return Self(fields: field(&rows)?.fields ?? [])
  }

  /// The next field of a parquet schema with all within it.
  private static func field(_ rows: inout some IteratorProtocol<(String, Int64)>) -> Field? {
    guard let (name, count) = rows.next() else { return nil }
    var made = Field(name: name)
    for _ in 0..<max(0, count) {
      if let inner = field(&rows) { made.fields.append(inner) }
    }
    return made
  }

  /// Those of the objects of a json file, as the engine merges them.
  static func ofJSON(
    _ file: String, on connection: DuckDBConnection, doing what: String
  ) throws -> ColumnNames {
    let texts = try connection.texts(
      "SELECT CAST(json_group_structure(json) AS VARCHAR) FROM read_json_objects("
        + "[\(file.sqlText)], maximum_object_size = 67108864)", doing: what)
    let merged = try JSON(parsing: texts.first ?? "", name: "the engine's structure")
    return Self(fields: fields(of: merged))
  }

  /// The fields of a merged object, or of the objects in a list.
  private static func fields(of merged: JSON) -> [Field] {
    switch merged {
    case .object(let members): members.map { Field(name: $0.key, fields: fields(of: $0.value)) }
    case .array(let items): items.flatMap(fields)
    default: []
    }
  }

  /// Refuses two columns, or two fields of one, whose names SQL or a person would take for the same.
  func check(_ file: String, of table: String) throws(Diagnostic) {
    try Self.check(fields, within: "", file, of: table)
  }

  /// The same of plain names.
  static func check(
    _ names: [String], _ file: String, of table: String
  ) throws(Diagnostic) {
    try check(names.map { Field(name: $0) }, within: "", file, of: table)
  }

  private static func check(
    _ fields: [Field], within path: String, _ file: String, of table: String
  ) throws(Diagnostic) {
    // Keys of a dictionary are the same text to Swift where Unicode calls them equivalent, which refuses these as well.
    var seen: [String: String] = [:]
    for field in fields {
      if let other = seen.updateValue(field.name, forKey: field.name.lowercased()) {
        let here = path.isEmpty ? "'\(file)'" : "'\(path)' of '\(file)'"
        let word = path.isEmpty ? "columns" : "fields"
        throw Diagnostic(
          "\(table): \(here) has two \(word) "
            + (other.utf8.elementsEqual(field.name.utf8)
              ? "'\(other)'; each name once was wanted"
              : "'\(other)' and '\(field.name)', which differ in upper and lower case or in the form "
                + "of a letter alone; names that SQL tells apart were wanted"),
          hint: "give one of them another name where the file is written")
      }
      try check(
        field.fields, within: path.isEmpty ? field.name : "\(path).\(field.name)", file, of: table)
    }
  }
}
