import GateCore

extension Metric.Binary {
  /// The correlation of decisions and labels.
  static let matthewsCorrcoef = Metric(
    "matthews_corrcoef", task: .binary,
    aliases: ["mcc", "phi_coefficient", "matthews_correlation_coefficient"],
    summary: "The correlation of decisions and labels: 1 all right, 0 as by chance, -1 all wrong.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "(tp tn - fp fn) / sqrt((tp + fp) (tp + fn) (tn + fp) (tn + fn))",
    source: "scikit-learn matthews_corrcoef; Matthews (1975)",
    undefined: [
      "No row is positive, or none is negative.",
      "No row was predicted positive, or none was predicted negative.",
    ],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in try correlation(cells) },
    examples: [
      Metric.Example(.applications, gives: 1.0 / 3),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.applications, Arguments(["threshold": 0]), gives: nil),
    ])

  /// The formula, each margin that is 0 named.
  private static func correlation(_ cells: Confusion) throws(Undefined) -> Double {
    guard cells.positives > 0 else { throw Undefined("no row is positive") }
    guard cells.negatives > 0 else { throw Undefined("no row is negative") }
    guard cells.predictedPositives > 0 else { throw Undefined("no row was predicted positive") }
    guard cells.predictedNegatives > 0 else { throw Undefined("no row was predicted negative") }
    let margins =
      (cells.positives * cells.negatives) * (cells.predictedPositives * cells.predictedNegatives)
    let covariance =
      cells.truePositives * cells.trueNegatives - cells.falsePositives * cells.falseNegatives
    return (covariance / margins.squareRoot()).clamped(to: -1...1)
  }
}
