extension ColumnType {
  /// Whether a value of it is made of several: a list, an object, a map, or JSON of more than one kind.
  package var isNested: Bool {
    declared.hasSuffix("]") || declared == "JSON" || declared == "VARIANT"
      || ["STRUCT(", "MAP(", "UNION("].contains(where: declared.hasPrefix)
  }

  /// That one value a row was wanted of it; nil where it holds that.
  ///
  /// `role`: what it is named as, as in `the label`; `derives`: whether its table may derive columns.
  package func refusal(as role: String, of table: String, derives: Bool) -> Diagnostic? {
    guard isNested else { return nil }
    let place = derives ? "" : " of '\(table)'"
    return Diagnostic(
      "\(role) '\(name)'\(place) holds \(contents) (\(declared.prefix(80))), and one value a row was wanted",
      hint: hint(derives: derives, table))
  }

  /// What its values are, in words.
  private var contents: String {
    if declared.hasSuffix("]") { return "lists" }
    if declared.hasPrefix("MAP(") { return "maps" }
    return declared.hasPrefix("STRUCT(") ? "objects" : "values of several kinds"
  }

  /// How one value of it becomes a column.
  private func hint(derives: Bool, _ table: String) -> String {
    let (part, sql) = piece
    guard derives, let sql else {
      return "write one value a row into a column of its own where '\(table)' is made"
    }
    let made = "\(name)_\(part)"
    return
      "take one value of it: add to data: \(Pasteable.derive(made, sql)), and name "
      + "'\(made)' in its place"
  }

  /// The first part of a value, and the SQL that gives it; no SQL where parts have no name.
  private var piece: (name: String, sql: String?) {
    if declared.hasSuffix("]") { return ("1", "\(name.sqlName)[1]") }
    guard declared.hasPrefix("STRUCT("), let field = firstField else { return ("text", nil) }
    return (field, "\(name.sqlName)[\(field.sqlText)]")
  }

  /// The name of an object's first field.
  private var firstField: String? {
    let inside = declared.dropFirst("STRUCT(".count)
    guard inside.first == "\"" else { return inside.split(separator: " ").first.map(String.init) }
    var name = ""
    var rest = inside.dropFirst()
    while let next = rest.popFirst() {
      if next == "\"" {
        guard rest.first == "\"" else { return name }
        rest.removeFirst()
      }
      name.append(next)
    }
    return nil
  }
}

extension ColumnType {
  /// Its type for messages: the engine has a word for columns without any value that tells nobody that.
  package var shownType: String { declared == "\"NULL\"" ? "without a value in any row" : declared }
}

extension Table {
  /// Refuses a column that holds more than one value a row.
  package func wantOneValue(of column: String, as role: String) throws(Diagnostic) {
    let type = schema.first { $0.name.isSame(as: column) || $0.name.sqlName.isSame(as: column) }
    if let mistake = type?.refusal(as: role, of: name, derives: true) { throw mistake }
  }
}
