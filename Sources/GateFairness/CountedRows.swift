package import GateCore

/// Rows of a holdout that each fall into one of some cells, for the bootstrap of a function of how many fall into each.
package struct CountedRows: Sendable {
  /// The sum of the weights in each cell.
  package let sums: [Double]
  /// The cell of each row of the holdout; negative: none.
  package let codes: [Int32]
  /// Whose rows and weights these are.
  package let sample: Sample
  package let clusters: [Int32]?
  /// Which cells hold rows that the models answered differently.
  package let pairs: PairedCells

  /// Where the cells of one group, one after the other, hold rows that two models answered differently.
  package struct PairedCells: Sendable {
    /// Cells a group.
    package let width: Int
    /// Of those, where the answers differ.
    package let apart: [Int]
  }

  /// Counts; `codes` are below `cells`.
  package init(
    _ codes: [Int32], cells: Int, _ pairs: PairedCells, _ sample: Sample, clusters: [Int32]?
  ) {
    (self.codes, self.pairs, self.sample, self.clusters) = (codes, pairs, sample, clusters)
    var sums = [Double](repeating: 0, count: cells)
    let weights = sample.rowWeightsByPlace
    for (place, row) in sample.rows.enumerated() where codes[Int(row)] >= 0 {
      sums[Int(codes[Int(row)])] += weights?[place] ?? 1
    }
    self.sums = sums
  }

  /// Takes what was counted.
  package init(
    _ codes: [Int32], sums: [Double], _ pairs: PairedCells, _ sample: Sample, clusters: [Int32]?
  ) {
    (self.codes, self.sums, self.pairs) = (codes, sums, pairs)
    (self.sample, self.clusters) = (sample, clusters)
  }

  /// The function on the rows and on every draw of them; nil: undefined on those counts.
  ///
  /// Of rows without weights that each stand for themselves, the counts are drawn and no row is read.
  package func bootstrap(
    _ certainty: Certainty, _ statistic: @escaping @Sendable ([Double]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    if sample.rowWeightsByPlace == nil, clusters == nil {
      let resampling = try CellResampling(cells: sums.map { Int($0) }, seed: certainty.seed)
      return await GateCore.bootstrap(resampling, replicates: certainty.replicates) { cells in
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

  /// The intervals of a function of both models' counts.
  func curve(
    _ basis: ConfidenceInterval.Subject, _ certainty: Certainty,
    _ value: @escaping @Sendable ([Double], Role) -> Double?
  ) async throws(Undefined) -> ConfidenceCurve {
    let change: @Sendable ([Double]) -> Double? = { sums in
      guard let mine = value(sums, .candidate) else { return nil }
      if basis == .value { return mine }
      guard let other = value(sums, .champion) else { return nil }
      return basis == .relativeDifference ? (mine - other) / abs(other) : mine - other
    }
    let curve = ConfidenceCurve(try await bootstrap(certainty, change), paired: basis != .value)
    return basis == .value ? curve : curve.widened(by: try unseen(change))
  }

  /// As far as a change may be off by rows of one group that the models answer differently in a way these rows show none
  /// of, which a bootstrap does not draw.
  private func unseen(
    _ change: @escaping @Sendable ([Double]) -> Double?
  ) throws(Undefined) -> ConfidenceCurve {
    let worths = try worths
    let (sums, pairs) = (sums, pairs)
    return ConfidenceCurve(test: "a row of the worst kind seen") { confidence throws(Undefined) in
      var (low, high) = (Double.infinity, -Double.infinity)
      for (group, worth) in worths.enumerated() where worth > 0 {
        let cells = group * pairs.width..<(group + 1) * pairs.width
        let share = unseenShare(worth, confidence)
        let whole = sums[cells].reduce(0, +)
        for cell in pairs.apart {
          var moved = sums
          for place in cells { moved[place] *= 1 - share }
          moved[cells.lowerBound + cell] += share * whole
          guard let value = change(moved), !value.isNaN else { continue }
          (low, high) = (min(low, value), max(high, value))
        }
      }
      guard low <= high else { throw Undefined("no group has rows that say how far off it may be") }
      return ConfidenceInterval(
        low: low, high: high, level: confidence, method: "a row of the worst kind seen")
    }
  }

  /// What the rows of each group are worth: Kish's effective size of their weights, or of those of their clusters.
  private var worths: [Double] {
    get throws(Undefined) {
      let count = sums.count / pairs.width
      let weights = sample.rowWeightsByPlace
      let own = clusters?.at(sample.rows)
      var units = [[Int64: Double]](repeating: [:], count: count)
      for (place, row) in sample.rows.enumerated() where codes[Int(row)] >= 0 {
        // A row without a cluster is one of its own.
        let cluster =
          own.map { $0[place] >= 0 ? Int64($0[place]) : -1 - Int64(row) } ?? -1 - Int64(row)
        units[Int(codes[Int(row)]) / pairs.width][cluster, default: 0] += weights?[place] ?? 1
      }
      return units.map { units in
        let squares = units.values.map { $0 * $0 }.sorted().reduce(0, +)
        let whole = units.values.sorted().reduce(0, +)
        return squares > 0 ? whole * whole / squares : 0
      }
    }
  }
}

extension ConfidenceCurve {
  /// Of a bootstrap of one value, or of the difference of two on the same draws.
  package init(_ values: BootstrapValues, paired: Bool) {
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
    ConfidenceInterval(low: 0, high: 0, level: confidence, method: "identical predictions")
  }
}
