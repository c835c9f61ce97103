import GateCore

extension DriftTest {
  /// Two-sample Kolmogorov-Smirnov test.
  package static let ks = DriftTest(
    "ks",
    "The two-sample Kolmogorov-Smirnov test: the largest distance between the distribution functions.",
    aliases: ["kolmogorov_smirnov", "ks_test", "ks_2samp", "ks_stat_test"],
    formula: "max |F(x) - G(x)|",
    source:
      "scipy.stats.ks_2samp; exact p-value up to 10,000 rows a side (Hodges, Arkiv för Matematik 3, 1958), then the distribution of one sample of n m / (n + m) rows (Simard and L'Ecuyer, Journal of Statistical Software 39(11), 2011)",
    undefined: ["an exact p-value is asked for and the sides are too large for it"],
    parameters: [KolmogorovSmirnov.method],
    pValueMethod: .own,
    measure: .column([.number]) { (column, arguments) throws(Undefined) in
      let found = KolmogorovSmirnov(column)
      let method = found.method(arguments.text("p_value"))
      var figure = DriftFigure(
        found.distance,
        p: try method == "exact" ? found.exactPValue() : found.asymptoticPValue(),
        settings: [JSON.Member("p_value_by", .string(method))])
      // What it takes to say so is read only where there may be something to say.
      if figure.pValue ?? 1 < 0.05 { figure.finding = column.shift(by: found.product) }
      return figure
    },
    examples: [
      Example(.numbers([1, 2, 3, 4], [3, 4, 5, 6]), gives: 0.5, p: 0.7714285714285715),
      Example(.numbers([1, 2, 3], [4, 5, 6, 7]), gives: 1, p: 0.05714285714285714),
      Example(.numbers([1, 2], [1, 2]), gives: 0, p: 1),
      Example(.numbers([1, .infinity], [1, 2]), gives: 0.5, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// NannyML's statistic, which from 10,000 rows on looks at 10,000 places only.
  static let ksNannyML = DriftTest(
    "ks@nannyml",
    "NannyML's Kolmogorov-Smirnov statistic: from 10,000 reference rows on the distance is looked at only at 10,000 even steps of the reference's range.",
    formula:
      "max |F(x) - G(x)|, over edges x = min + i (max - min) / 10000 from 10,000 reference rows on",
    source: "nannyml 0.13.1, drift.univariate.methods.KolmogorovSmirnovStatistic",
    undefined: ["the reference has 10,000 rows or more and a value is infinite"],
    pValueMethod: .none,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      guard column.reference.total >= BinnedColumn.least else {
        return DriftFigure(
          KolmogorovSmirnov(column).distance, settings: [JSON.Member("method", "exact")])
      }
      let binned = try BinnedColumn(column, widensPoint: false)
      return DriftFigure(
        zip(binned.reference, binned.current).reduce(0) { max($0, abs($1.0 - $1.1)) },
        settings: binned.settings)
    },
    examples: [
      Example(.numbers([1, 2, 3, 4], [3, 4, 5, 6]), gives: 0.5),
      Example(.numbers([1, 2], [1, 2]), gives: 0),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Deepchecks' statistic.
  static let ksDeepchecks = DriftTest(
    "ks@deepchecks",
    "Deepchecks' Kolmogorov-Smirnov drift score: the statistic itself, without a p-value, of at least 10 rows a side.",
    formula: "max |F(x) - G(x)|",
    source: "deepchecks 0.19.1, utils.distribution.drift.kolmogorov_smirnov",
    undefined: ["a side has fewer than 10 rows with a value"],
    pValueMethod: .none,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      try column.wantRows(10)
      return DriftFigure(KolmogorovSmirnov(column).distance)
    },
    examples: [
      Example(
        .numbers((1...10).map(Double.init), (4...13).map(Double.init)), gives: 0.3),
      Example(.numbers([1, 2, 3, 4], [3, 4, 5, 6]), gives: nil),
    ])
}

/// The largest distance between both distribution functions and its p-values.
private struct KolmogorovSmirnov {
  /// Rows of both sides.
  package let n: Int
  package let m: Int
  /// The distance as a multiple of 1 / (n m).
  package let product: Int

  /// One pass over the distinct values.
  package init(_ column: DriftColumn) {
    let (n, m) = (column.reference.total, column.current.total)
    var (below, largest) = (0, 0)
    column.eachValue { _, a, b in
      below += a * m - b * n
      largest = max(largest, abs(below))
    }
    (self.n, self.m, product) = (n, m, largest)
  }

  /// How the p-value is made.
  package static let method = Parameter(
    "p_value",
    "How the p-value is made: exact counts orders of the rows, asymptotic is for many rows; auto is exact up to 10,000 rows a side.",
    .choice(["auto", "exact", "asymptotic"]), standard: "auto")

  /// Most steps of the exact way: some seconds.
  private static let mostWork = 1_000_000_000

  var distance: Double { Double(product) / (Double(n) * Double(m)) }

  /// What is meant by what a manifest says.
  package func method(_ given: String?) -> String {
    guard let given, given != "auto" else { return max(n, m) <= 10_000 ? "exact" : "asymptotic" }
    return given
  }

  /// By counting the orders of the pooled rows; values that are tied make it too large.
  func exactPValue() throws(Undefined) -> Double {
    var (divisor, rest) = (n, m)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    let paths = SmirnovPaths(n, m, steps: product / divisor)
    guard paths.work <= Self.mostWork else {
      throw Undefined(
        "an exact p-value of \(n) against \(m) rows takes too long; 'p_value: asymptotic' does not")
    }
    return paths.survival
  }

  /// By the distribution of the distance of one sample from its own distribution.
  func asymptoticPValue() throws(Undefined) -> Double {
    let rows = Double(n) * Double(m) / Double(n + m)
    return try Kolmogorov(rows: max(1, Int(rows.rounded(.toNearestOrEven)))).survival(distance)
  }
}

extension DriftColumn {
  /// Throws `Undefined` where a side has fewer rows with a value.
  func wantRows(_ least: Int) throws(Undefined) {
    for (name, side) in [("the reference has", reference), ("the current rows have", current)]
    where side.total < least {
      throw Undefined("\(name) \(side.total.counted("value")), and the test wants \(least)")
    }
  }
}

extension DriftColumn {
  /// Where both distribution functions are farthest apart, for people; nil: they are nowhere apart.
  ///
  /// `product`: the distance as a multiple of one over the product of both numbers of rows.
  fileprivate func shift(by product: Int) -> String? {
    let (n, m) = (reference.total, current.total)
    var (before, after, found) = (0, 0, String?.none)
    eachValue { place, a, b in
      before += a
      after += b
      guard found == nil, product > 0, abs(before * m - after * n) == product else { return }
      let (p, q) = (Double(before) / Double(n), Double(after) / Double(m))
      found =
        "the share of rows of at most \(name(place)) went from \(p.percent(unlike: q)) to "
        + q.percent(unlike: p)
    }
    return found
  }
}
