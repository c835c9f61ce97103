import GateCore

/// How far apart the logarithms of the groups' chances are, as AIF360 smooths them.
extension FairnessMetrics {
  static let differentialFairness: [FairnessMetric] =
    FairnessMetric.cells(
      "smoothed_empirical_differential_fairness@aif360",
      summary:
        "The furthest that two groups' chances of a positive decision, or of a negative one, are apart, "
        + "as the logarithm of their ratio.",
      formula: smoothed, source: "AIF360 BinaryLabelDatasetMetric; " + foulds,
      undefined: ["There is one group."], parameters: [.of, .concentration],
      refuse: .labelsHaveNoThreshold,
      examples: [
        .applied(gives: logarithm(1.4)),
        .applied(Arguments(texts: ["of": "label"]), gives: 0),
        .applied(Arguments(["concentration": 2]), gives: logarithm(4 / 3.0)),
      ]
    ) { cells, arguments throws(Undefined) in
      try spread(cells, arguments, ofLabels: arguments.text("of") == "label")
    }
    + FairnessMetric.cells(
      "differential_fairness_bias_amplification@aif360",
      summary:
        "How much further apart groups are in the model's decisions than in the labels, by differential fairness.",
      range: -Double.infinity ... .infinity, formula: "of decisions less of labels: " + smoothed,
      source: classes + "differential_fairness_bias_amplification; " + foulds,
      undefined: ["There is one group."], parameters: [.concentration],
      examples: [
        .applied(gives: logarithm(1.4)),
        FairnessMetric.Example(
          FairnessMetric.Example.applications, [String](repeating: "a", count: 10), gives: nil),
      ]
    ) { cells, arguments throws(Undefined) in
      let decided = try spread(cells, arguments, ofLabels: false)
      return decided - (try spread(cells, arguments, ofLabels: true))
    }

  private static let smoothed =
    "max over groups i, j of max(|ln r_i - ln r_j|, |ln(1 - r_i) - ln(1 - r_j)|), "
    + "r = (positive + c / 2) / (n + c), c the concentration"

  private static let foulds = "Foulds et al.: An Intersectional Definition of Fairness, ICDE 2020"

  /// The widest distance of two groups.
  private static func spread(
    _ cells: GroupCells, _ arguments: Arguments, ofLabels: Bool
  ) throws(Undefined) -> Double {
    let concentration = arguments["concentration"] ?? 1
    let groups = cells.groups.filter { $0.total > 0 }
    guard groups.count > 1 else { throw Undefined("there is one group, and no other to compare") }
    let rates = groups.map { group in
      ((ofLabels ? group.positives : group.predictedPositives) + concentration / 2)
        / (group.total + concentration)
    }
    let both = [rates.map { logarithm($0) }, rates.map { logarithm(1 - $0) }]
    return both.map { ($0.max() ?? 0) - ($0.min() ?? 0) }.max() ?? 0
  }
}

extension Parameter {
  /// How strongly each rate is drawn to a half.
  fileprivate static let concentration = Parameter(
    "concentration", "Rows that are added to every group, half of them positive.",
    .number(1e-6...1e6), standard: "1")
}
