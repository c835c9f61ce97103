import GateCore

extension SchemaCheck {
  /// The largest change of a share.
  static let infinityNorm = change(
    "infinity_norm", "The largest difference of a value's share from the reference's",
    "the largest change of a share", 0.5
  ) { "abs(coalesce(a.n, 0) / t.n - coalesce(b.n, 0) / r.n)" }

  /// The largest change of a count.
  static let normalizedAbsDifference = change(
    "normalized_abs_difference",
    "The largest difference of a value's count from the reference's, over all values of both,",
    "the largest change of a count over all", 0.4
  ) { "abs(coalesce(a.n, 0) - coalesce(b.n, 0)) / (t.n + r.n)" }

  /// A distance between the values' counts in two tables; nulls take no part.
  private static func change(
    _ id: String, _ words: String, _ what: String, _ value: Double,
    _ distance: @escaping @Sendable () -> String
  ) -> SchemaCheck {
    SchemaCheck(
      id, "\(words) lies between bounds, nulls left out.", of: .column,
      parameters: Bounds.parameters, refuse: Bounds.refuse,
      examples: [
        Example(
          "\(id): {max: \(value)}", on: "x\na\na\n\n", reference: "x\na\nb\nb\n\(half(id))",
          holds: true, value: value),
        Example(
          "\(id): {exclusive_max: \(value)}", on: "x\na\na\n\n",
          reference: "x\na\nb\nb\n\(half(id))", holds: false, value: value),
      ]
    ) { question throws(Diagnostic) in
      let name = question.column?.name ?? ""
      let reference = try question.wantReference()
      guard let other = reference.column(name) else {
        throw Diagnostic("the reference has no column '\(name)'", at: question.rule.mark)
      }
      func counts(_ column: String, _ table: String) -> String {
        "(SELECT CAST(\(column) AS VARCHAR) AS v, count(*) AS n FROM \(table) "
          + "WHERE \(column) IS NOT NULL GROUP BY 1)"
      }
      let (mine, theirs) = (question.table.name.sqlName, reference.name.sqlName)
      let sql =
        "SELECT max(\(distance())) AS value FROM \(counts(question.x, mine)) a FULL JOIN "
        + "\(counts(other.name.sqlName, theirs)) b ON a.v = b.v, "
        + "(SELECT count(\(question.x)) AS n FROM \(mine)) t, "
        + "(SELECT count(\(other.name.sqlName)) AS n FROM \(theirs)) r"
      return .oneValue(question, sql, what: what)
    }
  }

  /// Rows that make the example's figure a round one.
  private static func half(_ id: String) -> String { id == "infinity_norm" ? "a\n" : "" }
}
