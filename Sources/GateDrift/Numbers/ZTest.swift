import GateCore

extension DriftTest {
  /// The normal test of two means.
  static let zTest = DriftTest(
    "z_test",
    "The z test of two means of numbers: Welch's statistic held against the normal distribution, for many rows.",
    aliases: ["z"], range: 0...Double.infinity,
    formula: "|mean(reference) - mean(current)| / sqrt(((n - 1) s^2 + (m - 1) t^2) / (n + m - 2))",
    source: "statsmodels.stats.weightstats.CompareMeans.ztest_ind, usevar='unequal'",
    undefined: MeanDifference.undefined,
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let means = try MeanDifference(column)
      let z = try means.welch().statistic
      return DriftFigure(
        try means.effect(), statistic: z,
        p: z.isInfinite ? 0 : try min(1, 2 * StandardNormal.survival(abs(z))),
        settings: [
          JSON.Member("p_value_by", "normal distribution"),
          JSON.Member("normalizer", "pooled standard deviation"),
        ])
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [2, 4, 6, 8]), gives: 1.224744871391589, p: 0.0832645166635504),
      Example(.numbers([1, 1], [2, 2]), gives: .infinity, p: 0),
      Example(.numbers([1, 1], [1, 1]), gives: nil),
    ])
}
