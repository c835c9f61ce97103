/// Labels, scores and weights of one model on one set of rows: what a metric measures.
package enum Sample: Sendable {
  /// Two classes.
  case binary(BinarySample)
  /// Several classes.
  case multiclass(MulticlassSample)
  /// Several labels a row, each of two classes.
  case multilabel(MultilabelSample)
  /// Numbers.
  case regression(RegressionSample)
  /// Rows ranked within queries.
  case ranking(RankingSample)
  /// Texts.
  case text(TextSample)

  /// What every sample has, whatever its task.
  package var body: any SampleRows {
    switch self {
    case .binary(let sample): sample
    case .multiclass(let sample): sample
    case .multilabel(let sample): sample
    case .regression(let sample): sample
    case .ranking(let sample): sample
    case .text(let sample): sample
    }
  }

  /// Rows.
  package var count: Int { body.rows.count }
  /// What a metric is a mean or a share of: queries of a ranking, else rows.
  package var units: Int {
    if case .ranking(let ranking) = self { return ranking.queryCount }
    return count
  }

  /// Which rows of the holdout weigh 0; nil: there are no weights.
  package var weightless: [Bool]? {
    guard let weights = rowWeightsByPlace else { return nil }
    var found = [Bool](repeating: false, count: (rows.max().map { Int($0) } ?? -1) + 1)
    for (place, row) in rows.enumerated() where weights[place] == 0 { found[Int(row)] = true }
    return found
  }

  /// Rows that weigh anything.
  package var weighing: Int { rowWeightsByPlace.map { $0.count { $0 > 0 } } ?? count }

  /// The sum of the weights, or the number of rows where there are none.
  package var totalWeight: Double { body.totalWeight }

  /// One sample a group, where `codes[row]` says which group (negative: none) a holdout row is of.
  package func partitioned(by codes: [Int32], groups: Int) -> [Sample] {
    body.samples(by: codes, groups: groups)
  }

  /// One sample a group.
  package func partitioned(by rows: SlicedRows) -> [Sample] {
    partitioned(by: rows.codes, groups: rows.groups.count)
  }
}

/// The rows of a sample, in the order in which it keeps them.
package protocol SampleRows: Sendable {
  /// The row of the holdout at each place.
  var rows: [Int32] { get }
  /// The weight at each place; nil: every row counts once.
  var weights: [Double]? { get }
  /// The sum of the weights, or the number of rows where there are none.
  var totalWeight: Double { get }
  /// Whether the decision at each place is right.
  var right: [Bool] { get }
  /// What a metric takes it as.
  var sample: Sample { get }
  /// Inputs on one line, for the examples of the reference.
  var words: String { get }
  /// One sample a group, where `codes[row]` says which group (negative: none) a holdout row is of.
  func partitioned(by codes: [Int32], groups: Int) -> [Self]
  /// The same rows with other weights, one a place.
  func weighing(_ weights: [Double]) -> Self
  /// Whether another model answered every row alike, so that no draw of the rows tells them apart.
  func isSame(as other: Self) -> Bool
}

extension SampleRows {
  fileprivate func samples(by codes: [Int32], groups: Int) -> [Sample] {
    partitioned(by: codes, groups: groups).map(\.sample)
  }
}
