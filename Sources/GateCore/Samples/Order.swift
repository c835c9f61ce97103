/// The indices of `scores` from the highest to the lowest, equal ones in their own order; no NaN
/// among them.
///
/// A least-significant-digit radix sort by 32 bits of where a score's bits lie between the lowest
/// and the highest; the few scores that share these are sorted again among themselves, by the bits
/// below. -0 and 0 are equal.
package func descendingOrder(of scores: [Double]) -> [Int32] {
  let count = scores.count
  let items = Items.allocate(capacity: 2 * count)
  defer { items.deallocate() }
  for index in 0..<count { items[index] = Item(key: 0, index: index) }
  scores.withUnsafeBufferPointer { scores in
    sort(Items(rebasing: items[..<count]), room: Items(rebasing: items[count...]), by: scores)
  }
  return [Int32](unsafeUninitializedCapacity: count) { order, initialized in
    for place in 0..<count { order[place] = Int32(truncatingIfNeeded: items[place].index) }
    initialized = count
  }
}

/// Bits of a digit.
private let width = 11
/// Digits of a key.
private let passes = 3
/// Values of a digit.
private let values = 1 << width

/// The index of a score with 32 bits of its key, in half of the room that all of it would take:
/// what a pass costs is the memory it moves.
private struct Item {
  /// The key, and below it the index.
  private let bits: UInt64

  /// Both of at most 32 bits.
  package init(key: UInt64, index: Int) { bits = key << 32 | UInt64(truncatingIfNeeded: index) }

  /// Where the score stood.
  package var index: Int { Int(truncatingIfNeeded: bits & 0xFFFF_FFFF) }
  /// Rises as the score falls.
  package var key: UInt64 { bits >> 32 }

  /// The digit of the key that a pass sorts by.
  @inline(__always)
  package func digit(_ pass: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(pass * width)) & (values - 1)
  }
}

/// Items that are sorted where they lie.
private typealias Items = UnsafeMutableBufferPointer<Item>
/// What they are sorted by, where their indices say.
private typealias Scores = UnsafeBufferPointer<Double>

/// Sorts items by their scores, keeping the order of equal ones; `room` is for as many.
private func sort(_ items: Items, room: Items, by scores: Scores) {
  var lowest = UInt64.max
  var highest = UInt64.min
  for item in items {
    let key = scores[item.index].descendingKey
    lowest = min(lowest, key)
    highest = max(highest, key)
  }
  guard lowest < highest else { return }
  let shift = UInt64(max(0, 32 - (highest - lowest).leadingZeroBitCount))
  var counts = [Int32](repeating: 0, count: passes * values)
  counts.withUnsafeMutableBufferPointer { counts in
    for place in items.indices {
      let index = items[place].index
      let item = Item(key: (scores[index].descendingKey - lowest) >> shift, index: index)
      items[place] = item
      for pass in 0..<passes { counts[pass * values + item.digit(pass)] += 1 }
    }
    var (from, to) = (items, room)
    for pass in 0..<passes where scatter(from, to, by: pass, counts) { swap(&from, &to) }
    if from.baseAddress != items.baseAddress { _ = items.update(fromContentsOf: from) }
  }
  if shift > 0 { settle(items, room: room, by: scores) }
}

/// Moves items to where a digit puts them, keeping the order of equal ones; false, and nothing done,
/// where all have the same. `counts` says how often each digit has each value.
private func scatter(
  _ from: Items, _ to: Items, by pass: Int, _ counts: UnsafeMutableBufferPointer<Int32>
) -> Bool {
  let starts = UnsafeMutableBufferPointer(
    rebasing: counts[(pass * values)..<((pass + 1) * values)])
  if starts[from[0].digit(pass)] == Int32(truncatingIfNeeded: from.count) { return false }
  var sum: Int32 = 0
  for value in 0..<values { (starts[value], sum) = (sum, sum + starts[value]) }
  for item in from {
    let digit = item.digit(pass)
    to[Int(starts[digit])] = item
    starts[digit] += 1
  }
  return true
}

/// Sorts each run of equal keys by the whole of their scores: by insertion where it is short, else
/// as all were, by a range of scores 2^32 times as narrow.
private func settle(_ items: Items, room: Items, by scores: Scores) {
  var start = 0
  while start < items.count {
    var end = start + 1
    var isSettled = true
    while end < items.count, items[end].key == items[start].key {
      isSettled = isSettled && scores[items[end - 1].index] >= scores[items[end].index]
      end += 1
    }
    if !isSettled {
      let run = Items(rebasing: items[start..<end])
      if run.count > 32 {
        sort(run, room: Items(rebasing: room[..<run.count]), by: scores)
      } else {
        insert(run, by: scores)
      }
    }
    start = end
  }
}

/// Sorts by insertion, keeping the order of equal scores.
private func insert(_ items: Items, by scores: Scores) {
  for place in 1..<items.count {
    let item = items[place]
    let score = scores[item.index]
    var free = place
    while free > 0, scores[items[free - 1].index] < score {
      items[free] = items[free - 1]
      free -= 1
    }
    items[free] = item
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
