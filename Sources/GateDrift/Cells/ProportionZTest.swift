import GateCore

extension DriftTest {
  /// The z test of two proportions.
  static let proportionZTest = DriftTest(
    "proportion_z_test",
    "The z test of a column of two values: whether the share of one of them has moved by more than chance, for many rows.",
    aliases: ["two_proportion_z_test", "proportions_ztest"],
    formula:
      "|p - q| of the share of the second value; the statistic is z = (q - p) / sqrt(s (1 - s) (1 / n + 1 / m)), s the share on both sides together",
    source: "statsmodels.stats.proportion.proportions_ztest, two-sided, pooled",
    undefined: ["the column has more than two distinct values"],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      try TwoValues(column, greatest: 2).zTest()
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.25,
        p: 0.46520881845214146),
      Example(.categories(["a", "a"], ["a"]), gives: 0, p: 1),
      Example(.categories(["a", "a", "a", "a"], ["b"]), gives: 1, p: 0.025347318677468325),
      Example(.numbers([1, 2, 3], [1, 2, 3]), gives: nil),
    ])

  /// Evidently's, of any number of values.
  static let zTestEvidently = DriftTest(
    "z_test@evidently",
    "Evidently's z test of the share of values that are not the least one, of any number of distinct values.",
    formula:
      "|p - q| of that share; the statistic is z = (q - p) / sqrt(s (1 - s) (1 / n + 1 / m)), s the share on both sides together",
    source: "evidently 0.7.23, calculations.stattests.z_stattest; infinite values are left out",
    undefined: ["a side has no finite value"],
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      try TwoValues(column.finite(), greatest: .max).zTest()
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "c"], ["a", "b", "b", "c"]), gives: 0.25,
        p: 0.46520881845214146),
      Example(.categories(["a"], ["a"]), gives: 0, p: 1),
      Example(.numbers([.infinity], [1]), gives: nil),
    ])
}
