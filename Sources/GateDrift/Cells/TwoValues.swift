import GateCore

/// The rows of a column's least value on both sides, and those of all others.
struct TwoValues {
  package let cells: DriftCells
  /// Rows of the least value, and all.
  private let least: (reference: Int, current: Int)
  private let rows: (reference: Int, current: Int)

  /// Throws `Undefined` for more distinct values than `greatest`.
  package init(_ column: DriftColumn, greatest: Int) throws(Undefined) {
    guard column.distinct <= greatest else {
      throw Undefined(
        "the column has \(column.distinct.counted("distinct value")), and the test is for two at most"
      )
    }
    cells = column.categories
    least = (Int(column.reference.counts[0]), Int(column.current.counts[0]))
    rows = (column.reference.total, column.current.total)
  }

  /// The shares of the others.
  private var shares: (reference: Double, current: Double) {
    (
      Double(rows.reference - least.reference) / Double(rows.reference),
      Double(rows.current - least.current) / Double(rows.current)
    )
  }

  package var difference: Double { abs(shares.current - shares.reference) }

  /// How the odds of the others compare, current to reference; nil where it is no number.
  var oddsRatio: Double? {
    let (one, other) = (rows.reference - least.reference, rows.current - least.current)
    let ratio =
      Double(other) * Double(least.reference) / (Double(one) * Double(least.current))
    return ratio.isFinite ? ratio : nil
  }

  /// Fisher's.
  func exactPValue() throws(Undefined) -> Double {
    try Hypergeometric(
      total: rows.reference + rows.current, marked: least.reference + least.current,
      drawn: rows.reference
    ).twoSided(least.reference)
  }

  /// The normal distribution's.
  func zTest() throws(Undefined) -> DriftFigure {
    let all = Double(rows.reference + rows.current)
    let share = 1 - Double(least.reference + least.current) / all
    let distribution = [JSON.Member("p_value_by", "normal distribution")]
    guard share > 0, share < 1 else {
      return DriftFigure(0, of: cells, p: 1, settings: distribution)
    }
    let error =
      (share * (1 - share) * (1 / Double(rows.reference) + 1 / Double(rows.current))).squareRoot()
    let z = (shares.current - shares.reference) / error
    return DriftFigure(
      difference, of: cells, statistic: z, p: try min(1, 2 * StandardNormal.survival(abs(z))),
      settings: distribution)
  }
}
