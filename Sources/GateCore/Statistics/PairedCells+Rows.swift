extension PairedCells {
  /// The least draws; one in the tail of 95% is then one of 250.
  static let fewestDraws = 10_000

  /// Of rows that stand for themselves.
  ///
  /// A cell of which the weights sum to W and their squares to V is drawn as a gamma number of shape W * W / V (Kish's
  /// count of it) and of scale V / W; the imaginary row weighs what a unit of weight finds itself in: the sum of squares
  /// over the sum. Without weights these are the cell's count, 1 and 1. Throws `Undefined` where no row has a weight.
  package static func rows(
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
    for cell in stride(from: 0, to: 8, by: 2) {
      try draw(cell, sums, squares, into: &draws, seed: seed)
    }
    return PairedCells(
      weights: sums, draws: draws, rows: exponentials(count, seed: seed), size: (size, size),
      shares: (nil, nil))
  }

  /// Draws the two cells of rows that only the candidate's decision tells apart: as many rows as both hold, and the share of
  /// the second, which two gamma numbers are.
  ///
  /// So a decision of the candidate that becomes another leaves the champion's matrix as it is in every draw, and moves the
  /// candidate's one way.
  private static func draw(
    _ cell: Int, _ sums: SIMD8<Double>, _ squares: SIMD8<Double>,
    into draws: inout [SIMD8<Double>], seed: UInt64
  ) throws(Undefined) {
    // Rounding may leave the count of a single row a little below 1.
    func rows(_ cell: Int) -> Double {
      sums[cell] > 0 ? max(1, sums[cell] * sums[cell] / squares[cell]) : 0
    }
    func scale(_ cell: Int) -> Double { sums[cell] > 0 ? squares[cell] / sums[cell] : 0 }
    let (first, second) = (rows(cell), rows(cell + 1))
    guard first + second > 0 else { return }
    let both = try GammaQuantiles(shape: first + second)
    let share = first > 0 && second > 0 ? try BetaQuantiles(second, first) : nil
    let scales = (scale(cell), scale(cell + 1))
    var source = RandomSource(seed: seed, stream: UInt64(cell))
    for draw in draws.indices {
      let (size, place) = source.normals()
      let (total, part) = (both.at(size), share?.at(place) ?? (second > 0 ? 1 : 0))
      draws[draw][cell] = scales.0 * total * (1 - part)
      draws[draw][cell + 1] = scales.1 * total * part
    }
  }

  /// Exponential numbers of mean 1.
  static func exponentials(_ count: Int, seed: UInt64) -> [Double] {
    var source = RandomSource(seed: seed, stream: 8)
    return (0..<count).map { _ in -logarithm(1 - source.uniform()) }
  }
}
