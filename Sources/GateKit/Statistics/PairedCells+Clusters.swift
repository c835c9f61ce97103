extension PairedCells {
  /// Clusters of a class that differ from which on they show how many rows of one differ together.
  private static let fewestDiffering = 4

  /// Of clusters, all rows of one drawn together with one exponential number; `units` says of each row which.
  ///
  /// The imaginary row weighs what a row of its class finds in its cluster (the mean size by rows) while fewer than four
  /// clusters hold rows of the class that differ, which do not show whether a mistake takes whole clusters; else the
  /// largest weight that differs in one cluster, or what the intraclass correlation of the right rows leaves of the mean
  /// size where that is more. Rows differ where the models do, or of one model's where they are decided wrongly (rightly).
  /// Throws `Undefined` for fewer than eight clusters with rows of a class.
  static func clusters(
    _ cells: [UInt8], weights: [Double]?, units: [Int32], count clusters: Int, isOwn: Bool,
    replicates: Int, seed: UInt64
  ) async throws(Undefined) -> PairedCells {
    var filled = [SIMD8<Double>](repeating: SIMD8(), count: clusters)
    for (row, cell) in cells.enumerated() {
      filled[Int(units[row])][Int(cell)] += weights?[row] ?? 1
    }
    // A cluster without weight would count among those that were drawn.
    let parts = filled.filter { $0.sum() > 0 }
    let sums = parts.reduce(SIMD8(), +)
    let total = sums.sum()
    guard total > 0 else { throw Undefined("the weights of these rows sum to 0") }
    let row = (weights?.reduce(0) { $0 + $1 * $1 } ?? total) / total
    let negative = try ClusteredClass(parts.map(\.lowHalf), isPositive: false, row, isOwn)
    let positive = try ClusteredClass(parts.map(\.highHalf), isPositive: true, row, isOwn)
    // Each draw of so many clusters takes long.
    let count = max(replicates, min(fewestDraws, max(1000, 20_000_000 / parts.count)))
    let drawn = await inPieces(of: count) {
      { (draw: Int) -> SIMD8<Double> in
        var source = RandomSource(seed: seed, stream: 16 + UInt64(draw))
        var cells = SIMD8<Double>()
        for part in parts { cells += part * -logarithm(1 - source.uniform()) }
        return cells
      }
    }
    return PairedCells(
      weights: sums, draws: drawn, rows: exponentials(count, seed: seed),
      size: (negative.size, positive.size), shares: (negative.shares, positive.shares))
  }

  /// The rows of one class in clusters.
  private struct ClusteredClass {
    /// What the imaginary row of the class weighs on average; 0 where no row is of it.
    let size: Double
    /// How its weight lies on the clusters; nil: no row is of it.
    let shares: UnitShares?

    /// Takes the four cells of each cluster; `row` is the weight of a row.
    init(
      _ parts: [SIMD4<Double>], isPositive: Bool, _ row: Double, _ isOwn: Bool
    ) throws(Undefined) {
      var (sizes, right): ([Double], [Double]) = ([], [])
      var (largest, differing, wrong, good) = (0.0, 0, 0, 0)
      for cells in parts where cells.sum() > 0 {
        sizes.append(cells.sum())
        // One model's decisions are the candidate's, two models' rightness is the champion's.
        let positive = isOwn ? cells[1] + cells[3] : cells[2] + cells[3]
        let hits = isPositive ? positive : cells.sum() - positive
        right.append(hits)
        good += hits > 0 ? 1 : 0
        wrong += hits < cells.sum() ? 1 : 0
        differing += cells[1] + cells[2] > 0 ? 1 : 0
        largest = max(largest, cells[1] + cells[2])
      }
      // A class that is not there moves no figure that is defined.
      guard !sizes.isEmpty else {
        (size, shares) = (0, nil)
        return
      }
      guard sizes.count >= MeanInterval.fewestClusters else {
        throw tooFewClusters(sizes.count, of: " with \(isPositive ? "positive" : "negative") rows")
      }
      let total = sizes.reduce(0, +)
      let mean = sizes.reduce(0) { $0 + $1 * $1 } / total
      let common = row + (mean - row) * correlation(right, of: sizes)
      shares = UnitShares(sizes)
      size =
        (isOwn ? min(wrong, good) : differing) < fewestDiffering
        ? mean : isOwn ? common : max(largest, common)
    }
  }

  /// The intraclass correlation of shares `right` of `sizes` rows, in 0...1.
  ///
  /// Source: Ridout, Demétrio, Firth, "Estimating intraclass correlation for binary data", Biometrics 55, 1999: the
  /// analysis of variance's.
  static func correlation(_ right: [Double], of sizes: [Double]) -> Double {
    let (count, total) = (Double(sizes.count), sizes.reduce(0, +))
    let share = right.reduce(0, +) / total
    guard total > count, count > 1, share > 0, share < 1 else { return 0 }
    var (between, within) = (0.0, 0.0)
    for (size, hits) in zip(sizes, right) {
      let own = hits / size
      between += size * (own - share) * (own - share)
      within += size * own * (1 - own)
    }
    between /= count - 1
    within /= total - count
    let size = (total - sizes.reduce(0) { $0 + $1 * $1 } / total) / (count - 1)
    let found = (between - within) / (between + (size - 1) * within)
    return found.isFinite ? min(1, max(0, found)) : 0
  }
}
