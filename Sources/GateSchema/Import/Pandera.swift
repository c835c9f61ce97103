import GateCore

extension Importers {
  /// Whether a file is one of Pandera.
  private static let isPandera: @Sendable (ImportSource) -> Bool = { source in
    source.root?["columns"]?.pairs != nil
      && (source.root?["schema_type"] != nil
        || source.root?["columns"]?.pairs?.contains {
          $0.value["dtype"] != nil || $0.value["pandas_dtype"] != nil
        } ?? false)
  }

  /// Data frame schemas as Pandera's `to_yaml` writes them, of 0.5 and later.
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
      guard let name = pair.key.text else {
        schema.leave("a column", ImportGap("its name has several levels"), at: pair.key.mark)
        continue
      }
      guard pair.value.pairs != nil || pair.value.isNull else {
        schema.leave("the column '\(name)'", ImportGap("it is no mapping"), at: pair.key.mark)
        continue
      }
      var column = PanderaColumn(pair.value, name: name, mark: pair.key.mark, in: root)
      column.add(to: &schema)
    }
    var frame = PanderaFrame(root)
    frame.add(to: &schema)
    return schema
  }
}

/// A column of a Pandera schema.
struct PanderaColumn {
  private let node: Node
  private let name: String
  private let mark: Mark
  private var keys: ImportArguments
  /// What the schema says of every column: its type, which goes before the column's own, and whether values are
  /// converted.
  private let common: (type: Node?, coerces: Bool)
  /// Whether values become texts before they are compared.
  private var isText = false

  /// Reads nothing yet; a column of which nothing is said need only be there.
  package init(_ node: Node, name: String, mark: Mark, in root: Node) {
    self.node = node.isNull ? Node(.mapping([]), at: node.mark) : node
    self.name = name
    self.mark = mark
    keys = ImportArguments(self.node)
    let type = [root["dtype"], root["pandas_dtype"]].compactMap(\.self).first { !$0.isNull }
    common = (type, root["coerce"]?.boolean ?? false)
  }

  /// Adds the column and each of its parts, or says why not.
  package mutating func add(to schema: inout ImportedSchema) {
    if node["regex"]?.boolean == true {
      schema.leave(
        "the column '\(name)'",
        ImportGap(
          "its name is a pattern",
          hint: "write its checks under each column that the pattern means"), at: mark)
      return
    }
    let place = schema.column(name)
    var column = self
    column.part("required", in: &schema) { column, schema throws(ImportGap) in
      if try !column.keys.flag("required", standard: true) {
        schema.columns[place].presence = .optional
      }
    }
    column.part("dtype", in: &schema) { column, schema throws(ImportGap) in
      try column.addType(to: &schema)
    }
    column.part("nullable", in: &schema) { column, schema throws(ImportGap) in
      try column.addNullable(to: &schema)
    }
    column.part("unique", in: &schema) { column, schema throws(ImportGap) in
      try column.addUnique(to: &schema)
    }
    column.part("drop_invalid_rows", in: &schema) { column, _ throws(ImportGap) in
      if try column.keys.flag("drop_invalid_rows") {
        throw ImportGap("it drops rows instead of failing")
      }
    }
    for key in ["title", "description", "metadata", "regex", "name"] { _ = column.keys.take(key) }
    column.addChecks(to: &schema)
    for gap in column.keys.unknown { schema.leave("a part of '\(name)'", gap, at: mark) }
  }

  /// Does what one key asks, or says why it has no counterpart.
  private mutating func part(
    _ key: String, in schema: inout ImportedSchema,
    _ body: (inout PanderaColumn, inout ImportedSchema) throws(ImportGap) -> Void
  ) {
    do throws(ImportGap) { try body(&self, &schema) } catch {
      schema.leave("'\(key)' of '\(name)'", error, at: node.key(key)?.mark ?? mark)
    }
  }

