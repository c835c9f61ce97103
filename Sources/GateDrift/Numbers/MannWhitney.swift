import GateCore

extension DriftTest {
  /// Mann-Whitney U test.
  static let mannWhitney = DriftTest(
    "mann_whitney",
    "The Mann-Whitney U test: the chance that a row of the side that lies higher is above a row of the other, a tie counted half; 0.5 where neither lies higher.",
    aliases: ["mannw", "mann_whitney_u", "mannwhitneyu", "wilcoxon_rank_sum"], range: 0.5...1,
    formula: "max(U, n m - U) / (n m), U = pairs whose reference row is higher",
    source:
      "scipy.stats.mannwhitneyu, two-sided: exact where a side has at most 8 rows and no values are tied, else normal with continuity and tie corrections (Mann and Whitney, Annals of Mathematical Statistics 18, 1947); the effect size of McGraw and Wong, Psychological Bulletin 111, 1992",
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let ranks = MannWhitney(column)
      let (p, method) = try ranks.pValue(of: max(ranks.twice, ranks.twiceOther))
      var figure = DriftFigure(
        Double(max(ranks.twice, ranks.twiceOther)) / 2 / ranks.pairs,
        statistic: Double(ranks.twice) / 2, p: min(1, 2 * p),
        settings: [JSON.Member("p_value_by", .string(method))])
      figure.finding =
        "the rows lie \(ranks.twice < ranks.twiceOther ? "higher" : "lower") than the reference's in "
        + "\(figure.value.percent) of all pairs"
      return figure
    },
    examples: [
      Example(.numbers([1, 2, 3], [4, 5, 6]), gives: 1, p: 0.1),
      Example(
        .numbers([1, 2, 2, 3], [2, 3, 4]), gives: 0.7916666666666666, p: 0.2663799233424825),
      Example(.numbers([1, 2], [1, 2]), gives: 0.5, p: 1),
      Example(.numbers([7, 7], [7]), gives: 0.5, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's one-sided test.
  static let mannWhitneyEvidently = DriftTest(
    "mann_whitney@evidently",
    "Evidently's Mann-Whitney test, whose p-value is small only where the current rows lie higher than the reference; the value is the chance that a current row does.",
    formula: "1 - U / (n m), U = pairs whose reference row is higher, a tie counted half",
    source:
      "evidently 0.7.23, calculations.stattests.mann_whitney_urank_stattest: scipy.stats.mannwhitneyu, alternative 'less'",
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let ranks = MannWhitney(try column.withoutInfinities())
      let (p, method) = try ranks.pValue(of: ranks.twiceOther)
      return DriftFigure(
        Double(ranks.twiceOther) / 2 / ranks.pairs, statistic: Double(ranks.twice) / 2, p: p,
        settings: [
          JSON.Member("p_value_by", .string(method)), JSON.Member("alternative", "less"),
        ])
    },
    examples: [
      Example(.numbers([1, 2, 3], [4, 5, 6]), gives: 1, p: 0.05),
      Example(.numbers([4, 5, 6], [1, 2, 3]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}

/// How often a row of one side is above a row of the other.
private struct MannWhitney {
  /// Rows of both sides.
  package let n: Int
  package let m: Int
  /// Pairs whose reference row is higher, twice, so that a tie counts 1; and whose current row is.
  package let twice: Int
  let twiceOther: Int
  /// The sum of t^3 - t over values that t rows share.
  let ties: Double

  /// One pass over the distinct values.
  package init(_ column: DriftColumn) {
    (n, m) = (column.reference.total, column.current.total)
    var (twice, below, ties) = (0, 0, 0.0)
    column.eachValue { _, a, b in
      twice += a * (2 * below + b)
      below += b
      let both = Double(a + b)
      ties += both * (both * both - 1)
    }
    (self.twice, twiceOther, self.ties) = (twice, 2 * n * m - twice, ties)
  }

  package var pairs: Double { Double(n) * Double(m) }

  /// Most pairs for which the exact way is taken.
  private static let mostPairs = 1_000_000

  /// The chance that as many pairs or more go one way, and how it was made.
  package func pValue(of twice: Int) throws(Undefined) -> (Double, String) {
    if min(n, m) <= 8, ties == 0, n * m <= Self.mostPairs { return (atLeast(twice / 2), "exact") }
    let rows = Double(n + m)
    let variance = pairs / 12 * (rows + 1 - ties / (rows * (rows - 1)))
    // Where all values are tied both sides are as high.
    if variance <= 0 { return (1, "normal") }
    let z = (Double(twice) / 2 - pairs / 2 - 0.5) / variance.squareRoot()
    return (try StandardNormal.survival(z), "normal")
  }

  /// By the number of orders of the rows that give each number of pairs: the coefficients of a Gaussian binomial.
  private func atLeast(_ count: Int) -> Double {
    let most = n * m
    // As many orders give `count` pairs or more as give the rest of the pairs or fewer.
    let isUpper = 2 * count >= most
    let bound = isUpper ? most - count : count - 1
    if bound < 0 { return 1 }
    var ways = [Double](repeating: 0, count: bound + 1)
    ways[0] = 1
    var all = 1.0
    for index in 1...min(n, m) {
      let other = max(n, m) + index
      for place in stride(from: bound, through: other, by: -1) {
        ways[place] -= ways[place - other]
      }
      for place in stride(from: index, through: bound, by: 1) { ways[place] += ways[place - index] }
      all *= Double(other) / Double(index)
    }
    let share = ways.reduce(0, +) / all
    return isUpper ? share : 1 - share
  }
}
