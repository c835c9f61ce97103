extension Importers {
  /// Whether a file is one of Pandera.
  private static let isPandera: @Sendable (ImportSource) -> Bool = { source in
    source.root?["columns"]?.pairs != nil
      && (source.root?["schema_type"] != nil
        || source.root?["columns"]?.pairs?.contains { $0.value["dtype"] != nil } ?? false)
  }

  /// Data frame schemas as Pandera's `to_yaml` writes them.
  static let pandera = Importer(
    id: "pandera", name: "Pandera",
    recognises: isPandera
  ) { source throws(Diagnostics) in
    guard let root = source.root, let columns = root["columns"]?.pairs else {
      throw Diagnostics([
        Diagnostic("'\(source.name)' has no 'columns'", at: source.root?.mark)
      ])
    }
    let version = root["version"]?.text
    var schema = ImportedSchema(tool: "Pandera" + (version.map { " \($0)" } ?? ""))
    for pair in columns {
      let name = pair.key.text ?? ""
      guard pair.value.pairs != nil else {
        schema.leave("the column '\(name)'", ImportGap("it is no mapping"), at: pair.key.mark)
        continue
      }
      var column = PanderaColumn(pair.value, name: name, mark: pair.key.mark)
      column.add(to: &schema)
    }
    addTable(root, to: &schema)
    return schema
  }

  /// No column but those listed, and those that a pattern of a name means.
  private static func addStrict(_ root: Node, to schema: inout ImportedSchema) {
    let pairs = root["columns"]?.pairs ?? []
    let patterns = pairs.filter { $0.value["regex"]?.boolean == true }.compactMap(\.key.text)
    if patterns.isEmpty {
      schema.isStrict = true
      return
    }
    let names = pairs.compactMap(\.key.text).filter { !patterns.contains($0) }.map(\.sqlText)
    let known =
      (names.isEmpty ? [] : ["column_name IN (\(names.joined(separator: ", ")))"])
      + patterns.map { "regexp_matches(column_name, \("^(?:\($0))".sqlText))" }
    let sql =
      "SELECT column_name FROM (DESCRIBE {table}) WHERE NOT (\(known.joined(separator: " OR ")))"
    schema.add(
      ImportedCheck("no_rows", [.init("sql", .text(sql))], source: "strict", place: ""), to: nil)
  }

  /// What a Pandera schema says of the whole table.
  private static func addTable(_ root: Node, to schema: inout ImportedSchema) {
    var keys = ImportArguments(root)
    for key in [
      "columns", "schema_type", "api", "version", "name", "title", "description",
      "metadata",
    ] {
      _ = keys.take(key)
    }
    do throws(ImportGap) {
      if let strict = keys.take("strict") {
        guard let truth = strict.boolean else {
          throw ImportGap("'strict' is \(strict.found), which changes the table", at: strict.mark)
        }
        if truth { addStrict(root, to: &schema) }
      }
      schema.isOrdered = try keys.flag("ordered")
      if let unique = keys.take("unique") {
        let names = unique.items?.compactMap(\.text) ?? [unique.text].compactMap(\.self)
        schema.add(
          ImportedCheck(
            "compound_unique",
            [.init("columns", .texts(names)), .init("allow_empty", .flag(true))],
            source: "unique", place: "unique"), to: nil)
      }
      if let kept = keys.take("report_duplicates"), kept.text != "all" {
        throw ImportGap("every row of a repeated value is told here", at: kept.mark)
      }
      for key in ["coerce", "add_missing_columns", "drop_invalid_rows", "unique_column_names"]
      where try keys.flag(key) {
        throw ImportGap("'\(key)' changes the table, or asks of its making", at: root[key]?.mark)
      }
      for key in ["index", "checks", "dtype"] {
        if let node = keys.take(key), node.items?.isEmpty != true {
          throw ImportGap("'\(key)' of the table is not read", at: node.mark)
        }
      }
      try keys.finish()
    } catch { schema.leave("the table", error, at: root.mark) }
  }
}

/// A column of a Pandera schema.
struct PanderaColumn {
  private let node: Node
  private let name: String
  private let mark: Mark
  private var keys: ImportArguments

