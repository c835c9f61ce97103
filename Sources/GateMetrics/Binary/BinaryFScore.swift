import GateCore

extension Metric.Binary {
  /// The harmonic mean of precision and recall.
  static let f1 = Metric(
    "f1", task: .binary, aliases: ["f1_score", "f_score", "f_measure", "dice"],
    summary: "The harmonic mean of precision and recall.",
    direction: .higherIsBetter,
    formula: "2 tp / (2 tp + fp + fn)",
    source: "scikit-learn f1_score",
    parameters: [.threshold],
    contrast: .positives,
    measure: .confusion { cells, _ throws(Undefined) in try cells.fScore(beta: 1, .positive) },
    examples: [
      Metric.Example(.applications, Arguments(["threshold": 0.4]), gives: 6.0 / 7),
      Metric.Example(.repaidOnly, gives: nil),
    ])

  /// The harmonic mean of precision and recall with a weight.
  static let fBeta = Metric(
    "f_beta", task: .binary, aliases: ["fbeta_score"],
    summary: "The harmonic mean of precision and recall, recall weighing beta times as much.",
    direction: .higherIsBetter,
    formula: "(1 + beta^2) tp / ((1 + beta^2) tp + beta^2 fn + fp)",
    source: "scikit-learn fbeta_score; van Rijsbergen (1979), Information Retrieval",
    parameters: [.beta, .threshold],
    contrast: .positives,
    measure: .confusion { cells, arguments throws(Undefined) in
      try cells.fScore(beta: arguments.beta(), .positive)
    },
    examples: [
      Metric.Example(
        .applications, Arguments(["beta": 2, "threshold": 0.4]), gives: 15.0 / 16),
      Metric.Example(.repaidOnly, Arguments(["beta": 2]), gives: nil),
      Metric.Example(.applications, gives: nil),
    ])
}
