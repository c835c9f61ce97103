import GateCore

/// How far both models' decisions agree beyond chance.
extension Metric.Pair {
  /// Cohen's kappa between the models.
  static let kappas: [Metric] = [(TaskKind.binary, 0.0), (.multiclass, 1.0 / 7)].map {
    task, value in
    Metric(
      "decision_kappa", task: task,
      summary: "How far both models' decisions agree beyond what chance makes them: 1 is always.",
      direction: .neither, range: -1...1,
      formula: "(po - pe) / (1 - pe), po the share of rows decided alike, pe that of models which "
        + "decide as often for each class but by chance",
      source: "scikit-learn cohen_kappa_score of one model's decisions against the other's",
      undefined: ["Both models decide every row for the same class."],
      parameters: threshold(task),
      measure: .pair(
        PairSums { now, before, arguments throws(Undefined) in
          let places = now.places(in: before)
          let (mine, width) = now.decided(arguments)
          let other = before.decided(arguments).codes
          return RowParts(
            width: width * width,
            codes: places.indices.map { mine[$0] * Int32(width) + other[Int(places[$0])] })
        } total: { cells, _ throws(Undefined) in
          try kappa(ofModels: cells, width: Int(Double(cells.count).squareRoot()))
        }),
      examples: [
        Metric.Example(.pairNow(task), champion: .pairBefore(task), gives: value),
        Metric.Example(.pairNow(task), champion: .pairNow(task), gives: 1),
        Metric.Example(
          task == .binary ? .repaidOnly : .allRepaid,
          champion: task == .binary ? .repaidOnly : .allRepaid, gives: nil),
      ])
  }

  /// Cohen's kappa of what both models decided, in the words of two models.
  private static func kappa(
    ofModels cells: [Double], width: Int
  ) throws(Undefined) -> Double {
    do throws(Undefined) {
      return try GateMetrics.kappa(of: cells, width: width, weights: .none)
    } catch {
      throw Undefined("both models decide every row for the same class")
    }
  }
}

extension Sample {
  /// For each place the class that was decided, and how many there are.
  fileprivate func decided(_ arguments: Arguments) -> (codes: [Int32], width: Int) {
    if case .multiclass(let sample) = self { return (sample.decisions, sample.classes.count) }
    return (decidedByPlace(at: arguments["threshold"]).map { $0 ? 1 : 0 }, 2)
  }
}
