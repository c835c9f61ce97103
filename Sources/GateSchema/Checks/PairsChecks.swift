package import GateCore

extension SchemaCheck {
  /// Above another column.
  static let greaterThan = comparison("greater_than", "above", ">", holding: "2,1", not: "1,2")
    .alsoCalled("expect_column_pair_values_a_to_be_greater_than_b")
  /// Below another column.
  static let lessThan = comparison("less_than", "below", "<", holding: "1,2", not: "2,1")

  /// Row by row against another column.
  private static func comparison(
    _ id: String, _ word: String, _ sign: String, holding: String, not: String
  ) -> SchemaCheck {
    SchemaCheck(
      id, "Every value is \(word) that of another column in its row; a null on one side breaks it.",
      of: .column,
      parameters: [
        other,
        Parameter("or_equal", "Whether it may be the same.", .boolean, standard: "false"), pairs,
      ], main: "column", kind: .rows,
      examples: [
        Example("\(id): y", on: "x,y\n\(holding)\n", holds: true, value: 0),
        Example("\(id): y", on: "x,y\n\(not)\n1,1\n1,\n", holds: false, value: 3),
        Example(
          "\(id): {column: y, or_equal: true, ignore_if: any_null}", on: "x,y\n1,1\n1,\n",
          holds: true, value: 0),
      ]
    ) { question throws(Diagnostic) in
      let other = try question.other()
      if let mistake = question.disorder(other) { throw mistake }
      let sign = question.rule.flag("or_equal") ? "\(sign)=" : sign
      return .rows(
        question,
        good: question.column?.compared(sign, with: other)
          ?? "\(question.x) \(sign) \(other.name.sqlName)",
        among: question.without([question.x, other.name.sqlName]), shown: question.pair(other),
        what: "are not \(word) '\(other.name)'")
    }
  }

