package import GateCore

extension SchemaCheck {
  /// Rows that are there before.
  static let duplicateRows = SchemaCheck(
    "duplicate_rows", "Few rows repeat another; nulls are equal to each other.",
    aliases: ["duplicates", "data_duplicates"], of: .table,
    parameters: [share("0.05")] + ColumnSweep.parameters,
    examples: [
      Example("duplicate_rows: true", on: "x,y\n1,a\n2,b\n", holds: true, value: 0),
      Example("duplicate_rows: true", on: "x,y\n1,a\n1,a\n1,a\n2,b\n", holds: false, value: 0.5),
      Example(
        "duplicate_rows: {columns: [x], max_share: 0.5}", on: "x,y\n1,a\n1,b\n", holds: true,
        value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    guard let columns = try question.sweep(.columns)?.columns else {
      return try question.lacking(.columns)
    }
    let key = RowKeys.hash(columns)
    return .asking([.number("count(DISTINCT \(key))")]) { answers throws(Diagnostic) in
      let repeated = Double(question.table.rows) - (answers[0].number ?? 0)
      return try .share(
        repeated, of: question, standard: 0.05, what: "repeat another",
        sql: question.rows(repeating: key))
    }
  }

  /// Rows that are there before, but for rounding and writing.
  static let nearDuplicates = SchemaCheck(
    "near_duplicates",
    "Few rows repeat another but for rounding, case, spaces and punctuation; exact repeats do not count.",
    of: .table,
    parameters: [
      share("0.05"),
      Parameter(
        "digits", "Significant digits to which numbers are rounded.", .integer(1...15),
        standard: "4"),
    ] + ColumnSweep.parameters,
    examples: [
      Example(
        "near_duplicates: true", on: "x,y\n1.00001,North\n1.00002,north \n7.5,south\n8.5,east\n",
        holds: false, value: 0.25),
      Example("near_duplicates: true", on: "x,y\n1.1,a\n1.1,a\n2.2,b\n", holds: true, value: 0),
      Example(
        "near_duplicates: {digits: 6}", on: "x,y\n1.00001,North\n1.00002,north\n", holds: true,
        value: 0),
    ]
  ) { question throws(Diagnostic) in
    guard let columns = try question.sweep(.columns)?.columns else {
      return try question.lacking(.columns)
    }
    let key = RowKeys.near(columns, digits: question["digits"]?.integer ?? 4)
    let counts = [RowKeys.hash(columns), key].map { Query.number("count(DISTINCT \($0))") }
    return .asking(counts) { answers throws(Diagnostic) in
      let near = (answers[0].number ?? 0) - (answers[1].number ?? 0)
      return try .share(
        near, of: question, standard: 0.05, what: "nearly repeat another",
        sql: question.rows(repeating: key))
    }
  }

  /// The same row with another label.
  static let conflictingLabels = SchemaCheck(
    "conflicting_labels", "Few rows have the features of another row and another label.",
    of: .table, parameters: [share("0"), CheckContext.label] + ColumnSweep.parameters,
    examples: [
      Example("conflicting_labels: true", on: "x,y\n1,a\n1,a\n2,b\n", holds: true, value: 0),
      Example(
        "conflicting_labels: true", on: "x,y\n1,a\n1,b\n2,b\n3,b\n", holds: false, value: 0.5),
      Example("conflicting_labels: {label: z}", on: "x,y\n1,a\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    guard let label = try question.label() else { return try question.lacking("there is no label") }
    let features = try question.features()
    guard !features.isEmpty else { return try question.lacking("there is no feature") }
    let (key, y) = (RowKeys.hash(features), label.name.sqlName)
    let cheap = [key, RowKeys.hash(features + [label])].map {
      Query.number("count(DISTINCT \($0)) FILTER (WHERE \(y) IS NOT NULL)")
    }
    let sql =
      question.rows(
        repeating: key, among: "\(y) IS NOT NULL", having: "min(\(y)) <> max(\(y))")
    return .asking(cheap) { answers throws(Diagnostic) in
      if answers[0].number == answers[1].number {
        return try .share(0, of: question, standard: 0, what: "contradict another", sql: sql)
      }
      let count =
        "SELECT CAST(coalesce(sum(n), 0) AS DOUBLE) AS rows FROM (SELECT count(*) AS n FROM "
        + "\(question.table.name.sqlName) WHERE \(y) IS NOT NULL GROUP BY \(key) "
        + "HAVING min(\(y)) <> max(\(y)))"
      return .asking([.rows(count)]) { answers throws(Diagnostic) in
        try .share(
          answers[0].firstRow.first.flatMap(\.self) ?? 0, of: question, standard: 0,
          what: "have the features of another and another label", sql: sql)
      }
    }
  }

  /// Rows far from all others in a number.
  static let outliers = SchemaCheck(
    "outliers",
    "Few rows have a number that lies many times the quartiles' distance beyond them; a column whose quartiles are equal takes no part.",
    of: .table,
    parameters: [
      share("0.005"),
      Parameter(
        "multiplier", "How many times the quartiles' distance.", .number(0...1e9), standard: "10"),
    ] + ColumnSweep.parameters,
    examples: [
      Example("outliers: true", on: "x\n1\n2\n3\n4\n900\n", holds: false, value: 0.2),
      Example("outliers: true", on: "x\n1\n2\n3\n4\n9\n", holds: true, value: 0),
      Example("outliers: {multiplier: 1.5}", on: "x\n1\n2\n3\n4\n9\n", holds: false, value: 0.2),
    ]
  ) { question throws(Diagnostic) in
    guard let columns = try question.sweep(.numbers)?.columns else {
      return try question.lacking(.numbers)
    }
    let quartiles = columns.flatMap { column in
      [0.25, 0.75].map {
        Query.number("quantile_cont(CAST(\(column.name.sqlName) AS DOUBLE), \($0))")
      }
    }
    let factor = question.limit("multiplier", 10)
    return .asking(quartiles) { answers in
      let far = columns.indices.compactMap { place -> String? in
        guard let low = answers[2 * place].number, let high = answers[2 * place + 1].number,
          high > low, (high - low).isFinite
        else { return nil }
        let reach = factor * (high - low)
        let x = columns[place].name.sqlName
        return "coalesce(\(x) NOT BETWEEN \(low - reach) AND \(high + reach), false)"
      }
      let any = far.isEmpty ? "false" : far.joined(separator: " OR ")
      return .asking([.number("count(*) FILTER (WHERE \(any))")]) { answers throws(Diagnostic) in
        try .share(
          answers[0].number ?? 0, of: question, standard: 0.005,
          what: "lie beyond \(factor.brief) times the quartiles' distance in a column",
          sql: "SELECT * FROM \(question.table.name.sqlName) WHERE \(any)")
      }
    }
  }

  /// Texts much longer or shorter than the others.
  static let stringLengthOutliers = SchemaCheck(
    "string_length_outliers",
    "No text is far longer or shorter than its column's inner 94%, by 5 letters and half their length at least; columns with fewer than 100 distinct texts, or 1% of them, are categories and take no part.",
    of: .table,
    parameters: [
      share("0"),
      Parameter(
        "factor", "How many times the inner range's width beyond it is far.", .number(0...1e9),
        standard: "4"),
      Parameter(
        "min_distinct", "Distinct texts from which on a column is looked at.",
        .integer(1...Int.max), standard: "100"),
    ] + ColumnSweep.parameters,
    examples: [
      Example(
        "string_length_outliers: {min_distinct: 2}", on: "x\nab\nabc\nabd\nabcd\n", holds: true,
        value: 0),
      Example(
        "string_length_outliers: {min_distinct: 2}",
        on: "x\n" + (10..<49).map { "a\($0)\n" }.joined() + "abcdefghijklmnop\n", holds: false,
        value: 0.025),
    ]
  ) { question throws(Diagnostic) in
    guard let sweep = try question.sweep(.texts) else {
      return try question.lacking(.texts)
    }
    let least = max(question.limit("min_distinct", 100), 0.01 * Double(question.table.rows))
    let factor = question.limit("factor", 4)
    let distinct = sweep.columns.map { Query.number("count(DISTINCT \($0.name.sqlName))") }
    return .asking(distinct) { answers in
      let columns = zip(sweep.columns, answers).filter { ($1.number ?? 0) >= least }.map(\.0)
      let ends = columns.flatMap { column in
        [0.03, 0.97].map { Query.number("quantile_disc(length(\(column.name.sqlName)), \($0))") }
      }
      return .asking(ends) { answers in
        let far = columns.indices.map { place in
          let (low, high) = (answers[2 * place].number ?? 0, answers[2 * place + 1].number ?? 0)
          // Short texts differ by a few letters without being odd.
          let (down, up) = (
            max(factor * (high - low), 5, low / 2), max(factor * (high - low), 5, high / 2)
          )
          return "length(\(columns[place].name.sqlName)) NOT BETWEEN \(low - down) AND \(high + up)"
        }
        let any = far.map { "coalesce(\($0), false)" }.joined(separator: " OR ")
        let filter = any.isEmpty ? "false" : any
        return .asking([.number("count(*) FILTER (WHERE \(filter))")]) {
          answers throws(Diagnostic) in
          try .share(
            answers[0].number ?? 0, of: question, standard: 0,
            what: "have a text of an unusual length",
            sql: "SELECT * FROM \(question.table.name.sqlName) WHERE \(filter)")
        }
      }
    }
  }

  /// The limit of a share of rows.
  package static func share(_ standard: String) -> Parameter {
    Parameter("max_share", "The largest share of rows.", .number(0...1), standard: standard)
  }
}

extension QueryPlan {
  /// A share of the table's rows held under `max_share`, with ten of them as examples.
  package static func share(
    _ count: Double, of question: CheckContext, standard: Double, what: String, sql: String
  ) throws(Diagnostic) -> QueryPlan {
    let rows = Double(question.table.rows)
    guard rows > 0 else { throw Diagnostic("there are no rows") }
    let most = question.limit("max_share", standard)
    let finding = Finding(
      holds: count / rows <= most,
      "\(Int(count)) of \(question.table.rows.counted("row")) (\((count / rows * 100).brief)%) "
        + "\(what), at most \((most * 100).brief)% may",
      value: count / rows, n: question.table.rows, limit: ["max_share": most],
      evidence: ["unexpected_count": .integer(Int(count))])
    return count == 0 ? .answered(finding) : .answered(finding).exemplified(by: sql)
  }

  /// The finding with ten rows that a SELECT gives, and the SELECT.
  func exemplified(by sql: String) -> QueryPlan {
    guard case .answered(let finding) = self else { return self }
    return .asking([.rows("SELECT * FROM (\(sql)) LIMIT 10")]) { answers in
      var finding = finding
      let columns = answers[0].columns.map { ($0.name, $0.textsOrNull) }
      finding.evidence["sql"] = .string(sql)
      finding.evidence["examples"] = .array(
        (0..<answers[0].count).map { row in
          .object(
            columns.map { name, texts in
              JSON.Member(name, texts[row].map { .string(String($0.prefix(200))) } ?? .null)
            })
        })
      return .answered(finding)
    }
  }
}

extension ColumnType {
  /// Whether it holds numbers, whole or not.
  var isNumeric: Bool { kind == .number || kind == .integer }
}
