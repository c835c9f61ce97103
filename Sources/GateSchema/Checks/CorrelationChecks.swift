import GateCore

extension SchemaCheck {
  /// Features that say the same.
  static let featureCorrelation = SchemaCheck(
    "feature_correlation",
    "Few pairs of features are strongly correlated: Pearson's r of numbers, Theil's symmetric U of categories, the correlation ratio of one of each.",
    of: .table,
    parameters: [
      Parameter(
        "above", "What is strong: a pair's figure, without sign, beyond this.", .number(0...1),
        standard: "0.9"),
      Parameter("max_pairs", "The most such pairs.", .integer(0...Int.max), standard: "0"),
      Parameter(
        "max_categories", "Texts with more distinct values are no categories and take no part.",
        .integer(1...10_000), standard: "30"),
      CheckContext.label,
    ] + ColumnSweep.parameters,
    examples: [
      Example(
        "feature_correlation: true", on: "a,b,c,d\n1,2,p,s\n2,4,q,t\n3,6,p,u\n4,8.1,q,v\n",
        holds: false),
      Example(
        "feature_correlation: true",
        on: "a,b,c,d\n1,5,p,s\n2,1,p,s\n3,7,p,t\n4,2,p,t\n2,5,q,s\n1,1,q,s\n4,7,q,t\n3,2,q,t\n",
        holds: true, value: 0),
      Example(
        "feature_correlation: {max_pairs: 1}", on: "a,b\n1,2\n2,4\n3,6\n", holds: true, value: 1),
      Example("feature_correlation: true", on: "c,d\np,s\nq,t\np,s\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let features = try question.features()
    let numbers = features.filter(\.isNumeric)
    let texts = features.filter { $0.kind == .string || $0.kind == .boolean }
    guard numbers.count + texts.count > 1 else {
      return try question.lacking("there are not two features to compare")
    }
    guard numbers.count + texts.count <= 200 else {
      throw Diagnostic(
        "\(numbers.count + texts.count) features make too many pairs, at most 200 may be compared",
        at: question.rule.mark, hint: "choose them under 'columns' or 'except'")
    }
    let most = question.limit("max_categories", 30)
    // A filter is ten times as slow as none, so that only columns that need one get it.
    let floats = numbers.filter { $0.kind == .number }
    let first =
      texts.map { "count(DISTINCT \($0.name.sqlName))" }
      + floats.map { "count(*) FILTER (WHERE NOT isfinite(\($0.name.sqlName)))" }
    return .asking(first.map(Query.number)) { answers in
      let categories = zip(texts, answers).filter { ($1.number ?? 0) <= most }.map(\.0)
      let odd = zip(floats, answers.dropFirst(texts.count)).filter { ($1.number ?? 1) > 0 }
      let pairs = Correlations(
        table: question.table.name, numbers: numbers, categories: categories,
        odd: Set(odd.map(\.0.name)))
      return .asking(pairs.probes) { answers in
        .answered(pairs.finding(answers, question))
      }
    }
  }.counting("pair")
}

/// The pairs of some columns and how each is measured.
struct Correlations: Sendable {
  package let table: String
  package let numbers: [ColumnType]
  package let categories: [ColumnType]
  /// Numbers of which some are not finite.
  package let odd: Set<String>

  /// Each pair of a list once, in order.
  private static func pairs(_ columns: [ColumnType]) -> [(ColumnType, ColumnType)] {
    columns.indices.flatMap { first in
      columns[(first + 1)...].map { (columns[first], $0) }
    }
  }

  /// Numbers with each other, categories with each other, then every category with all numbers.
  package var probes: [Query] {
    Self.pairs(numbers).map { .number(pearson($0, $1)) }
      + Self.pairs(categories).map { .rows(theil($0, $1)) }
      + (numbers.isEmpty ? [] : categories.map { .rows(ratios($0)) })
  }

  /// Pearson's r over the rows where both are finite.
  private func pearson(_ a: ColumnType, _ b: ColumnType) -> String {
    let (x, y) = (a.name.sqlName, b.name.sqlName)
    let floats = [a, b].filter { odd.contains($0.name) }.map { "isfinite(\($0.name.sqlName))" }
    let filter = floats.isEmpty ? "" : " FILTER (WHERE \(floats.joined(separator: " AND ")))"
    return "round(corr(\(y), \(x))\(filter), 12)"
  }

  /// Twice the mutual information over the sum of both entropies, of rows where both have a value.
  private func theil(_ a: ColumnType, _ b: ColumnType) -> String {
    let (x, y) = (a.name.sqlName, b.name.sqlName)
    func bits(_ group: String) -> String {
      "(SELECT sum(n * ln(n)) FROM (SELECT sum(n) AS n FROM c GROUP BY \(group)))"
    }
    return """
      WITH c AS (SELECT \(x) AS a, \(y) AS b, CAST(count(*) AS DOUBLE) AS n FROM \(table.sqlName)
        WHERE \(x) IS NOT NULL AND \(y) IS NOT NULL GROUP BY ALL),
      h AS (SELECT ln(sum(n)) - \(bits("a")) / sum(n) AS ha, ln(sum(n)) - \(bits("b")) / sum(n) AS hb,
        ln(sum(n)) - sum(n * ln(n)) / sum(n) AS hab FROM c)
      SELECT round(2 * (ha + hb - hab) / nullif(ha + hb, 0), 12) AS u FROM h
      """
  }

  /// For each number the root of the share of its variance that lies between the category's values.
  private func ratios(_ category: ColumnType) -> String {
    let c = category.name.sqlName
    let inner = numbers.indices.map { place in
      let x = "CAST(\(numbers[place].name.sqlName) AS DOUBLE)"
      let finite = "FILTER (WHERE isfinite(\(x)))"
      return
        "CAST(count(\(x)) \(finite) AS DOUBLE) AS n\(place), avg(\(x)) \(finite) AS m\(place), "
        + "var_pop(\(x)) \(finite) AS v\(place)"
    }
    let outer = numbers.indices.map { place in
      let (n, m) = ("n\(place)", "m\(place)")
      let mean = "(SELECT sum(\(n) * \(m)) / nullif(sum(\(n)), 0) FROM g)"
      let between = "sum(\(n) * pow(\(m) - \(mean), 2))"
      return
        "round(sqrt(\(between) / nullif(\(between) + sum(\(n) * v\(place)), 0)), 12) AS r\(place)"
    }
    return "WITH g AS (SELECT \(inner.joined(separator: ", ")) FROM \(table.sqlName) "
      + "WHERE \(c) IS NOT NULL GROUP BY \(c)) SELECT \(outer.joined(separator: ", ")) FROM g"
  }

  /// How many pairs are strong, and which.
  package func finding(_ answers: [QueryResult], _ question: CheckContext) -> Finding {
    let (limit, most) = (question.limit("above", 0.9), question.limit("max_pairs", 0))
    var names = (Self.pairs(numbers) + Self.pairs(categories)).map { "\($0.name) and \($1.name)" }
    var values = zip(names, answers).map { $1.number ?? $1.firstRow.first.flatMap(\.self) }
    for (category, answer) in zip(categories, answers.dropFirst(names.count)) {
      names += numbers.map { "\($0.name) and \(category.name)" }
      values += answer.firstRow
    }
    let strong = zip(names, values).compactMap { name, value -> (String, Double)? in
      guard let value, value.isFinite, abs(value) > limit else { return nil }
      return (name, value)
    }.sorted { (abs($1.1), $0.0) < (abs($0.1), $1.0) }
    let told = strong.prefix(5).map { "\($0.0) (\($0.1.brief))" }.joined(separator: ", ")
    return Finding(
      holds: Double(strong.count) <= most,
      strong.isEmpty
        ? "none of \(names.count.counted("pair")) of features is correlated beyond \(limit.brief)"
        : "\(strong.count) of \(names.count.counted("pair")) of features "
          + "\("are correlated".agreeing(with: strong.count)) beyond \(limit.brief), at most \(Int(most)) may be: \(told)",
      value: Double(strong.count), limit: ["max_pairs": most],
      evidence: [
        "correlated_above": .number(limit),
        "pairs": .array(
          strong.prefix(1000).map {
            .object([JSON.Member("pair", .string($0.0)), JSON.Member("value", .number($0.1))])
          }),
      ])
  }
}