  /// The same as another column.
  static let equalTo = SchemaCheck(
    "equal_to", "Every value is that of another column in its row; a null on one side breaks it.",
    aliases: ["expect_column_pair_values_to_be_equal"], of: .column, parameters: [other, pairs],
    main: "column", kind: .rows,
    examples: [
      Example("equal_to: y", on: "x,y\n1,1\n,\n", holds: true, value: 0),
      Example("equal_to: y", on: "x,y\n1,1\n1,2\n1,\n", holds: false, value: 2),
      Example("equal_to: y", on: "x,y\n7,7\n8,b\n", holds: false, value: 2),
      Example(
        "equal_to: {column: y, ignore_if: never}", on: "x,y\n1,1\n,\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let other = try question.other()
    let both = question.column.map { [$0, other] } ?? [other]
    return .rows(
      question, good: both[0].equal(to: other),
      among: question.without(both.map(\.name.sqlName)), shown: question.pair(other),
      what: "differ from '\(other.name)'")
  }

  /// Not the same as another column.
  static let notEqualTo = SchemaCheck(
    "not_equal_to", "No value is that of another column in its row.", of: .column,
    parameters: [other, pairs], main: "column", kind: .rows,
    examples: [
      Example("not_equal_to: y", on: "x,y\n1,2\n", holds: true, value: 0),
      Example("not_equal_to: y", on: "x,y\n1,1\n1,2\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let other = try question.other()
    let both = question.column.map { [$0, other] } ?? [other]
    return .rows(
      question, good: "NOT (\(both[0].same(as: other)))",
      among: question.without(both.map(\.name.sqlName)), shown: question.pair(other),
      what: "equal '\(other.name)'")
  }

  /// A known pair.
  static let pairInSet = SchemaCheck(
    "pair_in_set", "Every value with that of another column is one of a set of pairs.",
    aliases: ["expect_column_pair_values_to_be_in_set"], of: .column,
    parameters: [
      other, Parameter("values", "The pairs.", .list(.list(.value)), required: true),
      pairs,
    ], kind: .rows,
    refuse: refuseNoPairs,
    examples: [
      Example(
        "pair_in_set: {column: y, values: [[a, 1], [b, 2]]}", on: "x,y\na,1\nb,1\n", holds: false,
        value: 1),
      Example(
        "pair_in_set: {column: y, values: [[a, 1], [b, null]]}", on: "x,y\na,1\nb,\n", holds: true,
        value: 0),
      Example(
        "pair_in_set: {column: y, values: [[a, 1], [b, '2']]}", on: "x,y\na,1\nb,2\n",
        holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let other = try question.other()
    let pairs = question["values"]?.items ?? []
    let parts = pairs.compactMap { question.pair($0, with: other) }
    if parts.isEmpty, let first = pairs.first?.items?.first {
      throw SetMembers.mistake(first, of: question.column)
    }
    let strangers = pairs.count - parts.count
    return .rows(
      question, good: parts.isEmpty ? "false" : parts.joined(separator: " OR "),
      among: question.without([question.x, other.name.sqlName]), shown: question.pair(other),
      what: "are no pair of the set",
      note: strangers == 0
        ? nil : "\(strangers.counted("pair")) of the set hold a value of another type")
  }

  /// A value that another table has.
  static let foreignKey = SchemaCheck(
    "foreign_key", "Every value occurs in a column of another table.",
    aliases: ["relationships", "referential_integrity"], of: .column,
    parameters: [
      Parameter(
        "table", "The other table: reference, holdout, current, or one of the schema's 'tables'.",
        .text, required: true),
      Parameter("column", "Its column; default: of the same name.", .text),
    ], main: "table", kind: .rows,
    examples: [
      Example(
        "foreign_key: reference", on: "x\n1\n3\n\n", reference: "x\n1\n2\n", holds: false, value: 1),
      Example(
        "foreign_key: {table: reference, column: k}", on: "x\n1\n", reference: "k\n1\n2\n",
        holds: true, value: 0),
      Example("foreign_key: nowhere", on: "x\n1\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let other = try question.table(question["table"] ?? question.rule.body)
    let name = question["column"]?.text ?? question.column?.name ?? ""
    guard let column = other.column(name) else {
      throw Diagnostic(
        "'\(name)' is not a column of \(other.name)",
        at: (question["column"] ?? question["table"])?.mark,
        hint: name.nearest(in: other.columns.map(\.name)).map { "did you mean '\($0)'?" })
    }
    if let mine = question.column, !mine.compares(with: column) {
      throw Diagnostic(
        "'\(mine.name)' is \(mine.declared) and '\(name)' of \(other.name) is \(column.declared), "
          + "and no value of one is a value of the other", at: question.rule.mark,
        hint: "set the type of one of them under 'types'")
    }
    let mine = question.column?.key(beside: column) ?? question.x
    let theirs = question.column.map { column.key(beside: $0) } ?? column.name.sqlName
    let keys = "SELECT \(theirs) FROM \(other.name.sqlName)"
    return .rows(
      question, good: "\(mine) IN (\(keys) WHERE \(column.name.sqlName) IS NOT NULL)",
      what: "do not occur in '\(name)' of \(other.name)")
  }

  /// Both the column and the pairs must be there, each of two values.
  private static let refuseNoPairs: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    if rule["column"] == nil || rule["values"] == nil {
      return Diagnostic("'pair_in_set' wants 'column' and 'values'")
    }
    return rule["values"]?.items?.first { $0.items?.count != 2 }.map {
      Diagnostic("found \($0.found), wanted a pair of two values", at: $0.mark)
    }
  }

  private static let other = Parameter("column", "The other column.", .text, required: true)
  private static let pairs = nulls
}

extension CheckContext {
  /// The column under `column`.
  fileprivate func other() throws(Diagnostic) -> ColumnType {
    try named(rule["column"] ?? rule.body)
  }

  /// Both values, for an example.
  fileprivate func pair(_ other: ColumnType) -> String {
    "concat(coalesce(CAST(\(x) AS VARCHAR), 'null'), ' and ', "
      + "coalesce(CAST(\(other.name.sqlName) AS VARCHAR), 'null'))"
  }

  /// Whether a row has a pair of values, in SQL; nil: no row can.
  fileprivate func pair(_ node: Node, with other: ColumnType) -> String? {
    var sides: [String] = []
    for (value, column) in zip(node.items ?? [], [column, other]) {
      let name = column?.name.sqlName ?? ""
      if value.isNull {
        sides.append("\(name) IS NULL")
      } else {
        guard let literal = SetMembers.literal(value, of: column) else { return nil }
        sides.append("\(name) IS NOT DISTINCT FROM \(literal)")
      }
    }
    return "(\(sides.joined(separator: " AND ")))"
  }

  /// Why the values of two columns have no order; nil: they have one.
  fileprivate func disorder(_ other: ColumnType) -> Diagnostic? {
    guard let column, !column.compares(with: other) else { return nil }
    return Diagnostic(
      "'\(column.name)' is \(column.declared) and '\(other.name)' is \(other.declared), which have "
        + "no order", at: rule.mark, hint: "set the type of one of them under 'types'")
  }
}

extension ColumnType {
  /// The column in SQL as it is compared with another: a truth with a number is 1 or 0.
  private func sql(beside other: ColumnType) -> String {
    kind == .boolean && other.kind != .boolean
      ? "CAST(\(name.sqlName) AS INTEGER)" : name.sqlName
  }

  /// Whether a row has the same value in both columns, in SQL; a null equals nothing.
  func equal(to other: ColumnType) -> String {
    guard compares(with: other) else { return "false" }
    return kind == .boolean || other.kind == .boolean
      ? "\(sql(beside: other)) = \(other.sql(beside: self))" : compared("=", with: other)
  }

  /// The same, where a null equals a null.
  package func same(as other: ColumnType) -> String {
    let (mine, theirs) = (name.sqlName, other.name.sqlName)
    let areNull = "\(mine) IS NULL AND \(theirs) IS NULL"
    return compares(with: other) ? "coalesce(\(equal(to: other)), \(areNull))" : areNull
  }
}
