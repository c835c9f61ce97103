import GateCore

/// How a mean of a number a row would vary with the rows.
struct RowDistribution: Sendable {
  private let terms: RowTerms
  /// The rows that take part with their weights, in the order of `values`.
  private let sample: Sample
  /// By model: the number at each place of the sample.
  private let values: [[Double]]
  private let certainty: Certainty

  /// Throws `Undefined` where no row, or none of any weight, takes part.
  package init(
    _ terms: RowTerms, _ rows: FairRows, _ clusters: [Int32]?, _ certainty: Certainty
  ) throws(Undefined) {
    guard let first = rows.models.first?.sample, !terms.rows.isEmpty else {
      throw Undefined("no row takes part")
    }
    var codes = [Int32](repeating: -1, count: rows.groups.codes.count)
    var places = [Int](repeating: 0, count: codes.count)
    for (place, row) in terms.rows.enumerated() { (codes[Int(row)], places[Int(row)]) = (0, place) }
    let taken = first.partitioned(by: codes, groups: 1)[0]
    let ones = [Double](repeating: 1, count: taken.count)
    sample = terms.isWeighted ? taken : taken.body.weighing(ones).sample
    values = terms.values.map { values in taken.rows.map { values[places[Int($0)]] } }
    if !(sample.totalWeight > 0) { throw Undefined("the weights of these rows sum to 0") }
    self.terms = terms
    var certainty = certainty
    certainty.clusters = clusters
    certainty.isStratified = false
    self.certainty = certainty
  }

  /// What rows weigh, where not all weigh the same.
  private var weights: [Double]? { terms.isWeighted ? sample.rowWeightsByPlace : nil }

  /// The mean of a model's numbers.
  package func value(_ model: Int) -> Double {
    let weights = weights
    var sum = Sum()
    for (place, value) in values[model].enumerated() { sum.add(value * (weights?[place] ?? 1)) }
    return sum.value / sample.totalWeight
  }

  /// The intervals of what `basis` says.
  func curve(_ basis: ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve {
    let certain =
      basis == .value ? terms.certainties.first : terms.certainties.min { $0 == nil && $1 != nil }
    if let reason = certain ?? nil {
      let value = basis == .value ? value(0) : 0
      return ConfidenceCurve(test: reason, smallestTail: 0) { confidence throws(Undefined) in
        ConfidenceInterval(low: value, high: value, level: confidence, method: reason)
      }
    }
    if basis == .value { return try own() }
    guard values.count > 1 else { throw Undefined("there is no champion to compare with") }
    if values[0] == values[1] {
      let champion = basis == .relativeDifference ? abs(value(1)) : 1
      guard champion > 0 else { throw Undefined("the champion's value is 0") }
      return .unseenRow(reach: 1 / champion, count: Double(worth))
    }
    return basis == .relativeDifference ? try await ratio() : try difference()
  }

  /// Of the candidate's value: exact where it is a share, else Student's.
  private func own() throws(Undefined) -> ConfidenceCurve {
    let values = values[0]
    if values.allSatisfy({ $0 == 0 || $0 == 1 }) {
      let hits = values.count { $0 == 1 }
      let isOneSided = hits == 0 || hits == values.count
      if isOneSided || isPlain {
        let worth = worth
        return ConfidenceCurve(
          successes: isOneSided ? (hits == 0 ? 0 : worth) : hits, trials: worth)
      }
    }
    return ConfidenceCurve(
      try MeanInterval(
        of: values, weights: weights, clusters: certainty.clusters?.at(sample.rows)))
  }

  /// Of the candidate's less the champion's, on the same rows.
  private func difference() throws(Undefined) -> ConfidenceCurve {
    let differences = zip(values[0], values[1]).map { $0 - $1 }
    if values.allSatisfy({ $0.allSatisfy { $0 == 0 || $0 == 1 } }) {
      let (gained, lost) = (differences.count { $0 > 0 }, differences.count { $0 < 0 })
      if isPlain || gained + lost == 0 {
        return ConfidenceCurve(try PairedShares(gained: gained, lost: lost, rows: worth))
      }
    }
    return ConfidenceCurve(
      try MeanInterval(
        of: differences, weights: weights, clusters: certainty.clusters?.at(sample.rows)))
  }

  /// Of the difference as a share of the champion's: by the bootstrap.
  private func ratio() async throws(Undefined) -> ConfidenceCurve {
    let mean: @Sendable ([Double]) -> Double? = { $0[1] > 0 ? $0[0] / $0[1] : nil }
    let sums = values.map { (parts: RowParts(mean: $0), total: mean) }
    let drawn = try await certainty.summed(sums, [sample, sample]) { values in
      guard let mine = values[0], let other = values[1] else { return nil }
      return (mine - other) / abs(other)
    }
    return ConfidenceCurve(drawn, method: "bootstrap, percentile") {
      values, confidence throws(Undefined) in
      try values.percentileInterval(confidence: confidence)
    }
  }

  /// Whether every row counts once and stands for itself.
  private var isPlain: Bool { weights == nil && certainty.clusters == nil }

  /// How many rows that count once and stand for themselves these are worth: clusters, or Kish's effective size.
  private var worth: Int {
    if let clusters = certainty.clusters?.at(sample.rows) {
      // A row without a cluster is one of its own.
      return max(1, Set(clusters.filter { $0 >= 0 }).count + clusters.count { $0 < 0 })
    }
    guard let weights else { return sample.count }
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return max(1, Int(sample.totalWeight * sample.totalWeight / squares))
  }
}