  /// Reads nothing yet.
  init(_ node: Node, name: String, mark: Mark) {
    self.node = node
    self.name = name
    self.mark = mark
    keys = ImportArguments(node)
  }

  /// Adds the column and its checks.
  mutating func add(to schema: inout ImportedSchema) {
    if node["regex"]?.boolean == true {
      schema.leave(
        "the column '\(name)'",
        ImportGap(
          "its name is a pattern",
          hint: "write its checks under each column that the pattern means"), at: mark)
      return
    }
    let place = schema.column(name)
    do throws(ImportGap) {
      if try !keys.flag("required", standard: true) { schema.columns[place].presence = .optional }
      try addTraits(to: &schema)
    } catch { schema.leave("the column '\(name)'", error, at: mark) }
    for key in ["title", "description", "metadata", "default", "required", "regex"] {
      _ = keys.take(key)
    }
    for pair in node.pairs ?? [] {
      let key = pair.key.text ?? ""
      guard key != "checks" else { continue }
      guard PanderaCheck.known.contains(key) else { continue }
      _ = keys.take(key)
      add(key, pair.value, at: pair.key.mark, to: &schema)
    }
    for item in keys.take("checks")?.items ?? [] {
      let check = item["options"]?["check_name"]?.text ?? "a check without name"
      add(check, item, at: item.mark, to: &schema)
    }
    for pair in node["checks"]?.pairs ?? [] {
      add(pair.key.text ?? "", pair.value, at: pair.key.mark, to: &schema)
    }
    do throws(ImportGap) { try keys.finish() } catch {
      schema.leave("a part of the column '\(name)'", error, at: mark)
    }
  }

  /// Type, nulls and uniqueness.
  private mutating func addTraits(to schema: inout ImportedSchema) throws(ImportGap) {
    if try keys.flag("coerce") {
      throw ImportGap("'coerce' converts its values first", at: node["coerce"]?.mark)
    }
    if try keys.flag("drop_invalid_rows") {
      throw ImportGap("'drop_invalid_rows' changes the table", at: node["drop_invalid_rows"]?.mark)
    }
    if let type = keys.take("dtype") {
      let names = [
        "string[python]": "str", "string[pyarrow]": "str", "datetime64[ns, UTC]": "datetime64",
        "datetime64[s]": "datetime64", "datetime64[ms]": "datetime64",
      ]
      let name = type.text ?? ""
      let draft = try Expectation.types(self.name, [names[name] ?? name])
      add("of_type", draft.parameters, from: "dtype", to: &schema)
    }
    if try !keys.flag("nullable") { add("not_null", [], from: "nullable", to: &schema) }
    let kept = keys.take("report_duplicates")?.text ?? "all"
    guard try keys.flag("unique") else { return }
    if kept == "all" {
      add("unique", [], from: "unique", to: &schema)
    } else {
      // The first or last of each repeated value is no failure: as many are told as values repeat.
      let column = name.sqlName
      var check = ImportedCheck(
        "aggregate",
        [
          .init("sql", .text("count(\(column)) - count(DISTINCT \(column))")),
          .init("equal", .plain("0")),
        ], source: "unique", place: name)
      check.meta.append(("report_duplicates", kept))
      schema.add(check, to: nil)
    }
  }

  private func add(
    _ id: String, _ parameters: [SchemaText.Member], from source: String,
    to schema: inout ImportedSchema
  ) {
    let empty: [SchemaText.Member] =
      SchemaChecks.named(id, .column)?.kind == .rows ? [.init("allow_empty", .flag(true))] : []
    schema.add(
      ImportedCheck(id, parameters + empty, source: source, place: name), to: name)
  }

  /// Adds one named check.
  private func add(
    _ key: String, _ value: Node, at mark: Mark, to schema: inout ImportedSchema
  ) {
    do throws(ImportGap) {
      schema.add(try PanderaCheck.imported(key, value, of: name), to: name)
    } catch { schema.leave("'\(key)' of '\(name)'", error, at: mark) }
  }
}
