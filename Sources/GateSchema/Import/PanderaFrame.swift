import GateCore

/// What a Pandera schema says of the whole table.
struct PanderaFrame {
  private let root: Node
  private var keys: ImportArguments

  /// A schema as a whole.
  package init(_ root: Node) {
    self.root = root
    keys = ImportArguments(root)
  }

  /// Adds each part of it, or says why not.
  package mutating func add(to schema: inout ImportedSchema) {
    for key in [
      "columns", "schema_type", "api", "version", "name", "title", "description", "metadata",
      "dtype", "pandas_dtype", "coerce",
    ] {
      _ = keys.take(key)
    }
    var frame = self
    schema.part("'strict' of the table", at: root.key("strict")?.mark) {
      schema throws(ImportGap) in try frame.addStrict(to: &schema)
    }
    schema.part("'ordered' of the table", at: root.key("ordered")?.mark) {
      schema throws(ImportGap) in schema.isOrdered = try frame.keys.flag("ordered")
    }
    schema.part("'unique' of the table", at: root.key("unique")?.mark) {
      schema throws(ImportGap) in try frame.addUnique(to: &schema)
    }
    for (key, reason) in [
      ("add_missing_columns", "it adds columns before the rest is judged"),
      ("drop_invalid_rows", "it drops rows instead of failing"),
    ] {
      schema.part("'\(key)' of the table", at: root.key(key)?.mark) { _ throws(ImportGap) in
        if try frame.keys.flag(key) { throw ImportGap(reason) }
      }
    }
    // A table with two columns of one name is refused here anyway.
    _ = frame.keys.take("unique_column_names")
    frame.leaveIndex(in: &schema)
    frame.leaveChecks(in: &schema)
    for gap in frame.keys.unknown { schema.leave("a part of the table", gap, at: root.mark) }
  }

  /// No column but those listed.
  private mutating func addStrict(to schema: inout ImportedSchema) throws(ImportGap) {
    guard let strict = keys.take("strict") else { return }
    guard let truth = strict.boolean else {
      throw ImportGap("it is \(strict.found), which changes the table", at: strict.mark)
    }
    guard truth else { return }
    let pairs = root["columns"]?.pairs ?? []
    let patterns = pairs.filter { $0.value["regex"]?.boolean == true }.compactMap(\.key.text)
    if patterns.isEmpty {
      schema.isStrict = true
      return
    }
    // A pattern of a name means columns that are not known before there is a table.
    let names = pairs.compactMap(\.key.text).filter { !patterns.contains($0) }.map(\.sqlText)
    var known = names.isEmpty ? [] : ["column_name IN (\(names.joined(separator: ", ")))"]
    for pattern in patterns {
      let translated = try PythonPattern.translated(pattern)
      known.append("regexp_matches(column_name, \("^(?:\(translated))".sqlText))")
    }
    let sql =
      "SELECT column_name FROM (DESCRIBE {table}) WHERE NOT (\(known.joined(separator: " OR ")))"
    schema.add(
      ImportedCheck("no_rows", [.init("sql", .text(sql))], source: "strict", place: ""), to: nil,
      at: keys.node.key("strict")?.mark)
  }

  /// Several columns that are unique together; every row of a repeated value is told here.
  private mutating func addUnique(to schema: inout ImportedSchema) throws(ImportGap) {
    let kept = keys.take("report_duplicates")
    guard let unique = keys.take("unique") else { return }
    let names = unique.items?.compactMap(\.text) ?? [unique.text].compactMap(\.self)
    if names.isEmpty { return }
    var check = ImportedCheck(
      "compound_unique",
      [.init("columns", .texts(names)), .init("allow_empty", .flag(true))],
      source: "unique", place: "unique")
    if let kept = kept?.text, kept != "all" { check.meta.append(("report_duplicates", kept)) }
    schema.add(check, to: nil, at: unique.mark)
  }

  /// The index is no column of a table here.
  private mutating func leaveIndex(in schema: inout ImportedSchema) {
    guard let index = keys.take("index") else { return }
    for part in index.items ?? [index] {
      let name = part["name"]?.text
      let asked = (part.pairs ?? []).filter { !$0.value.isNull && $0.value.items?.isEmpty != true }
        .compactMap(\.key.text).filter { $0 != "name" }
      schema.leave(
        "the index\(name.map { " '\($0)'" } ?? "")",
        ImportGap(
          "an index is no column of the table (it asks for \(asked.joined(separator: ", ")))",
          hint: name.map { "where the table has a column '\($0)', write this under its name" }),
        at: part.mark)
    }
  }

  /// Checks of the whole frame.
  private mutating func leaveChecks(in schema: inout ImportedSchema) {
    guard let checks = keys.take("checks") else { return }
    let gap = ImportGap(
      "it is of the whole frame", hint: "write it by 'condition' or 'aggregate'")
    for pair in checks.pairs ?? [] {
      schema.leave("'\(pair.key.text ?? "")' of the table", gap, at: pair.key.mark)
    }
    for item in checks.items ?? [] {
      let name = item["options"]?["check_name"]?.text ?? "a check without name"
      schema.leave("'\(name)' of the table", gap, at: item.mark)
    }
  }
}
