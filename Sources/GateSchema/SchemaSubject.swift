package import GateCore

/// One table held against one schema.
package struct SchemaSubject: Sendable {
  package let gate: String
  package let schema: TableSchema
  package let environment: String?
  package let table: any Table
  package let reference: (any Table)?
  /// Whether that is the very bytes of the table.
  package var isOwnReference = false
  /// Other tables by the name the schema calls them.
  package var others: [String: any Table] = [:]
  package let roles: ColumnRoles
  package let now: String

  /// Takes what it holds.
  package init(
    gate: String, schema: TableSchema, environment: String?, table: any Table,
    reference: (any Table)?, isOwnReference: Bool = false, others: [String: any Table] = [:],
    roles: ColumnRoles, now: String
  ) {
    self.gate = gate
    self.schema = schema
    self.environment = environment
    self.table = table
    self.reference = reference
    self.isOwnReference = isOwnReference
    self.others = others
    self.roles = roles
    self.now = now
  }

  /// Every check: presence and type of each column, then what is asked of it, then of the table.
  package func checks() async -> [Check] { await answers().checks }

  /// What the table answers to all that the schema asks.
  package func answers() async -> SchemaAnswers {
    var checks: [Check] = []
    var asked: [(place: Int, plan: Result<QueryPlan, Diagnostic>)] = []
    var rules: [SchemaRule] = []
    for column in schema.columns where isHere(column) {
      checks += shape(of: column)
      for rule in column.rules {
        asked.append((checks.count, inquire(rule, column)))
        rules.append(rule)
        checks.append(blank(rule))
      }
    }
    checks += tableShape
    for rule in schema.rules {
      asked.append((checks.count, inquire(rule, nil)))
      rules.append(rule)
      checks.append(blank(rule))
    }
    var findings = await SchemaScan(table).findings(asked.map(\.plan))
    await excuse(&findings, of: rules)
    let found = zip(rules, findings).map { rule, finding in
      finding.mapError { explained($0, of: rule) }
    }
    return SchemaAnswers(
      shape: checks + [idle].compactMap(\.self),
      asked: zip(asked, zip(rules, found)).map { SchemaAnswers.Asked($0.place, $1.0.check, $1.1) })
  }

  /// A mistake over texts that are numbers in another dialect, in whatever column the rule names: that they are.
  private func explained(_ mistake: Diagnostic, of rule: SchemaRule) -> Diagnostic {
    guard mistake.isOfTypes || mistake.message.contains("holds texts") else { return mistake }
    for name in rule.namesOfColumns {
      let said = Diagnostic("'\(name)' holds texts, and '\(rule.check.id)' wants numbers")
      let explained = table.explaining(said, texts: name)
      if explained != said { return explained.at(rule.mark) }
    }
    return mistake
  }

  /// A column without a value has no type, so that what failed over its type holds where nothing need take part.
  private func excuse(
    _ findings: inout [Result<Finding, Diagnostic>], of rules: [SchemaRule]
  ) async {
    let places = findings.indices.filter { place in
      guard case .failure(let mistake) = findings[place], !mistake.temporary else { return false }
      let rule = rules[place]
      let isOfOne = !rule.check.parameters.contains { $0.id == "ignore_if" }
      return rule.check.kind == .rows && rule.flag("allow_empty") && isOfOne
        && rule.column.flatMap { table.shape.column($0) } != nil
        && (try? checkSQL(of: rule)) != nil
    }
    let counts = places.map { place -> Result<QueryPlan, Diagnostic> in
      let rule = rules[place]
      let among = rule["where"]?.text.map { " FILTER (WHERE \n\($0)\n)" } ?? ""
      let count = Query.number("count(\((rule.column ?? "").sqlName))\(among)")
      return .success(
        .asking([count]) { answers in
          .answered(
            Finding(
              answers[0].number == 0 ? .passed : .failed,
              "has no row that takes part, which is allowed", n: 0))
        })
    }
    for (place, found) in zip(places, await SchemaScan(table).findings(counts)) {
      if case .success(let finding) = found, finding.outcome == .passed { findings[place] = found }
    }
  }

  /// An error where the schema is of columns alone, each may be missing, and the table has none of them: nothing is judged.
  private var idle: Check? {
    let here = schema.columns.filter(isHere)
    guard !here.isEmpty, schema.rules.isEmpty, !schema.isStrict, !schema.isOrdered,
      here.allSatisfy({ column in
        (column.presence == .optional || column.presence == .required && column.deprecated != nil)
          && table.shape.column(column.name) == nil
      })
    else { return nil }
    let names = here.map { "'\($0.name)'" }.joined(separator: ", ")
    let nearest = here.lazy.compactMap { $0.name.nearest(in: table.schema.map(\.name)) }.first
    return Check(
      id: gate, gate: gate, outcome: .error, message: "", location: schema.mark.location
    ).failing(
      .error,
      Diagnostic(
        "the gate judged nothing: the \(table.name) has none of the schema's columns (\(names)), each of which may "
          + "be missing",
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "add a column that must be there, or a check of the table"))
  }

  /// Whether a column is meant in this environment.
  private func isHere(_ column: TableSchema.ColumnSchema) -> Bool {
    guard let environment, let environments = column.environments else { return true }
    return environments.contains(environment)
  }

  private func inquire(
    _ rule: SchemaRule, _ column: TableSchema.ColumnSchema?
  ) -> Result<QueryPlan, Diagnostic> {
    let found = column.flatMap { table.shape.column($0.name) }
    if let column, let reason = column.deprecated {
      return .success(.answered(Finding(.skipped, "the column is deprecated: \(reason)")))
    }
    if let column, found == nil {
      return column.presence == .optional
        ? .success(.answered(Finding(.skipped, "there is no such column, which is allowed")))
        : .failure(Diagnostic("there is no column '\(column.name)'"))
    }
    let checked = Result { try checkSQL(of: rule) }.located(at: rule.mark)
    if case .failure(let mistake) = checked { return .failure(mistake) }
    return Result { () throws(Diagnostic) in
      var question = CheckContext(
        rule: rule, table: table.shape, reference: reference?.shape,
        others: others.mapValues(\.shape), column: found, roles: roles, now: now)
      question.isOwnReference = isOwnReference
      return try rule.check.inquire(question)
    }
  }

  /// Refuses SQL that a user wrote and that would not give the same in every run.
  private func checkSQL(of rule: SchemaRule) throws {
    if let filter = rule["where"]?.text { try table.check(filter, isSelect: false) }
    guard let sql = rule["sql"]?.text else { return }
    switch rule.check.sql {
    case .condition: try table.check(sql, isSelect: false)
    case .aggregate: try table.checkFigure(sql)
    case .select:
      var select = sql.replacing("{table}", with: table.inOrder)
      while let last = select.last, last == ";" || last.isWhitespace { select.removeLast() }
      try table.check(select, isSelect: true)
    }
  }

  private func blank(_ rule: SchemaRule) -> Check {
    let name = rule.column.map { "\($0.idPart)/\(rule.name)" } ?? rule.name
    return Check(
      id: "\(gate)/\(name)", gate: gate, outcome: .error, blocking: rule.blocking,
      message: rule.column.map { "\($0): " } ?? "", metric: rule.check.id,
      location: rule.mark.location)
  }

  /// Whether the column is there as it should be, and of its type.
  private func shape(of column: TableSchema.ColumnSchema) -> [Check] {
    let found = table.shape.column(column.name)
    var check = Check(
      id: "\(gate)/\(column.name.idPart)/present", gate: gate, outcome: .passed,
      message: "\(column.name): ", metric: "present", location: column.mark.location)
    switch (column.presence, found) {
    case (.forbidden, nil): check.message += "there is no such column, as wanted"
    case (.forbidden, .some):
      check.outcome = .failed
      check.message += "the column is there and is forbidden"
    case (_, .some(let found)): check.message += "the column is there, of type \(found.shownType)"
    case (.required, nil) where column.deprecated == nil:
      let names = table.schema.map(\.name)
      let other = column.name.otherForm(in: names)
      let nearest = other == nil ? column.name.nearest(in: names) : nil
      check.outcome = .failed
      check.message +=
        "the column is missing"
        + (other.map { "; \($0)" } ?? nearest.map { "; the nearest there is '\($0)'" } ?? "")
    case (_, nil):
      check.outcome = .skipped
      check.message +=
        column.deprecated.map { "there is no such column, and it is deprecated: \($0)" }
        ?? "there is no such column, which is allowed"
    }
    guard let found, let type = column.type, column.presence != .forbidden,
      column.deprecated == nil
    else { return [check] }
    let holds = type.accepts(found)
    let words = Diagnostic("\(column.name): the type is \(found.shownType), wanted \(type.word)")
    let said = holds ? words : table.explaining(words, texts: column.name)
    return [
      check,
      Check(
        id: "\(gate)/\(column.name.idPart)/type", gate: gate, outcome: holds ? .passed : .failed,
        message: said.sentence, metric: "type", location: column.mark.location),
    ]
  }

  /// No columns but those listed, and in their order, where that is asked.
  private var tableShape: [Check] {
    let here = schema.columns.filter { isHere($0) && $0.presence != .forbidden }
    let names = here.map(\.name)
    let found = table.schema.map(\.name)
    var checks: [Check] = []
    func add(_ id: String, _ holds: Bool, _ message: String) {
      checks.append(
        Check(
          id: "\(gate)/\(id)", gate: gate, outcome: holds ? .passed : .failed, message: message,
          metric: id, location: schema.mark.location))
    }
    if schema.isStrict {
      let strangers = found.filter { !schema.columns.map(\.name).has($0) }
      add(
        "strict", strangers.isEmpty,
        strangers.isEmpty
          ? "the table has no column that the schema does not list"
          : "the table has columns that the schema does not list: "
            + strangers.prefix(20).joined(separator: ", "))
    }
    if schema.isOrdered {
      let wanted = names.filter(found.has)
      let order = found.filter(names.has)
      let place = wanted.indices.first { !wanted[$0].isSame(as: order[$0]) }
      add(
        "ordered", place == nil,
        place.map {
          "the columns stand in another order: '\(order[$0])' where '\(wanted[$0])' was wanted"
        }
          ?? "the columns stand in the schema's order")
    }
    return checks
  }
}

extension Table {
  /// Name, rows and columns.
  package var shape: CheckContext.TableShape {
    CheckContext.TableShape(name: name, rows: rows, columns: schema, inOrder: inOrder)
  }
}
