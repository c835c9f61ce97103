import GateCore

extension DriftTest {
  /// Cramér's V of side and cell.
  static let cramersV = DriftTest(
    "cramers_v",
    "Cramér's V: how strongly the bin or category depends on the side, whatever the number of rows.",
    aliases: ["cramer_v"],
    formula:
      "sqrt(X^2 / N), N the rows of both sides; bias-corrected: sqrt(max(0, X^2 / N - (k - 1) / (N - 1)) / min(k' - 1, r' - 1)), k' = k - (k - 1)^2 / (N - 1), r' = 2 - 1 / (N - 1)",
    source:
      "scipy.stats.contingency.association, method='cramer'; Bergsma, Journal of the Korean Statistical Society 42, 2013; the p-value is that of X^2",
    undefined: [
      "the bias is to be corrected and every row has a value of its own, or there are two rows",
      "bins a step apart meet infinite values",
    ],
    parameters: Binning.parameters + [
      Parameter(
        "bias_correction", "Whether what chance alone makes of it is taken off.", .boolean,
        standard: "false"),
      Contingency.distribution,
    ],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let binning = try Binning(arguments)
      let table = try Contingency(column.cells(binning))
      let isCorrected = arguments.text("bias_correction") == "true"
      let byMoments = arguments.text("law") == "moments"
      let statistic = table.chiSquared()
      let rows = table.rows.reference + table.rows.current
      let association = CramersV(chiSquared: statistic, cells: table.cells.count, rows: rows)
      return DriftFigure(
        try isCorrected ? association.corrected() : association.plain, of: table.cells,
        statistic: statistic,
        p: try byMoments ? table.survivalByMoments(statistic) : table.survival(statistic),
        settings: column.settings(binning) + [
          JSON.Member("bias_correction", .bool(isCorrected)),
          JSON.Member(
            "p_value_by", .string(byMoments ? table.nameOfMoments : "chi-squared distribution")),
        ])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.2581988897471611,
        p: 0.46520881845214146),
      Example(.categories(["a", "a"], ["b", "b"]), gives: 1),
      Example(
        .categories(["a", "a"], ["b", "b"]), Arguments(texts: ["bias_correction": "true"]),
        gives: 1),
      Example(.categories(["a"], ["a"]), gives: 0, p: 1),
      Example(
        .categories(["a"], ["b"]), Arguments(texts: ["bias_correction": "true"]), gives: nil),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Deepchecks', of sides made equally large.
  static let cramersVDeepchecks = DriftTest(
    "cramers_v@deepchecks",
    "Deepchecks' Cramér's V: bias-corrected, categories rarer than 1% in the reference as one, the larger side scaled down to the smaller and rounded.",
    formula: "as cramers_v, bias-corrected; X^2 of two categories with Yates' correction",
    source:
      "deepchecks 0.19.1, utils.distribution.drift.cramers_v as calc_drift_and_plot calls it: min_category_size_ratio 0.01",
    undefined: [
      "a side has fewer than 10 rows with a value", "scaling and rounding leave one category",
    ],
    pValueMethod: .permutation,
    measure: .column([.category]) { (column, _) throws(Undefined) in
      let cells = try column.deepchecksCells()
      let settings = [JSON.Member("bias_correction", true)]
      if cells.count == 1 { return DriftFigure(0, of: cells, settings: settings) }
      let table = try Contingency(cells.ofOneSize)
      guard table.degrees > 0 else {
        throw Undefined("after scaling the larger side down and rounding one category is left")
      }
      let association = CramersV(
        chiSquared: table.chiSquared(corrected: true), cells: table.cells.count,
        rows: table.rows.reference + table.rows.current)
      return DriftFigure(try association.corrected(), of: cells, settings: settings)
    },
    examples: [
      Example(
        .categories(
          (0..<40).map { $0 < 20 ? "a" : "b" }, (0..<40).map { $0 < 4 ? "a" : "b" }),
        gives: 0.3958995992344431),
      Example(
        .categories(
          (0..<10).map { _ in "a" }, (0..<20).map { _ in "a" }), gives: 0),
      Example(.categories(["a", "b"], ["a", "b"]), gives: nil),
    ])
}

/// How strongly two sides and some cells are associated.
private struct CramersV {
  let chiSquared: Double
  package let cells: Int
  package let rows: Double

  /// 0 of one cell.
  package var plain: Double { cells > 1 ? min(1, (chiSquared / rows).squareRoot()) : 0 }

  /// Without what chance alone makes of it.
  ///
  /// Throws `Undefined` where nothing but chance can be seen in so few rows.
  func corrected() throws(Undefined) -> Double {
    if cells == 1 { return 0 }
    let steps = Double(cells - 1)
    let square = max(0, chiSquared / rows - steps / (rows - 1))
    let most = min(steps - steps * steps / (rows - 1), 1 - 1 / (rows - 1))
    guard most > 0 else {
      throw Undefined(
        "\(Int(rows).counted("row")) in \(cells.counted("cell")) are too few for the correction")
    }
    return min(1, (square / most).squareRoot())
  }
}

extension DriftCells {
  /// The larger side scaled down to the smaller one, all rounded to whole rows, halves to the even one.
  fileprivate var ofOneSize: DriftCells {
    let (n, m) = rows
    func scaled(_ counts: [Double], _ own: Double, _ other: Double) -> [Double] {
      let factor = own > other ? other / own : 1
      return counts.map { ($0 * factor).rounded(.toNearestOrEven) }
    }
    return DriftCells(
      reference: scaled(reference, n, m), current: scaled(current, m, n), labels: labels)
  }
}
