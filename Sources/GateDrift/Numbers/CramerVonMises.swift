import GateCore

extension DriftTest {
  /// Two-sample Cramér-von Mises test.
  static let cramerVonMises = DriftTest(
    "cramer_von_mises",
    "The two-sample Cramér-von Mises test: the squared distance of the distribution functions, over all rows; rows that share a value are ranked as one.",
    aliases: ["cvm", "cramervonmises_2samp"], range: 0...Double.infinity,
    formula: "n m / (n + m)^2 times the sum of (F(x) - G(x))^2 over all rows x of both sides",
    source:
      "Anderson, Annals of Mathematical Statistics 33, 1962; scipy.stats.cramervonmises_2samp where no values are tied. The p-value counts orders of the rows up to 20 rows a side, else it is the limiting distribution's, under the ties seen where they matter",
    undefined: ["a side has fewer than 2 rows with a value"],
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      try column.wantRows(2)
      return CramerVonMises(column).figure
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [3.5, 4.5, 5.5]), gives: 0.3928571428571428, p: 0.11428571428571428),
      Example(.numbers([1, 2], [1, 2]), gives: 0, p: 1),
      Example(.numbers([5, 5, 5], [5, 5]), gives: 0, p: 1),
      Example(.numbers([1, 1, 2, 2], [1, 2, 2, 2]), gives: 0.046875, p: 1),
      Example(.numbers([1], [1, 2]), gives: nil),
    ])

  /// Evidently's, which is scipy's.
  static let cramerVonMisesEvidently = DriftTest(
    "cramer_von_mises@evidently",
    "Evidently's Cramér-von Mises test, which is scipy's: tied values have their mean rank, so that many ties on sides of unlike size look like drift.",
    range: -Double.infinity...Double.infinity,
    formula:
      "U / (n m (n + m)) - (4 n m - 1) / (6 (n + m)), U = n sum (r_i - i)^2 + m sum (s_j - j)^2, r and s the mean ranks of both sides' rows among all",
    source: "evidently 0.7.23, calculations.stattests.cramer_von_mises_stattest",
    undefined: ["a side has fewer than 2 rows with a value"],
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let column = try column.withoutInfinities()
      try column.wantRows(2)
      return CramerVonMises(column).figureOfMeanRanks
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [3.5, 4.5, 5.5]), gives: 0.3928571428571428, p: 0.11428571428571428),
      Example(
        .numbers([1, 2, 2, 3], [2, 3, 3]), gives: 0.15476190476190466,
        p: 0.4857142857142857),
      Example(.numbers([1], [1, 2]), gives: nil),
    ])
}

/// The statistic of two samples and its distributions.
private struct CramerVonMises {
  private let column: DriftColumn
  private let n: Double
  private let m: Double

  package init(_ column: DriftColumn) {
    self.column = column
    (n, m) = (Double(column.reference.total), Double(column.current.total))
  }

  private var rows: Double { n + m }
  private var isSmall: Bool { max(n, m) <= 20 }

  /// With the rows that share a value as one.
  package var figure: DriftFigure {
    var (a, b, sum) = (0, 0, 0.0)
    column.eachValue { _, ofReference, ofCurrent in
      a += ofReference
      b += ofCurrent
      let distance = (Double(a) * m - Double(b) * n) / (n * m)
      sum += Double(ofReference + ofCurrent) * distance * distance
    }
    let statistic = n * m / (rows * rows) * sum
    if isSmall {
      return figure(statistic, p: SmallRankings(column, joinsTies: true).survivalOfSeen, "exact")
    }
    guard column.hasManyTies else {
      return figure(statistic, p: limit(statistic), "limiting distribution")
    }
    // Under the ties seen the mean of the statistic is the bridge's but for this factor; its deviation has no short
    // formula, and is taken to differ from the limit's as it does without ties.
    let bridge = column.bridge
    let moved = statistic * (rows - 1) / rows - bridge.mean
    let p = bridge.distribution.survival(bridge.mean + moved * (1 + 1 / rows) / spread)
    return figure(statistic, p: p, "limiting distribution under ties")
  }

  /// With mean ranks, as scipy has it.
  var figureOfMeanRanks: DriftFigure {
    var (a, b) = (0, 0)
    var (sum, mixed, cubesA, cubesB) = (0.0, 0.0, 0.0, 0.0)
    column.eachValue { _, ofReference, ofCurrent in
      let (x, y) = (Double(ofReference), Double(ofCurrent))
      let distance = ((Double(a) + x / 2) * m - (Double(b) + y / 2) * n) / (n * m)
      a += ofReference
      b += ofCurrent
      sum += (x + y) * distance * distance
      mixed += x * y * (x + y)
      cubesA += x * x * x
      cubesB += y * y * y
    }
    // Scipy's formula, put so that no large numbers cancel.
    let statistic =
      n * m / (rows * rows) * sum - mixed / (4 * rows * rows)
      + (cubesA * (m * m + n * rows) + cubesB * (n * n + m * rows)) / (12 * n * m * rows * rows)
      - (n - m) * (n - m) / (12 * n * m * rows)
    if isSmall {
      let rankings = SmallRankings(column, joinsTies: false)
      return figure(statistic, p: rankings.survival(statistic), "exact")
    }
    return figure(statistic, p: limit(statistic), "limiting distribution")
  }

  private func figure(_ statistic: Double, p: Double, _ method: JSON) -> DriftFigure {
    DriftFigure(statistic, p: p, settings: [JSON.Member("p_value_by", method)])
  }

  /// The limiting distribution, of a statistic brought to its mean and variance (Anderson, 1962, equation 15).
  private func limit(_ statistic: Double) -> Double {
    QuadraticFormDistribution.cramerVonMises.survival(
      1 / 6 + (statistic - (1 + 1 / rows) / 6) / spread)
  }

  /// The statistic's deviation without ties, over the limit's.
  private var spread: Double {
    let variance =
      (rows + 1) * (4 * n * m * rows - 3 * (n * n + m * m) - 2 * n * m)
      / (45 * rows * rows * 4 * n * m)
    return (45 * variance).squareRoot()
  }
}

extension DriftColumn {
  /// The bridge that the distance of the distribution functions comes to, looked at in each value as often as it occurs.
  fileprivate var bridge: WeightedChiSquareBridge {
    WeightedChiSquareBridge(
      cells(WeightedChiSquareBridge.most).compactMap { cell in
        cell.end < 1 ? WeightedChiSquareBridge.Bead(place: cell.end, weight: cell.share) : nil
      })
  }
}
