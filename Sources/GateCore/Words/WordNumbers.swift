/// Numbers for the words of one row, from 0 in the order of their first use: equal bytes, equal number.
///
/// A table that is emptied for every row and never shrinks: a hundred thousand rows allocate it once.
package struct WordNumbers {
  /// The hash of the word in a slot, and its number; the number is -1 in an empty slot.
  private var slots = [(hash: UInt64, number: Int32)](repeating: (0, -1), count: 64)
  /// The bytes of all words, one after another.
  private var bytes: [UInt8] = []
  /// Where in `bytes` each word ends.
  private var ends: [Int] = []

  /// Words that have a number.
  package var count: Int { ends.count }

  /// Of no word yet.
  package init() {}

  /// Forgets every word.
  package mutating func removeAll() {
    if ends.isEmpty { return }
    // What one long row took is not to be swept again for each of the short ones after it.
    let size = ends.count * 16 < slots.count ? Swift.max(64, slots.count / 2) : slots.count
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement((hash: 0, number: -1), count: size))
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The number of a word; a new one where it was not seen since all were forgotten.
  package mutating func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = Self.hash(word)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].number >= 0 {
      if slots[slot].hash == hash, isWord(slots[slot].number, word) {
        return UInt32(bitPattern: slots[slot].number)
      }
      slot = (slot + 1) & mask
    }
    let number = Int32(truncatingIfNeeded: ends.count)
    slots[slot] = (hash, number)
    bytes.append(contentsOf: word)
    ends.append(bytes.count)
    if ends.count * 2 > slots.count { grow() }
    return UInt32(bitPattern: number)
  }

  /// Whether the word of that number has these bytes.
  private func isWord(_ number: Int32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[Int(number) - 1]
    guard ends[Int(number)] - start == word.count else { return false }
    for place in 0..<word.count where bytes[start + place] != word[place] { return false }
    return true
  }

  /// Twice as many slots.
  private mutating func grow() {
    let old = slots
    slots = [(hash: UInt64, number: Int32)](repeating: (0, -1), count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry.number >= 0 {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot].number >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }

  /// The same on every machine and in every run.
  @inline(__always)
  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: word.count)
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return hash ^ (hash >> 29)
  }
}

extension WordNumbers {
  /// The word of a number that was given.
  package func word(_ number: UInt32) -> String {
    let start = number == 0 ? 0 : ends[Int(number) - 1]
    return String(decoding: bytes[start..<ends[Int(number)]], as: UTF8.self)
  }

  /// The number of the word at a range of `text`.
  @inline(__always)
  package mutating func number(of range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> UInt32
  {
    number(of: UnsafeBufferPointer(rebasing: text[range]))
  }
}
