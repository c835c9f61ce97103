import GateCore

extension SchemaCheck {
  /// A known value.
  static let inSet = SchemaCheck(
    "in_set", "Every value is one of a set.",
    aliases: [
      "expect_column_values_to_be_in_set", "isin", "accepted_values", "allowed_values", "enum",
    ], of: .column,
    parameters: [.values, .reading], main: "values", kind: .rows, refuse: refuseNulls,
    examples: [
      Example("in_set: [north, south]", on: "x\nnorth\neast\nsouth\n", holds: false, value: 1),
      Example("in_set: [1, 2]", on: "x\n1\n2\n\n", holds: true, value: 0),
      Example("in_set: {values: [1], mostly: 0.5}", on: "x\n1\n2\n", holds: true, value: 1),
      Example("in_set: [1, 2]", on: "x\na\nb\n", holds: nil),
      Example("in_set: []", on: "x\na\nb\n\"\"\n", holds: false, value: 2),
      Example("in_set: [7, a]", on: "x\na\n7\n", holds: false, value: 1),
      Example("in_set: {values: ['1'], as: text}", on: "x\n1\n2\n", holds: false, value: 1),
      Example(
        "in_set: {values: [2026-01-31], as: timestamp}", on: "x\n2026-01-31\n2026-02-01\n",
        holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let members = try SetMembers(question)
    return .rows(
      question, good: members.isMember, what: "are none of the set", note: members.note)
  }

  /// A forbidden value.
  static let notInSet = SchemaCheck(
    "not_in_set", "No value is one of a set.",
    aliases: ["expect_column_values_to_not_be_in_set", "forbidden_values", "notin"], of: .column,
    parameters: [.values, .reading], main: "values", kind: .rows, refuse: refuseNone,
    examples: [
      Example("not_in_set: [unknown]", on: "x\nnorth\nunknown\n", holds: false, value: 1),
      Example("not_in_set: [unknown]", on: "x\nnorth\n\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    let members = try SetMembers(question)
    return .rows(
      question, good: "NOT (\(members.isMember))", what: "are in the set", note: members.note)
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
    let strangers = question.distinct("NOT (\(try SetMembers(question).isMember))")
    return .asking([.rows(strangers)]) { answers in
      .answered(.listing(answers[0], "values are not in the set", "every value is in the set"))
    }
  }.counting("value")

  /// A set is within the distinct values.
  static let distinctContainSet = SchemaCheck(
    "distinct_contain_set", "Every value of a set occurs.",
    aliases: ["expect_column_distinct_values_to_contain_set"], of: .column,
    parameters: [.values], main: "values", refuse: refuseNone,
    examples: [
      Example("distinct_contain_set: [a]", on: "x\na\nb\n", holds: true, value: 0),
      Example("distinct_contain_set: [a, c]", on: "x\na\nb\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let missing = question.missing(try SetMembers(question))
    return .asking([.rows(missing)]) { answers in
      .answered(
        .listing(answers[0], "values of the set do not occur", "every value of the set occurs"))
    }
  }.counting("value")

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
    let strangers = question.distinct("NOT (\(try SetMembers(question).isMember))")
    let all = "(\(strangers)) UNION ALL (\(question.missing(try SetMembers(question))))"
    return .asking([.rows("SELECT * FROM (\(all)) ORDER BY 1")]) { answers in
      .answered(.listing(answers[0], "values are on one side only", "the values are the set's"))
    }
  }.counting("value")

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
    let counted =
      "SELECT \(x), count(*) AS gatewright_count FROM \(question.table.name.sqlName) "
      + "WHERE \(x) IS NOT NULL GROUP BY 1"
    let sql =
      "SELECT CAST(\(x) AS VARCHAR) AS value, \(try SetMembers(question).isMember) AS known "
      + "FROM (\(counted)) QUALIFY gatewright_count = max(gatewright_count) OVER () ORDER BY 1"
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
          limit: takesTies
            ? ["max": Double(values.count - 1)] : values.count == 1 ? ["max": 0] : [:],
          evidence: ["modes": .array(values.prefix(20).map(JSON.string))]))
    }
  }.counting("value")

  /// An empty set would forbid or want nothing.
  private static let refuseNone: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    if rule["values"]?.items?.isEmpty == true {
      return Diagnostic(
        "the set is empty, so '\(rule.check.id)' would hold whatever the value", at: rule.mark,
        hint: "add a value, or remove the check")
    }
    return refuseNulls(rule)
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

extension CheckContext {
  /// The distinct values for which a condition holds, as texts.
  fileprivate func distinct(_ condition: String) -> String {
    "SELECT DISTINCT CAST(\(x) AS VARCHAR) AS value FROM \(table.name.sqlName) "
      + "WHERE \(x) IS NOT NULL AND \(condition) ORDER BY 1"
  }

  /// The values of the set that do not occur, as texts; those of another type never do.
  fileprivate func missing(_ members: SetMembers) -> String {
    let never = members.strangers.map { "SELECT \($0.sqlText) AS value" }
    let rows = members.literals.map { "(\($0))" }.joined(separator: ", ")
    let absent =
      rows.isEmpty
      ? "SELECT '' AS value WHERE false"
      : "SELECT CAST(v AS VARCHAR) AS value FROM (VALUES \(rows)) s(v) WHERE v NOT IN "
        + "(SELECT \(x) FROM \(table.name.sqlName) WHERE \(x) IS NOT NULL)"
    return "SELECT * FROM (\(([absent] + never).joined(separator: " UNION ALL "))) ORDER BY 1"
  }
}

extension Finding {
  /// What a list of values that should be empty means.
  static func listing(_ answer: QueryResult, _ wrong: String, _ right: String) -> Finding {
    let values = answer.columns.first?.textsOrNull.map { $0 ?? "null" } ?? []
    if values.isEmpty { return Finding(.passed, right, value: 0, limit: ["max": 0]) }
    let shown = values.prefix(10).map { "'\($0.prefix(60))'" }.joined(separator: ", ")
    return Finding(
      .failed, "\(values.count) \(wrong): \(shown)\(values.count > 10 ? " and others" : "")",
      value: Double(values.count), limit: ["max": 0],
      evidence: ["values": .array(values.prefix(100).map(JSON.string))])
  }
}
