/// What stands before a page of a Parquet file.
struct ParquetPageHeader {
  /// What a page is; those of an index, and kinds that are not known yet, hold no values.
  enum Kind {
    case data, data2, dictionary, other
  }

  private(set) var kind = Kind.other
  /// How many bytes it takes itself.
  private(set) var length = 0
  private(set) var unpacked = -1
  private(set) var packed = -1
  private(set) var sum: UInt32?
  private(set) var values = -1
  private(set) var encoding = -1
  /// How the levels of a page of the first version are written.
  private(set) var levels = -1
  /// Of a page of the second version.
  private(set) var nulls = -1
  private(set) var rows = -1
  private(set) var definition = -1
  private(set) var repetition = -1
  private(set) var isPacked = true

  /// Reads it from the first byte on; throws a `ThriftReader.Mistake` or a `ParquetDamage`.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    var type: Int?
    var described: Set<Int> = []
    var reader = ThriftReader(bytes)
    try reader.fields { reader, field in
      switch field.id {
      case 1: type = try reader.int(field)
      case 2: unpacked = try reader.int(field) ?? unpacked
      case 3: packed = try reader.int(field) ?? packed
      case 4: sum = try reader.int(field).map { UInt32(bitPattern: Int32($0)) }
      // What a page of another kind would be described by is passed over.
      case 5, 7, 8:
        guard field.kind == .structure else { return }
        described.insert(field.id)
        try reader.fields { try read($1, of: field.id, &$0) }
      default: break
      }
    }
    length = reader.place
    let kinds: [Int: (Kind, Int)] = [0: (.data, 5), 2: (.dictionary, 7), 3: (.data2, 8)]
    guard let type, unpacked >= 0, packed >= 0 else { throw ThriftReader.Mistake.malformed }
    guard let (kind, own) = kinds[type] else { return }
    guard described == [own], isComplete(kind) else { throw ThriftReader.Mistake.malformed }
    self.kind = kind
  }

  /// Whether all is there that every page of a kind says.
  private func isComplete(_ kind: Kind) -> Bool {
    guard values >= 0, encoding >= 0 else { return false }
    switch kind {
    case .data: return levels >= 0
    case .data2: return nulls >= 0 && rows >= 0 && definition >= 0 && repetition >= 0
    default: return true
    }
  }

  private mutating func read(
    _ field: ThriftReader.Field, of description: Int, _ reader: inout ThriftReader
  ) throws {
    switch (description, field.id) {
    case (_, 1): values = try reader.int(field) ?? values
    case (5, 2), (7, 2), (8, 4): encoding = try reader.int(field) ?? encoding
    case (5, 3): levels = try reader.int(field) ?? levels
    case (8, 2): nulls = try reader.int(field) ?? nulls
    case (8, 3): rows = try reader.int(field) ?? rows
    case (8, 5): definition = try reader.int(field) ?? definition
    case (8, 6): repetition = try reader.int(field) ?? repetition
    case (8, 7): isPacked = reader.flag(field) ?? isPacked
    default: break
    }
  }
}
