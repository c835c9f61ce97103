import Glibc

/// Texts in the order they were first seen, found again by their bytes.
///
/// Keys are DuckDB's 16-byte strings: four bytes of length, then either up to 12 bytes of text padded
/// with zeros, or a prefix of four and a pointer. So a short text is compared as two words.
final class TextDictionary {
  /// One known text.
  private struct Entry {
    /// Length and first four bytes.
    var head: UInt64
    /// The other eight bytes of a short text, the place in `bytes` of a long one.
    var tail: UInt64
    var hash: UInt64
  }

  private var entries: [Entry] = []
  /// For each slot the code it holds, or -1; its count is a power of two.
  private var slots = [Int32](repeating: -1, count: 64)
  /// The long texts, one after another.
  private var bytes: [UInt8] = []

  /// The code of each text of `strings`, written to `codes`; rows that `valid` turns down get 0.
  func encode(
    _ strings: UnsafeRawPointer, count: Int, into codes: UnsafeMutablePointer<Int32>,
    valid: UnsafePointer<Bool>?
  ) {
    for row in 0..<count {
      if let valid, !valid[row] {
        codes[row] = 0
        continue
      }
      codes[row] = code(of: strings + row * 16)
    }
  }

  /// The texts by code.
  func texts() -> [String] {
    bytes.withUnsafeBytes { store in
      entries.map { entry in
        let length = Int(entry.head & 0xFFFF_FFFF)
        if length > 12 {
          let start = Int(entry.tail)
          return String(
            decoding: UnsafeRawBufferPointer(rebasing: store[start..<start + length]),
            as: UTF8.self)
        }
        return withUnsafeBytes(of: (entry.head.littleEndian, entry.tail.littleEndian)) {
          String(decoding: UnsafeRawBufferPointer(rebasing: $0[4..<4 + length]), as: UTF8.self)
        }
      }
    }
  }

  /// The code of the text behind one of DuckDB's strings, a new one if it was not seen before.
  private func code(of string: UnsafeRawPointer) -> Int32 {
    let head = string.loadUnaligned(as: UInt64.self)
    let tail = string.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let length = Int(head & 0xFFFF_FFFF)
    if length <= 12 {
      let hash = Self.mix(Self.mix(head) ^ tail)
      return find(hash) { $0.head == head && $0.tail == tail } ?? add(head, tail, hash)
    }
    guard let text = UnsafeRawPointer(bitPattern: UInt(tail)) else { return add(0, 0, 0) }
    let hash = Self.hash(text, length)
    let known = bytes.withUnsafeBytes { store in
      find(hash) {
        $0.head == head && memcmp(store.baseAddress! + Int($0.tail), text, length) == 0
      }
    }
    if let known { return known }
    let start = UInt64(bytes.count)
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: text, count: length))
    return add(head, start, hash)
  }

  /// The code in the chain of `hash` whose entry `matches`.
  @inline(__always)
  private func find(_ hash: UInt64, _ matches: (Entry) -> Bool) -> Int32? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, matches(entry) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// A new entry, and twice the slots when half are taken.
  private func add(_ head: UInt64, _ tail: UInt64, _ hash: UInt64) -> Int32 {
    entries.append(Entry(head: head, tail: tail, hash: hash))
    if entries.count * 2 > slots.count {
      slots = [Int32](repeating: -1, count: slots.count * 4)
      for (code, entry) in entries.enumerated() { place(Int32(code), entry.hash) }
    } else {
      place(Int32(entries.count - 1), hash)
    }
    return Int32(entries.count - 1)
  }

  /// Puts `code` into the first free slot of its chain.
  private func place(_ code: Int32, _ hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = code
  }

  /// The finaliser of MurmurHash3, which spreads every bit over the word.
  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word &>> 33)) &* 0xFF51_AFD7_ED55_8CCD
    word = (word ^ (word &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return word ^ (word &>> 33)
  }

  /// A hash of `length` bytes, eight at a time.
  private static func hash(_ text: UnsafeRawPointer, _ length: Int) -> UInt64 {
    var hash = UInt64(length)
    var offset = 0
    while offset + 8 <= length {
      hash = mix(hash ^ text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < length {
      rest = rest &<< 8 | UInt64(text.load(fromByteOffset: offset, as: UInt8.self))
      offset += 1
    }
    return mix(hash ^ rest)
  }
}
