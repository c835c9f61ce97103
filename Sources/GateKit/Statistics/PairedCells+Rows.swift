extension PairedCells {
  /// The least draws; one in the tail of 95% is then one of 250.
  static let fewestDraws = 10_000

  /// Of rows that stand for themselves.
  ///
  /// A cell of which the weights sum to W and their squares to V is drawn as a gamma number of shape W * W / V (Kish's
  /// count of it) and of scale V / W; the imaginary row weighs what a unit of weight finds itself in: the sum of squares
  /// over the sum. Without weights these are the cell's count, 1 and 1. Throws `Undefined` where no row has a weight.
  static func rows(
    _ cells: [UInt8], weights: [Double]?, replicates: Int, seed: UInt64
  ) throws(Undefined) -> PairedCells {
    var sums = SIMD8<Double>()
    var squares = sums
    for (row, cell) in cells.enumerated() {
      let weight = weights?[row] ?? 1
      sums[Int(cell)] += weight
      squares[Int(cell)] += weight * weight
    }
    let total = sums.sum()
    guard total > 0 else { throw Undefined("the weights of these rows sum to 0") }
    let size = squares.sum() / total
    let count = max(fewestDraws, replicates)
    var draws = [SIMD8<Double>](repeating: SIMD8(), count: count)
    for cell in 0..<8 where sums[cell] > 0 {
      // Rounding may leave the count of a single row a little below 1.
      let law = try GammaQuantiles(shape: max(1, sums[cell] * sums[cell] / squares[cell]))
      let scale = squares[cell] / sums[cell]
      var source = RandomSource(seed: seed, stream: UInt64(cell))
      for draw in stride(from: 0, to: count, by: 2) {
        let (first, second) = source.normals()
        draws[draw][cell] = scale * law.at(first)
        if draw + 1 < count { draws[draw + 1][cell] = scale * law.at(second) }
      }
    }
    return PairedCells(
      weights: sums, draws: draws, rows: exponentials(count, seed: seed), size: (size, size),
      shares: (nil, nil))
  }

  /// Exponential numbers of mean 1.
  static func exponentials(_ count: Int, seed: UInt64) -> [Double] {
    var source = RandomSource(seed: seed, stream: 8)
    return (0..<count).map { _ in -logarithm(1 - source.uniform()) }
  }
}
