import GateCore

extension SchemaCheck {
  /// Rows of the table.
  package static let rowCount = SchemaCheck(
    "row_count", "The number of rows lies between bounds.",
    aliases: ["expect_table_row_count_to_equal", "expect_table_row_count_to_be_between"],
    of: .table, kind: .figure,
    examples: [
      Example("row_count: {min: 1, max: 3}", on: "x\n1\n2\n", holds: true, value: 2),
      Example("row_count: {equal: 3}", on: "x\n1\n2\n", holds: false, value: 2),
      Example("row_count: {max: 1, where: x > 1}", on: "x\n1\n2\n", holds: true, value: 1),
    ]
  ) { question throws(Diagnostic) in
    .figure(question, "the number of rows") { "count(*)\($0)" }
  }.counting("row")

  /// As many rows as another table.
  static let rowCountEquals = SchemaCheck(
    "row_count_equals", "There are as many rows as in another table.",
    aliases: ["expect_table_row_count_to_equal_other_table"], of: .table,
    parameters: [
      Parameter(
        "table", "The other: reference, holdout, current, or one of the schema's 'tables'.", .text,
        required: true)
    ], main: "table",
    examples: [
      Example(
        "row_count_equals: reference", on: "x\n1\n", reference: "x\n2\n", holds: true, value: 0),
      Example(
        "row_count_equals: reference", on: "x\n1\n", reference: "x\n2\n3\n", holds: false, value: -1
      ),
    ]
  ) { question throws(Diagnostic) in
    let other = try question.table(question["table"] ?? question.rule.body)
    let difference = question.table.rows - other.rows
    return .answered(
      Finding(
        holds: difference == 0,
        "\(question.table.name) has \(question.table.rows) rows and \(other.name) has \(other.rows)",
        value: Double(difference), limit: ["equal": 0]))
  }.counting("row")

