import GateCore

/// Levenshtein's distance between two texts, 64 symbols of one at a time against those of the other in reach.
///
/// Myers, "A fast bit-vector algorithm for approximate string matching" (1999), in blocks as Hyyrö (2003) has them, in
/// Ukkonen's band: cells further from the diagonal than a bound are taken to rise by one, so that what comes out is never
/// too small, and is the distance where it is within the bound. The bound is widened until it is. Time is the length times
/// the distance over 64, space is linear. Symbols index an array of masks, so they are to be small numbers.
struct EditDistance {
  /// Where in the block at hand each symbol stands; 0 outside of a block.
  private var masks: [UInt64] = []
  /// By how much the row above the block rises from each column to the next: -1, 0 or 1.
  private var rises: [Int8] = []

  /// Symbols of a block.
  private static let width = 64

  /// The least number of insertions, deletions and substitutions that make one text of the other.
  package mutating func between(_ one: [UInt32], _ other: [UInt32]) -> Int {
    let (left, right) = one.count <= other.count ? (one, other) : (other, one)
    let ends = CommonEnds(left, right)
    if ends.left.isEmpty { return ends.right.count }
    let largest = Int(Swift.max(left.max() ?? 0, right.max() ?? 0))
    if masks.count <= largest {
      masks.append(contentsOf: repeatElement(0, count: largest + 1 - masks.count))
    }
    var bound = Swift.max(ends.right.count - ends.left.count, Self.width)
    while true {
      let distance = banded(left, ends.left, right, ends.right, bound)
      if distance <= bound || bound >= ends.right.count { return distance }
      bound *= 4
    }
  }

  /// The distance where it is at most `bound`, or something larger than it.
  ///
  /// `bound` is at least the difference of the lengths.
  private mutating func banded(
    _ left: [UInt32], _ rows: Range<Int>, _ right: [UInt32], _ columns: Range<Int>, _ bound: Int
  ) -> Int {
    // Above the first row every column is one more insertion; so it is taken to be right of the band.
    rises.removeAll(keepingCapacity: true)
    rises.append(contentsOf: repeatElement(1, count: columns.count))
    var first = 0
    var corner = 0
    for start in stride(from: 0, to: rows.count, by: Self.width) {
      let end = Swift.min(start + Self.width, rows.count)
      let last = Swift.min(columns.count, end + bound)
      let next = end == rows.count ? columns.count : Swift.max(0, end - bound)
      for row in start..<end {
        masks[Int(left[rows.lowerBound + row])] |= 1 << UInt64(row - start)
      }
      step(right, columns.lowerBound, first..<last, rows: end - start)
      for row in start..<end { masks[Int(left[rows.lowerBound + row])] = 0 }
      corner += end - start
      for column in first..<next { corner += Int(rises[column]) }
      first = next
    }
    return corner
  }

  /// Takes the block in the masks through columns; the rises above it become those of its last row.
  @inline(__always)
  private mutating func step(
    _ right: [UInt32], _ offset: Int, _ columns: Range<Int>, rows: Int
  ) {
    let last = UInt64(rows - 1)
    var up = UInt64.max
    var down: UInt64 = 0
    masks.withUnsafeBufferPointer { masks in
      rises.withUnsafeMutableBufferPointer { rises in
        right.withUnsafeBufferPointer { right in
          for column in columns {
            let rise = rises[column]
            var equal = masks[Int(right[offset + column])]
            let vertical = equal | down
            equal |= rise < 0 ? 1 : 0
            let across = (((equal & up) &+ up) ^ up) | equal
            var more = down | ~(across | up)
            var less = up & across
            rises[column] = Int8(
              truncatingIfNeeded: Int((more >> last) & 1) - Int((less >> last) & 1))
            more = more << 1 | (rise > 0 ? 1 : 0)
            less = less << 1 | (rise < 0 ? 1 : 0)
            up = less | ~(vertical | more)
            down = more & vertical
          }
        }
      }
    }
  }
}
