import GateCore

extension SchemaCheck {
  /// A feature that gives the label away.
  static let featureLabelCorrelation = SchemaCheck(
    "feature_label_correlation",
    "No feature alone tells the label (its predictive power) too well.",
    of: .table,
    parameters: [
      Parameter(
        "below", "The power of every feature lies below this.", .number(0...1), standard: "0.8"),
      CheckContext.label,
    ] + ColumnSweep.parameters,
    examples: [
      Example("feature_label_correlation: true", on: telling, holds: false, value: 1),
      Example(
        "feature_label_correlation: {columns: [u]}", on: telling, holds: true, value: 0),
      Example("feature_label_correlation: {label: z}", on: "x,y\n1,a\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    guard let label = try question.label() else { return try question.lacking("there is no label") }
    let features = try question.features().filter(PredictivePower.fits)
    guard !features.isEmpty else { return try question.lacking("there is no feature") }
    let limit = question.limit("below", 0.8)
    return .powers(question, of: features, label: label, on: [question.table]) {
      scores throws(Diagnostic) in
      try .power(features, scores[0], wrong: "tell the label", limit: ["below": limit]) {
        $0 < limit
      }
    }
  }

  /// An id that tells the label.
  static let identifierLabel = SchemaCheck(
    "identifier_label", "Neither the id nor a date tells the label: their predictive power is 0.",
    of: .table,
    parameters: [
      Parameter("max", "The largest power.", .number(0...1), standard: "0"), CheckContext.label,
      Parameter("columns", "Ids; default: the manifest's id and every date.", .list(.text)),
    ],
    examples: [
      Example("identifier_label: {columns: [x]}", on: telling, holds: false, value: 1),
      Example("identifier_label: {columns: [u]}", on: telling, holds: true, value: 0),
      Example("identifier_label: true", on: "x,y\n1,a\n2,b\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    guard let label = try question.label() else { return try question.lacking("there is no label") }
    var columns: [ColumnType] = []
    if let items = question["columns"]?.items {
      for node in items { columns.append(try question.named(node)) }
    } else {
      columns = question.table.columns.filter {
        question.roles.id.map($0.name.isSame) == true || $0.kind == .timestamp
      }
    }
    guard !columns.isEmpty else {
      return try question.lacking(
        "there is neither an id nor a date", hint: "name them under 'columns'")
    }
    let (ids, limit) = (columns, question.limit("max", 0))
    return .powers(question, of: ids, label: label, on: [question.table]) {
      scores throws(Diagnostic) in
      try .power(ids, scores[0], wrong: "tell the label", limit: ["max": limit]) { $0 <= limit }
    }
  }

  /// Classes of very different size.
  static let labelBalance = SchemaCheck(
    "label_balance", "The rarest class has at least a share of the most common one's rows.",
    of: .table,
    parameters: [
      Parameter("min_ratio", "The smallest ratio.", .number(0...1), standard: "0.1"),
      CheckContext.label,
    ],
    examples: [
      Example("label_balance: true", on: "x,y\n1,a\n2,b\n3,b\n", holds: true, value: 0.5),
      Example(
        "label_balance: {min_ratio: 0.6}", on: "x,y\n1,a\n2,b\n3,b\n", holds: false, value: 0.5),
    ]
  ) { question throws(Diagnostic) in
    let least = question.limit("min_ratio", 0.1)
    return try .classes(question) { counts throws(Diagnostic) in
      guard let most = counts.map(\.rows).max(), let rarest = counts.min(by: { $0.rows < $1.rows })
      else { throw Diagnostic("there are no labels") }
      let ratio = rarest.rows / most
      return Finding(
        holds: ratio >= least,
        "the rarest class '\(rarest.name)' has \(rarest.rows.brief) rows, the most common \(most.brief): "
          + "a ratio of \(ratio.brief), wanted at least \(least.brief)", value: ratio,
        limit: ["min_ratio": least])
    }
  }

  /// Classes of too few rows.
  static let minRowsPerClass = SchemaCheck(
    "min_rows_per_class", "Every class of the label has so many rows.", of: .table,
    parameters: [
      Parameter("min", "The fewest rows.", .integer(1...Int.max), required: true),
      CheckContext.label,
    ], main: "min",
    examples: [
      Example("min_rows_per_class: 1", on: "x,y\n1,a\n2,b\n3,b\n", holds: true, value: 1),
      Example("min_rows_per_class: 2", on: "x,y\n1,a\n2,b\n3,b\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let least = question.limit("min", 1)
    return try .classes(question) { counts throws(Diagnostic) in
      guard let fewest = counts.map(\.rows).min() else { throw Diagnostic("there are no labels") }
      let few = counts.filter { $0.rows < least }
      let told = few.prefix(5).map { "'\($0.name)' (\($0.rows.brief))" }.joined(separator: ", ")
      return Finding(
        holds: few.isEmpty,
        few.isEmpty
          ? "every one of \(counts.count) classes has at least \(least.brief) rows"
          : "\(few.count) of \(counts.count) classes have fewer than \(least.brief) rows: \(told)",
        value: fewest, limit: ["min": least])
    }
  }.counting("row")

  /// A label that a column tells, and a column that tells nothing.
  private static let telling =
    "x,u,y\n" + (1...40).map { "\($0),\($0 % 8 / 4),\($0 <= 20 ? "a" : "b")\n" }.joined()
}

extension QueryPlan {
  /// The rows of each class, and what comes of them; a label of more than 1,000 values has no classes.
  fileprivate static func classes(
    _ question: CheckContext,
    _ judge: @escaping @Sendable ([(name: String, rows: Double)]) throws(Diagnostic) -> Finding
  ) throws(Diagnostic) -> QueryPlan {
    guard let label = try question.label() else { return try question.lacking("there is no label") }
    let y = label.name.sqlName
    return .asking([.number("count(DISTINCT \(y))")]) { answers throws(Diagnostic) in
      let distinct = answers[0].number ?? 0
      if distinct > (label.isNumeric ? PredictivePower.mostClasses : 1000) {
        return try question.lacking(
          "the label '\(label.name)' has \(distinct.brief) distinct values, so it has no classes")
      }
      return .asking([
        .rows(
          "SELECT left(CAST(\(y) AS VARCHAR), 200) AS class, CAST(count(*) AS DOUBLE) AS rows "
            + "FROM \(question.table.name.sqlName) WHERE \(y) IS NOT NULL GROUP BY \(y) ORDER BY 2, 1"
        )
      ]) { answers throws(Diagnostic) in
        let names = answers[0].columns.first?.textsOrNull ?? []
        let rows = answers[0].columns.last?.doubles ?? []
        return .answered(try judge(zip(names, rows).map { ($0 ?? "", $1) }))
      }
    }
  }
}

extension Finding {
  /// What the powers of some columns mean; a label that does not vary has none.
  fileprivate static func power(
    _ columns: [ColumnType], _ scores: [Double?], wrong: String, limit: [LimitName: Double],
    _ holds: (Double) -> Bool
  ) throws(Diagnostic) -> Finding {
    guard scores.contains(where: { $0 != nil }) else {
      throw Diagnostic("the label does not vary, so nothing can tell it")
    }
    return ColumnSweep.finding(
      zip(columns, scores).map { column, score in
        ColumnSweep.Figure(
          column: column.name, value: score, words: "a power of \((score ?? 0).brief)",
          isBroken: score.map { !holds($0) } ?? false)
      }, wrong: wrong, limit: limit)
  }
}
