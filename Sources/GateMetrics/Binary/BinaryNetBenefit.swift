import GateCore

extension Metric.Binary {
  /// What a row is worth to someone who acts at the threshold.
  static let netBenefit = Metric(
    "net_benefit", task: .binary, aliases: ["decision_curve"],
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
