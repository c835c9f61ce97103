/// The indices of `scores` from the highest to the lowest, equal ones in their own order; no NaN among them.
///
/// A least-significant-digit radix sort over the bits of the doubles: six passes of 11 bits at most, those
/// skipped in which every key has the same digit. -0 and 0 are equal.
public func descendingOrder(of scores: [Double]) -> [Int32] {
  let count = scores.count
  if count == 0 { return [] }
  var starts = [Int](repeating: 0, count: digits * passes)
  var items = [Item](unsafeUninitializedCapacity: count) { items, initialized in
    starts.withUnsafeMutableBufferPointer { starts in
      for index in 0..<count {
        let key = scores[index].descendingKey
        items[index] = Item(key: key, index: Int32(truncatingIfNeeded: index))
        for pass in 0..<passes { starts[pass * digits + digit(key, pass)] += 1 }
      }
    }
    initialized = count
  }
  var others = [Item](unsafeUninitializedCapacity: count) { _, initialized in
    initialized = count
  }
  for pass in 0..<passes {
    let range = (pass * digits)..<((pass + 1) * digits)
    if starts[range].contains(count) { continue }
    var sum = 0
    for digit in range { (starts[digit], sum) = (sum, sum + starts[digit]) }
    scatter(items, into: &others, pass: pass, starts: &starts)
    swap(&items, &others)
  }
  return items.map(\.index)
}

/// Values of a digit.
private let digits = 2048
/// Digits of a key.
private let passes = 6

/// A key with the index it came from, moved together.
private struct Item {
  var key: UInt64
  var index: Int32
}

/// The digit of a key that a pass sorts by.
@inline(__always)
private func digit(_ key: UInt64, _ pass: Int) -> Int { Int((key >> UInt64(pass * 11)) & 2047) }

/// Moves every item to the next place of its digit.
private func scatter(_ items: [Item], into others: inout [Item], pass: Int, starts: inout [Int]) {
  items.withUnsafeBufferPointer { items in
    others.withUnsafeMutableBufferPointer { others in
      starts.withUnsafeMutableBufferPointer { starts in
        let base = pass * digits
        for item in items {
          let slot = base + digit(item.key, pass)
          others[starts[slot]] = item
          starts[slot] += 1
        }
      }
    }
  }
}

extension Double {
  /// An integer that rises as the number falls.
  @inline(__always)
  fileprivate var descendingKey: UInt64 {
    let bits = (self == 0 ? 0 : self).bitPattern
    let ascending = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    return ~ascending
  }
}
