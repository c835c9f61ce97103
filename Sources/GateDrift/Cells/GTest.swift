import GateCore

extension DriftTest {
  /// Likelihood ratio test.
  static let gTest = DriftTest(
    "g_test",
    "The two-sample G test: the likelihood ratio of one distribution for both sides to one for each.",
    aliases: ["g", "likelihood_ratio_test"], range: 0...Double.infinity,
    formula: "G = 2 sum of observed ln(observed / expected) over both sides and cells",
    source: "scipy.stats.chi2_contingency, lambda_='log-likelihood', correction=False",
    undefined: [
      "'min_expected' leaves no cell to compare", "bins a step apart meet infinite values",
    ],
    parameters: Binning.parameters + [Contingency.leastExpected],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let binning = try Binning(arguments)
      let least = arguments["min_expected"] ?? 0
      let table = try Contingency(column.cells(binning), leastExpected: least)
      let value = table.likelihoodRatio
      return DriftFigure(
        value, of: table.cells, p: try table.survival(value),
        settings: column.settings(binning) + table.settings(leastExpected: least) + [
          JSON.Member("p_value_by", "chi-squared distribution")
        ])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.5411532090976833,
        p: 0.4619551918170127),
      Example(.categories(["a", "a"], ["a"]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, of counts that it does not scale.
  static let gTestEvidently = DriftTest(
    "g_test@evidently",
    "Evidently's G test of the current counts against the reference's counts, which are not scaled, so that the sides must be of one size.",
    range: 0...Double.infinity,
    formula: "2 sum of (current count) ln(current count / reference count) over distinct values",
    source:
      "evidently 0.7.23, calculations.stattests.g_stattest: scipy.stats.power_divergence, lambda_='log-likelihood'; infinite values are left out; a value that the reference lacks makes it infinite, with a p-value of 0",
    undefined: [
      "the sides have unequal numbers of rows with a value", "a side has no finite value",
    ],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let column = try column.finite()
      guard column.reference.total == column.current.total else {
        throw Undefined(
          "the reference has \(column.reference.total.counted("value")) and the current rows have "
            + "\(column.current.total), and Evidently's G test is for sides of one size")
      }
      let cells = column.categories
      let sum = zip(cells.reference, cells.current).reduce(0) { sum, counts in
        counts.1 > 0 ? sum + counts.1 * logarithm(counts.1 / counts.0) : sum
      }
      return try DriftFigure(oneSample: max(0, 2 * sum), of: cells)
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 1.0464962875290961,
        p: 0.3063154055027338),
      Example(.categories(["a", "a"], ["a", "b"]), gives: .infinity, p: 0),
      Example(.categories(["a", "b"], ["a"]), gives: nil),
    ])
}
