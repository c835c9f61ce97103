import GateCore

/// Rows that meet one condition a column.
struct FoundSlice: Sendable, Hashable {
  /// By column, rising.
  package var conditions: [Condition]

  /// A range of codes of one column.
  package struct Condition: Sendable, Hashable {
    /// Its place among the columns that are searched.
    package let column: Int
    package let range: ClosedRange<Int>
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
  package func members(of columns: [SliceColumn], _ places: Range<Int>) -> [UInt64] {
    var words = [UInt64](repeating: .max, count: (places.count + 63) / 64)
    if let last = words.indices.last, places.count % 64 > 0 {
      words[last] = (1 << UInt64(places.count % 64)) - 1
    }
    for condition in conditions {
      let low = UInt64(condition.range.lowerBound).inEachByte
      let high = UInt64(condition.range.upperBound).inEachByte
      columns[condition.column].codes.withUnsafeBytes { codes in
        for word in words.indices where words[word] != 0 {
          let start = places.lowerBound + word * 64
          var bits: UInt64 = 0
          if start + 64 <= codes.count {
            for eight in 0..<8 {
              let some = codes.loadUnaligned(fromByteOffset: start + 8 * eight, as: UInt64.self)
              bits |= some.bytes(from: low, to: high) << UInt64(8 * eight)
            }
          } else {
            for place in start..<codes.count where condition.range.contains(Int(codes[place])) {
              bits |= 1 << UInt64(place - start)
            }
          }
          words[word] &= bits
        }
      }
    }
    return words
  }

  /// The places that are in the slice, rising.
  package func places(of columns: [SliceColumn], _ places: Range<Int>) -> [Int32] {
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

extension UInt64 {
  /// A byte in each of the eight bytes.
  fileprivate var inEachByte: UInt64 { self &* 0x0101_0101_0101_0101 }

  /// Eight bits, set where a byte is between those of two other words; all bytes must be below 128.
  @inline(__always)
  fileprivate func bytes(from low: UInt64, to high: UInt64) -> UInt64 {
    let tops: UInt64 = 0x8080_8080_8080_8080
    // A byte's highest bit outlasts the subtraction where nothing was borrowed of it.
    let isIn = ((self | tops) &- low) & ((high | tops) &- self) & tops
    // Times this number the lowest bits of eight bytes stand side by side in the highest byte.
    return ((isIn >> 7) &* 0x0102_0408_1020_4080) >> 56
  }
}

extension [UInt64] {
  /// Of the bits that either has, the share that both have; 0 where there are none.
  package func overlap(with other: [UInt64]) -> Double {
    var (both, either) = (0, 0)
    for word in indices {
      both += (self[word] & other[word]).nonzeroBitCount
      either += (self[word] | other[word]).nonzeroBitCount
    }
    return either == 0 ? 0 : Double(both) / Double(either)
  }

  /// Of the bits that this has, the share that the other has too; 0 where there are none.
  package func share(in other: [UInt64]) -> Double {
    var (both, all) = (0, 0)
    for word in indices {
      both += (self[word] & other[word]).nonzeroBitCount
      all += self[word].nonzeroBitCount
    }
    return all == 0 ? 0 : Double(both) / Double(all)
  }
}
