/// Whole numbers as Parquet packs levels and places in a dictionary: runs of one number, and groups of eight in a few bits
/// each.
enum PackedRuns {
  /// DuckDB pads its groups to so many numbers; others write no more than the eight of one.
  private static let longest = 256

  /// Why runs are not those of so many numbers.
  enum Mistake: Error {
    case fewer
    case more
    /// A number is not below the limit.
    case beyond
  }

  /// Looks at `count` numbers of `width` bits, which must all be below `limit`, and gives how many of them are `wanted`.
  ///
  /// The last groups may have more numbers than are left of `count`, and zeros may pad the end.
  static func count(
    _ wanted: Int, in bytes: UnsafeRawBufferPointer, width: Int, count: Int, below limit: Int
  ) throws -> Int {
    var place = 0
    var left = count
    var equal = 0
    while left > 0 {
      let head = try varint(bytes, &place)
      guard head > 1 else { throw Mistake.fewer }
      let room = bytes.count - place
      if head & 1 == 0 {
        let size = (width + 7) / 8
        guard size <= room else { throw Mistake.fewer }
        guard head / 2 <= left else { throw Mistake.more }
        var value = 0
        for byte in 0..<size { value |= Int(bytes[place + byte]) << (8 * byte) }
        guard value < limit else { throw Mistake.beyond }
        if value == wanted { equal += head / 2 }
        place += size
        left -= head / 2
        continue
      }
      let groups = head / 2
      guard groups * 8 - left < longest else { throw Mistake.more }
      let taken = min(left, groups * 8)
      // Of the last group, what stands behind the last number may be left out.
      let isPadded = groups * 8 - left >= 8
      guard (isPadded ? groups * width : (taken * width + 7) / 8) <= room else {
        throw Mistake.fewer
      }
      equal += try packed(
        wanted, in: UnsafeRawBufferPointer(rebasing: bytes[place...]), width: width, count: taken,
        below: limit)
      place += min(room, groups * width)
      left -= taken
    }
    guard bytes[place...].allSatisfy({ $0 == 0 }) else { throw Mistake.more }
    return equal
  }

  /// The same of numbers packed one behind another.
  private static func packed(
    _ wanted: Int, in bytes: UnsafeRawBufferPointer, width: Int, count: Int, below limit: Int
  ) throws -> Int {
    // Where no number can be beyond and none is looked for, there is nothing to look at.
    if wanted < 0, 1 << width <= limit { return 0 }
    if wanted == 1, width == 1, limit == 2 { return ones(in: bytes, count: count) }
    let mask = UInt64(1) << UInt64(width) - 1
    let sought = UInt64(bitPattern: Int64(wanted))
    var (equal, greatest) = (0, UInt64(0))
    // Eight bytes hold any number, wherever in the first of them it starts.
    let quick = bytes.count < 8 ? 0 : min(count, (bytes.count - 8) * 8 / width + 1)
    var bit = 0
    for _ in 0..<quick {
      let word = bytes.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
      let value = UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: bit & 7) & mask
      greatest = max(greatest, value)
      equal &+= value == sought ? 1 : 0
      bit &+= width
    }
    var row = quick
    while row < count {
      var value: UInt64 = 0
      for bit in 0..<width {
        let place = row * width + bit
        value |= UInt64(bytes[place / 8] >> UInt8(place % 8) & 1) << UInt64(bit)
      }
      greatest = max(greatest, value)
      equal += value == sought ? 1 : 0
      row += 1
    }
    guard greatest < limit else { throw Mistake.beyond }
    return equal
  }

  /// How many of the first bits are set.
  private static func ones(in bytes: UnsafeRawBufferPointer, count: Int) -> Int {
    var sum = 0
    let words = count / 64
    for word in 0..<words {
      sum += bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self).nonzeroBitCount
    }
    for bit in (words * 64)..<count where bytes[bit / 8] & (1 << UInt8(bit % 8)) != 0 { sum += 1 }
    return sum
  }

  /// The number before a run, of at most 32 bits.
  private static func varint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) throws -> Int {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard place < bytes.count else { throw Mistake.fewer }
      let next = bytes[place]
      place += 1
      value |= Int(next & 127) << shift
      if next < 128 { return value }
    }
    throw Mistake.more
  }
}
