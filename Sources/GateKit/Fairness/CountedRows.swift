/// Rows of a holdout that each fall into one of some cells, for the bootstrap of a function of how many fall into each.
struct CountedRows: Sendable {
  /// The sum of the weights in each cell.
  let sums: [Double]
  /// The cell of each row of the holdout; negative: none.
  let codes: [Int32]
  /// Whose rows and weights these are.
  let sample: Sample
  let clusters: [Int32]?

  /// Counts; `codes` are below `cells`.
  init(_ codes: [Int32], cells: Int, _ sample: Sample, clusters: [Int32]?) {
    (self.codes, self.sample, self.clusters) = (codes, sample, clusters)
    var sums = [Double](repeating: 0, count: cells)
    let weights = sample.rowWeightsByPlace
    for (place, row) in sample.rows.enumerated() where codes[Int(row)] >= 0 {
      sums[Int(codes[Int(row)])] += weights?[place] ?? 1
    }
    self.sums = sums
  }

  /// Takes what was counted.
  init(_ codes: [Int32], sums: [Double], _ sample: Sample, clusters: [Int32]?) {
    (self.codes, self.sums, self.sample, self.clusters) = (codes, sums, sample, clusters)
  }

  /// The function on the rows and on every draw of them; nil: undefined on those counts.
  ///
  /// Of rows without weights that each stand for themselves, the counts are drawn and no row is read.
  func bootstrap(
    _ certainty: Certainty, _ statistic: @escaping @Sendable ([Double]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    if sample.rowWeightsByPlace == nil, clusters == nil {
      let resampling = try CellResampling(cells: sums.map { Int($0) }, seed: certainty.seed)
      return await GateKit.bootstrap(resampling, replicates: certainty.replicates) { cells in
        [statistic(cells.map(Double.init))]
      }[0]
    }
    let kept = sample.partitioned(by: codes.map { $0 < 0 ? -1 : 0 }, groups: 1)[0]
    var clustered = certainty
    clustered.clusters = clusters
    return try await clustered.summed(
      [(RowParts(width: sums.count, codes: kept.rows.map { codes[Int($0)] }), statistic)], [kept]
    ) { $0[0] }
  }

  /// The intervals of a function of both models' counts: of the candidate's value (nil), of its difference to the
  /// champion's, or of that as a share of the champion's (true).
  func curve(
    _ basis: Bool?, _ certainty: Certainty, _ value: @escaping @Sendable ([Double], Role) -> Double?
  ) async throws(Undefined) -> ConfidenceCurve {
    let values = try await bootstrap(certainty) { sums in
      guard let mine = value(sums, .candidate) else { return nil }
      guard let isRelative = basis else { return mine }
      guard let other = value(sums, .champion) else { return nil }
      return isRelative ? (mine - other) / abs(other) : mine - other
    }
    return ConfidenceCurve(values, paired: basis != nil)
  }
}

extension ConfidenceCurve {
  /// Of a bootstrap of one value, or of the difference of two on the same draws.
  init(_ values: BootstrapValues, paired: Bool) {
    self.init(values, method: paired ? "bootstrap, percentile" : "bootstrap, BCa") {
      values, confidence throws(Undefined) in
      do throws(Undefined) {
        if paired { return try values.percentileInterval(confidence: confidence) }
        return try values.bcaInterval(confidence: confidence)
      } catch {
        // What is at least 0 is too large by chance where it is near 0, and no bootstrap about it can be corrected.
        guard let widened = try? values.widenedInterval(confidence: confidence) else { throw error }
        return widened
      }
    }
  }

  /// Of two models that answered every row alike.
  static let identical = ConfidenceCurve(test: "identical predictions", smallestTail: 0) {
    confidence throws(Undefined) in
    Check.Interval(low: 0, high: 0, level: confidence, method: "identical predictions")
  }
}
