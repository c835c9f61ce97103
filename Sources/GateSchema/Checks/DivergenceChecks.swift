import GateCore

extension SchemaCheck {
  /// How far the values are from a partition.
  static let klDivergence = SchemaCheck(
    "kl_divergence",
    "The Kullback-Leibler divergence of the values from a partition, in nats, lies between bounds.",
    aliases: ["expect_column_kl_divergence_to_be_less_than"], of: .column,
    parameters: [
      Parameter("values", "The categories.", .list(.value)),
      Parameter("bins", "The edges of the bins, rising; the last bin has both.", .list(number)),
      Parameter(
        "weights", "What is expected of each category or bin; scaled to sum to 1.",
        .list(weight), required: true),
      Parameter(
        "tail_weights", "What is expected below the first edge and above the last.", .list(weight)),
      Parameter(
        "tail_holdout", "The share kept for what the partition does not have.", weight,
        standard: "0"),
      Parameter(
        "internal_holdout", "The share kept for bins of weight 0.", weight, standard: "0"),
    ], kind: .figure, refuse: refusePartition,
    examples: [
      Example(
        "kl_divergence: {values: [a, b], weights: [0.5, 0.5], max: 0}", on: "x\na\nb\n\n",
        holds: true, value: 0),
      Example(
        "kl_divergence: {values: [a, b], weights: [1, 0], max: 1}", on: "x\na\nb\n", holds: false),
      Example(
        "kl_divergence: {bins: [0, 1, 2], weights: [0.5, 0.5], max: 0.1}", on: "x\n0\n0.5\n",
        holds: false, value: 0.6931471805599453),
      Example(
        "kl_divergence: {bins: [0, 1], weights: [1], tail_weights: [0.5, 0.5], max: 1}",
        on: "x\n0\n1\n", holds: true, value: 0.6931471805599453),
    ]
  ) { question throws(Diagnostic) in
    question["bins"] == nil ? try categories(question) : try bins(question)
  }

  private static let number = Shape.number(
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
  private static let weight = Shape.number(0...1e9)

  /// A partition that contradicts itself.
  private static let refusePartition: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    let weights = rule["weights"]?.items ?? []
    switch (rule["values"]?.items, rule["bins"]?.items) {
    case (nil, nil): return Diagnostic("'kl_divergence' wants 'values' or 'bins'")
    case (.some, .some): return Diagnostic("'values' and 'bins' exclude each other")
    case (let values?, nil):
      if rule["tail_weights"] != nil || rule["internal_holdout"] != nil {
        return Diagnostic("'tail_weights' and 'internal_holdout' are of bins")
      }
      return values.count == weights.count
        ? nil : Diagnostic("there are \(values.count) values and \(weights.count) weights")
    case (nil, let bins?):
      let edges = bins.compactMap(\.number)
      if zip(edges, edges.dropFirst()).contains(where: { $0 >= $1 }) || edges.count < 2 {
        return Diagnostic("the edges of bins rise, and there are two or more")
      }
      if let tails = rule["tail_weights"]?.items, tails.count != 2 || rule["tail_holdout"] != nil {
        return Diagnostic("'tail_weights' are two, and exclude 'tail_holdout'")
      }
      return weights.count == edges.count - 1
        ? nil : Diagnostic("there are \(edges.count - 1) bins and \(weights.count) weights")
    }
  }

