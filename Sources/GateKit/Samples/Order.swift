/// The indices of `scores` from the highest to the lowest, equal ones in their own order; no NaN
/// among them.
///
/// A least-significant-digit radix sort by the upper half of the doubles' bits, which for most
/// scores
/// leaves few neighbours to swap; where it leaves many, by all of the bits. -0 and 0 are equal.
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
  for pass in (passes / 2)..<passes { sort(&items, &others, pass: pass, counts: starts) }
  if !settle(&items) {
    for pass in 0..<passes { sort(&items, &others, pass: pass, counts: starts) }
  }
  return items.map(\.index)
}

/// Values of a digit.
private let digits = 2048
/// Digits of a key.
private let passes = 6

/// A key with the index it came from, moved together.
private struct Item {
  /// Rises as the score falls.
  var key: UInt64
  /// Where the score stood.
  var index: Int32
}

/// The digit of a key that a pass sorts by.
@inline(__always)
private func digit(_ key: UInt64, _ pass: Int) -> Int { Int((key >> UInt64(pass * 11)) & 2047) }

/// Sorts by one digit, keeping the order of equal ones; does nothing where all have the same.
private func sort(_ items: inout [Item], _ others: inout [Item], pass: Int, counts: [Int]) {
  var starts = Array(counts[(pass * digits)..<((pass + 1) * digits)])
  if starts.contains(items.count) { return }
  var sum = 0
  for digit in 0..<digits { (starts[digit], sum) = (sum, sum + starts[digit]) }
  items.withUnsafeBufferPointer { items in
    others.withUnsafeMutableBufferPointer { others in
      starts.withUnsafeMutableBufferPointer { starts in
        for item in items {
          let digit = digit(item.key, pass)
          others[starts[digit]] = item
          starts[digit] += 1
        }
      }
    }
  }
  swap(&items, &others)
}

/// Sorts what is nearly sorted by insertion, keeping the order of equal keys; false where that
/// took more
/// than four moves an item and was given up.
private func settle(_ items: inout [Item]) -> Bool {
  items.withUnsafeMutableBufferPointer { items in
    var moves = 4 * items.count
    for place in 1..<items.count where items[place].key < items[place - 1].key {
      let item = items[place]
      var free = place
      while free > 0, items[free - 1].key > item.key, moves > 0 {
        items[free] = items[free - 1]
        free -= 1
        moves -= 1
      }
      items[free] = item
      if moves == 0 { return false }
    }
    return true
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
