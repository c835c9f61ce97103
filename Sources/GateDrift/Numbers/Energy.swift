import GateCore

extension DriftTest {
  /// Energy distance.
  static let energy = DriftTest(
    "energy",
    "The energy distance: the root of twice the area between the distribution functions, their distance squared.",
    aliases: ["energy_distance", "ed"], range: 0...Double.infinity,
    formula: "sqrt(2 integral of (F(x) - G(x))^2 dx)",
    source: "scipy.stats.energy_distance (Székely, E-statistics, 2002)",
    undefined: ["a value is infinite"],
    pValueMethod: .permutation,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      DriftFigure(try column.energy())
    },
    examples: [
      Example(.numbers([0], [8]), gives: 4),
      Example(.numbers([0, 8], [0, 8]), gives: 0),
      Example(.numbers([1, 2, 3, 4], [2, 4, 6, 8]), gives: 1.4142135623730951),
      Example(.numbers([1, 2], [1, .infinity]), gives: nil),
    ])

  /// Evidently's, which is the same.
  static let energyEvidently = DriftTest(
    "energy@evidently",
    "Evidently's energy distance, which is scipy's: in units of the root of the values'.",
    range: 0...Double.infinity, formula: "sqrt(2 integral of (F(x) - G(x))^2 dx)",
    source: "evidently 0.7.23, calculations.stattests.energy_distance",
    pValueMethod: .permutation,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      DriftFigure(try column.withoutInfinities().energy())
    },
    examples: [
      Example(.numbers([0], [8]), gives: 4),
      Example(.numbers([1, 2], [1, .infinity]), gives: 0.7071067811865476),
      Example(.numbers([1, 2], [.infinity]), gives: nil),
    ])
}

extension DriftColumn {
  /// The distance; throws `Undefined` for infinite values.
  fileprivate func energy() throws(Undefined) -> Double {
    (2 * (try area { $0 * $0 })).squareRoot()
  }
}
