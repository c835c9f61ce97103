/// One page of a Parquet file, whose header was read.
struct ParquetPage {
  /// Codecs of which the bytes of a page are read.
  private enum Codec {
    static let none = 0
    static let gzip = 2
  }

  /// The most bytes of a page that are kept in memory.
  private static let kept = 1 << 28

  let bytes: ParquetBytes
  let header: ParquetPageHeader
  /// Where its bytes start.
  let place: Int
  let codec: Int
  /// What it is to hold, with the dictionary before it.
  let values: ParquetValues

  /// Whether its values stand as they are.
  private var isBare: Bool { codec == Codec.none || header.kind == .data2 && !header.isPacked }

  /// How many of its values are there, 0 where we cannot tell; throws a `ParquetValues.Mistake` where it is damaged.
  func check() throws -> Int {
    if let sum = header.sum, try bytes.sum(place, header.packed) != sum {
      throw ParquetValues.Mistake("is not the one whose sum it holds")
    }
    guard !isBare || header.packed == header.unpacked else {
      throw ParquetValues.Mistake("is not packed, and its header has two lengths for it")
    }
    switch header.kind {
    case .other: return 0
    case .data2: return try checkSecond()
    case .data: return isBare ? try checkBare() : try checkFirst()
    case .dictionary:
      if [0, 2].contains(header.encoding) {
        try unpacked(from: 0) { try values.check($0, 0, count: header.values) }
      }
      return 0
    }
  }

  /// A page of the first version that is packed.
  private func checkFirst() throws -> Int {
    var found = 0
    try unpacked(from: 0) { bytes in
      guard values.leaf.repetition == 0, let (present, rest) = try values.split(bytes, header)
      else { return }
      try values.check(rest, header.encoding, count: present)
      found = present
    }
    return found
  }

  /// A page of the first version that is not packed, of which no more is read than is looked at.
  private func checkBare() throws -> Int {
    guard values.leaf.repetition == 0 else { return 0 }
    var (present, start) = (header.values, 0)
    if values.leaf.definition > 0 {
      guard header.levels == 3 else { return 0 }
      let length = try bytes.with(place, min(4, header.packed)) { try values.length($0) }
      start = 4 + length
      guard start <= header.packed else { throw ParquetValues.noLevels }
      present = try bytes.with(place + 4, length) { try values.present($0, of: header.values) }
    }
    try checkBare(from: start, present)
    return present
  }

  /// Values that are not packed, from a byte of the page on.
  private func checkBare(from start: Int, _ count: Int) throws {
    let size = header.packed - start
    if count > 0, values.leaf.largest == nil,
      let wanted = values.size(header.encoding, count: count)
    {
      guard wanted <= size else { throw ParquetValues.tooFew(count) }
      // The end is read alone, since any bytes are values.
      try bytes.with(place + start + wanted, size - wanted) {
        try values.check($0, endOf: count)
      }
    } else if size <= Self.kept {
      try bytes.with(place + start, size) { try values.check($0, header.encoding, count: count) }
    }
  }

  /// A page of the second version, whose levels are never packed.
  private func checkSecond() throws -> Int {
    let levels = header.definition + header.repetition
    guard levels <= header.packed, levels <= header.unpacked else { throw ParquetValues.noLevels }
    guard values.leaf.repetition == 0 else {
      if !isBare { try unpacked(from: levels) { _ in } }
      return 0
    }
    guard header.rows == header.values, header.repetition == 0 else {
      throw ParquetValues.Mistake("has \(header.values) values in \(header.rows) rows")
    }
    let present = try bytes.with(place, header.definition) {
      try values.present($0, of: header.values)
    }
    let missing = header.values - present
    guard missing == header.nulls else {
      throw ParquetValues.Mistake(
        "says that \(header.nulls) of its values are missing, and \(missing) are by its levels")
    }
    if isBare {
      try checkBare(from: levels, present)
    } else {
      try unpacked(from: levels) { try values.check($0, header.encoding, count: present) }
    }
    return present
  }

  /// Hands over the bytes from one on as they are unpacked, where the codec is gzip, or none.
  private func unpacked(from start: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let (packed, size) = (header.packed - start, header.unpacked - start)
    guard packed <= Self.kept else { return }
    if isBare {
      try bytes.with(place + start, packed, body)
    } else if codec == Codec.gzip {
      let found: Void? = try bytes.withUnpacked(
        place + start, packed, size: size, kept: Self.kept
      ) {
        if let bytes = $0 { try body(bytes) }
      }
      guard found != nil else {
        throw ParquetValues.Mistake("is not the gzip data whose sum and length it holds")
      }
    }
  }
}
