/// How the rows are drawn again: each row for itself, inside strata, or in clusters.
///
/// A replicate is a whole number a unit (a row, or a cluster of rows): how often the unit was
/// drawn. It is a pure function of the seed and the replicate's number. Rows stay where they are
/// and only their weights change, so sorted rows need no sort a replicate, and two models on the
/// same rows take the same draw.
package struct Resampling: Sendable {
  /// What the draws depend on, beside the replicate's number.
  package let seed: UInt64
  /// Units: rows, or clusters.
  package let count: Int
  /// The unit of each row of the holdout; negative for rows that take no part.
  let unitOfRow: [Int32]
  /// Units that are drawn among themselves, as often as there are units in them.
  private let strata: [Range<Int>]

  /// Every row is drawn for itself: the rows are a sample of all there could be.
  ///
  /// `rows` are rows of the holdout, each once, in any order; the draw does not depend on the
  /// order.
  package static func rows(_ rows: [Int32], seed: UInt64) -> Resampling {
    Resampling(groups: [Int32](repeating: 0, count: span(rows)), of: rows, seed: seed)
  }

  /// Rows are drawn inside strata, so that every stratum keeps its size: right for a metric that
  /// takes the sizes as given (roc_auc, recall, specificity by class), too narrow for one that
  /// depends on them (precision, average_precision, accuracy, log_loss).
  ///
  /// `codes[row]` is the stratum of the holdout's row, at least 0; rows without one are a stratum
  /// together.
  package static func stratified(
    _ rows: [Int32], by codes: [Int32], seed: UInt64
  ) -> Resampling {
    Resampling(groups: codes, of: rows, seed: seed)
  }

  /// Clusters are drawn, all rows of each together: one customer, many rows. Strata do not apply.
  ///
  /// `codes[row]` is the cluster of the holdout's row; a row with a negative code, or none, is a
  /// cluster of its own.
  package static func clusters(
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
  package func units(of rows: [Int32]) throws(Undefined) -> [Int32] {
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
  package var asIs: Draw { Draw(counts: [UInt8](repeating: 1, count: count)) }

  /// Replicate `number`, at least 0, in place of what `draw` was.
  package func draw(_ number: Int, into draw: inout Draw) {
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
package struct Draw: Sendable {
  /// By unit. 255 is never passed: drawing one of n units 256 times in n draws has a chance below 1
  /// / 256!, 1e-507.
  fileprivate(set) var counts: [UInt8]

  /// How often a unit was drawn; 0 for one that is none of these.
  package subscript(unit: Int32) -> UInt8 {
    counts.indices.contains(Int(unit)) ? counts[Int(unit)] : 0
  }

  /// Makes room for `count` units, where there is not just that.
  fileprivate mutating func resize(to count: Int) {
    if counts.count != count { counts = [UInt8](repeating: 0, count: count) }
  }
}

extension RandomSource {
  /// Draws as many units as there are, and counts how often each came.
  ///
  /// Counts drawn each for itself from Poisson's distribution are, given their sum, those of so
  /// many draws; they are as many as units after a few draws more, or with a few of the draws,
  /// each as likely, taken back. This reads and writes in order, and a count takes a byte of
  /// random bits where a draw takes four.
  /// Source: Devroye, "Non-Uniform Random Variate Generation", 1986, chapter XI.
  fileprivate mutating func scatter(into counts: UnsafeMutableBufferPointer<UInt8>) {
    fill(counts)
    let size = UInt32(truncatingIfNeeded: counts.count)
    var missing = counts.count
    for count in counts { missing &-= Int(count) }
    while missing > 0 {
      counts[index(below: size)] &+= 1
      missing -= 1
    }
    guard missing < 0, let most = counts.max() else { return }
    while missing < 0 {
      let unit = index(below: size)
      guard index(below: UInt32(most)) < Int(counts[unit]) else { continue }
      counts[unit] -= 1
      missing += 1
    }
  }

  /// Counts of Poisson's distribution with a mean of 1.
  ///
  /// A byte of random bits is a number in 0..<1 to eight places, and decides for most counts where
  /// in the distribution it lies; a byte in which the distribution steps up leaves it open.
  private mutating func fill(_ counts: UnsafeMutableBufferPointer<UInt8>) {
    fill(bytes: UnsafeMutableRawBufferPointer(counts))
    // Plain enough that the compiler takes sixteen at once.
    for place in counts.indices {
      let byte = counts[place]
      let count = 0 &+ one(byte > 94) &+ one(byte > 188) &+ one(byte > 235) &+ one(byte > 251)
      let steps =
        one(byte == 94) | one(byte == 188) | one(byte == 235) | one(byte == 251) | one(byte == 255)
      counts[place] = count | steps << 7
    }
    finish(counts)
  }

  /// Draws the open counts, marked by their highest bit, to the end; looks for them eight at a time.
  private mutating func finish(_ counts: UnsafeMutableBufferPointer<UInt8>) {
    let bytes = UnsafeMutableRawBufferPointer(counts)
    let words = counts.count / 8
    for word in 0..<words {
      var marks = bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self).littleEndian
      marks &= 0x8080_8080_8080_8080
      while marks != 0 {
        let place = word * 8 + marks.trailingZeroBitCount / 8
        counts[place] = count(atStep: counts[place] & 127)
        marks &= marks - 1
      }
    }
    for place in (words * 8)..<counts.count where counts[place] > 127 {
      counts[place] = count(atStep: counts[place] & 127)
    }
  }

  /// Random bytes.
  private mutating func fill(bytes: UnsafeMutableRawBufferPointer) {
    var place = 0
    while place + 16 <= bytes.count {
      bytes.storeBytes(of: nextBlock(), toByteOffset: place, as: SIMD4<UInt32>.self)
      place += 16
    }
    withUnsafeBytes(of: nextBlock()) { block in
      for byte in block.prefix(bytes.count - place) {
        bytes[place] = byte
        place += 1
      }
    }
  }

  /// A count of which the first eight places of its number say no more than that it is `step` or
  /// above.
  private mutating func count(atStep step: UInt8) -> UInt8 {
    let byte: Double =
      switch step {
      case 0: 94
      case 1: 188
      case 2: 235
      case 3: 251
      default: 255
      }
    let number = (byte + uniform()) / 256
    var (count, chance) = (0.0, 0x1.78b5_6362_cef3_8p-2)
    var below = chance
    // The chance of a count above 20 is below 1e-19, less than a double can tell from none.
    while number >= below, count < 20 {
      count += 1
      chance /= count
      below += chance
    }
    return UInt8(count)
  }
}

/// 1 where a comparison holds, else 0.
@inline(__always)
private func one(_ holds: Bool) -> UInt8 { holds ? 1 : 0 }

extension Sample {
  /// The sample with each row's weight times how often its unit was drawn.
  func reweighted(by draw: Draw, _ units: [Int32]) -> Sample {
    let own = rowWeightsByPlace
    return body.weighing(units.indices.map { Double(draw[units[$0]]) * (own?[$0] ?? 1) }).sample
  }
}
