import GateCore

extension SchemaCheck {
  /// No column that the reference does not have.
  static let noNewColumns = SchemaCheck(
    "no_new_columns", "The table has no column that the reference does not have.", of: .table,
    examples: [
      Example("no_new_columns: true", on: "x\n1\n", reference: "x,y\n1,2\n", holds: true, value: 0),
      Example(
        "no_new_columns: true", on: "x,y\n1,2\n", reference: "x\n1\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let known = Set(try question.wantReference().columns.map { ExactText($0.name) })
    return .answered(
      .names(
        question.table.columns.map(\.name).filter { !known.contains(ExactText($0)) },
        "columns are not in the reference", "every column is in the reference"))
  }.counting("column")

  /// Every column of the reference.
  static let noMissingColumns = SchemaCheck(
    "no_missing_columns", "The table has every column of the reference.", of: .table,
    examples: [
      Example(
        "no_missing_columns: true", on: "x,y\n1,2\n", reference: "x\n1\n", holds: true, value: 0),
      Example(
        "no_missing_columns: true", on: "x\n1\n", reference: "x,y\n1,2\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let found = Set(question.table.columns.map { ExactText($0.name) })
    return .answered(
      .names(
        try question.wantReference().columns.map(\.name).filter { !found.contains(ExactText($0)) },
        "columns of the reference are missing", "every column of the reference is there"))
  }.counting("column")

  /// The reference's types.
  static let sameTypes = SchemaCheck(
    "same_types", "Columns that both have are of the reference's types.", of: .table,
    examples: [
      Example("same_types: true", on: "x\n1\n", reference: "x\n2\n", holds: true, value: 0),
      Example("same_types: true", on: "x\na\n", reference: "x\n2\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    guard question.table.columns.contains(where: { reference.column($0.name) != nil }) else {
      return try question.lacking("both tables share no column")
    }
    let changed = question.table.columns.compactMap { column -> String? in
      guard let before = reference.column(column.name), before.declared != column.declared else {
        return nil
      }
      return "\(column.name) (\(before.declared) before, \(column.declared) now)"
    }
    return .answered(.names(changed, "columns changed their type", "the types are the reference's"))
  }.counting("column")

  /// The order of the reference's columns.
  static let sameOrder = SchemaCheck(
    "same_order", "Columns that both have stand in the reference's order.", of: .table,
    examples: [
      Example(
        "same_order: true", on: "x,y\n1,2\n", reference: "x,z,y\n1,2,3\n", holds: true, value: 0),
      Example(
        "same_order: true", on: "y,x\n1,2\n", reference: "x,y\n1,2\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    let before = try question.wantReference().columns.map(\.name)
    let now = question.table.columns.map(\.name)
    let wanted = before.filter(now.contains)
    let found = now.filter(before.contains)
    guard !found.isEmpty else { return try question.lacking("both tables share no column") }
    return .answered(
      .names(
        zip(wanted, found).filter { $0 != $1 }.map { "'\($1)' where '\($0)' was" },
        "columns stand elsewhere", "the columns stand in the reference's order"))
  }.counting("column")

  /// Rows against the reference's.
  static let rowCountRatio = SchemaCheck(
    "row_count_ratio", "The number of rows over the reference's lies between bounds.", of: .table,
    parameters: Bounds.parameters, refuse: Bounds.refuse,
    examples: [
      Example(
        "row_count_ratio: {min: 0.5}", on: "x\n1\n", reference: "x\n1\n2\n", holds: true, value: 0.5
      ),
      Example(
        "row_count_ratio: {min: 0.6}", on: "x\n1\n", reference: "x\n1\n2\n", holds: false,
        value: 0.5),
      Example("row_count_ratio: {min: 0.6}", on: "x\n1\n", reference: "x\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    .answered(
      Bounds(question.rule).finding(
        try question.rowRatio(), what: "the number of rows over the reference's"))
  }

  /// Nulls against the reference's.
  static let nullShareChange = SchemaCheck(
    "null_share_change", "The share of nulls rose by no more than so much since the reference.",
    of: .column,
    parameters: [
      Parameter("max_increase", "The largest rise.", .number(0...1), required: true)
    ], main: "max_increase",
    examples: [
      Example(
        "null_share_change: 0.1", on: "x,y\n1,a\n,b\n", reference: "x,y\n1,a\n2,b\n", holds: false,
        value: 0.5),
      Example(
        "null_share_change: 0.5", on: "x,y\n1,a\n,b\n", reference: "x,y\n1,a\n2,b\n", holds: true,
        value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    let share = "(count(*) - count(\(question.x))) / nullif(count(*), 0)"
    let most = question["max_increase"]?.number ?? 0
    return .asking([.number(share), try question.before(share)]) { answers throws(Diagnostic) in
      guard let now = answers[0].number, let before = answers[1].first else {
        throw Diagnostic("one of the tables has no rows")
      }
      return .answered(
        Finding(
          holds: now - before <= most,
          "the share of nulls is \(now.brief), \(before.brief) in the reference; it may rise by "
            + most.brief, value: now - before, limit: ["max_increase": most]))
    }
  }

  /// Categories that the reference does not have.
  static let noNewCategories = SchemaCheck(
    "no_new_categories", "Every value occurs in the reference too.", of: .column, kind: .rows,
    examples: [
      Example(
        "no_new_categories: true", on: "x\na\nc\n", reference: "x\na\nb\n", holds: false, value: 1),
      Example(
        "no_new_categories: {mostly: 0.5}", on: "x\na\nc\n", reference: "x\na\nb\n", holds: true,
        value: 1),
    ]
  ) { question throws(Diagnostic) in
    let column = try question.inReference()
    if let mine = question.column, !mine.compares(with: column) {
      throw Diagnostic(
        "'\(mine.name)' is \(mine.declared), and \(column.declared) in the reference, so no value of one is a value "
          + "of the other", at: question.rule.mark,
        hint: "set the type of one of them under 'types'")
    }
    let mine = question.column?.key(beside: column) ?? question.x
    let theirs = question.column.map { column.key(beside: $0) } ?? column.name.sqlName
    let known =
      "SELECT \(theirs) FROM \(try question.wantReference().name.sqlName) WHERE \(column.name.sqlName) IS NOT NULL"
    return .rows(question, good: "\(mine) IN (\(known))", what: "do not occur in the reference")
  }

  /// The number of categories against the reference's.
  static let cardinality = SchemaCheck(
    "cardinality", "The number of distinct values over the reference's lies between bounds.",
    of: .column, parameters: Bounds.parameters, refuse: Bounds.refuse,
    examples: [
      Example(
        "cardinality: {max: 2}", on: "x\na\nb\n", reference: "x\na\na\n", holds: true, value: 2),
      Example(
        "cardinality: {max: 1}", on: "x\na\nb\n", reference: "x\na\na\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    let count = "count(DISTINCT \(question.x))"
    return .asking([.number(count), try question.before(count)]) { answers throws(Diagnostic) in
      guard let now = answers[0].number, let before = answers[1].first, before > 0 else {
        throw Diagnostic("the reference has no values")
      }
      return .answered(
        Bounds(question.rule).finding(
          now / before, what: "the number of distinct values over the reference's"))
    }
  }

  /// The reference's range.
  static let withinReferenceRange = SchemaCheck(
    "within_reference_range", "Every value lies in the reference's range, widened by a slack.",
    of: .column,
    parameters: [
      Parameter(
        "slack", "How far beyond the range a value may lie, as a share of the range.",
        .number(0...1e9), standard: "0")
    ], main: "slack", kind: .rows,
    examples: [
      Example(
        "within_reference_range: {mostly: 1}", on: "x\n1\n5\n", reference: "x\n0\n4\n",
        holds: false, value: 1),
      Example(
        "within_reference_range: 0.25", on: "x\n1\n5\n", reference: "x\n0\n4\n", holds: true,
        value: 0),
    ]
  ) { question throws(Diagnostic) in
    let ends = try ["min", "max"].map { name throws(Diagnostic) in
      try question.before("CAST(\(name)(\(question.x)) AS DOUBLE)")
    }
    let slack = question["slack"]?.number ?? 0
    return .asking(ends) { answers throws(Diagnostic) in
      guard let low = answers[0].first, let high = answers[1].first else {
        throw Diagnostic("the reference has no values")
      }
      let reach = slack * (high - low)
      return .rows(
        question, good: "\(question.x) BETWEEN \(low - reach) AND \(high + reach)",
        what: "are outside of [\((low - reach).brief), \((high + reach).brief)]")
    }
  }
}

extension CheckContext {
  /// The judged column in the reference.
  fileprivate func inReference() throws(Diagnostic) -> ColumnType {
    let name = column?.name ?? ""
    if let found = try wantReference().column(name) { return found }
    throw Diagnostic("the reference has no column '\(name)'", at: rule.mark)
  }

  /// An aggregate of the judged column over the reference.
  fileprivate func before(_ aggregate: String) throws(Diagnostic) -> Query {
    _ = try inReference()
    return .rows("SELECT \(aggregate) AS value FROM \(try wantReference().name.sqlName)")
  }
}

extension QueryResult {
  /// The first number of the first column; nil: null.
  fileprivate var first: Double? {
    guard let column = columns.first, column.count > 0, !column.isNull(0) else { return nil }
    return column.doubles?.first
  }
}

extension Finding {
  /// What a list of names that should be empty means.
  fileprivate static func names(_ names: [String], _ wrong: String, _ right: String) -> Finding {
    Finding(
      holds: names.isEmpty,
      names.isEmpty
        ? right : "\(names.count) \(wrong): \(names.prefix(20).joined(separator: ", "))",
      value: Double(names.count), limit: ["max": 0],
      evidence: names.isEmpty ? [:] : ["names": .array(names.prefix(1000).map(JSON.string))])
  }
}
