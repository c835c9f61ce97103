import GateCore

extension DriftTest {
  /// Two-sample Anderson-Darling test.
  static let andersonDarling = DriftTest(
    "anderson_darling",
    "The two-sample Anderson-Darling test: the distance of the distribution functions, with more weight on both tails.",
    aliases: ["anderson", "anderson_ksamp"], range: -10...Double.infinity,
    formula:
      "(A - 1) / sigma, A = (N - 1) / N sum of l (N M - B n)^2 / (B (N - B) - N l / 4) (1 / n + 1 / m) / N over values of l rows, M and B the mean rank less 1/2 among the reference's rows and among all; sigma its deviation without ties",
    source:
      "Scholz and Stephens, JASA 82, 1987, equation 7; scipy.stats.anderson_ksamp, variant 'midrank'. The p-value is not scipy's, which stays within 0.001 and 0.25, but the limiting distribution's, under the ties seen where they matter",
    undefined: AndersonDarling.undefined + ["a side has fewer than 2 rows with a value"],
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      try column.wantRows(2)
      let test = try AndersonDarling(column)
      let (p, method) = test.pValue
      return DriftFigure(
        test.normalized, statistic: test.normalized, p: p,
        settings: [JSON.Member("p_value_by", .string(method))])
    },
    examples: [
      Example(.numbers([1, 2, 3, 4], [3.5, 4.5, 5.5]), gives: 1.6788623598364767),
      Example(.numbers([1, 1], [1, 1, 1]), gives: nil),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, which is scipy's.
  static let andersonDarlingEvidently = DriftTest(
    "anderson_darling@evidently",
    "Evidently's Anderson-Darling test, which is scipy's: its p-value is never below 0.001 nor above 0.25.",
    range: -10...Double.infinity,
    formula: "that of anderson_darling; p = exp of a parabola in it through the critical values",
    source:
      "evidently 0.7.23, calculations.stattests.anderson_darling_stattest: scipy.stats.anderson_ksamp",
    undefined: AndersonDarling.undefined,
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let test = try AndersonDarling(column.withoutInfinities())
      return DriftFigure(
        test.normalized, statistic: test.normalized, p: test.interpolated, atLeast: 0.001,
        settings: [JSON.Member("p_value_by", "interpolation, 0.001 to 0.25")])
    },
    examples: [
      Example(
        .numbers([1, 2, 3, 4], [3.5, 4.5, 5.5]), gives: 1.6788623598364767, p: 0.06593069627452046),
      Example(.numbers([1, 2, 3], [1, 2, 3]), gives: -1.7739371879672585, p: 0.25),
      Example(.numbers([1, 1], [1, 1, 1]), gives: nil),
    ])
}

/// The statistic of two samples and its distributions.
private struct AndersonDarling {
  private let column: DriftColumn
  /// The statistic, less its mean, over its deviation without ties.
  package let normalized: Double

  /// When there is no such test.
  package static let undefined = [
    "both sides have one and the same value", "there are fewer than 4 rows",
  ]

  /// Throws `Undefined` where no row differs from another, and where the deviation has no formula.
  package init(_ column: DriftColumn) throws(Undefined) {
    guard column.distinct > 1 else { throw Undefined("both sides have one and the same value") }
    let (n, m) = (Double(column.reference.total), Double(column.current.total))
    let rows = n + m
    guard rows >= 4 else { throw Undefined("\(Int(rows)) rows are fewer than 4") }
    var (a, b, sum) = (0, 0, 0.0)
    column.eachValue { _, ofReference, ofCurrent in
      let (x, y) = (Double(ofReference), Double(ofCurrent))
      let distance = (Double(a) + x / 2) * m - (Double(b) + y / 2) * n
      let middle = Double(a + b) + (x + y) / 2
      a += ofReference
      b += ofCurrent
      sum += (x + y) * distance * distance / (middle * (rows - middle) - rows * (x + y) / 4)
    }
    self.column = column
    let statistic = (rows - 1) / rows * sum / rows * (1 / n + 1 / m)
    normalized = (statistic - 1) / Self.variance(n, m).squareRoot()
  }

  /// Of two samples without ties (Scholz and Stephens, equation 4, at k = 2).
  private static func variance(_ n: Double, _ m: Double) -> Double {
    let rows = n + m
    var (harmonic, double) = (0.0, 0.0)
    for place in 2..<Int(rows) {
      harmonic += 1 / (rows + 1 - Double(place))
      double += harmonic / Double(place)
    }
    let (h, g, inverse) = (harmonic + 1, double, 1 / n + 1 / m)
    let a = 4 * g - 6 + (10 - 6 * g) * inverse
    let b = 12 * g - 22 + 8 * h + (2 * g - 14 * h - 4) * inverse
    let c = 4 + 36 * h + (2 * h - 6) * inverse
    return (((a * rows + b) * rows + c) * rows + 24) / ((rows - 1) * (rows - 2) * (rows - 3))
  }

  /// The chance of a statistic at least as large, and how it was made.
  package var pValue: (Double, String) {
    let deviation = (2 * (Double.pi * Double.pi - 9) / 3).squareRoot()
    // Brought to the limit's deviation; the mean is 1, with ties too.
    let limit = 1 + normalized * deviation
    guard column.hasManyTies else {
      return (QuadraticFormDistribution.andersonDarling.survival(limit), "limiting distribution")
    }
    let beads = column.cells(WeightedChiSquareBridge.most).map { cell in
      let middle = cell.end - cell.share / 2
      let less = cell.share / 4
      return WeightedChiSquareBridge.Bead(
        place: middle, weight: cell.share / (middle * (1 - middle) - less), less: less)
    }
    return (
      WeightedChiSquareBridge(beads).distribution.survival(limit),
      "limiting distribution under ties"
    )
  }

  /// Scipy's: log p as a parabola in the statistic, fitted to the critical values at seven levels.
  var interpolated: Double {
    let levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001]
    let critical = [0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546]
    if normalized < critical[0] { return 0.25 }
    if normalized > critical[6] { return 0.001 }
    return exponential(parabola(critical, levels.map(logarithm), at: normalized))
  }
}

/// The value at `x` of the parabola nearest, in squares, to the points given; by orthogonal polynomials.
private func parabola(_ xs: [Double], _ ys: [Double], at x: Double) -> Double {
  func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
  let count = Double(xs.count)
  let mean = xs.reduce(0, +) / count
  let first = xs.map { $0 - mean }
  let squares = dot(first, first)
  let turn = dot(first.map { $0 * $0 }, first) / squares
  let second = first.map { $0 * $0 - turn * $0 - squares / count }
  let t = x - mean
  return ys.reduce(0, +) / count + dot(first, ys) / squares * t
    + dot(second, ys) / dot(second, second) * (t * t - turn * t - squares / count)
}