  /// The type; where values are converted first, whether they can be.
  private mutating func addType(to schema: inout ImportedSchema) throws(ImportGap) {
    let own = keys.take("dtype")
    let older = keys.take("pandas_dtype")
    let isConverted = try keys.flag("coerce") || common.coerces
    guard let type = common.type ?? own ?? older else {
      if isConverted { throw ImportGap("'coerce' has no type to convert to") }
      return
    }
    let draft: Expectation.Draft
    do throws(ImportGap) { draft = try EngineTypes.check(name, [type.text ?? ""]) } catch {
      throw ImportGap(error.reason, at: type.mark)
    }
    guard isConverted else {
      add("of_type", draft.parameters, from: "dtype", to: &schema)
      return
    }
    guard case .list(let types)? = draft.parameters.first?.value, let first = types.first,
      case .text(let declared) = first
    else { return }
    // Everything can become a text, and everything is true or false to pandas.
    if ["VARCHAR", "BOOLEAN"].contains(declared) {
      isText = declared == "VARCHAR"
      schema.remark(
        "'coerce' of '\(name)' converts every value to '\(type.text ?? "")', so its type is not judged",
        at: node.key("coerce")?.mark ?? mark)
      return
    }
    guard let kind = Self.kinds[declared] else {
      throw ImportGap("'coerce' converts its values to '\(type.text ?? "")' first", at: type.mark)
    }
    add("castable", [.init("type", .text(kind))], from: "coerce", to: &schema)
  }

  /// What a value can become, by the type that it is to have.
  private static let kinds: [String: String] = [
    "BIGINT": "integer", "INTEGER": "integer", "SMALLINT": "integer", "TINYINT": "integer",
    "UBIGINT": "integer", "UINTEGER": "integer", "USMALLINT": "integer", "UTINYINT": "integer",
    "DOUBLE": "number", "FLOAT": "number", "DECIMAL": "number", "timestamp": "timestamp",
    "DATE": "date", "TIME": "time",
  ]

  /// Nulls, unless they are filled before they are looked at.
  private mutating func addNullable(to schema: inout ImportedSchema) throws(ImportGap) {
    let isNullable = try keys.flag("nullable")
    if let standard = keys.take("default") {
      throw ImportGap(
        "nulls become \(standard.found), its 'default', before they are judged", at: standard.mark)
    }
    if !isNullable { add("not_null", [], from: "nullable", to: &schema) }
  }

  /// Whether values may repeat; until 0.7 by `allow_duplicates`.
  private mutating func addUnique(to schema: inout ImportedSchema) throws(ImportGap) {
    let kept = keys.take("report_duplicates")?.text ?? "all"
    let older = try keys.flag("allow_duplicates", standard: true)
    guard try keys.flag("unique") || !older else { return }
    if kept == "all" {
      add("unique", [], from: "unique", to: &schema)
      return
    }
    // The first or last of each repeated value is no failure: as many are told as values repeat.
    let column = name.sqlName
    var check = ImportedCheck(
      "aggregate",
      [
        .init("sql", .text("count(\(column)) - count(DISTINCT \(column))")),
        .init("equal", .plain("0")),
      ], source: "unique", place: name)
    check.meta.append(("report_duplicates", kept))
    schema.add(check, to: nil, at: mark)
  }

  /// Its checks, which stand under `checks` or, as inference writes them, beside it.
  private mutating func addChecks(to schema: inout ImportedSchema) {
    for pair in node.pairs ?? [] {
      let key = pair.key.text ?? ""
      guard key != "unique", PanderaCheck.known.contains(key) else { continue }
      _ = keys.take(key)
      add(key, pair.value, at: pair.key.mark, to: &schema)
    }
    let checks = keys.take("checks")
    for item in checks?.items ?? [] {
      let check = item["options"]?["check_name"]?.text ?? item["check_name"]?.text
      add(check ?? "a check without name", item, at: item.mark, to: &schema)
    }
    for pair in checks?.pairs ?? [] {
      add(pair.key.text ?? "", pair.value, at: pair.key.mark, to: &schema)
    }
    if let checks, checks.items == nil, checks.pairs == nil {
      schema.leave("'checks' of '\(name)'", ImportGap("they are no list"), at: checks.mark)
    }
  }

  private func add(
    _ id: String, _ parameters: [SchemaText.Member], from source: String,
    to schema: inout ImportedSchema
  ) {
    let empty: [SchemaText.Member] =
      SchemaChecks.named(id, .column)?.kind == .rows ? [.init("allow_empty", .flag(true))] : []
    schema.add(
      ImportedCheck(id, parameters + empty, source: source, place: name), to: name,
      at: node.key(source)?.mark ?? mark)
  }

  /// Adds one named check.
  private func add(
    _ key: String, _ value: Node, at mark: Mark, to schema: inout ImportedSchema
  ) {
    do throws(ImportGap) {
      var check = try PanderaCheck.imported(key, value, of: name)
      if isText, ["in_set", "not_in_set"].contains(check.check) {
        check.parameters.append(.init("as", .text("text")))
      }
      schema.add(check, to: name, at: mark)
    } catch { schema.leave("'\(key)' of '\(name)'", error, at: mark) }
  }
}
