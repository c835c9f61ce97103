import GateCore

extension DriftTest {
  /// Total variation distance.
  static let totalVariation = DriftTest(
    "total_variation",
    "The total variation distance: the share of rows that would have to change their bin or category for the sides to agree.",
    aliases: ["tvd", "total_variation_distance"], formula: "sum of |p - q| / 2 over cells",
    source: "Levin, Peres, Markov Chains and Mixing Times, 2017, section 4.1",
    undefined: ["bins a step apart meet infinite values"],
    parameters: Binning.parameters,
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      try column.figure(arguments, settings: []) { min(1, $0.sum { p, q in abs(p - q) } / 2) }
    },
    examples: [
      Example(.categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.25),
      Example(.categories(["a"], ["b"]), gives: 1),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4]), gives: 0, p: 1),
      Example(.numbers([1, .infinity], [1, .infinity]), gives: 0),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}