  /// Against categories: each value that is none of them is a cell of its own.
  private static func categories(_ question: CheckContext) throws(Diagnostic) -> QueryPlan {
    var cases = ""
    for (index, value) in (question["values"]?.items ?? []).enumerated() {
      cases += " WHEN \(try question.literal(value)) THEN \(index)"
    }
    let weights = question.weights
    let held = question["tail_holdout"]?.number ?? 0
    let filter = question["where"]?.text.map { " AND (\n\($0)\n)" } ?? ""
    let x = question.x
    let sql =
      "SELECT coalesce(CASE v\(cases) END, -1) AS cell, n FROM (SELECT \(x) AS v, count(*) AS n "
      + "FROM \(question.table.name.sqlName) WHERE \(x) IS NOT NULL\(filter) GROUP BY 1) ORDER BY 1, 2"
    return .asking([.rows(sql)]) { answers throws(Diagnostic) in
      let cells = answers[0].columns.first?.doubles?.map { Int($0) } ?? []
      let counts = answers[0].columns.last?.doubles ?? []
      let strangers = counts.indices.filter { cells[$0] < 0 }.map { counts[$0] }
      var observed = [Double](repeating: 0, count: weights.count)
      for (cell, count) in zip(cells, counts) where cell >= 0 { observed[cell] += count }
      let expected =
        strangers.isEmpty
        ? weights
        : weights.normalised.map { $0 * (1 - held) }
          + strangers.map { _ in held / Double(strangers.count) }
      return try question.divergence(of: observed + strangers, from: expected)
    }
  }

  /// Against bins, with a cell on each side of them.
  private static func bins(_ question: CheckContext) throws(Diagnostic) -> QueryPlan {
    let edges = (question["bins"]?.items ?? []).compactMap(\.number).map(\.description)
    let x = question.x
    let filter = question["where"]?.text.map { " AND (\n\($0)\n)" } ?? ""
    var conditions = ["\(x) < \(edges[0])"]
    for (index, (low, high)) in zip(edges, edges.dropFirst()).enumerated() {
      let sign = index == edges.count - 2 ? "<=" : "<"
      conditions.append("\(x) >= \(low) AND \(x) \(sign) \(high)")
    }
    conditions.append("\(x) > \(edges[edges.count - 1])")
    let expected = question.binWeights
    return .asking(conditions.map { .number("count(*) FILTER (WHERE \($0)\(filter))") }) {
      answers throws(Diagnostic) in
      try question.divergence(of: answers.map { $0.number ?? 0 }, from: expected)
    }
  }
}

extension CheckContext {
  /// The weights written.
  fileprivate var weights: [Double] { (rule["weights"]?.items ?? []).compactMap(\.number) }

  /// What is expected below the bins, in each, and above them.
  fileprivate var binWeights: [Double] {
    let tail = rule["tail_holdout"]?.number ?? 0
    let inner = rule["internal_holdout"]?.number ?? 0
    let weights = weights.map { $0 * (1 - tail - inner) }
    let empty = Double(weights.count { $0 == 0 })
    let filled = weights.map { $0 == 0 && empty > 0 ? inner / empty : $0 }
    let tails = rule["tail_weights"]?.items?.compactMap(\.number) ?? [tail / 2, tail / 2]
    return [tails[0]] + filled + [tails[1]]
  }

  /// sum p ln(p / q) over cells, each side scaled to sum to 1; infinite where something is not expected at all.
  fileprivate func divergence(
    of observed: [Double], from expected: [Double]
  ) throws(Diagnostic) -> QueryPlan {
    let total = observed.reduce(0, +)
    guard total > 0, expected.reduce(0, +) > 0 else {
      throw Diagnostic("the divergence is undefined: there are no values, or no weights")
    }
    let value = zip(observed.normalised, expected.normalised).reduce(0) { sum, cell in
      cell.0 == 0 ? sum : sum + cell.0 * logarithm(cell.0 / cell.1)
    }
    guard value.isFinite else {
      let strange = zip(observed, expected).reduce(0) { $0 + ($1.1 == 0 ? $1.0 : 0) }
      return .answered(
        Finding(
          .failed,
          "the divergence is infinite: \(Int(strange)) of \(Int(total).counted("value")) are where "
            + "the partition expects none"))
    }
    return .answered(
      Bounds(rule).finding(max(0, value), what: "the divergence", n: Int(total)))
  }
}

extension [Double] {
  /// Scaled to sum to 1.
  fileprivate var normalised: [Double] {
    let sum = reduce(0, +)
    return map { $0 / sum }
  }
}
