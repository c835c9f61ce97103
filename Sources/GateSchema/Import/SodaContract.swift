import GateCore

extension Importers {
  /// Whether a file is a contract of Soda.
  private static let isContract: @Sendable (ImportSource) -> Bool = { source in
    source.root?["dataset"]?.text != nil
      && (source.root?["columns"]?.items != nil || source.root?["checks"]?.items != nil)
  }

  /// Data contracts of Soda 4.
  static let sodaContract = Importer(
    id: "soda-contract", name: "Soda contracts",
    recognises: isContract
  ) { source throws(Diagnostics) in
    guard let root = source.root, root.pairs != nil else {
      throw Diagnostics([
        Diagnostic("'\(source.name)' is no mapping of a contract", at: source.root?.mark)
      ])
    }
    return SodaContract(root, source).imported
  }
}

/// A contract of Soda 4: the columns of one table, and checks of them and of the table.
struct SodaContract {
  /// What came of it.
  private(set) var imported = ImportedSchema(tool: "Soda contracts")
  /// The table, without the data source and schemas it stands in.
  package let table: String
  /// The rows that every check is of, but the one of the columns; nil: all.
  package private(set) var filter: String?
  package let source: ImportSource
  /// Variables that the file gives a value.
  private var variables: [String: Node] = [:]
  /// Keys that ask for nothing: what is said of the file, and when Soda runs it.
  private static let idle: Set<String> = [
    "dataset", "description", "variables", "soda_runner", "soda_agent", "check_attributes",
    "owner", "tags",
  ]

  /// Imports a contract.
  package init(_ root: Node, _ source: ImportSource) {
    self.source = source
    let dataset = root["dataset"]?.text ?? ""
    table = dataset.split(separator: "/").last.map(String.init) ?? dataset
    for variable in root["variables"]?.pairs ?? [] {
      variables[variable.key.text ?? ""] = variable.value["default"]
    }
    do throws(ImportGap) {
      filter = try root["filter"].flatMap { $0.isNull ? nil : $0 }
        .map { node throws(ImportGap) in try resolved(node).text ?? "" }?.trimmed
    } catch {
      imported.leave("the contract", error, at: root.key("filter")?.mark)
      return
    }
    let columns = root["columns"]?.items ?? []
    let hasSchema =
      root["checks"]?.items?.contains { $0.pairs?.first?.key.text == "schema" } ?? false
    for (index, node) in columns.enumerated() {
      add(column: node, "columns[\(index)]", isAsked: hasSchema)
    }
    for (index, node) in (root["checks"]?.items ?? []).enumerated() {
      add(node, "checks[\(index)]", of: nil)
    }
    for pair in root.pairs ?? [] {
      let key = pair.key.text ?? ""
      if Self.idle.contains(key) || ["columns", "checks", "filter"].contains(key) { continue }
      let reason =
        key == "scopes" ? "it is of rows that Soda looks at on its own" : "it is not known here"
      imported.leave("'\(key)'", ImportGap(reason), at: pair.key.mark)
    }
  }

