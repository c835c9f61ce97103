extension SchemaCheck {
  /// A known value.
  static let inSet = SchemaCheck(
    "in_set", "Every value is one of a set.",
    aliases: [
      "expect_column_values_to_be_in_set", "isin", "accepted_values", "allowed_values", "enum",
    ], of: .column,
    parameters: [.values], main: "values", kind: .rows, refuse: refuseNulls,
    examples: [
      Example("in_set: [north, south]", on: "x\nnorth\neast\nsouth\n", holds: false, value: 1),
      Example("in_set: [1, 2]", on: "x\n1\n2\n\n", holds: true, value: 0),
      Example("in_set: {values: [1], mostly: 0.5}", on: "x\n1\n2\n", holds: true, value: 1),
      Example("in_set: [1, 2]", on: "x\na\nb\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    .rows(
      question, good: "\(question.x) IN (\(try question.lookup()))", what: "are none of the set")
  }

  /// A forbidden value.
  static let notInSet = SchemaCheck(
    "not_in_set", "No value is one of a set.",
    aliases: ["expect_column_values_to_not_be_in_set", "forbidden_values", "notin"], of: .column,
    parameters: [.values], main: "values", kind: .rows, refuse: refuseNulls,
    examples: [
      Example("not_in_set: [unknown]", on: "x\nnorth\nunknown\n", holds: false, value: 1),
      Example("not_in_set: [unknown]", on: "x\nnorth\n\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    .rows(
      question, good: "\(question.x) NOT IN (\(try question.lookup()))", what: "are in the set")
  }

  /// The distinct values are within a set.
  static let distinctInSet = SchemaCheck(
    "distinct_in_set", "The distinct values are all in a set; their number is told, not rows'.",
    aliases: ["expect_column_distinct_values_to_be_in_set"], of: .column, parameters: [.values],
    main: "values", refuse: refuseNulls,
    examples: [
      Example("distinct_in_set: [a, b]", on: "x\na\na\n", holds: true, value: 0),
      Example("distinct_in_set: [a]", on: "x\na\nb\nb\nc\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    let strangers = question.distinct("\(question.x) NOT IN (\(try question.set()))")
    return .asking([.rows(strangers)]) { answers in
      .answered(.listing(answers[0], "values are not in the set", "every value is in the set"))
    }
  }

  /// A set is within the distinct values.
  static let distinctContainSet = SchemaCheck(
    "distinct_contain_set", "Every value of a set occurs.",
    aliases: ["expect_column_distinct_values_to_contain_set"], of: .column,
    parameters: [.values], main: "values", refuse: refuseNulls,
    examples: [
      Example("distinct_contain_set: [a]", on: "x\na\nb\n", holds: true, value: 0),
      Example("distinct_contain_set: [a, c]", on: "x\na\nb\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let missing = try question.missing()
    return .asking([.rows(missing)]) { answers in
      .answered(
        .listing(answers[0], "values of the set do not occur", "every value of the set occurs"))
    }
  }

  /// The distinct values are a set.
  static let distinctEqualSet = SchemaCheck(
    "distinct_equal_set", "The distinct values are those of a set, no more and no fewer.",
    aliases: ["expect_column_distinct_values_to_equal_set"], of: .column, parameters: [.values],
    main: "values", refuse: refuseNulls,
    examples: [
      Example("distinct_equal_set: [a, b]", on: "x\nb\na\na\n", holds: true, value: 0),
      Example("distinct_equal_set: [a, c]", on: "x\na\nb\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    let strangers = question.distinct("\(question.x) NOT IN (\(try question.set()))")
    let all = "(\(strangers)) UNION ALL (\(try question.missing()))"
    return .asking([.rows("SELECT * FROM (\(all)) ORDER BY 1")]) { answers in
      .answered(.listing(answers[0], "values are on one side only", "the values are the set's"))
    }
  }

  /// What occurs most often.
  static let mostCommon = SchemaCheck(
    "most_common", "The value that occurs most often is in a set.",
    aliases: ["expect_column_most_common_value_to_be_in_set"], of: .column,
    parameters: [
      .values,
      Parameter(
        "ties", "Whether it is enough that one of several equally common values is.", .boolean,
        standard: "false"),
    ], main: "values", refuse: refuseNulls,
    examples: [
      Example("most_common: [a]", on: "x\na\na\nb\n", holds: true, value: 0),
      Example("most_common: [b]", on: "x\na\na\nb\n", holds: false, value: 1),
      Example("most_common: [a, b]", on: "x\na\nb\n", holds: false, value: 0),
      Example("most_common: {values: [a], ties: true}", on: "x\na\nb\n", holds: true, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let x = question.x
    let filter = "\(x) IS NOT NULL"
    let sql =
      "SELECT CAST(v AS VARCHAR) AS value, v IN (\(try question.set())) AS known FROM (SELECT \(x) AS v, "
      + "count(*) AS n FROM \(question.table.name.sqlName) WHERE \(filter) GROUP BY 1) "
      + "QUALIFY n = max(n) OVER () ORDER BY 1"
    let takesTies = question.rule.flag("ties")
    return .asking([.rows(sql)]) { answers throws(Diagnostic) in
      let values = answers[0].columns.first?.textsOrNull.compactMap(\.self) ?? []
      guard !values.isEmpty, case .booleans(let known)? = answers[0].columns.last?.values else {
        throw Diagnostic("there are no values, so none occurs most often")
      }
      let holds = takesTies ? known.contains(true) : values.count == 1 && known[0]
      let listed = values.prefix(5).map { "'\($0.prefix(40))'" }.joined(separator: ", ")
      return .answered(
        Finding(
          holds: holds,
          "\(listed) occur\(values.count == 1 ? "s" : "") most often, and "
            + (holds ? "that is in the set" : "that is not as the set wants"),
          value: Double(known.count { !$0 }),
          evidence: ["modes": .array(values.prefix(20).map(JSON.string))]))
    }
  }

  /// A null in a set would do nothing: nulls take no part.
  private static let refuseNulls: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    rule["values"]?.items?.first(where: \.isNull).map {
      Diagnostic(
        "a null in the set would do nothing, since nulls take no part", at: $0.mark,
        hint: "remove it; 'not_null' and 'null_share' judge nulls")
    }
  }
}

extension Parameter {
  /// The values of a set.
  fileprivate static let values = Parameter(
    "values", "The set.", .list(.value), required: true)
}

extension SchemaQuestion {
  /// The set of `values` in SQL.
  fileprivate func set() throws(Diagnostic) -> String {
    var literals: [String] = []
    for item in rule["values"]?.items ?? [] { literals.append(try literal(item)) }
    return literals.joined(separator: ", ")
  }

  /// The set as the engine looks values up in quickest: few one by one, many in a hash table.
  fileprivate func lookup() throws(Diagnostic) -> String {
    let values = try set()
    return (rule["values"]?.items?.count ?? 0) > 4 ? "SELECT unnest([\(values)])" : values
  }

  /// The distinct values for which a condition holds, as texts.
  fileprivate func distinct(_ condition: String) -> String {
    "SELECT DISTINCT CAST(\(x) AS VARCHAR) AS value FROM \(table.name.sqlName) "
      + "WHERE \(x) IS NOT NULL AND \(condition) ORDER BY 1"
  }

  /// The values of the set that do not occur, as texts.
  fileprivate func missing() throws(Diagnostic) -> String {
    var rows: [String] = []
    for item in rule["values"]?.items ?? [] { rows.append("(\(try literal(item)))") }
    return
      "SELECT CAST(v AS VARCHAR) AS value FROM (VALUES \(rows.joined(separator: ", "))) s(v) WHERE v NOT IN "
      + "(SELECT \(x) FROM \(table.name.sqlName) WHERE \(x) IS NOT NULL) ORDER BY 1"
  }
}

extension Finding {
  /// What a list of values that should be empty means.
  static func listing(_ answer: ProbeAnswer, _ wrong: String, _ right: String) -> Finding {
    let values = answer.columns.first?.textsOrNull.map { $0 ?? "null" } ?? []
    if values.isEmpty { return Finding(.passed, right, value: 0) }
    let shown = values.prefix(10).map { "'\($0.prefix(60))'" }.joined(separator: ", ")
    return Finding(
      .failed, "\(values.count) \(wrong): \(shown)\(values.count > 10 ? " and others" : "")",
      value: Double(values.count),
      evidence: ["values": .array(values.prefix(100).map(JSON.string))])
  }
}
