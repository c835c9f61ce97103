/// The bootstrap of counts: rows without weights that fall into few cells, such as a confusion
/// matrix or two models' paired ones.
///
/// A metric of the cells needs no rows: drawing how many of n rows fall into each of k cells is the
/// same multinomial as drawing n rows, and takes k numbers instead of n.
public struct CellResampling: Sendable, Hashable {
  /// Rows in each cell, at least 0.
  public let cells: [Int]
  /// Cells among which rows move; a stratum keeps its number of rows.
  public let strata: [Range<Int>]
  /// What the draws depend on, beside the replicate's number.
  public let seed: UInt64

  /// `strata` nil: rows move among all cells. Throws `Undefined` for a negative count and for
  /// strata that do not cover the cells one after another.
  public init(
    cells: [Int], strata: [Range<Int>]? = nil, seed: UInt64
  ) throws(Undefined) {
    guard cells.allSatisfy({ $0 >= 0 }) else { throw Undefined("a cell has a negative count") }
    let strata = strata ?? [0..<cells.count]
    guard strata.flatMap(Array.init) == Array(cells.indices) else {
      throw Undefined("the strata are not the cells in their order")
    }
    (self.cells, self.strata, self.seed) = (cells, strata, seed)
  }

  /// The counts of replicate `number`: a cell after another, binomial given the rows that are left.
  ///
  /// Each by inverting the binomial's distribution function at one uniform number, which is exact.
  public func draw(_ number: Int) throws(Undefined) -> [Int] {
    var source = RandomSource(seed: seed, stream: UInt64(truncatingIfNeeded: number))
    var drawn = cells
    for stratum in strata {
      var rows = cells[stratum].reduce(0, +)
      var left = rows
      for cell in stratum {
        let uniform = source.uniform()
        guard left > 0, rows > 0 else {
          drawn[cell] = 0
          continue
        }
        let share = Double(cells[cell]) / Double(rows)
        drawn[cell] = try min(left, Binomial(trials: left, probability: share).quantile(uniform))
        left -= drawn[cell]
        rows -= cells[cell]
      }
    }
    return drawn
  }
}

/// The bootstrap of one or more statistics of cells' counts; nil: undefined on those counts.
///
/// As `bootstrap(_:replicates:groups:statistic:)`; the acceleration is from an exact jackknife, a
/// row of each cell left out. Throws nothing: a replicate that cannot be drawn counts as undefined.
public func bootstrap(
  _ resampling: CellResampling, replicates: Int = 1000,
  statistic: @escaping @Sendable ([Int]) -> [Double?]
) async -> [BootstrapValues] {
  let filled = resampling.cells.indices.filter { resampling.cells[$0] > 0 }
  let width = statistic(resampling.cells).count
  let results = await inPieces(of: 1 + replicates + filled.count) {
    { (job: Int) -> [Double?] in
      var cells = resampling.cells
      if job > replicates {
        cells[filled[job - replicates - 1]] -= 1
      } else if job > 0 {
        guard let drawn = try? resampling.draw(job - 1) else {
          return [Double?](repeating: nil, count: width)
        }
        cells = drawn
      }
      return statistic(cells)
    }
  }
  let weights = filled.map { Double(resampling.cells[$0]) }
  return BootstrapValues.split(results, replicates: replicates, jackknifeWeights: weights)
}
