import GateCore

extension DriftTest {
  /// Largest difference of counts, over all rows.
  static let normalizedAbsDiff = DriftTest(
    "normalized_abs_diff",
    "The normalised absolute difference: the largest difference of counts of a bin or category over all rows, which grows where the sides have unequal sizes.",
    formula: "max |count in the reference - count in the current rows| / (n + m) over cells",
    source: "tensorflow/data-validation, anomalies/metrics.cc, NormalizedAbsoluteDifference",
    undefined: ["bins a step apart meet infinite values"],
    parameters: Binning.parameters,
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let all = Double(column.reference.total + column.current.total)
      return try column.figure(
        arguments, settings: [JSON.Member("normalizer", "rows of both sides")]
      ) { cells in
        zip(cells.reference, cells.current).reduce(0) { max($0, abs($1.0 - $1.1)) } / all
      }
    },
    examples: [
      Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.125),
      Example(.categories(["a", "a", "a"], ["a"]), gives: 0.5),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}
