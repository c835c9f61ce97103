import GateCore

extension SchemaCheck {
  /// Enough rows to judge by.
  static let sizeRatio = SchemaCheck(
    "size_ratio", "There are enough rows, by themselves and beside the reference's.", of: .table,
    parameters: [
      Parameter(
        "above", "The number of rows over the reference's lies above this.", .number(0...1e9),
        standard: "0.01"),
      Parameter("min_rows", "The fewest rows.", .integer(0...Int.max), standard: "100"),
    ],
    examples: [
      Example(
        "size_ratio: {min_rows: 1}", on: "x\n1\n", reference: "x\n1\n2\n", holds: true, value: 0.5),
      Example("size_ratio: true", on: "x\n1\n", reference: "x\n1\n2\n", holds: false, value: 0.5),
      Example(
        "size_ratio: {min_rows: 1, above: 0.5}", on: "x\n1\n", reference: "x\n1\n2\n", holds: false,
        value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    let ratio = try question.rowRatio()
    let (above, least) = (question.limit("above", 0.01), question.limit("min_rows", 100))
    return .answered(
      Finding(
        holds: ratio > above && Double(question.table.rows) >= least,
        "there are \(question.table.rows.counted("row")), \(ratio.brief) of the reference's; wanted "
          + "above \(above.brief) and at least \(least.brief) rows",
        value: ratio, n: question.table.rows, limit: ["exclusive_min": above, "min_rows": least]))
  }

  /// Labels that the reference does not have.
  static let newLabels = SchemaCheck(
    "new_labels", "Every label stands in the reference too.", of: .table,
    parameters: [
      Parameter("max", "The most new labels.", .integer(0...Int.max), standard: "0"),
      CheckContext.label,
    ],
    examples: [
      Example(
        "new_labels: true", on: "x,y\n1,a\n", reference: "x,y\n1,a\n2,b\n", holds: true, value: 0),
      Example(
        "new_labels: true", on: "x,y\n1,c\n", reference: "x,y\n1,a\n2,b\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    guard let label = try question.label() else { return try question.lacking("there is no label") }
    guard reference.column(label.name) != nil else {
      return try question.lacking("the reference has no label '\(label.name)'")
    }
    let distinct = Query.number("count(DISTINCT \(label.name.sqlName))")
    return .asking([distinct]) { answers throws(Diagnostic) in
      if label.isNumeric, (answers[0].number ?? 0) > PredictivePower.mostClasses {
        return try question.lacking(
          "the label '\(label.name)' is a number to be met, so it has no classes")
      }
      return .novel(question, [label], reference, most: question.limit("max", 0), plain: false)
    }
  }.counting("value")

  /// Categories that the reference does not have, in any column.
  static let newCategories = SchemaCheck(
    "new_categories", "Every category of every column stands in the reference too.", of: .table,
    parameters: [
      Parameter(
        "max", "The most new categories of one column.", .integer(0...Int.max), standard: "0"),
      categories,
    ] + ColumnSweep.parameters,
    examples: [
      Example(
        "new_categories: true", on: "x,y\na,1\n", reference: "x,y\na,1\nb,2\n", holds: true,
        value: 0),
      Example(
        "new_categories: true", on: "x,y\nc,1\n", reference: "x,y\na,1\nb,2\n", holds: false,
        value: 1),
      Example(
        "new_categories: {max_categories: 1}", on: "x,y\nc,1\n", reference: "x,y\na,1\nb,2\n",
        holds: nil),
    ]
  ) { question throws(Diagnostic) in
    try .categories(question, plain: false)
  }.counting("value")

  /// Other writings of the reference's categories.
  static let newStringVariants = SchemaCheck(
    "new_string_variants",
    "No category is one of the reference's in another writing: other case, spaces or punctuation.",
    of: .table,
    parameters: [
      Parameter(
        "max", "The most new writings of one column.", .integer(0...Int.max), standard: "0"),
      categories,
    ] + ColumnSweep.parameters,
    examples: [
      Example(
        "new_string_variants: true", on: "x,y\nc,1\n", reference: "x,y\na,1\nb,2\n", holds: true,
        value: 0),
      Example(
        "new_string_variants: true", on: "x,y\nA,1\nb,1\n", reference: "x,y\na,1\nb,2\n",
        holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    try .categories(question, plain: true)
  }.counting("value")

  /// A feature that tells the label in one table and not in the other.
  static let featureLabelCorrelationChange = SchemaCheck(
    "feature_label_correlation_change",
    "No feature's predictive power for the label differs much from that in the reference, nor is large there.",
    of: .table,
    parameters: [
      Parameter(
        "difference_below", "The difference lies below this.", .number(0...1), standard: "0.2"),
      Parameter(
        "reference_below", "The power in the reference lies below this.", .number(0...1),
        standard: "0.7"), CheckContext.label,
    ] + ColumnSweep.parameters,
    examples: [
      Example(
        "feature_label_correlation_change: {columns: [u]}", on: told("a"), reference: told("a"),
        holds: true, value: 0),
      Example(
        "feature_label_correlation_change: {columns: [x]}", on: told("x"), reference: told("u"),
        holds: false, value: 1),
      Example(
        "feature_label_correlation_change: {columns: [x]}", on: told("x"), reference: told("x"),
        holds: false, value: 0),
    ]
  ) { question throws(Diagnostic) in
    let reference = try question.wantReference()
    guard let label = try question.label(), reference.column(label.name) != nil else {
      return try question.lacking("there is no label in both tables")
    }
    let features = try question.features().filter {
      PredictivePower.fits($0) && reference.column($0.name)?.kind == $0.kind
    }
    guard !features.isEmpty else { return try question.lacking("both tables share no feature") }
    let change = question.limit("difference_below", 0.2)
    let most = question.limit("reference_below", 0.7)
    return .powers(question, of: features, label: label, on: [question.table, reference]) {
      scores throws(Diagnostic) in
      let figures = features.indices.map { place in
        let (now, before) = (scores[0][place], scores[1][place])
        let difference = now.flatMap { now in before.map { abs(now - $0) } }
        return ColumnSweep.Figure(
          column: features[place].name, value: difference,
          words: "\((now ?? 0).brief) now, \((before ?? 0).brief) in the reference",
          isBroken: (difference ?? 0) >= change || (before ?? 0) >= most)
      }
      guard figures.contains(where: { $0.value != nil }) else {
        throw Diagnostic("the label does not vary in both tables, so nothing can tell it")
      }
      return ColumnSweep.finding(
        figures, wrong: "tell the label otherwise than in the reference, or too well there",
        limit: ["difference_below": change, "reference_below": most])
    }
  }

  /// What a category is.
  private static let categories = Parameter(
    "max_categories",
    "Columns with more distinct texts in the reference are no categories and take no part.",
    .integer(1...Int.max), standard: "30")

  /// Rows whose label `y` follows a column (x or u), or neither.
  private static func told(_ column: String) -> String {
    "x,u,y\n"
      + (0..<40).map { row in
        let (x, u) = (row / 20, row / 4 % 2)
        let y = column == "x" ? x : column == "u" ? u : row / 2 % 2
        return "\(x == 0 ? "p" : "q"),\(u == 0 ? "p" : "q"),\(y == 0 ? "a" : "b")\n"
      }.joined()
  }
}

extension QueryPlan {
  /// What columns of few distinct texts hold that the reference's do not.
  fileprivate static func categories(
    _ question: CheckContext, plain: Bool
  ) throws(Diagnostic) -> QueryPlan {
    let reference = try question.wantReference()
    let texts = try question.sweep(.texts)?.columns.filter { reference.column($0.name) != nil }
    // What was a text and is none now has other values, whatever they look like.
    let turned =
      question["columns"] != nil
      ? []
      : try question.sweep(.columns)?.columns.filter {
        $0.kind != .string && reference.column($0.name)?.kind == .string
      } ?? []
    let columns = (texts ?? []) + turned
    guard columns.contains(where: { reference.column($0.name)?.kind == $0.kind }) || !turned.isEmpty
    else {
      return try question.lacking("both tables share no column of texts")
    }
    let names = columns.map { "count(DISTINCT \($0.name.sqlName)) AS \($0.name.sqlName)" }
    let distinct =
      "SELECT \(names.joined(separator: ", ")) FROM \(reference.name.sqlName)"
    let few = question.limit("max_categories", 30)
    return .asking([.rows(distinct)]) { answers throws(Diagnostic) in
      let known = zip(columns, answers[0].firstRow).filter { column, count in
        let least: Double = reference.column(column.name)?.kind == column.kind ? 0 : 1
        return least...max(least, few) ~= count ?? 0
      }.map(\.0)
      guard !known.isEmpty else {
        return try question.lacking(
          "no column of the reference has at most \(few.brief) distinct texts",
          hint: "raise 'max_categories'")
      }
      return .novel(question, known, reference, most: question.limit("max", 0), plain: plain)
    }
  }

  /// Distinct values of each column that the reference does not have; `plain`: of these, those it has in another
  /// writing.
  fileprivate static func novel(
    _ question: CheckContext, _ columns: [ColumnType],
    _ reference: CheckContext.TableShape, most: Double, plain: Bool
  ) -> QueryPlan {
    let probes = columns.map { column -> Query in
      let x = column.name.sqlName
      let same = "SELECT \(TextProfile.plain("v")) FROM before"
      let written =
        plain
        ? " AND \(TextProfile.plain("v")) <> '' AND \(TextProfile.plain("v")) IN (\(same))" : ""
      return .rows(
        """
        WITH before AS (SELECT DISTINCT CAST(\(x) AS VARCHAR) AS v FROM \(reference.name.sqlName)
          WHERE \(x) IS NOT NULL)
        SELECT left(v, 200) AS value, CAST(n AS DOUBLE) AS rows FROM (
          SELECT CAST(\(x) AS VARCHAR) AS v, count(*) AS n FROM \(question.table.name.sqlName)
          WHERE \(x) IS NOT NULL GROUP BY 1)
        WHERE v NOT IN (SELECT v FROM before)\(written) ORDER BY 2 DESC, 1
        """)
    }
    return .asking(probes) { answers in
      let figures = zip(columns, answers).map { column, answer in
        let values = (answer.columns.first?.textsOrNull ?? []).prefix(3).map {
          "'\(($0 ?? "").prefix(40))'"
        }
        return ColumnSweep.Figure(
          column: column.name, value: Double(answer.count), words: values.joined(separator: ", "),
          isBroken: Double(answer.count) > most)
      }
      return .answered(
        ColumnSweep.finding(
          figures,
          wrong: plain
            ? "write a category of the reference otherwise" : "have values the reference does not",
          limit: ["max": most]))
    }
  }
}
