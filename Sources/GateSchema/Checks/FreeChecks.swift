import GateCore

extension SchemaCheck {
  /// Any aggregate.
  static let aggregate = SchemaCheck(
    "aggregate", "An aggregate in SQL over the table lies between bounds.", of: .table,
    parameters: [Parameter("sql", "An expression of aggregates.", .sql, required: true)],
    main: nil, kind: .figure, sql: .aggregate,
    refuse: wantSQL,
    examples: [
      Example("aggregate: {sql: avg(a * 2), max: 3}", on: "a\n1\n2\n", holds: true, value: 3),
      Example("aggregate: {sql: avg(a * 2), max: 2}", on: "a\n1\n2\n", holds: false, value: 3),
      Example(
        "aggregate: {sql: avg(a * 2), max: 2, where: a < 2}", on: "a\n1\n2\n", holds: true,
        value: 2),
      Example("aggregate: {sql: avg(nope), max: 2}", on: "a\n1\n2\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let sql = question["sql"]?.text ?? "NULL"
    guard let filter = question["where"]?.text else {
      return .figure(question, "the aggregate") { _ in "(\n\(sql)\n)" }
    }
    // A filter belongs behind every aggregate of the expression, and only the engine knows which these are.
    return .oneValue(
      question,
      "SELECT (\n\(sql)\n) AS value FROM \(question.table.inOrder) WHERE \n\(filter)",
      what: "the aggregate")
  }

  /// Any SELECT of one number.
  package static let query = SchemaCheck(
    "query", "The one number that a SELECT gives lies between bounds; {table} is the table.",
    aliases: ["custom_sql", "unexpected_rows_expectation"], of: .table,
    parameters: [Parameter("sql", "The SELECT.", .text, required: true)] + Bounds.parameters,
    refuse: wantSQLAndBounds,
    examples: [
      Example(
        "query: {sql: \"SELECT count(*) FROM {table}\", max: 2}", on: "a\n1\n2\n", holds: true,
        value: 2),
      Example(
        "query: {sql: \"SELECT sum(a) FROM {table}\", max: 2}", on: "a\n1\n2\n", holds: false,
        value: 3),
      Example("query: {sql: \"SELECT a FROM {table}\", max: 2}", on: "a\n1\n2\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let sql = (question["sql"]?.text ?? "").replacing("{table}", with: question.table.inOrder)
    return .oneValue(question, sql.withoutEnd, what: "the SELECT's value")
  }

  private static let wantSQL: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    rule["sql"] == nil ? Diagnostic("'\(rule.check.id)' wants 'sql'") : nil
  }

  private static let wantSQLAndBounds: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    wantSQL(rule) ?? Bounds.refuse(rule)
  }

  /// A condition beside a column: of the rows with a value, and of none where the column may be missing and is.
  static let columnCondition = SchemaCheck(
    "condition", "SQL over the row is true for every row in which the column has a value.",
    of: .column,
    parameters: [Parameter("sql", "The condition.", .sql, required: true)], main: "sql",
    kind: .rows, sql: .condition,
    examples: [
      Example("condition: x <= y", on: "x,y\n1,2\n3,2\n,2\n", holds: false, value: 1),
      Example("condition: x <= y", on: "x,y\n1,2\n,2\n", holds: true, value: 0),
      Example("condition: nope > 1", on: "x,y\n1,2\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    let sql = question["sql"]?.text ?? "false"
    return .rows(question, good: sql, what: "break '\(sql.prefix(60))'")
  }

  /// How many values.
  static let nonNullCount = SchemaCheck(
    "non_null_count", "The number of rows with a value lies between bounds.", of: .column,
    kind: .figure,
    examples: [
      Example("non_null_count: {min: 1}", on: "x,y\n1,a\n,b\n", holds: true, value: 1),
      Example("non_null_count: {min: 2}", on: "x,y\n1,a\n,b\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the number of values") { "count(\(question.x))\($0)" }
  }.counting("row")

  /// The column's type.
  static let ofType = SchemaCheck(
    "of_type", "The column is of one of several types.",
    aliases: ["expect_column_values_to_be_of_type", "expect_column_values_to_be_in_type_list"],
    of: .column,
    parameters: [
      Parameter(
        "types", "Words as under 'type', or types as SQL names them.", .list(.text), required: true)
    ], main: "types",
    examples: [
      Example("of_type: [integer, date]", on: "x\n1\n", holds: true, value: 0),
      Example("of_type: [VARCHAR]", on: "x\n1\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    guard let column = question.column else { throw Diagnostic("there is no column") }
    let kinds = try question.rule.texts("types").map { text throws(Diagnostic) in
      try ColumnKind(Node(.scalar(text, quoted: false), at: question.rule.mark))
    }
    let holds = kinds.contains { $0.accepts(column) }
    return .answered(
      Finding(
        holds: holds,
        "the type is \(column.declared), wanted \(kinds.map(\.word).joined(separator: " or "))",
        value: holds ? 0 : 1, limit: ["max": 0]))
  }.counting("column")
}

extension QueryPlan {
  /// The one number of a SELECT, held between the rule's bounds.
  static func oneValue(_ question: CheckContext, _ sql: String, what: String) -> QueryPlan {
    .asking([.rows(sql)]) { answers throws(Diagnostic) in
      let columns = answers[0].columns
      guard columns.count == 1, columns[0].count == 1 else {
        throw Diagnostic(
          "the SELECT gives \(answers[0].count.counted("row")) of \(columns.count.counted("column")), "
            + "wanted one value")
      }
      guard !columns[0].isNull(0), let value = columns[0].doubles?.first, value.isFinite else {
        throw Diagnostic("\(what) is undefined: it is null, or no number")
      }
      try Bounds(question.rule).refuseInexact(value, what: what)
      return .answered(Bounds(question.rule).finding(value, what: what))
    }
  }
}

extension String {
  /// A statement without the semicolons and blanks at its end.
  var withoutEnd: String {
    var text = self
    while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
    return text
  }
}
