import GateCore

extension GroupMeasure {
  /// The share of scores above the median of all rows that are compared.
  static let scoringRate = GroupMeasure(
    id: "scoring_rate", summary: "the share of rows that score above the median of all rows",
    formula: "rows with a score > median of all scores / n", kind: .aboveMedian)
}

extension FairnessMetrics {
  /// New York City's ratio for scores without a decision.
  static let scoringRatios: [FairnessMetric] = [TaskKind.binary, .regression].map { task in
    FairnessMetric(
      "scoring_impact_ratio", task: task,
      summary: "The least of the groups' shares of scores above the median, over the greatest.",
      direction: .higherIsBetter,
      formula: "min_g(m_g) / max_g(m_g), m = \(GroupMeasure.scoringRate.formula), of rows that "
        + "have a group; of an even number the mean of the middle two",
      source: "New York City Local Law 144 of 2021; 6 RCNY 5-300, scoring rate and impact ratio",
      undefined: ["No score is above the median.", "Rows have weights."],
      measure: .algebra([.scoringRate], Aggregate(.ratio), .groups),
      weightless: "the distribution counts people", examples: examples(task))
  }

  /// The median of the ten applications' scores is 0.475: 3 of 5 of group a are above it, and 2 of 5 of group b.
  private static func examples(_ task: TaskKind) -> [FairnessMetric.Example] {
    guard case .binary(let rows) = FairnessMetric.Example.applications else { return [] }
    let scores = rows.rows.indices.sorted { rows.rows[$0] < rows.rows[$1] }.map { rows.scores[$0] }
    func sample(_ scores: [Double], weights: [Double]? = nil) -> Sample {
      task == .regression
        ? .regression(RegressionSample(targets: scores, predictions: scores, weights: weights))
        : .binary(
          BinarySample(
            scores: scores, positives: scores.map { $0 > 0.3 }, weights: weights))
    }
    let (sexes, equal) = (FairnessMetric.Example.sexes, [Double](repeating: 0.5, count: 10))
    return [
      FairnessMetric.Example(sample(scores), sexes, gives: 0.4 / 0.6),
      FairnessMetric.Example(sample(equal), sexes, gives: nil),
      FairnessMetric.Example(sample(scores, weights: equal), sexes, gives: nil),
    ]
  }
}

extension JointCells {
  /// "Decided positive": of a score above the median of the part's rows, each model's of its own; no row is positive.
  package init(aboveMedianOf part: FairnessPart) {
    let codes = part.groups.codes.map { min($0, 0) }
    var cells = [UInt8](repeating: Self.none, count: codes.count)
    let champion = try? part.champion?.get()
    for (sample, bit) in [(part.candidate, UInt8(1)), (champion, 2)] {
      guard let own = sample?.partitioned(by: codes, groups: 1)[0] else { continue }
      let scores = own.numbers
      let sorted = scores.sorted()
      guard !sorted.isEmpty else { continue }
      let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      for (row, score) in zip(own.rows, scores) {
        if cells[Int(row)] == Self.none { cells[Int(row)] = 0 }
        cells[Int(row)] += score > median ? bit : 0
      }
    }
    self.init(cells: cells, weights: nil)
  }
}
