import GateCore

extension DriftTest {
  /// Fisher's exact test of a column of two values.
  static let fisherExact = DriftTest(
    "fisher_exact",
    "Fisher's exact test of a column of two values: whether the share of one of them has moved by more than chance.",
    aliases: ["fisher_exact_test"],
    formula: "|p - q| of the share of the second value; the statistic is the odds ratio",
    source: "scipy.stats.fisher_exact, two-sided; exact for any number of rows",
    undefined: ["the column has more than two distinct values"],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let table = try TwoValues(column, greatest: 2)
      return DriftFigure(
        table.difference, of: table.cells, statistic: table.oddsRatio,
        p: try table.exactPValue(),
        settings: [JSON.Member("p_value_by", "fisher's exact test, two-sided")])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.25, p: 1),
      Example(.categories(["a", "a", "a"], ["b", "b", "b"]), gives: 1, p: 0.1),
      Example(.numbers([1, 1], [1]), gives: 0, p: 1),
      Example(.numbers([1, 2, 3], [1, 2, 3]), gives: nil),
    ])
}
