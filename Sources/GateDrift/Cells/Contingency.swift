import GateCore

/// Rows of two sides in cells as a table of two rows, for tests that the sides are of one distribution.
struct Contingency {
  /// Without cells that hold nothing.
  package let cells: DriftCells
  package let rows: (reference: Double, current: Double)
  /// How many cells were made one because they hold too little; 0: none was.
  let pooled: Int

  /// `leastExpected`: cells whose smaller expected number of rows is below it become one; 0 leaves them.
  ///
  /// Throws `Undefined` where that leaves nothing to compare.
  package init(_ all: DriftCells, leastExpected: Double = 0) throws(Undefined) {
    rows = all.rows
    let smaller = min(rows.reference, rows.current) / (rows.reference + rows.current)
    var (kept, rare) = ([Int](), [Int]())
    for cell in all.reference.indices {
      let total = all.reference[cell] + all.current[cell]
      if total > 0, total * smaller >= leastExpected {
        kept.append(cell)
      } else if total > 0 {
        rare.append(cell)
      }
    }
    pooled = rare.count
    if kept.isEmpty, rare.count > 1 {
      throw Undefined(
        "all \(rare.count) cells have an expected count below min_expected: \(leastExpected.brief), so none is left to compare"
      )
    }
    if rare.isEmpty, kept.count == all.count {
      cells = all
      return
    }
    func taken(_ rows: [Double]) -> [Double] {
      kept.map { rows[$0] } + (rare.isEmpty ? [] : [rare.reduce(0) { $0 + rows[$1] }])
    }
    cells = DriftCells(
      reference: taken(all.reference), current: taken(all.current),
      labels: .named(
        kept.map(all.name) + (rare.isEmpty ? [] : ["\(rare.count.counted("rare cell"))"])))
  }

  /// The chi-squared distribution's.
  package var degrees: Int { cells.count - 1 }

  /// Pearson's X^2; `corrected`: with Yates' correction, which is for two cells.
  func chiSquared(corrected: Bool = false) -> Double {
    let all = rows.reference + rows.current
    let isCorrected = corrected && degrees == 1
    return zip(cells.reference, cells.current).reduce(0) { sum, counts in
      let total = counts.0 + counts.1
      let (one, other) = (total * rows.reference / all, total * rows.current / all)
      var difference = abs(counts.0 - one)
      if isCorrected { difference -= min(0.5, difference) }
      return sum + difference * difference * (1 / one + 1 / other)
    }
  }

  /// The likelihood ratio's G.
  var likelihoodRatio: Double {
    let all = rows.reference + rows.current
    let sum = zip(cells.reference, cells.current).reduce(0) { sum, counts in
      let total = counts.0 + counts.1
      func term(_ count: Double, _ rows: Double) -> Double {
        count > 0 ? count * logarithm(count * all / (total * rows)) : 0
      }
      return sum + (term(counts.0, rows.reference) + term(counts.1, rows.current))
    }
    return max(0, 2 * sum)
  }

  /// The chance of a statistic of at least `x` by the chi-squared distribution; 1 of a single cell.
  package func survival(_ x: Double) throws(Undefined) -> Double {
    degrees == 0 ? 1 : try ChiSquared(degrees: Double(degrees)).survival(x)
  }

  /// The chance of an X^2 of at least `x` by the exact moments of what chance alone makes of these totals; of two cells
  /// Fisher's exact test, which knows no coding.
  func survivalByMoments(_ x: Double) throws(Undefined) -> Double {
    let totals = zip(cells.reference, cells.current).map { Int($0 + $1) }
    if totals.count == 2 {
      let first = Int(rows.reference)
      return try Hypergeometric(total: totals[0] + totals[1], marked: totals[0], drawn: first)
        .twoSided(Int(cells.reference[0]))
    }
    return try PermutedChiSquared(
      totals: totals, first: Int(rows.reference), second: Int(rows.current)
    ).survival(x)
  }

  /// What `survivalByMoments` goes by.
  var nameOfMoments: String {
    cells.count == 2 ? "fisher's exact test, two-sided" : "exact moments"
  }

  /// For the report.
  package func settings(leastExpected: Double) -> [JSON.Member] {
    let own = [JSON.Member("degrees_of_freedom", .integer(degrees))]
    guard leastExpected > 0 else { return own }
    return own + [
      JSON.Member("min_expected", .number(leastExpected)),
      JSON.Member("cells_pooled", .integer(pooled)),
    ]
  }

  /// What pools rare cells.
  static let leastExpected = Parameter(
    "min_expected",
    "Cells whose smaller expected number of rows is below it become one cell; 0 leaves all as they are.",
    .number(0...1e6), standard: "0")

  /// Where the p-value of X^2 comes from.
  package static let distribution = Parameter(
    "law",
    "The distribution of the statistic: chi_squared, for cells of some five rows at least; or moments, a gamma distribution that has the mean, variance and skewness that chance gives it with these totals, right for any number of rare categories, and of two cells Fisher's exact test.",
    .choice(["chi_squared", "moments"]), standard: "chi_squared")
}
