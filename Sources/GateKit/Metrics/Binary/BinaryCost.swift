extension Metric.Binary {
  /// What a row costs, by the cell it falls into.
  static let expectedCost = Metric(
    "expected_cost", task: .binary,
    summary: "What a row costs on average, given what each cell of the confusion matrix costs.",
    direction: .lowerIsBetter,
    range: -.infinity ... .infinity,
    formula:
      "(cost_tp tp + cost_fp fp + cost_fn fn + cost_tn tn) / (tp + fp + fn + tn)",
    source: "Elkan (2001), The foundations of cost-sensitive learning",
    parameters: [
      .cost("cost_fp", "a negative row decided positive costs", required: true),
      .cost("cost_fn", "a positive row decided negative costs", required: true),
      .cost("cost_tp", "a positive row decided positive costs"),
      .cost("cost_tn", "a negative row decided negative costs"),
      .threshold,
    ],
    measure: .confusion { cells, arguments throws(Undefined) in
      let costs = [
        try arguments.number("cost_fp") * cells.falsePositives,
        try arguments.number("cost_fn") * cells.falseNegatives,
        (arguments["cost_tp"] ?? 0) * cells.truePositives,
        (arguments["cost_tn"] ?? 0) * cells.trueNegatives,
      ]
      return costs.sum / cells.total
    },
    examples: [
      Metric.Example(.applications, Arguments(["cost_fp": 1, "cost_fn": 5]), gives: 1),
      Metric.Example(
        .applications, Arguments(["cost_fp": 1, "cost_fn": 5, "cost_tp": -3, "cost_tn": -0.5]),
        gives: -1.0 / 6),
    ])

  /// What a row is worth to someone who acts at the threshold.
  static let netBenefit = Metric(
    "net_benefit", task: .binary,
    summary: "The share of hits less the false alarms, each at the odds of the threshold.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "(tp - fp * t / (1 - t)) / (tp + fp + fn + tn), t the threshold",
    source: "Vickers and Elkin (2006), Decision curve analysis",
    undefined: [
      "The threshold is not at least 0 and below 1.", "A score lies outside 0 to 1.",
      "The model gives classes, not scores.",
    ],
    parameters: [.threshold],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      let threshold = arguments["threshold"] ?? sample.threshold
      guard (0..<1).contains(threshold) else {
        throw Undefined("the threshold \(threshold) is not a probability from 0 to below 1")
      }
      let cells = sample.confusion(at: threshold)
      let odds = threshold / (1 - threshold)
      return (cells.truePositives - cells.falsePositives * odds) / cells.total
    },
    examples: [
      Metric.Example(.applications, gives: 1.0 / 6),
      Metric.Example(.applications, Arguments(["threshold": 0.25]), gives: (3 - 2 / 3.0) / 6),
      Metric.Example(.applications, Arguments(["threshold": 1]), gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension Parameter {
  /// What a cell of the confusion matrix costs.
  fileprivate static func cost(
    _ id: String, _ what: String, required: Bool = false
  ) -> Parameter {
    let most = Double.greatestFiniteMagnitude
    return Parameter(
      id, "What \(what); below 0 where it earns.", .number(-most...most), required: required,
      standard: required ? nil : "0")
  }
}
