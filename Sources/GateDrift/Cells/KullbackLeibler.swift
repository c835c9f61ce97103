import GateCore

extension DriftTest {
  /// Kullback-Leibler divergence of the current rows from the reference.
  static let klDivergence = DriftTest(
    "kl_divergence",
    "The Kullback-Leibler divergence of the current shares from the reference's, in nats.",
    aliases: ["kl", "kl_div", "kullback_leibler", "relative_entropy"], range: 0...Double.infinity,
    formula: "sum of q ln(q / p) over cells",
    source:
      "Kullback and Leibler, The Annals of Mathematical Statistics 22, 1951; shares below 'fill' are raised to it and not made to sum to 1 again, and what that leaves below 0 is 0",
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
      ) { cells in
        max(
          0,
          cells.sum { p, q in
            let raised = max(q, floor)
            return raised * logarithm(raised / max(p, floor))
          })
      }
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.13081203594113694),
      Example(.categories(["a", "b"], ["b", "a"]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, of the reference from the current rows.
  static let klDivergenceEvidently = DriftTest(
    "kl_divergence@evidently",
    "Evidently's divergence, of the reference's shares from the current ones; numbers of more than 20 distinct ones in Sturges' bins over both sides.",
    range: 0...Double.infinity, formula: "sum of p ln(p / q) over cells",
    source:
      "evidently 0.7.23, calculations.stattests.kl_div: scipy.stats.entropy after a share of 0 becomes 0.0001, or a millionth of the side's least share where that is no larger; infinite values are left out",
    undefined: ["a side has no finite value"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.evidentlyCells()
      let (p, q) = cells.sharesFilledAsEvidently
      return DriftFigure(
        relativeEntropy(of: p, from: q), of: cells,
        settings: [JSON.Member("fill", .string(EvidentlyFill.words)), JSON.Member("base", "e")])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.14384103622589042),
      Example(.numbers([.infinity], [1]), gives: nil),
    ])

  /// Great Expectations', against a partition of the reference.
  static let klDivergenceGreatExpectations = DriftTest(
    "kl_divergence@great_expectations",
    "Great Expectations' divergence of the current rows from a partition of the reference: a cell a category, or bins a step apart.",
    range: 0...Double.infinity, formula: "sum of q ln(q / p) over cells",
    source:
      "great_expectations 1.24.1, expect_column_kl_divergence_to_be_less_than, observed_value; the partition is numpy.histogram's of the reference",
    undefined: [
      "the partition finds the number of bins itself and 'bins' gives it",
      "a cell without weight in the partition holds current rows, and nothing is held out for it",
      "a value is infinite", "the reference has one distinct number",
      "the weights held out are 1 or more",
      "weight is held out inside of a column of categories",
    ],
    parameters: GreatExpectationsPartition.parameters,
    pValueMethod: .none,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let partition = try GreatExpectationsPartition(column, arguments)
      let value = relativeEntropy(of: partition.observed, from: partition.expected)
      guard value.isFinite else {
        throw Undefined(
          "current rows lie where the reference has none, so the divergence is infinite; hold out weight for such rows by 'tail_weight_holdout' or 'internal_weight_holdout'"
        )
      }
      return DriftFigure(
        value, of: partition.cells, settings: [JSON.Member("base", "e")] + partition.settings)
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.13081203594113694),
      Example(.categories(["a"], ["b"]), gives: nil),
      Example(
        .categories(["a", "a"], ["a", "b"]), Arguments(["tail_weight_holdout": 0.5]), gives: 0),
    ])

}

/// The divergence of q from p in nats, both made to sum to 1; infinite where q has a share that p lacks.
private func relativeEntropy(of q: [Double], from p: [Double]) -> Double {
  let (m, n) = (q.reduce(0, +), p.reduce(0, +))
  let sum = zip(q, p).reduce(0) { sum, shares in
    let (q, p) = (shares.0 / m, shares.1 / n)
    return q > 0 ? sum + q * logarithm(q / p) : sum
  }
  return max(0, sum)
}
