/// The indices of `scores` from the highest to the lowest, equal ones in their own order; no NaN among them.
///
/// A least-significant-digit radix sort over the bits of the doubles: eight passes of 11 bits at most, those
/// skipped in which every key has the same digit. -0 and 0 are equal.
public func descendingOrder(of scores: [Double]) -> [Int32] {
  let count = scores.count
  var keys = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
    for index in 0..<count { buffer[index] = scores[index].descendingKey }
    initialized = count
  }
  var order = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
    for index in 0..<count { buffer[index] = Int32(truncatingIfNeeded: index) }
    initialized = count
  }
  var otherKeys = keys
  var otherOrder = order
  for shift in stride(from: UInt64(0), to: 64, by: 11) {
    var starts = [Int](repeating: 0, count: 2048)
    for key in keys { starts[Int((key >> shift) & 2047)] += 1 }
    if starts.contains(count) { continue }
    var sum = 0
    for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
    for index in 0..<count {
      let digit = Int((keys[index] >> shift) & 2047)
      let place = starts[digit]
      starts[digit] += 1
      otherKeys[place] = keys[index]
      otherOrder[place] = order[index]
    }
    swap(&keys, &otherKeys)
    swap(&order, &otherOrder)
  }
  return order
}

extension Double {
  /// An integer that rises as the number falls.
  fileprivate var descendingKey: UInt64 {
    let bits = (self == 0 ? 0 : self).bitPattern
    let ascending = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    return ~ascending
  }
}
