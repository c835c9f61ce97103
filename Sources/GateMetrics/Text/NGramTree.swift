import GateCore

/// The n-grams of one text as paths of a tree, in which those of another are looked up.
///
/// A node is a slot of one hash table whose key is the parent's node and the symbol, so that n-grams of any length and
/// alphabet are told apart exactly, in space linear in the text. An n-gram that is not in the tree ends the walk: no
/// longer one that starts with it is either.
struct NGramTree {
  /// Parent and symbol of each node; `vacant`: there is none.
  private var keys: [UInt64] = []
  /// How often the n-gram of each node is still to be matched.
  private var counts: [UInt32] = []
  /// No key: no symbol is that large.
  private static let vacant = UInt64.max

  /// For n from 1 to `order`, how many n-grams of `prediction` have their like in `reference`, each taken once.
  package mutating func matches(
    _ prediction: [UInt32], in reference: [UInt32], order: Int, into matches: inout [Int]
  ) {
    matches.removeAll(keepingCapacity: true)
    matches.append(contentsOf: repeatElement(0, count: order))
    if prediction.isEmpty || reference.isEmpty { return }
    let nodes = order * reference.count
    let bits = Swift.max(6, Int.bitWidth - (2 * nodes - 1).leadingZeroBitCount)
    empty(1 << bits)
    let shift = UInt64(64 - bits)
    keys.withUnsafeMutableBufferPointer { keys in
      counts.withUnsafeMutableBufferPointer { counts in
        Self.plant(reference, order: order, keys, counts, shift)
        Self.look(prediction, order: order, keys, counts, shift, &matches)
      }
    }
  }

  /// Makes the first `size` slots vacant.
  private mutating func empty(_ size: Int) {
    if keys.count < size {
      keys = [UInt64](repeating: Self.vacant, count: size)
      counts = [UInt32](repeating: 0, count: size)
      return
    }
    keys.withUnsafeMutableBufferPointer { keys in
      for slot in 0..<size { keys[slot] = Self.vacant }
    }
  }

  /// Counts every n-gram of the reference.
  @inline(__always)
  private static func plant(
    _ text: [UInt32], order: Int, _ keys: UnsafeMutableBufferPointer<UInt64>,
    _ counts: UnsafeMutableBufferPointer<UInt32>, _ shift: UInt64
  ) {
    let mask = Int(truncatingIfNeeded: UInt64.max >> shift)
    text.withUnsafeBufferPointer { text in
      for start in 0..<text.count {
        var parent: UInt64 = 0
        for place in start..<Swift.min(start + order, text.count) {
          let key = parent << 32 | UInt64(text[place])
          var slot = first(key, shift)
          while keys[slot] != key {
            if keys[slot] == vacant {
              keys[slot] = key
              counts[slot] = 0
              break
            }
            slot = (slot + 1) & mask
          }
          counts[slot] += 1
          parent = UInt64(truncatingIfNeeded: slot + 1)
        }
      }
    }
  }

  /// Takes away every n-gram of the prediction that is still there.
  @inline(__always)
  private static func look(
    _ text: [UInt32], order: Int, _ keys: UnsafeMutableBufferPointer<UInt64>,
    _ counts: UnsafeMutableBufferPointer<UInt32>, _ shift: UInt64, _ matches: inout [Int]
  ) {
    let mask = Int(truncatingIfNeeded: UInt64.max >> shift)
    text.withUnsafeBufferPointer { text in
      matches.withUnsafeMutableBufferPointer { matches in
        for start in 0..<text.count {
          var parent: UInt64 = 0
          walk: for place in start..<Swift.min(start + order, text.count) {
            let key = parent << 32 | UInt64(text[place])
            var slot = first(key, shift)
            while keys[slot] != key {
              if keys[slot] == vacant { break walk }
              slot = (slot + 1) & mask
            }
            if counts[slot] > 0 {
              counts[slot] -= 1
              matches[place - start] += 1
            }
            parent = UInt64(truncatingIfNeeded: slot + 1)
          }
        }
      }
    }
  }

  /// Where a key is looked for first.
  @inline(__always)
  private static func first(_ key: UInt64, _ shift: UInt64) -> Int {
    let mixed = (key ^ (key >> 29)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> shift)
  }
}

/// How many n-grams a text of `length` symbols has.
@inline(__always)
func ngrams(of length: Int, _ n: Int) -> Int { max(0, length - n + 1) }