  /// Columns of the table.
  package static let columnCount = SchemaCheck(
    "column_count", "The number of columns lies between bounds.",
    aliases: ["expect_table_column_count_to_equal", "expect_table_column_count_to_be_between"],
    of: .table,
    parameters: Bounds.parameters, main: "equal", refuse: Bounds.refuse,
    examples: [
      Example("column_count: 2", on: "x,y\n1,2\n", holds: true, value: 2),
      Example("column_count: {max: 1}", on: "x,y\n1,2\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    .answered(
      Bounds(question.rule).finding(
        Double(question.table.columns.count), what: "the number of columns"))
  }.counting("column")

  /// Which columns there are.
  static let columnsSet = SchemaCheck(
    "columns_set", "The table has these columns, in any order, and no other.",
    aliases: ["expect_table_columns_to_match_set"], of: .table,
    parameters: [
      Parameter("columns", "The columns.", .list(.text), required: true),
      Parameter("exact", "Whether no other may be there.", .boolean, standard: "true"),
    ], main: "columns",
    examples: [
      Example("columns_set: [y, x]", on: "x,y\n1,2\n", holds: true, value: 0),
      Example("columns_set: [x]", on: "x,y\n1,2\n", holds: false, value: 1),
      Example("columns_set: {columns: [x], exact: false}", on: "x,y\n1,2\n", holds: true, value: 0),
      Example(
        "columns_set: {columns: [z], exact: false}", on: "x,y\n1,2\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let wanted = question.rule.texts("columns")
    let found = question.table.columns.map(\.name)
    let missing = wanted.filter { !found.has($0) }.map { ExactText($0) }.unique.map(\.text)
    let exact = question["exact"]?.boolean ?? true
    let extra = exact ? found.filter { !wanted.has($0) } : []
    let words = [("columns missing", missing), ("columns not wanted", extra)].filter {
      !$0.1.isEmpty
    }
    .map { "\($0): \($1.prefix(20).joined(separator: ", "))" }
    return .answered(
      Finding(
        holds: words.isEmpty,
        words.isEmpty ? "the columns are those wanted" : words.joined(separator: "; "),
        value: Double(missing.count + extra.count), limit: ["max": 0]))
  }.counting("column")

  /// The columns in their order.
  static let columnsOrdered = SchemaCheck(
    "columns_ordered", "The table has just these columns, in this order.",
    aliases: ["expect_table_columns_to_match_ordered_list"], of: .table,
    parameters: [Parameter("columns", "The columns.", .list(.text), required: true)],
    main: "columns",
    examples: [
      Example("columns_ordered: [x, y]", on: "x,y\n1,2\n", holds: true),
      Example("columns_ordered: [y, x]", on: "x,y\n1,2\n", holds: false),
    ]
  ) { question throws(Diagnostic) in
    let wanted = question.rule.texts("columns")
    let found = question.table.columns.map(\.name)
    let place = (0..<max(wanted.count, found.count)).first { index in
      index >= wanted.count || index >= found.count
        || !wanted[index].isSame(as: found[index])
    }
    let words = place.map { index in
      "column \(index + 1) is \(index < found.count ? "'\(found[index])'" : "none"), wanted "
        + (index < wanted.count ? "'\(wanted[index])'" : "none")
    }
    return .answered(Finding(holds: place == nil, words ?? "the columns stand as wanted"))
  }

  /// Where a column stands.
  static let columnAt = SchemaCheck(
    "position", "The column stands at a place of the table, from 0.", of: .column,
    parameters: [Parameter("index", "From 0.", .integer(0...100_000), required: true)],
    main: "index",
    examples: [
      Example("position: 1", on: "y,x\n1,2\n", holds: true, value: 1),
      Example("position: 0", on: "y,x\n1,2\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let wanted = question["index"]?.integer ?? 0
    let place =
      question.column.flatMap { column in
        question.table.columns.firstIndex { $0.name.isSame(as: column.name) }
      } ?? -1
    return .answered(
      Finding(
        holds: place == wanted, "the column stands at place \(place), wanted \(wanted)",
        value: Double(place)))
  }

  /// Differing values within a row.
  static let uniqueWithinRow = SchemaCheck(
    "unique_within_row", "No value occurs twice in the columns of one row; two nulls are alike.",
    aliases: [
      "expect_select_column_values_to_be_unique_within_record",
      "expect_multicolumn_values_to_be_unique",
    ], of: .table,
    parameters: [Parameter("columns", "The columns.", .list(.text), required: true), nulls],
    main: "columns", kind: .rows,
    examples: [
      Example("unique_within_row: [a, b]", on: "a,b\n1,1\n1,2\n,\n", holds: false, value: 1),
      Example("unique_within_row: [a, b]", on: "a,b\n2,1\n1,\n", holds: true, value: 0),
      Example("unique_within_row: [a, b]", on: "a,b\n7,7\n8,b\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    let types = try question.listedColumns("columns")
    let columns = types.map(\.name.sqlName)
    var pairs: [String] = []
    for (index, column) in types.enumerated() {
      for other in types[(index + 1)...] { pairs.append("NOT (\(column.same(as: other)))") }
    }
    return .rows(
      question, good: pairs.isEmpty ? "true" : pairs.joined(separator: " AND "),
      among: question.without(columns), shown: question.together(columns),
      what: "hold a value twice")
  }

  /// The same value within a row.
  static let equalColumns = SchemaCheck(
    "equal_columns", "The columns of one row hold the same value; null equals null.",
    aliases: ["expect_multicolumn_values_to_be_equal"], of: .table,
    parameters: [Parameter("columns", "The columns.", .list(.text), required: true), nulls],
    main: "columns", kind: .rows,
    examples: [
      Example("equal_columns: [a, b]", on: "a,b\n1,1\n,\n", holds: true, value: 0),
      Example("equal_columns: [a, b]", on: "a,b\n1,1\n1,\n", holds: false, value: 1),
      Example("equal_columns: [a, b]", on: "a,b\n7,7\n8,b\n", holds: false, value: 2),
    ]
  ) { question throws(Diagnostic) in
    let types = try question.listedColumns("columns")
    let columns = types.map(\.name.sqlName)
    let good = types.dropFirst().map { "(\($0.same(as: types[0])))" }
    return .rows(
      question, good: good.isEmpty ? "true" : good.joined(separator: " AND "),
      among: question.without(columns), shown: question.together(columns), what: "differ")
  }

  /// A sum of columns.
  static let sumOfColumns = SchemaCheck(
    "sum_of_columns", "The columns of each row sum to a number; a row with a null has no sum.",
    aliases: ["expect_multicolumn_sum_to_equal"], of: .table,
    parameters: [
      Parameter("columns", "The columns.", .list(.text), required: true),
      Parameter(
        "equal", "The sum.",
        .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude), required: true),
      Parameter(
        "tolerance", "How far off it may be.", .number(0...Double.greatestFiniteMagnitude),
        standard: "0"),
      nulls,
    ], kind: .rows,
    refuse: refuseNoSum,
    examples: [
      Example(
        "sum_of_columns: {columns: [a, b], equal: 3}", on: "a,b\n1,2\n2,2\n1,\n", holds: false,
        value: 2),
      Example(
        "sum_of_columns: {columns: [a, b], equal: 3, tolerance: 1}", on: "a,b\n1,2\n2,2\n",
        holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    let types = try question.listedColumns("columns")
    if let text = types.first(where: { ![.number, .integer, .boolean].contains($0.kind) }) {
      throw Diagnostic(
        "'\(text.name)' is \(text.declared), and has no sum", at: question.rule.mark,
        hint: "set its type under 'types'")
    }
    let columns = types.map(\.name.sqlName)
    let sum = columns.joined(separator: " + ")
    let (wanted, slack) = (question["equal"]?.number ?? 0, question["tolerance"]?.number ?? 0)
    return .rows(
      question, good: slack == 0 ? "\(sum) = \(wanted)" : "abs(\(sum) - \(wanted)) <= \(slack)",
      among: question.without(columns), shown: sum, what: "do not sum to \(wanted.brief)")
  }

  /// Anything about a row.
  package static let condition = SchemaCheck(
    "condition", "SQL over the row is true for every row.",
    aliases: ["expression", "expect_column_values_to_satisfy_expression", "expression_is_true"],
    of: .table,
    parameters: [Parameter("sql", "The condition.", .sql, required: true)], main: "sql",
    kind: .rows, sql: .condition,
    examples: [
      Example("condition: a <= b", on: "a,b\n1,2\n3,2\n1,\n", holds: false, value: 2),
      Example(
        "condition: {sql: a <= b, mostly: 0.3}", on: "a,b\n1,2\n3,2\n1,\n", holds: true, value: 2),
      Example("condition: nope > 1", on: "a,b\n1,2\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    .rows(
      question, good: question["sql"]?.text ?? "false", among: "true",
      shown: question.together(question.table.columns.prefix(8).map(\.name.sqlName)),
      what: "break '\((question["sql"]?.text ?? "").prefix(60))'")
  }

  /// Any SELECT that must find nothing.
  static let noRows = SchemaCheck(
    "no_rows",
    "A SELECT finds no row; {table} stands for the table that is judged.", of: .table,
    parameters: [Parameter("sql", "The SELECT.", .text, required: true)], main: "sql",
    examples: [
      Example("no_rows: SELECT a FROM {table} WHERE a < 0", on: "a\n1\n", holds: true, value: 0),
      Example(
        "no_rows: SELECT a FROM {table} WHERE a > 0", on: "a\n1\n2\n", holds: false, value: 2),
      Example("no_rows: DROP VIEW current", on: "a\n1\n", holds: nil),
      Example("no_rows: SELECT * FROM read_csv('/etc/passwd')", on: "a\n1\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    var sql = (question["sql"]?.text ?? "").replacing("{table}", with: question.table.name.sqlName)
    while let last = sql.last, last == ";" || last.isWhitespace { sql.removeLast() }
    let found = sql
    return .asking([.rows(sql)]) { answers in
      let columns = answers[0].columns
      let count = answers[0].count
      if count == 0 {
        return .answered(Finding(.passed, "the SELECT finds no row", value: 0, limit: ["max": 0]))
      }
      let texts = columns.map { ($0.name, $0.textsOrNull) }
      let rows = (0..<min(count, 10)).map { row in
        JSON.object(texts.map { JSON.Member($0.0, $0.1[row].map(JSON.string) ?? .null) })
      }
      return .answered(
        Finding(
          .failed, "the SELECT finds \(count.counted("row")), wanted none", value: Double(count),
          limit: ["max": 0], evidence: ["examples": .array(rows), "sql": .string(found)]))
    }
  }.counting("row")

  /// Both the columns and the sum must be there.
  private static let refuseNoSum: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    rule["columns"] == nil || rule["equal"] == nil
      ? Diagnostic("'sum_of_columns' wants 'columns' and 'equal'") : nil
  }
}

extension CheckContext {
  /// Several columns as one text, for an example.
  package func together(_ columns: [String]) -> String {
    let parts = columns.map { "coalesce(CAST(\($0) AS VARCHAR), 'null')" }
    return parts.isEmpty ? "''" : "concat_ws(', ', \(parts.joined(separator: ", ")))"
  }
}
