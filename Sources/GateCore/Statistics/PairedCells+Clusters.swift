extension PairedCells {
  /// Of clusters, all rows of one drawn together with one exponential number; `units` says of each row which.
  ///
  /// The imaginary row weighs what `ClusteredClass` says.
  /// Throws `Undefined` for fewer than eight clusters with rows of a class.
  package static func clusters(
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
    let negative = try ofClass(parts.map(\.lowHalf), isPositive: false, row, isOwn)
    let positive = try ofClass(parts.map(\.highHalf), isPositive: true, row, isOwn)
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

  /// The rows of one class, of the four cells of each cluster; `row` is the weight of a row.
  private static func ofClass(
    _ parts: [SIMD4<Double>], isPositive: Bool, _ row: Double, _ isOwn: Bool
  ) throws(Undefined) -> ClusteredClass {
    let clusters = parts.map { cells in
      // One model's decisions are the candidate's, two models' rightness is the champion's.
      let positive = isOwn ? cells[1] + cells[3] : cells[2] + cells[3]
      return ClusteredClass.Cluster(
        weight: cells.sum(), right: isPositive ? positive : cells.sum() - positive,
        differing: cells[1] + cells[2])
    }
    return try ClusteredClass(
      clusters, row: row, isOwn: isOwn, named: isPositive ? "positive" : "negative")
  }
}
