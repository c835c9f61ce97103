import GateCore

extension Metric.Ranking {
  /// What the model's lists would have been clicked, from what was shown by another.
  static let clickThroughRate = Metric(
    "click_through_rate", task: .ranking, aliases: ["ctr"],
    summary: "The clicks a row of the model's lists would have got, estimated from logged rows.",
    direction: .higherIsBetter, range: 0 ... .infinity,
    formula:
      "over the top k rows of all queries: matching: mean label of those that were shown; ips: sum "
      + "of label / propensity of those that were shown, / rows; snips: the same sum / sum of "
      + "1 / propensity of those; equal scores share the last ranks",
    source:
      "Jurity CTR, matching and ips; Dudík, Langford and Li, ICML 2011; Swaminathan and Joachims, "
      + "NIPS 2015 (snips)",
    undefined: [
      "None of the lists' rows was shown (matching, snips).",
      "A propensity is no probability above 0 where a row was shown.",
      "A value of 'shown' is neither 0 nor 1.", "The rows of a query differ in weight.",
    ],
    parameters: [
      .listLength,
      Parameter(
        "estimator",
        "Takes the shown rows as they are (matching), or each by one over its chance to be shown, "
          + "per row (ips) or self-normalised (snips).",
        .choice(["matching", "ips", "snips"]), standard: "matching"),
      Parameter(
        "propensity", "SQL over the row: its chance to be shown; wanted by ips and snips.", .sql),
      Parameter(
        "shown", "SQL over the row: 1 where it was shown, so that its label is known, else 0.",
        .sql, standard: "every row was"),
    ],
    contrast: .relevance,
    measure: .sums(
      RowSums(
        parts: { sample, arguments throws(Undefined) in try clickParts(sample, arguments) },
        total: { sums, _ throws(Undefined) in
          try share(sums[0], of: sums[1], orElse: "none of the rows in the lists was shown")
        })),
    spread: .mean,
    examples: [
      Metric.Example(clicks, Arguments(["k": 2]), gives: 0.5),
      Metric.Example(clicks, logged("matching"), gives: 2.0 / 3),
      Metric.Example(clicks, logged("ips"), gives: 1.5),
      Metric.Example(clicks, logged("snips"), gives: 0.75),
      Metric.Example(
        clicks, Arguments(["k": 2], texts: ["estimator": "ips"]), gives: nil),
      Metric.Example(
        clicks,
        Arguments(["k": 2], columns: ["shown": .numbers([0, 0, 1, 0, 0, 1])]), gives: nil),
      Metric.Example(
        clicks,
        Arguments(["k": 2], columns: ["shown": .numbers([0.5, 0, 1, 0, 0, 1])]), gives: nil),
    ])

  /// Two applicants with three offers each, of which some were taken.
  private static let clicks = Sample.ranking(
    [1, 0, 1, 0, 1, 0], scores: [0.9, 0.8, 0.1, 0.7, 0.6, 0.2], queries: [0, 0, 0, 1, 1, 1])

  /// Which of those offers were made, and how likely each was.
  private static func logged(_ estimator: String) -> Arguments {
    Arguments(
      ["k": 2], texts: ["estimator": estimator],
      columns: [
        "shown": .numbers([1, 0, 1, 1, 1, 0]),
        "propensity": .numbers([0.5, 0.5, 0.25, 0.5, 0.25, 0.5]),
      ])
  }

  /// For each row what it adds over and under the line.
  private static func clickParts(
    _ sample: Sample, _ arguments: Arguments
  ) throws(Undefined) -> RowParts {
    let rows = try RankedRows(sample)
    let length = try arguments.listLength()
    let log = try ImpressionLog(rows, arguments)
    var parts = [Double](repeating: 0, count: 2 * rows.places.count)
    var isMean = log.estimator != "snips"
    for query in 0..<rows.count where rows.weights[query] > 0 {
      let list = RecommendedList(rows[query], length)
      for rank in 0..<list.end {
        let share = list.share(rank)
        let (over, under) = try log.parts(list.query, rank)
        let place = list.query.place(rank)
        parts[2 * place] = share * over
        parts[2 * place + 1] = share * under
        isMean = isMean && share == 1
      }
    }
    return RowParts(width: 2, parts, isMean: isMean)
  }
}

/// What was shown, and with which chance.
private struct ImpressionLog {
  /// `matching`, `ips` or `snips`.
  let estimator: String
  /// Nil: every row was shown.
  private let shown: [Double]?
  /// The chance of each row of the holdout to be shown; nil: not asked for.
  private let propensity: [Double]?

  /// Reads `estimator`, `shown` and `propensity`.
  package init(_ rows: RankedRows, _ arguments: Arguments) throws(Undefined) {
    estimator = arguments.text("estimator") ?? "matching"
    shown = arguments.column("shown") == nil ? nil : try arguments.figures("shown", rows)
    propensity = estimator == "matching" ? nil : try arguments.figures("propensity", rows)
  }

  /// What the row at a rank adds over and under the line.
  package func parts(_ query: RankedQuery, _ rank: Int) throws(Undefined) -> (Double, Double) {
    let row = query.row(rank)
    let isShown = shown?[row] ?? 1
    guard isShown == 0 || isShown == 1 else {
      throw Undefined("'shown' is \(isShown.brief) in row \(row + 1), wanted 1 or 0")
    }
    guard let propensity else { return (isShown * query.relevance(rank), isShown) }
    guard isShown == 1 else { return (0, estimator == "ips" ? 1 : 0) }
    let chance = propensity[row]
    guard chance > 0, chance <= 1 else {
      throw Undefined(
        "the propensity is \(chance.brief) in row \(row + 1), and the chance of a row that was "
          + "shown is above 0, up to 1")
    }
    return (query.relevance(rank) / chance, estimator == "ips" ? 1 : 1 / chance)
  }
}
