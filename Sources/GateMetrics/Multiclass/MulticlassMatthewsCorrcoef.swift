import GateCore

extension Metric.Multiclass {
  /// The correlation of decisions and labels over several classes.
  static let matthewsCorrcoef = Metric(
    "matthews_corrcoef", task: .multiclass, aliases: ["mcc", "matthews_correlation_coefficient"],
    summary: "The correlation of decided and true classes: 1 all right, 0 as by chance.",
    direction: .higherIsBetter,
    range: -1...1,
    formula:
      "(c s - sum p t) / sqrt((s^2 - sum p^2) (s^2 - sum t^2)); "
      + "s rows, c right, p decided and t true rows of a class",
    source: "scikit-learn matthews_corrcoef; Gorodkin (2004)",
    undefined: ["All rows are of one class.", "All rows were predicted to be of one class."],
    measure: .multiclass { sample, _ throws(Undefined) in
      let cells = sample.cells
      let rows = cells.map(\.positives)
      let decided = cells.map(\.predictedPositives)
      if let only = sole(rows) {
        throw Undefined("every row is of class '\(sample.classes[only])'")
      }
      if let only = sole(decided) {
        throw Undefined("every row was predicted '\(sample.classes[only])'")
      }
      let total = rows.sum
      let covariance = cells.map(\.truePositives).sum * total - products(rows, decided)
      let ofRows = total * total - products(rows, rows)
      let ofDecisions = total * total - products(decided, decided)
      return (covariance / (ofRows.squareRoot() * ofDecisions.squareRoot())).clamped(to: -1...1)
    },
    examples: [
      Metric.Example(.outcomesOfSix, gives: 10.0 / 22),
      Metric.Example(.allRepaid, gives: nil),
    ])

  /// The index of the only one above 0, where there is one only.
  private static func sole(_ weights: [Double]) -> Int? {
    let present = weights.indices.filter { weights[$0] > 0 }
    return present.count == 1 ? present[0] : nil
  }

  /// The sum of the products of two lists.
  private static func products(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).map { $0 * $1 }.sum
  }
}
