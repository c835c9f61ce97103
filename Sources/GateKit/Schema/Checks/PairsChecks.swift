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
      let sign = question.rule.flag("or_equal") ? "\(sign)=" : sign
      return .rows(
        question, good: "\(question.x) \(sign) \(other)",
        among: question.without([question.x, other]), shown: question.pair(other),
        what: "are not \(word) '\(question["column"]?.text ?? "")'")
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
      Example(
        "equal_to: {column: y, ignore_if: never}", on: "x,y\n1,1\n,\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let other = try question.other()
    return .rows(
      question, good: "\(question.x) = \(other)", among: question.without([question.x, other]),
      shown: question.pair(other), what: "differ from '\(question["column"]?.text ?? "")'")
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
    return .rows(
      question, good: "\(question.x) IS DISTINCT FROM \(other)",
      among: question.without([question.x, other]), shown: question.pair(other),
      what: "equal '\(question["column"]?.text ?? "")'")
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
    ]
  ) { question throws(Diagnostic) in
    let other = try question.named(question["column"] ?? question.rule.body)
    var parts: [String] = []
    for pair in question["values"]?.items ?? [] {
      var sides: [String] = []
      for (node, column) in zip(pair.items ?? [], [question.column, other]) {
        let name = column?.name.sqlName ?? ""
        sides.append(
          node.isNull
            ? "\(name) IS NULL"
            : "\(name) IS NOT DISTINCT FROM \(try question.literal(node, of: column))")
      }
      parts.append("(\(sides.joined(separator: " AND ")))")
    }
    return .rows(
      question, good: parts.joined(separator: " OR "),
      among: question.without([question.x, other.name.sqlName]),
      shown: question.pair(other.name.sqlName), what: "are no pair of the set")
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
    let keys = "SELECT \(column.name.sqlName) FROM \(other.name.sqlName)"
    return .rows(
      question, good: "\(question.x) IN (\(keys) WHERE \(column.name.sqlName) IS NOT NULL)",
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

extension SchemaQuestion {
  /// The column under `column`, in SQL.
  fileprivate func other() throws(Diagnostic) -> String {
    try named(rule["column"] ?? rule.body).name.sqlName
  }

  /// Both values, for an example.
  fileprivate func pair(_ other: String) -> String {
    "concat(coalesce(CAST(\(x) AS VARCHAR), 'null'), ' and ', coalesce(CAST(\(other) AS VARCHAR), 'null'))"
  }
}
