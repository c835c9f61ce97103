/// Numbers from the lowest to the highest, without NaN; -0 becomes 0.
///
/// A least-significant-digit radix sort over the 64 bits of each number, eleven a pass; a pass whose digit is the same in
/// all numbers is left out, so that whole numbers take half of the passes.
package func rising(_ numbers: [Double]) -> [Double] {
  numbers.withUnsafeBufferPointer { numbers in
    var keys = [UInt64](unsafeUninitializedCapacity: numbers.count) { keys, count in
      for number in numbers where !number.isNaN {
        keys[count] = number.risingKey
        count += 1
      }
    }
    keys.withUnsafeMutableBufferPointer(sortByDigits)
    return [Double](unsafeUninitializedCapacity: keys.count) { sorted, initialized in
      for place in keys.indices { sorted[place] = Double(risingKey: keys[place]) }
      initialized = keys.count
    }
  }
}

/// Sorts keys by their digits of eleven bits, the least significant first.
private func sortByDigits(_ keys: inout UnsafeMutableBufferPointer<UInt64>) {
  let (passes, values, count) = (6, 1 << 11, keys.count)
  var counts = [Int32](repeating: 0, count: passes * values)
  var room = [UInt64](unsafeUninitializedCapacity: count) { $1 = count }
  room.withUnsafeMutableBufferPointer { room in
    counts.withUnsafeMutableBufferPointer { counts in
      for key in keys {
        for pass in 0..<passes {
          counts[pass &* values &+ Int((key >> UInt64(11 &* pass)) & 2047)] &+= 1
        }
      }
      var (from, to) = (keys, room)
      for pass in 0..<passes {
        let shift = UInt64(11 * pass)
        let starts = UnsafeMutableBufferPointer(
          rebasing: counts[(pass * values)..<((pass + 1) * values)])
        guard count > 0, starts[Int((from[0] >> shift) & 2047)] != Int32(count) else { continue }
        var sum: Int32 = 0
        for value in 0..<values { (starts[value], sum) = (sum, sum + starts[value]) }
        for key in from {
          let digit = Int((key >> shift) & 2047)
          to[Int(starts[digit])] = key
          starts[digit] &+= 1
        }
        swap(&from, &to)
      }
      if from.baseAddress != keys.baseAddress { _ = keys.update(fromContentsOf: from) }
    }
  }
}

extension Double {
  /// An integer that rises with the number.
  @inline(__always)
  fileprivate var risingKey: UInt64 {
    let bits = (self == 0 ? 0 : self).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  /// The number of a key.
  @inline(__always)
  fileprivate init(risingKey key: UInt64) {
    self.init(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
