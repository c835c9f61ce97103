import GateCore

/// Longest common subsequences, 64 symbols of one text at a time against all of the other.
///
/// Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): time is the product of the lengths over 64, space is
/// linear. Symbols index an array of masks, so they are to be small numbers.
struct CommonSubsequence {
  /// Where in the block at hand each symbol stands; 0 outside of a block.
  private var masks: [UInt64] = []
  /// What the addition of the block above carries into each column.
  private var carries: [UInt8] = []

  /// Symbols of a block.
  private static let width = 64

  /// The length of the longest sequence of symbols that both texts have in that order.
  package mutating func length(_ left: [UInt32], _ right: [UInt32]) -> Int {
    let ends = CommonEnds(left, right)
    let rows = ends.left
    let columns = ends.right
    if rows.isEmpty || columns.isEmpty { return ends.count }
    makeRoom(left, right)
    carries.removeAll(keepingCapacity: true)
    carries.append(contentsOf: repeatElement(0, count: columns.count))
    var length = 0
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.width) {
      let block = start..<Swift.min(start + Self.width, rows.upperBound)
      let bits = step(left, block, right, columns) { _, _ in }
      length += (~bits).nonzeroBitCount
    }
    return ends.count + length
  }

  /// Marks the places of `left` that are part of one longest common subsequence: of several the one that
  /// rouge-score's walk back through the table finds.
  ///
  /// A few blocks at a time are worked out again on the way back, from the carries kept above them: space is the
  /// length of `right` times about the root of the number of blocks.
  package mutating func mark(_ left: [UInt32], _ right: [UInt32], in taken: inout [Bool]) {
    if left.isEmpty || right.isEmpty { return }
    makeRoom(left, right)
    let blocks = (left.count + Self.width - 1) / Self.width
    let group = Swift.max(1, Int(Double(blocks / 8).squareRoot()))
    var kept: [[UInt8]] = []
    carries = [UInt8](repeating: 0, count: right.count)
    for index in 0..<blocks {
      if index % group == 0 { kept.append(carries) }
      if index < (blocks - 1) / group * group {
        _ = step(left, block(index, of: left), right, right.indices) { _, _ in }
      }
    }
    var row = left.count
    var column = right.count
    var bits = [UInt64](repeating: 0, count: Swift.min(group, blocks) * right.count)
    while let above = kept.popLast(), row > 0, column > 0 {
      let first = kept.count * group
      carries = above
      for index in first..<Swift.min(first + group, blocks) {
        let base = (index - first) * right.count
        _ = step(left, block(index, of: left), right, right.indices) { bits[base + $0] = $1 }
      }
      while row > first * Self.width, column > 0 {
        let place = row - 1 - first * Self.width
        let risen =
          bits[place / Self.width * right.count + column - 1] >> UInt64(place % Self.width)
        if left[row - 1] == right[column - 1] {
          taken[row - 1] = true
          row -= 1
          column -= 1
        } else if risen & 1 == 0 {
          column -= 1
        } else {
          row -= 1
        }
      }
    }
  }

  /// The places of a block.
  private func block(_ index: Int, of text: [UInt32]) -> Range<Int> {
    index * Self.width..<Swift.min((index + 1) * Self.width, text.count)
  }

  /// Makes a mask for every symbol.
  private mutating func makeRoom(_ left: [UInt32], _ right: [UInt32]) {
    let largest = Int(Swift.max(left.max() ?? 0, right.max() ?? 0))
    if masks.count <= largest {
      masks.append(contentsOf: repeatElement(0, count: largest + 1 - masks.count))
    }
  }

  /// Takes a block of `left` through columns of `right`; a bit that is 0 says that the length rises by one in that row.
  @inline(__always)
  private mutating func step(
    _ left: [UInt32], _ block: Range<Int>, _ right: [UInt32], _ columns: Range<Int>,
    _ seen: (Int, UInt64) -> Void
  ) -> UInt64 {
    for place in block { masks[Int(left[place])] |= 1 << UInt64(place - block.lowerBound) }
    var bits = UInt64.max
    masks.withUnsafeBufferPointer { masks in
      carries.withUnsafeMutableBufferPointer { carries in
        right.withUnsafeBufferPointer { right in
          for column in 0..<columns.count {
            let mask = masks[Int(right[columns.lowerBound + column])]
            let (sum, first) = bits.addingReportingOverflow(bits & mask)
            let (all, second) = sum.addingReportingOverflow(UInt64(carries[column]))
            bits = all | (bits & ~mask)
            carries[column] = first || second ? 1 : 0
            seen(column, bits)
          }
        }
      }
    }
    for place in block { masks[Int(left[place])] = 0 }
    return bits
  }
}

/// What two texts have in common at both ends, and what is left between.
struct CommonEnds {
  /// The places of the first text between the ends.
  package let left: Range<Int>
  /// The places of the second text between the ends.
  package let right: Range<Int>
  /// Symbols in both ends.
  package let count: Int

  /// Compares from the start, then from the end.
  package init(_ left: [UInt32], _ right: [UInt32]) {
    let shorter = Swift.min(left.count, right.count)
    var start = 0
    while start < shorter, left[start] == right[start] { start += 1 }
    var end = 0
    while end < shorter - start, left[left.count - 1 - end] == right[right.count - 1 - end] {
      end += 1
    }
    self.left = start..<(left.count - end)
    self.right = start..<(right.count - end)
    count = start + end
  }
}
