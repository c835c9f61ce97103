package import GateCore

extension DriftTest {
  /// Chi-square test that both sides are of one distribution.
  static let chiSquare = DriftTest(
    "chi_square",
    "The two-sample chi-square test: whether the counts of bins or categories differ by more than chance.",
    aliases: ["chi2", "chisquare", "chi_squared", "chi2_contingency"], range: 0...Double.infinity,
    formula: "X^2 = sum of (observed - expected)^2 / expected over both sides and cells",
    source:
      "scipy.stats.chi2_contingency; 'law: moments' is the gamma distribution of the exact permutation moments (Kazi-Aoual et al., Computational Statistics & Data Analysis 20, 1995)",
    undefined: [
      "'min_expected' leaves no cell to compare", "'correction' meets 'law: moments'",
      "bins a step apart meet infinite values",
    ],
    parameters: Binning.parameters + [
      Contingency.leastExpected, Contingency.distribution,
      Parameter(
        "correction", "Whether Yates' correction is made where there are two cells.", .boolean,
        standard: "false"),
    ],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let binning = try Binning(arguments)
      let least = arguments["min_expected"] ?? 0
      let table = try Contingency(column.cells(binning), leastExpected: least)
      let byMoments = arguments.text("law") == "moments"
      let isCorrected = arguments.text("correction") == "true"
      if byMoments, isCorrected {
        throw Undefined(
          "'correction' is for 'law: chi_squared'; the moments are exact without it")
      }
      let value = table.chiSquared(corrected: isCorrected)
      return DriftFigure(
        value, of: table.cells,
        p: try byMoments ? table.survivalByMoments(value) : table.survival(value),
        settings: column.settings(binning) + table.settings(leastExpected: least) + [
          JSON.Member(
            "p_value_by", .string(byMoments ? table.nameOfMoments : "chi-squared distribution")),
          JSON.Member("correction", .bool(isCorrected && table.degrees == 1)),
        ])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.5333333333333333,
        p: 0.46520881845214146),
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]),
        Arguments(texts: ["correction": "true"]), gives: 0, p: 1),
      Example(.categories(["a", "a"], ["a"]), gives: 0, p: 1),
      Example(
        .categories(["a", "b", "c"], ["d", "e", "f"]),
        Arguments(texts: ["law": "moments"]),
        gives: 6, p: 1),
      Example(
        .categories(["a", "b", "c"], ["d", "e", "f"]), Arguments(["min_expected": 5]), gives: nil),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, of one sample.
  static let chiSquareEvidently = DriftTest(
    "chi_square@evidently",
    "Evidently's chi-square test of the current counts against the reference's shares, as if those were known without error.",
    range: 0...Double.infinity,
    formula: "sum of (count - m p)^2 / (m p) over distinct values",
    source:
      "evidently 0.7.23, calculations.stattests.chisquare_stattest: scipy.stats.chisquare; infinite values are left out; a value that the reference lacks makes it infinite, with a p-value of 0",
    undefined: ["a side has no finite value"],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.finite().categories
      let (n, m) = cells.rows
      let value = zip(cells.reference, cells.current).reduce(0) { sum, counts in
        let expected = counts.0 * (m / n)
        let difference = counts.1 - expected
        return sum + difference * difference / expected
      }
      return try DriftFigure(oneSample: value, of: cells)
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 1, p: 0.31731050786291415),
      Example(.categories(["a"], ["a", "b"]), gives: .infinity, p: 0),
      Example(.categories(["a"], ["a"]), gives: 0, p: 1),
      Example(.numbers([.infinity], [1]), gives: nil),
    ])

  /// NannyML's, with Yates' correction.
  static let chiSquareNannyML = DriftTest(
    "chi_square@nannyml",
    "NannyML's two-sample chi-square test: with Yates' correction where there are two categories.",
    range: 0...Double.infinity,
    formula:
      "X^2 = sum of (|observed - expected| - 1/2)^2 / expected; without 1/2 but for two categories",
    source:
      "nannyml 0.13.1, drift.univariate.methods, Chi2Statistic: scipy.stats.chi2_contingency",
    pValueMethod: .own,
    measure: .column([.category]) { (column, _) throws(Undefined) in
      let table = try Contingency(column.categories)
      let value = table.chiSquared(corrected: true)
      return DriftFigure(
        value, of: table.cells, p: try table.survival(value),
        settings: table.settings(leastExpected: 0) + [
          JSON.Member("p_value_by", "chi-squared distribution"),
          JSON.Member("correction", .bool(table.degrees == 1)),
        ])
    },
    examples: [
      Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0, p: 1),
      Example(.categories([nil], ["a"]), gives: nil),
    ])
}

extension DriftFigure {
  /// A statistic of the current rows' counts by themselves, by the chi-squared distribution.
  package init(oneSample value: Double, of cells: DriftCells) throws(Undefined) {
    let degrees = cells.count - 1
    let pValue =
      degrees == 0
      ? 1 : value.isFinite ? try ChiSquared(degrees: Double(degrees)).survival(value) : 0
    self.init(
      value, of: cells, p: pValue,
      settings: [
        JSON.Member("degrees_of_freedom", .integer(degrees)),
        JSON.Member("p_value_by", "chi-squared distribution"),
      ])
  }
}