  /// Adds a column with its checks; `isAsked`: the contract asks for the columns themselves.
  private mutating func add(column node: Node, _ place: String, isAsked: Bool) {
    guard let name = node["name"]?.text, !name.isEmpty else {
      imported.leave("'\(place)'", ImportGap("it has no name"), at: node.mark)
      return
    }
    var keys = ImportArguments(node)
    for key in ["name", "description", "column_expression", "checks"] + SodaContractCheck.settings {
      _ = keys.take(key)
    }
    if keys.take("optional") != nil {
      imported.remark(
        "'optional' of '\(name)' is not looked at: Soda wants the column", at: node.mark)
    }
    if isAsked { _ = imported.column(name) }
    let type = keys.take("data_type")
    if isAsked, let type {
      imported.part("'data_type' of '\(name)'", at: node.key("data_type")?.mark) {
        schema throws(ImportGap) in
        guard let types = EngineTypes.declaredInSQL(type.text ?? "") else {
          throw ImportGap("the type '\(type.text ?? "")' is not known", at: type.mark)
        }
        schema.add(
          ImportedCheck("of_type", [.init("types", .texts(types))], source: "schema", place: place),
          to: name, at: type.mark)
      }
    }
    // Before Soda 4 a contract said so of a column.
    let rows: [SchemaText.Member] = [.init("allow_empty", .flag(true))] + SodaFigure.rows(filter)
    for key in ["not_null", "unique"] {
      let mark = node.key(key)?.mark
      imported.part("'\(key)' of '\(name)'", at: mark) { schema throws(ImportGap) in
        guard try keys.flag(key) else { return }
        schema.add(ImportedCheck(key, rows, source: key, place: place), to: name, at: mark)
      }
    }
    for gap in keys.unknown { imported.leave("a part of '\(name)'", gap, at: node.mark) }
    for (index, check) in (node["checks"]?.items ?? []).enumerated() {
      add(check, "\(place).checks[\(index)]", of: node)
    }
  }

  /// Adds a check of a column, or of the table.
  private mutating func add(_ node: Node, _ place: String, of column: Node?) {
    let kind = node.pairs?.first?.key.text ?? node.text ?? ""
    let name = column?["name"]?.text
    let what = "'\(kind)' of '\(name ?? table)'"
    do throws(ImportGap) {
      guard let pairs = node.pairs, pairs.count == 1 else {
        throw ImportGap("wanted one check: its kind, a colon, and what belongs to it further in")
      }
      let settings = try resolved(pairs[0].value)
      if kind == "schema" {
        try addSchema(settings, at: node.mark)
        return
      }
      var check = SodaContractCheck(
        kind, settings.isNull ? Node(.mapping([]), at: node.mark) : settings, place,
        column: try column.map { node throws(ImportGap) in try resolved(node.without("checks")) },
        contract: self)
      for (one, column) in try check.imported() {
        imported.add(one, to: column, at: node.mark)
      }
    } catch { imported.leave(what, error, at: error.mark ?? node.mark) }
  }

  /// That there are no further columns, and their order; which there must be is said of each.
  private mutating func addSchema(_ settings: Node, at mark: Mark) throws(ImportGap) {
    var keys = ImportArguments(settings.isNull ? Node(.mapping([]), at: mark) : settings)
    _ = keys.notes(["name", "qualifier", "attributes"])
    let allowsMore = try keys.flag("allow_extra_columns")
    let allowsOrder = try keys.flag("allow_other_column_order")
    try keys.finish()
    imported.isStrict = !allowsMore
    imported.isOrdered = !allowsOrder
  }

  /// A tree in which every variable is its value; throws where the file gives one none.
  package func resolved(_ node: Node) throws(ImportGap) -> Node {
    switch node.content {
    case .sequence(let items):
      var all: [Node] = []
      for item in items { all.append(try resolved(item)) }
      return Node(.sequence(all), at: node.mark)
    case .mapping(let pairs):
      var all: [Node.Pair] = []
      for pair in pairs { all.append(Node.Pair(key: pair.key, value: try resolved(pair.value))) }
      return Node(.mapping(all), at: node.mark)
    case .scalar(let text, _):
      guard text.contains("${") else { return node }
      let result = try text.resolving { name throws(ImportGap) in try value(name, at: node.mark) }
      return Node(.scalar(result, quoted: Double(result) == nil), at: node.mark)
    }
  }

  /// The value of `var.name`.
  private func value(_ name: String, at mark: Mark) throws(ImportGap) -> String {
    if let (space, own) = name.splitOnce("."), space == "var", let value = variables[own]?.text {
      return value
    }
    throw ImportGap(
      "it has the variable '\(name)', to which the file gives no value", at: mark,
      hint: "write the value into the file, or under 'variables'")
  }
}

extension Node {
  /// The mapping without a key.
  fileprivate func without(_ key: String) -> Node {
    Node(.mapping((pairs ?? []).filter { $0.key.text != key }), at: mark)
  }
}
