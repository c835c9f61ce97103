package import GateCore

extension DriftTest {
  /// Population stability index.
  package static let psi = DriftTest(
    "psi", "The population stability index: how far the shares of bins or categories have moved.",
    aliases: ["population_stability_index"], range: 0...Double.infinity,
    formula: "sum of (q - p) ln(q / p) over cells",
    source:
      "Siddiqi, Credit Risk Scorecards, 2006: bins of the reference's deciles; shares below 'fill' are raised to it",
    undefined: [
      "bins a step apart meet infinite values",
      "more than one row in a hundred has a value whose share is at most 'fill' on both sides",
    ],
    parameters: Binning.parameters + [fill],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let floor = arguments["fill"] ?? 1e-4
      return try column.figure(
        arguments, settings: [JSON.Member("fill", .number(floor)), JSON.Member("base", "e")],
        blindBelow: floor
      ) { $0.stabilityIndex { max($0, floor) } }
    },
    examples: [
      Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.2746530721670274),
      Example(.categories(["a", "b"], ["a", "b"]), gives: 0, p: 1),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4]), gives: 0),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, with bins over both sides.
  static let psiEvidently = DriftTest(
    "psi@evidently",
    "Evidently's stability index: numbers of more than 20 distinct ones in Sturges' bins over both sides, else a cell a value.",
    range: 0...Double.infinity, formula: "sum of (p - q) ln(p / q) over cells",
    source:
      "evidently 0.7.23, calculations.stattests.psi; a share of 0 becomes 0.0001, or a millionth of the side's least share where that is no larger; infinite values are left out",
    undefined: ["a side has no finite value"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.evidentlyCells()
      let (p, q) = cells.sharesFilledAsEvidently
      return DriftFigure(
        zip(p, q).reduce(0) { $0 + stability($1.0, $1.1) }, of: cells,
        settings: [JSON.Member("fill", .string(EvidentlyFill.words)), JSON.Member("base", "e")])
    },
    examples: [
      Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.2746530721670274),
      Example(.categories(["a", "b"], ["b"]), gives: 4.60431846666895),
      Example(.numbers([.infinity], [1]), gives: nil),
    ])

  /// Deepchecks', for categories.
  static let psiDeepchecks = DriftTest(
    "psi@deepchecks",
    "Deepchecks' stability index: shares below 1% are taken to be 1%, categories rarer than that in the reference are one.",
    range: 0...Double.infinity, formula: "sum of (p - q) ln(p / q) over categories",
    source:
      "deepchecks 0.19.1, utils.distribution.drift.psi as calc_drift_and_plot calls it: min_category_size_ratio 0.01",
    undefined: ["a side has fewer than 10 rows with a value"],
    pValueMethod: .permutation,
    measure: .column([.category]) { (column, _) throws(Undefined) in
      let cells = try column.deepchecksCells()
      return DriftFigure(
        cells.stabilityIndex { max($0, 0.01) }, of: cells,
        settings: [JSON.Member("fill", .number(0.01)), JSON.Member("base", "e")])
    },
    examples: [
      Example(
        .categories(
          (0..<10).map { $0 < 5 ? "a" : "b" }, (0..<20).map { $0 < 5 ? "a" : "b" }),
        gives: 0.2746530721670274),
      Example(.categories(["a", "b"], ["a", "b"]), gives: nil),
    ])

  /// What stands for a share of 0.
  package static let fill = Parameter(
    "fill", "The least share a cell is taken to have, so that the figure stays finite.",
    .number(1e-12...0.1), standard: "0.0001")
}

extension DriftCells {
  /// The stability index of shares after `raise`.
  @inline(__always)
  fileprivate func stabilityIndex(_ raise: (Double) -> Double) -> Double {
    sum { p, q in stability(raise(p), raise(q)) }
  }
}

/// What a cell of two shares above 0 adds to the index.
private func stability(_ p: Double, _ q: Double) -> Double {
  p == q ? 0 : (q - p) * logarithm(q / p)
}
