/// A cursor over bytes of Thrift's compact protocol, which knows no names: each reader says which fields it takes.
///
/// A field of another type than the one asked for is passed over, as Thrift's own readers do.
struct ThriftReader {
  /// Why the bytes are none of the protocol.
  enum Mistake: Error {
    /// They end too early.
    case ended
    case malformed
  }

  /// The protocol's types.
  enum Kind: UInt8 {
    case yes = 1
    case no, byte, short, int, long, double, binary, list, set, map, structure, uuid
  }

  /// What stands before a value.
  struct Field {
    let id: Int
    let kind: Kind
  }

  /// Structures within structures; the format's own are seven.
  private static let deepest = 32

  private let bytes: UnsafeRawBufferPointer
  /// The byte that is read next.
  private(set) var place = 0
  private var depth = 0

  /// Starts at the first byte; of use while the bytes are.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// How many bytes are left.
  private var left: Int { bytes.count - place }

  /// Reads a structure: hands over each field, of which what `body` did not read is passed over. No field stands twice.
  mutating func fields(_ body: (inout ThriftReader, Field) throws -> Void) throws {
    try descend()
    var id = 0
    var seen: UInt64 = 0
    while true {
      let head = try byte()
      if head == 0 { break }
      guard let kind = Kind(rawValue: head & 15) else { throw Mistake.malformed }
      id = head >> 4 > 0 ? id + Int(head >> 4) : try Int(whole(within: 16))
      if (0..<64).contains(id) {
        guard seen & (1 << UInt64(id)) == 0 else { throw Mistake.malformed }
        seen |= 1 << UInt64(id)
      }
      let before = place
      try body(&self, Field(id: id, kind: kind))
      if place == before { try skip(kind) }
    }
    depth -= 1
  }

  /// Reads a list of `kind`, for each of whose values `body` is called; passes over a field that is none.
  mutating func list(
    _ field: Field, of kind: Kind, _ body: (inout ThriftReader) throws -> Void
  ) throws {
    guard field.kind == .list else { return }
    let (count, found) = try listHead()
    guard count == 0 || found == kind.rawValue else { throw Mistake.malformed }
    for _ in 0..<count { try body(&self) }
  }

  /// A whole number of 32 bits.
  mutating func int(_ field: Field) throws -> Int? {
    field.kind == .int ? try Int(whole(within: 32)) : nil
  }

  /// A whole number of 64 bits.
  mutating func long(_ field: Field) throws -> Int? {
    field.kind == .long ? try Int(whole(within: 64)) : nil
  }

  /// A whole number of 8 bits.
  mutating func tiny(_ field: Field) throws -> Int? {
    field.kind == .byte ? try Int(Int8(bitPattern: byte())) : nil
  }

  /// True or false, which stands in the field's type.
  func flag(_ field: Field) -> Bool? {
    field.kind == .yes ? true : field.kind == .no ? false : nil
  }

  /// Where the bytes of a text stand.
  mutating func text(_ field: Field) throws -> Range<Int>? {
    field.kind == .binary ? try text() : nil
  }

  /// Where the bytes of a text stand that is an item of a list.
  mutating func text() throws -> Range<Int> {
    let start = try skip(bytes: Int(clamping: varint()))
    return start..<place
  }

  /// The text of bytes of it.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Passes over a value.
  private mutating func skip(_ kind: Kind, inList: Bool = false) throws {
    switch kind {
    case .yes, .no: if inList { _ = try byte() }
    case .byte: _ = try byte()
    case .short, .int, .long: _ = try varint()
    case .double: _ = try skip(bytes: 8)
    case .uuid: _ = try skip(bytes: 16)
    case .binary: _ = try text()
    case .structure: try fields { _, _ in }
    case .list, .set: try skipList()
    case .map: try skipMap()
    }
  }

  private mutating func skipList() throws {
    try descend()
    let (count, found) = try listHead()
    guard count == 0 || Kind(rawValue: found) != nil else { throw Mistake.malformed }
    if let kind = Kind(rawValue: found) {
      for _ in 0..<count { try skip(kind, inList: true) }
    }
    depth -= 1
  }

  private mutating func skipMap() throws {
    try descend()
    let count = try Int(clamping: varint())
    if count > 0 {
      guard count <= left else { throw Mistake.ended }
      let kinds = try byte()
      guard let key = Kind(rawValue: kinds >> 4), let value = Kind(rawValue: kinds & 15) else {
        throw Mistake.malformed
      }
      for _ in 0..<count {
        try skip(key, inList: true)
        try skip(value, inList: true)
      }
    }
    depth -= 1
  }

  /// How many values a list has, each of which is a byte at least, and their type.
  private mutating func listHead() throws -> (count: Int, kind: UInt8) {
    let head = try byte()
    let count = head >> 4 < 15 ? Int(head >> 4) : try Int(clamping: varint())
    guard count <= left else { throw Mistake.ended }
    return (count, head & 15)
  }

  private mutating func descend() throws {
    guard depth < Self.deepest else { throw Mistake.malformed }
    depth += 1
  }

  private mutating func byte() throws -> UInt8 {
    guard place < bytes.count else { throw Mistake.ended }
    defer { place += 1 }
    return bytes[place]
  }

  /// Passes over bytes and gives where they start.
  private mutating func skip(bytes count: Int) throws -> Int {
    guard count <= left else { throw Mistake.ended }
    defer { place += count }
    return place
  }

  /// A number of 7 bits a byte, the lowest first.
  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 127) << UInt64(shift)
      if next < 128 { return value }
    }
    throw Mistake.malformed
  }

  /// A whole number whose sign is its lowest bit, which must have so many bits.
  private mutating func whole(within bits: Int) throws -> Int64 {
    let written = try varint()
    let value = Int64(bitPattern: written >> 1) ^ -Int64(bitPattern: written & 1)
    let most = Int64.max >> Int64(64 - bits)
    guard value <= most, value >= -most - 1 else { throw Mistake.malformed }
    return value
  }
}
