import GateCore

extension DriftTest {
  /// Hellinger distance.
  static let hellinger = DriftTest(
    "hellinger", "The Hellinger distance of the shares of bins or categories.",
    aliases: ["hellinger_distance"], formula: "sqrt(sum of (sqrt(p) - sqrt(q))^2 / 2) over cells",
    source: "Hellinger, Journal für die reine und angewandte Mathematik 136, 1909",
    undefined: ["bins a step apart meet infinite values"],
    parameters: Binning.parameters,
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      try column.figure(arguments, settings: []) { $0.hellinger }
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.18459191128251448),
      Example(.categories(["a"], ["b"]), gives: 1),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, in bins that count each distinct number once.
  static let hellingerEvidently = DriftTest(
    "hellinger@evidently",
    "Evidently's Hellinger distance: numbers in Sturges' bins for the distinct ones of both sides.",
    formula: "sqrt(1 - sum of sqrt(p q)) over cells",
    source:
      "evidently 0.7.23, calculations.stattests.hellinger_distance; infinite values are left out",
    undefined: ["a side has no finite value"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.evidentlyDistinctCells()
      return DriftFigure(cells.hellinger, of: cells, settings: [])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.18459191128251448),
      Example(.numbers([.infinity], [1]), gives: nil),
    ])

  /// NannyML's, in Doane's bins.
  static let hellingerNannyML = DriftTest(
    "hellinger@nannyml",
    "NannyML's Hellinger distance: numbers in Doane's bins of the reference, what lies outside of them in one more.",
    formula: "sqrt(sum of (sqrt(p) - sqrt(q))^2 / 2) over cells",
    source:
      "nannyml 0.13.1, drift.univariate.methods, ContinuousHellingerDistance and Categorical…",
    undefined: ["a value is infinite"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.nannyMLCells()
      return DriftFigure(cells.hellinger, of: cells, settings: [])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.18459191128251448),
      Example(.numbers([1, 2], [3]), gives: 1),
      Example(.numbers([1, .infinity], [1]), gives: nil),
    ])
}

extension DriftCells {
  /// The Hellinger distance; a sum of squares, so that what agrees is exactly 0.
  fileprivate var hellinger: Double {
    let squares = sum { p, q in
      let difference = p.squareRoot() - q.squareRoot()
      return difference * difference
    }
    return min(1, squares / 2).squareRoot()
  }
}
