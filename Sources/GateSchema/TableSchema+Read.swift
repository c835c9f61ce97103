package import GateCore

extension TableSchema {
  /// What a schema file may say; the check, its JSON Schema and the reference come from it.
  package static var shape: Shape {
    .record([
      Parameter("version", "The schema's version.", .choice(["1"]), required: true),
      Parameter("columns", "The columns by name, in order.", .map(keys: "column", column)),
      Parameter("strict", "Whether a column not listed is a failure.", .boolean, standard: "false"),
      Parameter(
        "ordered", "Whether the columns must stand in this order.", .boolean, standard: "false"),
      Parameter(
        "environments", "Where rows are used, where columns differ between them.", .list(.text)),
      Parameter(
        "tables", "Further tables that checks look into, by the name they call them.",
        .map(keys: "table", .record(TableOrigin.parameters))),
      Parameter(
        "table", "What is asked of the table as a whole.",
        .record([HygieneSet.key] + keys(of: .table))),
      Parameter(
        "checks", "The same as a list, where a check is used twice.", list(of: .table)),
    ])
  }

  /// The JSON Schema of a schema file, for editors.
  package static var jsonSchema: JSON {
    .object(
      [
        JSON.Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
        JSON.Member("title", "Gatewright schema"),
      ] + shape.members
    ).sharingSchemas
  }

  /// What stands under a column's name.
  private static var column: Shape {
    .record(
      [
        Parameter(
          "type",
          "What its values are: \(ColumnKind.words.joined(separator: ", ")), or a type as SQL names it.",
          .text),
        Parameter(
          "presence", "Whether it must be there.", .choice(Presence.allCases.map(\.rawValue)),
          standard: "required"),
        Parameter("deprecated", "Why it is no longer looked at.", .text),
        Parameter("environments", "The environments that have it; default: all.", .list(.text)),
        Parameter(
          "not_in", "The environments that do not have it, as serving has no label.", .list(.text)),
        Parameter("checks", "Checks as a list, where one is used twice.", list(of: .column)),
      ] + keys(of: .column))
  }

  /// A key a check.
  private static func keys(of subject: SchemaCheck.Subject) -> [Parameter] {
    SchemaChecks.all.filter { $0.subject == subject }.map {
      Parameter($0.id, $0.summary, $0.shape, aliases: $0.aliases)
    }
  }

  /// A list of checks, each of which says which it is.
  private static func list(of subject: SchemaCheck.Subject) -> Shape {
    .list(
      .tagged(
        key: "check", kind: "check",
        SchemaChecks.all.filter { $0.subject == subject }.map {
          Shape.Option(
            $0.id, $0.summary, $0.parameters + $0.common, aliases: $0.aliases)
        }))
  }

  /// Reads a schema; throws every mistake in it, in the order of the file.
  package init(_ node: Node) throws(Diagnostics) {
    var mistakes = Self.shape.mistakes(in: node)
    guard mistakes.isEmpty else { throw Diagnostics(mistakes.inOrder) }
    mark = node.mark
    isStrict = node["strict"]?.boolean ?? false
    isOrdered = node["ordered"]?.boolean ?? false
    environments = node["environments"]?.items?.compactMap(\.text) ?? []
    tables = Self.tables(node["tables"], &mistakes)
    rules = Self.rules(node["table"], node["checks"], of: nil, &mistakes)
    columns = []
    for pair in node["columns"]?.pairs ?? [] {
      columns.append(Self.column(pair, among: environments, &mistakes))
    }
    if columns.isEmpty, rules.isEmpty {
      mistakes.append(Diagnostic("the schema asks for nothing", at: node.mark))
    }
    if !mistakes.isEmpty { throw Diagnostics(mistakes.inOrder) }
  }

  /// Further tables; their names must not be those every run has.
  private static func tables(
    _ node: Node?, _ mistakes: inout [Diagnostic]
  ) -> [(name: String, origin: TableOrigin)] {
    var tables: [(name: String, origin: TableOrigin)] = []
    for pair in node?.pairs ?? [] {
      let name = pair.key.text ?? ""
      if ["holdout", "reference", "current"].contains(name) || name.hasSuffix("_predictions") {
        mistakes.append(
          Diagnostic("a table called '\(name)' is there already", at: pair.key.mark))
      }
      var csv = TextDialect()
      do { csv = try TextDialect(pair.value["csv"]) } catch { mistakes += error.all }
      tables.append((name, TableOrigin(pair.value, csv: csv)))
    }
    return tables
  }

