import GateCore

extension DriftTest {
  /// Student's or Welch's t test.
  static let tTest = DriftTest(
    "t_test", "The t test of two means: how many pooled standard deviations they lie apart.",
    aliases: ["ttest_ind", "student_t", "welch_t"], range: 0...Double.infinity,
    formula: "|mean(reference) - mean(current)| / sqrt(((n - 1) s^2 + (m - 1) t^2) / (n + m - 2))",
    source:
      "scipy.stats.ttest_ind, equal_var=False (Welch, Biometrika 34, 1947) or True; the value is Cohen's d, Statistical Power Analysis, 1988",
    undefined: MeanDifference.undefined,
    parameters: [
      Parameter(
        "equal_variances",
        "Whether both sides are taken to vary alike: Student's test; else Welch's.", .boolean,
        standard: "false")
    ],
    pValueMethod: .own,
    measure: .column([.number]) { (column, arguments) throws(Undefined) in
      try MeanDifference(column).tTest(pools: arguments.isTrue("equal_variances"))
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [2, 4, 6, 8]), gives: 1.224744871391589, p: 0.15158050484530375),
      Example(
        .numbers([1, 2, 3, 4], [2, 4, 6, 8]), Arguments(texts: ["equal_variances": "true"]),
        gives: 1.224744871391589, p: 0.1339745962155613),
      Example(.numbers([1, 2, 3], [1, 2, 3]), gives: 0, p: 1),
      Example(.numbers([1, 1], [1, 1]), gives: nil),
      Example(.numbers([1, 2], [1, .infinity]), gives: nil),
    ])

  /// Evidently's, which is Student's.
  static let tTestEvidently = DriftTest(
    "t_test@evidently",
    "Evidently's t test: Student's, both sides taken to vary alike; the value is in pooled standard deviations.",
    range: 0...Double.infinity,
    formula: "|mean(reference) - mean(current)| / sqrt(((n - 1) s^2 + (m - 1) t^2) / (n + m - 2))",
    source: "evidently 0.7.23, calculations.stattests.t_test: scipy.stats.ttest_ind",
    undefined: Array(MeanDifference.undefined.dropLast()) + ["infinite values are left out"],
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      try MeanDifference(column.withoutInfinities()).tTest(pools: true)
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [2, 4, 6, 8]), gives: 1.224744871391589, p: 0.1339745962155613),
      Example(.numbers([1, 1], [1, 1]), gives: nil),
    ])
}
