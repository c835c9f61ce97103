/// What the bytes of a page hold, once they are unpacked.
struct ParquetValues {
  /// What is wrong with a page: what follows on "a page of column 'a' in row group 1 ".
  struct Mistake: Error {
    let text: String

    init(_ text: String) { self.text = text }
  }

  let leaf: ParquetSchema.Leaf
  /// How many values its dictionary has; nil: there is none.
  var dictionary: Int?

  /// How many of `count` values are there by the levels that start a page of the first version, and the bytes after them;
  /// nil: the levels are written in a way that only the oldest files have.
  func split(
    _ bytes: UnsafeRawBufferPointer, _ header: ParquetPageHeader
  ) throws -> (present: Int, values: UnsafeRawBufferPointer)? {
    guard leaf.definition > 0 else { return (header.values, bytes) }
    guard header.levels == 3 else { return nil }
    let end = try 4 + length(bytes)
    guard end <= bytes.count else { throw Self.noLevels }
    let levels = UnsafeRawBufferPointer(rebasing: bytes[4..<end])
    return (try present(levels, of: header.values), Self.part(bytes, end))
  }

  /// How many of `count` values are there by the definition levels.
  func present(_ levels: UnsafeRawBufferPointer, of count: Int) throws -> Int {
    guard leaf.definition > 0 else { return count }
    return try Self.runs(count, "definition levels", "a level above those of its column") {
      try PackedRuns.count(
        leaf.definition, in: levels, width: Int.bitWidth - leaf.definition.leadingZeroBitCount,
        count: count, below: leaf.definition + 1)
    }
  }

  /// Refuses bytes that are not `count` values as `encoding` writes them, as far as we know it.
  func check(_ bytes: UnsafeRawBufferPointer, _ encoding: Int, count: Int) throws {
    guard count > 0 else { return }
    if let wanted = size(encoding, count: count) {
      guard bytes.count >= wanted else { throw Self.tooFew(count) }
      if let largest = leaf.largest, encoding == 0 { try check(bytes, count, within: largest) }
      return try check(Self.part(bytes, wanted), endOf: count)
    }
    switch (encoding, leaf.type) {
    case (0, 6): try checkTexts(bytes, count)
    case (2, _), (8, _): try checkIndices(bytes, count)
    case (3, 0):
      let end = try 4 + length(bytes)
      guard end <= bytes.count else { throw Self.tooFew(count) }
      try Self.runs(count, "values", "") {
        try PackedRuns.count(
          -1, in: UnsafeRawBufferPointer(rebasing: bytes[4..<end]), width: 1, count: count, below: 2
        )
      }
    default: break
    }
  }

  /// How many bytes values take that have all the same width; nil: they have not, or we do not know.
  func size(_ encoding: Int, count: Int) -> Int? {
    if encoding == 0, leaf.type == 0 { return (count + 7) / 8 }
    return [0, 9].contains(encoding) ? leaf.width.map { count * $0 } : nil
  }

  /// Refuses bytes after the last value, but for the zeros that fastparquet writes there.
  func check(_ bytes: UnsafeRawBufferPointer, endOf count: Int) throws {
    guard bytes.allSatisfy({ $0 == 0 }) else {
      throw Mistake("holds more than the \(count) values that it should")
    }
  }

  /// Refuses whole numbers, one behind another, that are larger than those of a decimal.
  private func check(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, within largest: Int64
  ) throws {
    for row in 0..<count {
      let value =
        leaf.type == 1
        ? Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: row * 4, as: Int32.self)))
        : Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: row * 8, as: Int64.self))
      guard value.magnitude <= largest.magnitude else {
        throw Mistake("holds a decimal of more digits than its column says")
      }
    }
  }

  /// Texts one behind another, each behind its length.
  private func checkTexts(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws {
    var place = 0
    for _ in 0..<count {
      guard place + 4 <= bytes.count else { throw Self.tooFew(count) }
      place += try 4 + length(Self.part(bytes, place))
      guard place <= bytes.count else { throw Self.tooFew(count) }
    }
    try check(Self.part(bytes, place), endOf: count)
  }

  /// Places in the dictionary.
  private func checkIndices(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws {
    guard let dictionary else { throw Mistake("points at a dictionary, and the column has none") }
    guard let width = bytes.first.map(Int.init), width <= 32 else { throw Self.tooFew(count) }
    let beyond = "a place beyond the \(dictionary) values of its dictionary"
    if width == 0 {
      guard dictionary > 0 else { throw Mistake("holds \(beyond)") }
      return
    }
    try Self.runs(count, "values", beyond) {
      try PackedRuns.count(
        -1, in: Self.part(bytes, 1), width: width, count: count, below: dictionary)
    }
  }

  /// The length that stands before bytes.
  func length(_ bytes: UnsafeRawBufferPointer) throws -> Int {
    guard bytes.count >= 4 else { throw Self.noLevels }
    return Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
  }

  private static func part(
    _ bytes: UnsafeRawBufferPointer, _ start: Int
  ) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[start...]) }

  static let noLevels = Mistake("ends within its levels")

  static func tooFew(_ count: Int) -> Mistake {
    Mistake("holds fewer than the \(count) values that it should")
  }

  /// What `body` gives, or a mistake in words: `what` it looks at, and what a number `beyond` the limit is.
  @discardableResult
  private static func runs(
    _ count: Int, _ what: String, _ beyond: String, _ body: () throws -> Int
  ) throws -> Int {
    do { return try body() } catch let mistake as PackedRuns.Mistake {
      switch mistake {
      case .fewer: throw Mistake("says that it has \(count) values, and its \(what) are fewer")
      case .more: throw Mistake("says that it has \(count) values, and its \(what) are more")
      case .beyond: throw Mistake("holds \(beyond)")
      }
    }
  }
}