  private static func column(
    _ pair: Node.Pair, among environments: [String], _ mistakes: inout [Diagnostic]
  ) -> ColumnSchema {
    let body = pair.value
    let name = pair.key.text ?? ""
    let presence = Presence(rawValue: body["presence"]?.text ?? "required") ?? .required
    var rules = Self.rules(body, body["checks"], of: name, &mistakes)
    if presence == .forbidden, let rule = rules.first {
      mistakes.append(
        Diagnostic(
          "the column '\(name)' is forbidden, so '\(rule.name)' has nothing to judge",
          at: rule.mark))
      rules = []
    }
    var type: ColumnKind?
    if let node = body["type"] {
      do { type = try ColumnKind(node) } catch { mistakes.append(error) }
    }
    if let node = body["deprecated"],
      ["false", "no", "true", "yes"].contains(node.text?.lowercased())
    {
      mistakes.append(
        Diagnostic(
          "'deprecated' is \(node.found), and with it no check of the column is judged; the reason was wanted",
          at: node.mark,
          hint: "say why the column is no longer looked at, or remove the key"))
    }
    return ColumnSchema(
      name: name, type: type, presence: presence,
      deprecated: body["deprecated"]?.text,
      environments: Self.environments(body, among: environments, &mistakes),
      rules: rules, mark: pair.key.mark)
  }

  /// Where a column is meant; nil: everywhere.
  private static func environments(
    _ body: Node, among environments: [String], _ mistakes: inout [Diagnostic]
  ) -> [String]? {
    let inside = body["environments"]?.items
    let outside = body["not_in"]?.items
    if inside != nil, let key = body.key("not_in"), outside != nil {
      mistakes.append(
        Diagnostic("'environments' and 'not_in' exclude each other", at: key.mark))
    }
    for item in (inside ?? []) + (outside ?? [])
    where !environments.contains(item.text ?? "") {
      mistakes.append(
        Diagnostic(
          "unknown environment \(item.found)", at: item.mark,
          hint: environments.isEmpty
            ? "declare it under the schema's own 'environments'"
            : "known: \(environments.joined(separator: ", "))"))
    }
    let excluded = Set(outside?.compactMap(\.text) ?? [])
    return inside?.compactMap(\.text)
      ?? (excluded.isEmpty ? nil : environments.filter { !excluded.contains($0) })
  }

  /// The checks that stand as keys of a mapping, then those of a list.
  private static func rules(
    _ keys: Node?, _ list: Node?, of column: String?, _ mistakes: inout [Diagnostic]
  ) -> [SchemaRule] {
    var rules: [SchemaRule] = []
    for (check, body, mark) in written(keys, list, isOfTable: column == nil) {
      let rule = SchemaRule(
        check: check, name: body["id"]?.text ?? check.id, column: column, body: body, mark: mark)
      mistakes += Self.mistakes(in: rule, after: rules)
      rules.append(rule)
    }
    return rules
  }

  /// What is asked for, each with what stands under its key.
  private static func written(
    _ keys: Node?, _ list: Node?, isOfTable: Bool
  ) -> [(check: SchemaCheck, body: Node, mark: Mark)] {
    let subject: SchemaCheck.Subject = isOfTable ? .table : .column
    var written: [(check: SchemaCheck, body: Node, mark: Mark)] = []
    for pair in keys?.pairs ?? [] {
      guard let check = SchemaChecks.named(pair.key.text ?? "", subject) else { continue }
      written.append((check, pair.value, pair.key.mark))
    }
    for item in list?.items ?? [] {
      guard let tag = item["check"], let check = SchemaChecks.named(tag.text ?? "", subject)
      else { continue }
      written.append((check, item, tag.mark))
    }
    if let key = keys?.key("hygiene"), let word = keys?["hygiene"] {
      let asked = HygieneSet(rawValue: word.text ?? "")?.checks ?? []
      written += asked.filter { check in !written.contains { $0.check.id == check.id } }
        .map { ($0, word, key.mark) }
    }
    return written
  }

  /// What is wrong with one check, beside those before it.
  private static func mistakes(in rule: SchemaRule, after rules: [SchemaRule]) -> [Diagnostic] {
    let (column, check, mark) = (rule.column, rule.check, rule.mark)
    var mistakes: [Diagnostic] = []
    if rules.contains(where: { $0.name == rule.name }) {
      mistakes.append(
        Diagnostic(
          "there are two checks '\(rule.name)'\(column.map { " of '\($0)'" } ?? "")", at: mark,
          hint: "give one of them an 'id' of its own"))
    }
    let own: Set = column == nil ? ["strict", "ordered"] : ["present", "type"]
    if own.contains(rule.name) {
      mistakes.append(
        Diagnostic(
          "'\(rule.name)' is the id of a check that every schema has", at: mark,
          hint: "give this one another 'id'"))
    }
    if rule.name.isEmpty || rule.name.contains("/") {
      mistakes.append(
        Diagnostic("a check's id is a name without '/', found '\(rule.name)'", at: mark))
    }
    if let main = check.main, let parameter = check.parameters.first(where: { $0.id == main }),
      parameter.required, rule[main] == nil
    {
      mistakes.append(Diagnostic("'\(main)' is missing", at: mark))
    } else if let mistake = check.refuse(rule) {
      mistakes.append(mistake.at(mark))
    }
    return mistakes
  }
}
