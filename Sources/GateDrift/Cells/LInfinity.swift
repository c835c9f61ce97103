import GateCore

extension DriftTest {
  /// L-infinity distance.
  static let lInfinity = DriftTest(
    "l_infinity", "The L-infinity distance: the largest change of a bin's or a category's share.",
    aliases: ["linf", "chebyshev", "infinity_norm"], formula: "max |p - q| over cells",
    source: "tensorflow/data-validation, anomalies/metrics.cc, LInftyDistance",
    undefined: ["bins a step apart meet infinite values"],
    parameters: Binning.parameters,
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      try column.figure(arguments, settings: []) { $0.largestChange }
    },
    examples: [
      Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.25),
      Example(.categories(["a"], ["b"]), gives: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// NannyML's, of categories.
  static let lInfinityNannyML = lInfinity(
    of: "nannyml", "NannyML", "nannyml 0.13.1, drift.univariate.methods, LInfinityDistance")

  /// TensorFlow Data Validation's, of categories.
  static let lInfinityTFDV = lInfinity(
    of: "tfdv", "TensorFlow Data Validation",
    "tensorflow/data-validation, anomalies/metrics.cc, LInftyDistance")

  /// Largest change of a category's share, as a library has it.
  private static func lInfinity(of library: String, _ name: String, _ source: String) -> DriftTest {
    DriftTest(
      "l_infinity@\(library)",
      "\(name)'s L-infinity distance: the largest change of a category's share.",
      formula: "max |p - q| over categories", source: source,
      pValueMethod: .permutation,
      measure: .column([.category]) { (column, _) throws(Undefined) in
        let cells = column.categories
        return DriftFigure(cells.largestChange, of: cells, settings: [])
      },
      examples: [
        Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.25),
        Example(.categories([nil], ["b"]), gives: nil),
      ])
  }
}

extension DriftCells {
  /// The largest change of a share.
  fileprivate var largestChange: Double { largest { p, q in abs(p - q) } }
}
