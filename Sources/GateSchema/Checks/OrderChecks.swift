package import GateCore

extension SchemaCheck {
  /// No value twice.
  package static let unique = SchemaCheck(
    "unique", "No value occurs twice; every row of one that does is counted.",
    aliases: ["expect_column_values_to_be_unique", "is_unique", "no_duplicates"], of: .column,
    kind: .rows,
    examples: [
      Example("unique: true", on: "x\n1\n2\n2\n\n\n", holds: false, value: 2),
      Example("unique: true", on: "x\n1\n2\n\n\n", holds: true, value: 0),
      Example("unique: {mostly: 0.3}", on: "x\n1\n2\n2\n", holds: true, value: 2),
    ]
  ) { question throws(Diagnostic) in
    repeats(question, [question.x], among: "\(question.x) IS NOT NULL")
  }

  /// No combination of values twice.
  static let compoundUnique = SchemaCheck(
    "compound_unique", "No combination of values occurs twice; every row of one that does counts.",
    aliases: ["expect_compound_columns_to_be_unique", "primary_key"], of: .table,
    parameters: [
      Parameter("columns", "The columns.", .list(.text), required: true), nulls,
    ], main: "columns", kind: .rows,
    examples: [
      Example("compound_unique: [a, b]", on: "a,b\n1,1\n1,2\n1,1\n", holds: false, value: 2),
      Example("compound_unique: [a, b]", on: "a,b\n1,1\n1,2\n", holds: true, value: 0),
      Example(
        "compound_unique: {columns: [a, b], ignore_if: any_null}", on: "a,b\n1,\n1,\n2,2\n",
        holds: true, value: 0),
      Example("compound_unique: [a, b]", on: "a,b\n1,\n1,\n2,2\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    let columns = try question.listed("columns")
    return repeats(question, columns, among: question.without(columns))
  }

  /// Rows whose values another row has too.
  private static func repeats(
    _ question: CheckContext, _ columns: [String], among: String
  ) -> QueryPlan {
    let filter = question["where"]?.text.map { "\(among) AND coalesce(\n\($0)\n, false)" } ?? among
    let list = columns.joined(separator: ", ")
    let probes: [Query]
    if question.table.rows <= fewRows {
      // Together with those of other columns, in one scan.
      probes = [
        .number("count(*) FILTER (WHERE \(filter))"),
        .number(
          "count(DISTINCT \(columns.count == 1 ? list : "row(\(list))")) FILTER (WHERE \(filter))"),
      ]
    } else {
      // Values whose hashes differ differ: a column without repeats costs its hashes and their order, a tenth of the
      // memory of the engine's table of distinct values.
      probes = [
        .rows(
          "SELECT CAST(hash(\(list)) >> 1 AS BIGINT) AS h FROM \(question.table.name.sqlName) "
            + "WHERE \(filter)")
      ]
    }
    let groups =
      "SELECT \(list), count(*) AS n FROM \(question.table.name.sqlName) WHERE \(filter) "
      + "GROUP BY ALL HAVING count(*) > 1"
    return .asking(probes) { answers throws(Diagnostic) in
      let rows = answers[0].number ?? Double(answers[0].count)
      let distinct =
        answers.count > 1
        ? answers[1].number ?? 0 : Double(answers[0].columns.first?.distinctIntegers ?? 0)
      let part = RowCount(
        question, good: "false", among: among, shown: "'x'", what: "hold values that repeat")
      if rows == distinct { return try part.judge(among: rows, bad: 0) }
      return repeated(part, of: rows, groups, columns)
    }
  }

  /// How many of the rows have values that others have too, and which; `groups`: the values with how often each stands.
  private static func repeated(
    _ part: RowCount, of rows: Double, _ groups: String, _ columns: [String]
  ) -> QueryPlan {
    let shown = columns.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")
    return .asking([
      .rows("SELECT CAST(sum(n) AS BIGINT) AS bad FROM (\(groups))"),
      .rows(
        "SELECT left(concat_ws(', ', \(shown)), 200) AS value, n FROM (\(groups)) "
          + "ORDER BY 2 DESC, 1 LIMIT 10"),
    ]) { answers throws(Diagnostic) in
      let bad = answers[0].columns.first?.doubles?.first ?? 0
      return try part.judge(among: rows, bad: bad, examples: answers[1].columns, sql: groups)
    }
  }

  /// Values that rise.
  static let increasing = ordered("increasing", "rises", "fall", "<", "1\n2\n2\n", "1\n3\n2\n")
    .alsoCalled("expect_column_values_to_be_increasing")
  /// Values that fall.
  static let decreasing = ordered("decreasing", "falls", "rise", ">", "2\n2\n1\n", "2\n3\n1\n")
    .alsoCalled("expect_column_values_to_be_decreasing")

  /// Each value against the one before it, nulls left out.
  private static func ordered(
    _ id: String, _ verb: String, _ wrong: String, _ sign: String, _ good: String, _ bad: String
  ) -> SchemaCheck {
    SchemaCheck(
      id, "Every value \(verb) or stays, in the order of the rows; nulls are passed over.",
      of: .column,
      parameters: [
        Parameter("strictly", "Whether it may not stay.", .boolean, standard: "false"),
        Parameter("by", "A column that says the order, instead of the file.", .text),
      ], kind: .rows,
      examples: [
        Example("\(id): true", on: "x\n\(good)", holds: true, value: 0),
        Example("\(id): true", on: "x\n\(bad)", holds: false, value: 1),
        Example("\(id): {strictly: true}", on: "x\n\(good)", holds: false, value: 1),
      ]
    ) { question throws(Diagnostic) in
      try compared(question, question.rule.flag("strictly") ? sign : "\(sign)=", wrong)
    }
  }

  /// The rows whose value does not stand in the relation to the one before it.
  private static func compared(
    _ question: CheckContext, _ relation: String, _ wrong: String
  ) throws(Diagnostic) -> QueryPlan {
    let x = question.x
    let among = [
      "\(x) IS NOT NULL", question["where"]?.text.map { "coalesce(\n\($0)\n, false)" },
    ].compactMap(\.self).joined(separator: " AND ")
    let by = try question["by"].map { node throws(Diagnostic) in
      try question.named(node).name.sqlName
    }
    // The file's order is that in which the engine gives the rows.
    let placed =
      "SELECT *, row_number() OVER () AS \(Self.place) FROM \(question.table.name.sqlName)"
    let rows =
      "SELECT v AS value, before FROM (SELECT \(x) AS v, lag(\(x)) OVER (ORDER BY "
      + "\(by ?? Self.place)) AS before FROM (\(placed)) WHERE \(among)) "
      + "WHERE before IS NOT NULL AND NOT before \(relation) v"
    return .asking([
      .number("count(*) FILTER (WHERE \(among))"),
      .rows("SELECT count(*) AS n FROM (\(rows))"),
      .rows(
        "SELECT concat(before, ' then ', value) AS value, count(*) AS n FROM (\(rows)) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10"
      ),
    ]) { answers throws(Diagnostic) in
      try RowCount(
        question, good: "false", among: nil, shown: nil, what: "\(wrong) against the one before"
      ).judge(
        among: answers[0].number ?? 0, bad: answers[1].columns.first?.doubles?.first ?? 0,
        examples: answers[2].columns, sql: rows)
    }
  }

  /// Rows up to which the engine's table of distinct values is small.
  private static let fewRows = 100_000

  /// The number of a row; no column of a user's is called so.
  private static let place = "gatewright_place"

  /// Which rows with nulls take no part.
  package static let nulls = Parameter(
    "ignore_if", "Rows that take no part: all of the columns null, any, or none of the rows.",
    .choice(["all_null", "any_null", "never"]), standard: "all_null")
}

extension CheckContext {
  /// Columns listed under a parameter, in SQL; each must be there.
  package func listed(_ parameter: String) throws(Diagnostic) -> [String] {
    try listedColumns(parameter).map(\.name.sqlName)
  }

  /// Columns listed under a parameter; each must be there.
  func listedColumns(_ parameter: String) throws(Diagnostic) -> [ColumnType] {
    var columns: [ColumnType] = []
    for item in rule[parameter]?.items ?? [] { columns.append(try named(item)) }
    return columns
  }

  /// The rows that `ignore_if` leaves.
  package func without(_ columns: [String]) -> String {
    switch rule["ignore_if"]?.text {
    case "any_null":
      "(" + columns.map { "\($0) IS NOT NULL" }.joined(separator: " AND ") + ")"
    case "never": "true"
    default: "(" + columns.map { "\($0) IS NOT NULL" }.joined(separator: " OR ") + ")"
    }
  }
}

extension Column {
  /// How many of its whole numbers differ.
  fileprivate var distinctIntegers: Int {
    guard case .integers(var numbers) = values else { return 0 }
    numbers.sort()
    return zip(numbers, numbers.dropFirst()).reduce(numbers.isEmpty ? 0 : 1) {
      $0 + ($1.0 == $1.1 ? 0 : 1)
    }
  }
}
