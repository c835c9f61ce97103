/// Rows that meet one condition a column.
struct FoundSlice: Sendable, Hashable {
  /// By column, rising.
  var conditions: [Condition]

  /// A range of codes of one column.
  struct Condition: Sendable, Hashable {
    /// Its place among the columns that are searched.
    let column: Int
    let range: ClosedRange<Int>
  }

  /// The conditions with one more, in the order of the columns.
  func adding(_ condition: Condition) -> FoundSlice {
    FoundSlice(conditions: (conditions + [condition]).sorted { $0.column < $1.column })
  }

  /// SQL over the row, as a slice's `where` takes it.
  func predicate(_ columns: [SliceColumn]) -> String {
    conditions.map { columns[$0.column].predicate($0.range) }.joined(separator: " AND ")
  }

  /// For every 64 places a word whose bits say which of them are in the slice.
  func members(of columns: [SliceColumn], _ places: Range<Int>) -> [UInt64] {
    var words = [UInt64](repeating: .max, count: (places.count + 63) / 64)
    if let last = words.indices.last, places.count % 64 > 0 {
      words[last] = (1 << UInt64(places.count % 64)) - 1
    }
    for condition in conditions {
      let low = UInt8(condition.range.lowerBound)
      let span = UInt8(condition.range.count - 1)
      columns[condition.column].codes.withUnsafeBytes { codes in
        for word in words.indices where words[word] != 0 {
          let start = places.lowerBound + word * 64
          if start + 64 <= codes.count {
            words[word] &= codes.loadUnaligned(fromByteOffset: start, as: SIMD64<UInt8>.self)
              .bits(from: low, span)
          } else {
            var bits: UInt64 = 0
            for place in start..<codes.count {
              bits |= (codes[place] &- low <= span ? 1 : 0) << UInt64(place - start)
            }
            words[word] &= bits
          }
        }
      }
    }
    return words
  }

  /// The places that are in the slice, rising.
  func places(of columns: [SliceColumn], _ places: Range<Int>) -> [Int32] {
    var found: [Int32] = []
    for (word, bits) in members(of: columns, places).enumerated() {
      var rest = bits
      while rest != 0 {
        found.append(Int32(places.lowerBound + word * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return found
  }
}

extension SIMD64<UInt8> {
  /// A bit each, set where it is at least `low` and at most `span` above it.
  @inline(__always)
  fileprivate func bits(from low: UInt8, _ span: UInt8) -> UInt64 {
    let isIn = (self &- SIMD64(repeating: low)) .<= SIMD64(repeating: span)
    let ones = SIMD64<UInt8>(repeating: 0).replacing(with: 1, where: isIn)
    let eights = unsafeBitCast(ones, to: SIMD8<UInt64>.self)
    var bits: UInt64 = 0
    for lane in 0..<8 {
      // Times this number the lowest bits of eight bytes stand side by side in the highest byte.
      bits |= ((eights[lane] &* 0x0102_0408_1020_4080) >> 56) << UInt64(8 * lane)
    }
    return bits
  }
}

extension [UInt64] {
  /// Of the bits that either has, the share that both have; 0 where there are none.
  func overlap(with other: [UInt64]) -> Double {
    var (both, either) = (0, 0)
    for word in indices {
      both += (self[word] & other[word]).nonzeroBitCount
      either += (self[word] | other[word]).nonzeroBitCount
    }
    return either == 0 ? 0 : Double(both) / Double(either)
  }

  /// Of the bits that this has, the share that the other has too; 0 where there are none.
  func share(in other: [UInt64]) -> Double {
    var (both, all) = (0, 0)
    for word in indices {
      both += (self[word] & other[word]).nonzeroBitCount
      all += self[word].nonzeroBitCount
    }
    return all == 0 ? 0 : Double(both) / Double(all)
  }
}
