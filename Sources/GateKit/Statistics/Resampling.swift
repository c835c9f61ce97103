/// How the rows are drawn again: each row for itself, inside strata, or in clusters.
///
/// A replicate is a whole number a unit (a row, or a cluster of rows): how often the unit was
/// drawn. It is a pure function of the seed and the replicate's number. Rows stay where they are
/// and only their weights change, so sorted rows need no sort a replicate, and two models on the
/// same rows take the same draw.
public struct Resampling: Sendable {
  /// What the draws depend on, beside the replicate's number.
  public let seed: UInt64
  /// Units: rows, or clusters.
  public let count: Int
  /// The unit of each row of the holdout; negative for rows that take no part.
  let unitOfRow: [Int32]
  /// Units that are drawn among themselves, as often as there are units in them.
  private let strata: [Range<Int>]

  /// Every row is drawn for itself: the rows are a sample of all there could be.
  ///
  /// `rows` are rows of the holdout, each once, in any order; the draw does not depend on the
  /// order.
  public static func rows(_ rows: [Int32], seed: UInt64) -> Resampling {
    Resampling(groups: [Int32](repeating: 0, count: span(rows)), of: rows, seed: seed)
  }

  /// Rows are drawn inside strata, so that every stratum keeps its size: right for a metric that
  /// takes the sizes as given (roc_auc, recall, specificity by class), too narrow for one that
  /// depends on them (precision, average_precision, accuracy, log_loss).
  ///
  /// `codes[row]` is the stratum of the holdout's row, at least 0; rows without one are a stratum
  /// together.
  public static func stratified(
    _ rows: [Int32], by codes: [Int32], seed: UInt64
  ) -> Resampling {
    Resampling(groups: codes, of: rows, seed: seed)
  }

  /// Clusters are drawn, all rows of each together: one customer, many rows. Strata do not apply.
  ///
  /// `codes[row]` is the cluster of the holdout's row; a row with a negative code, or none, is a
  /// cluster of its own.
  public static func clusters(
    _ rows: [Int32], by codes: [Int32], seed: UInt64
  ) -> Resampling {
    Resampling(clusters: codes, of: rows, seed: seed)
  }

  /// One more than the highest row.
  private static func span(_ rows: [Int32]) -> Int { Int(rows.max() ?? -1) + 1 }

  /// A unit a row, numbered stratum by stratum in row order.
  private init(groups codes: [Int32], of rows: [Int32], seed: UInt64) {
    var unitOfRow = [Int32](repeating: -1, count: Self.span(rows))
    for row in rows where row >= 0 { unitOfRow[Int(row)] = 0 }
    func group(_ row: Int) -> Int { row < codes.count ? max(0, Int(codes[row]) + 1) : 0 }
    var sizes = [Int](repeating: 0, count: Int(codes.max() ?? -1) + 2)
    for row in unitOfRow.indices where unitOfRow[row] == 0 { sizes[group(row)] += 1 }
    var next = [Int](repeating: 0, count: sizes.count)
    var strata: [Range<Int>] = []
    var count = 0
    for (index, size) in sizes.enumerated() where size > 0 {
      next[index] = count
      strata.append(count..<count + size)
      count += size
    }
    for row in unitOfRow.indices where unitOfRow[row] == 0 {
      unitOfRow[row] = Int32(truncatingIfNeeded: next[group(row)])
      next[group(row)] += 1
    }
    self.init(seed: seed, count: count, unitOfRow: unitOfRow, strata: strata)
  }

  /// A unit a cluster, numbered by first rows.
  private init(clusters codes: [Int32], of rows: [Int32], seed: UInt64) {
    var unitOfRow = [Int32](repeating: -1, count: Self.span(rows))
    for row in rows where row >= 0 { unitOfRow[Int(row)] = 0 }
    var units: [Int32: Int32] = [:]
    var count: Int32 = 0
    for row in unitOfRow.indices where unitOfRow[row] == 0 {
      let code = row < codes.count ? codes[row] : -1
      if code >= 0, let unit = units[code] {
        unitOfRow[row] = unit
        continue
      }
      if code >= 0 { units[code] = count }
      unitOfRow[row] = count
      count += 1
    }
    self.init(seed: seed, count: Int(count), unitOfRow: unitOfRow, strata: [0..<Int(count)])
  }

  private init(seed: UInt64, count: Int, unitOfRow: [Int32], strata: [Range<Int>]) {
    self.seed = seed
    self.count = count
    self.unitOfRow = unitOfRow
    self.strata = strata
  }

  /// The unit of each of `rows`, in their order.
  ///
  /// Throws `Undefined` for a row that takes no part.
  public func units(of rows: [Int32]) throws(Undefined) -> [Int32] {
    var units: [Int32] = []
    units.reserveCapacity(rows.count)
    for row in rows {
      guard row >= 0, Int(row) < unitOfRow.count, unitOfRow[Int(row)] >= 0 else {
        throw Undefined("row \(row) is not among the rows that are drawn again")
      }
      units.append(unitOfRow[Int(row)])
    }
    return units
  }

  /// The rows as they are: every unit once.
  public var asIs: Draw { Draw(counts: [UInt8](repeating: 1, count: count)) }

  /// Replicate `number`, at least 0, in place of what `draw` was.
  public func draw(_ number: Int, into draw: inout Draw) {
    var source = RandomSource(seed: seed, stream: UInt64(truncatingIfNeeded: number))
    draw.resize(to: count)
    draw.counts.withUnsafeMutableBufferPointer { counts in
      counts.update(repeating: 0)
      for stratum in strata where !stratum.isEmpty {
        source.scatter(into: UnsafeMutableBufferPointer(rebasing: counts[stratum]))
      }
    }
  }

  /// All units but those of one of `groups` groups, for the jackknife; a group takes from every
  /// stratum alike.
  func omit(group: Int, of groups: Int, into draw: inout Draw) {
    draw.resize(to: count)
    for unit in 0..<count { draw.counts[unit] = 1 }
    for unit in stride(from: group, to: count, by: groups) { draw.counts[unit] = 0 }
  }
}

/// How often each unit was drawn.
public struct Draw: Sendable {
  /// By unit. 255 is never passed: drawing one of n units 256 times in n draws has a chance below 1
  /// / 256!, 1e-507.
  fileprivate(set) var counts: [UInt8]

  /// How often a unit was drawn; 0 for one that is none of these.
  public subscript(unit: Int32) -> UInt8 {
    counts.indices.contains(Int(unit)) ? counts[Int(unit)] : 0
  }

  /// Makes room for `count` units, where there is not just that.
  fileprivate mutating func resize(to count: Int) {
    if counts.count != count { counts = [UInt8](repeating: 0, count: count) }
  }
}

extension RandomSource {
  /// Draws as many units as there are, and counts how often each came.
  fileprivate mutating func scatter(into counts: UnsafeMutableBufferPointer<UInt8>) {
    let size = UInt32(truncatingIfNeeded: counts.count)
    let rejected = (0 &- size) % size
    var left = counts.count
    while left >= 4 {
      let block = nextBlock()
      for lane in 0..<4 {
        let product = UInt64(block[lane]) &* UInt64(size)
        // A rejected number counts nothing; it is so rare that counting 0 is quicker than a branch.
        let isKept = UInt32(truncatingIfNeeded: product) >= rejected
        counts[Int(product >> 32)] &+= isKept ? 1 : 0
        left &-= isKept ? 1 : 0
      }
    }
    for _ in 0..<left { counts[index(below: size)] &+= 1 }
  }
}
