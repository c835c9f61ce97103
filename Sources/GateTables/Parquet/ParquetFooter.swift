/// What a Parquet file says at its end of what is in it.
struct ParquetFooter {
  /// The bytes of one column in one row group.
  struct Chunk {
    var type = -1
    var codec = -1
    var values = -1
    var packed = -1
    var unpacked = -1
    var data = -1
    var dictionary = 0
    /// How many values its statistics say are missing; -1: nothing.
    var missing = -1
    /// Whether they say between which values those lie that are there.
    var hasRange = false
    /// Where the only name on the way to it stands in the footer.
    var path = 0..<0
    /// Whether its bytes stand in another file, or are encrypted.
    var isElsewhere = false
    var isDescribed = false
  }

  /// Some of the rows, and which chunks they are in.
  struct Group {
    var rows = -1
    var chunks = 0..<0
  }

  private(set) var rows = -1
  private(set) var elements: [ParquetSchema.Element] = []
  private(set) var groups: [Group] = []
  private(set) var chunks: [Chunk] = []
  /// Whether some of its bytes are encrypted, which the engine has to say something of.
  private(set) var isEncrypted = false
  /// Whether it is of a program that left the header of the dictionary out of a chunk's length: parquet-mr before
  /// 1.2.9 (PARQUET-816).
  private(set) var isOld = false
  private(set) var schema = ParquetSchema()

  /// Reads the bytes of a footer; throws a `ParquetDamage` where they are none.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    var reader = ThriftReader(bytes)
    do {
      try reader.fields { reader, field in
        switch field.id {
        case 2: try reader.list(field, of: .structure) { elements.append(try Self.element(&$0)) }
        case 3: rows = try reader.long(field) ?? rows
        case 4: try reader.list(field, of: .structure) { groups.append(try group(&$0)) }
        case 6: isOld = try reader.text(field).map { Self.isOld(reader.string($0)) } ?? isOld
        case 8: isEncrypted = true
        default: break
        }
      }
    } catch is ThriftReader.Mistake { throw ParquetDamage("its footer cannot be read") }
    if isEncrypted { return }
    guard reader.place == bytes.count else {
      throw ParquetDamage("its footer ends before the bytes that are said to be its own")
    }
    for element in elements { try ParquetNotes.check(element) }
    schema = try ParquetSchema(elements)
    try check(bytes)
  }

  /// Refuses row groups that do not fit the rows and columns.
  private func check(_ bytes: UnsafeRawBufferPointer) throws {
    var sum = 0
    for (place, group) in groups.enumerated() {
      guard group.rows >= 0, group.chunks.count == schema.leaves.count else {
        throw ParquetDamage(
          "row group \(place + 1) has \(group.chunks.count) columns, and its schema has "
            + "\(schema.leaves.count)")
      }
      sum = sum.addingReportingOverflow(group.rows).partialValue
      for (leaf, chunk) in zip(schema.leaves, chunks[group.chunks]) {
        // An encrypted one need not say anything.
        guard chunk.isDescribed || chunk.isElsewhere else {
          throw ParquetDamage(
            "it does not say where column '\(leaf.name)' of row group \(place + 1) stands")
        }
        guard !chunk.isDescribed || chunk.type == leaf.type,
          leaf.isNested || chunk.path.isEmpty || bytes[chunk.path].elementsEqual(leaf.name.utf8)
        else {
          throw ParquetDamage(
            "it says in two places what column '\(leaf.name)' is called or made of, which differ")
        }
      }
    }
    guard rows == sum else {
      throw ParquetDamage("it says that it has \(rows) rows, and its row groups hold \(sum)")
    }
  }

  /// Whether a program is one of those before 1.2.9.
  private static func isOld(_ writer: String) -> Bool {
    guard writer.hasPrefix("parquet-mr") else { return false }
    guard let version = writer.split(separator: " ").dropFirst().first(where: { $0 != "version" })
    else { return true }
    let parts = version.split(whereSeparator: { !$0.isNumber }).prefix(3).map { Int($0) ?? 0 }
    return parts.lexicographicallyPrecedes([1, 2, 9])
  }

  private mutating func group(_ reader: inout ThriftReader) throws -> Group {
    var made = Group()
    let start = chunks.count
    try reader.fields { reader, field in
      switch field.id {
      case 1: try reader.list(field, of: .structure) { chunks.append(try Self.chunk(&$0)) }
      case 3: made.rows = try reader.long(field) ?? made.rows
      default: break
      }
    }
    made.chunks = start..<chunks.count
    return made
  }

  private static func chunk(_ reader: inout ThriftReader) throws -> Chunk {
    var made = Chunk()
    try reader.fields { reader, field in
      switch field.id {
      case 1: made.isElsewhere = try reader.text(field).map { !$0.isEmpty } ?? made.isElsewhere
      case 3 where field.kind == .structure:
        made.isDescribed = true
        try reader.fields { reader, field in try describe(&made, &reader, field) }
      case 8: made.isElsewhere = true
      default: break
      }
    }
    return made
  }

  /// Reads one field of what is said of a chunk.
  private static func describe(
    _ chunk: inout Chunk, _ reader: inout ThriftReader, _ field: ThriftReader.Field
  ) throws {
    switch field.id {
    case 1: chunk.type = try reader.int(field) ?? chunk.type
    case 3:
      var count = 0
      try reader.list(field, of: .binary) {
        chunk.path = try $0.text()
        count += 1
      }
      if count != 1 { chunk.path = 0..<0 }
    case 4: chunk.codec = try reader.int(field) ?? chunk.codec
    case 5: chunk.values = try reader.long(field) ?? chunk.values
    case 6: chunk.unpacked = try reader.long(field) ?? chunk.unpacked
    case 7: chunk.packed = try reader.long(field) ?? chunk.packed
    case 9: chunk.data = try reader.long(field) ?? chunk.data
    case 11: chunk.dictionary = try reader.long(field) ?? chunk.dictionary
    case 12 where field.kind == .structure:
      try reader.fields { reader, field in
        switch field.id {
        case 1, 2, 5, 6:
          if let bound = try reader.text(field), !bound.isEmpty { chunk.hasRange = true }
        case 3: chunk.missing = try reader.long(field) ?? chunk.missing
        default: break
        }
      }
    default: break
    }
  }

  private static func element(_ reader: inout ThriftReader) throws -> ParquetSchema.Element {
    var made = ParquetSchema.Element()
    try reader.fields { reader, field in
      switch field.id {
      case 1: made.type = try reader.int(field)
      case 2: made.length = try reader.int(field)
      case 3: made.repetition = try reader.int(field)
      case 4: made.name = try reader.text(field).map(reader.string) ?? ""
      case 5: made.children = try reader.int(field)
      case 6: made.converted = try reader.int(field)
      case 7: made.scale = try reader.int(field)
      case 8: made.precision = try reader.int(field)
      case 10 where field.kind == .structure: made.logical = try logical(&reader)
      default: break
      }
    }
    return made
  }

  private static func logical(_ reader: inout ThriftReader) throws -> ParquetSchema.Logical {
    var made = ParquetSchema.Logical()
    try reader.fields { reader, member in
      // Of this union every member is a structure, that of a kind which is not known yet too.
      guard member.kind == .structure else { throw ThriftReader.Mistake.malformed }
      made.member = member.id
      try reader.fields { reader, field in
        switch (member.id, field.id) {
        case (5, 1): made.scale = try reader.int(field) ?? 0
        case (5, 2): made.precision = try reader.int(field) ?? 0
        case (7, 2), (8, 2):
          guard field.kind == .structure else { return }
          try reader.fields { _, unit in made.unit = unit.id }
        case (10, 1): made.bits = try reader.tiny(field) ?? 0
        case (10, 2): made.isSigned = reader.flag(field) ?? false
        default: break
        }
      }
    }
    return made
  }
}
