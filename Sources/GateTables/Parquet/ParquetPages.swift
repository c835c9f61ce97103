import GateCore

/// Looks at the pages of a Parquet file, of which the engine checks nothing: a bit that flipped may give other values.
///
/// Of pages in codecs that zlib does not read, their headers are looked at and the sums that they may have.
struct ParquetPages {
  /// The most bytes that a header of a page may have, for its statistics may hold texts.
  private static let longestHeader = 1 << 24

  private let bytes: ParquetBytes
  private let footer: ParquetFooter
  /// Where the pages end and the footer begins.
  private let end: Int

  /// Refuses a file that is damaged; `what`: what it was read for.
  static func check(_ file: DataFile, doing what: String) throws {
    let damage: String
    do {
      let bytes = try ParquetBytes(file)
      guard let (footer, end) = try footer(of: bytes) else { return }
      try ParquetPages(bytes: bytes, footer: footer, end: end).check()
      return
    } catch let found as ParquetDamage {
      damage = found.text
    } catch var mistake as Diagnostic {
      mistake.message = "\(what): \(mistake.message)"
      throw mistake
    }
    throw Diagnostic(
      "\(what): the file is damaged: \(damage)", hint: "copy or write the file anew")
  }

  /// What the file says at its end, and where that starts; nil: it is encrypted.
  private static func footer(of bytes: ParquetBytes) throws -> (ParquetFooter, Int)? {
    let none = Diagnostic(
      "the file is cut short or is no Parquet file", hint: "write or fetch it again")
    guard bytes.count >= 12 else { throw none }
    let (length, magic) = try bytes.with(bytes.count - 8, 8) { end in
      (
        Int(UInt32(littleEndian: end.loadUnaligned(as: UInt32.self))),
        String(decoding: end[4...], as: UTF8.self)
      )
    }
    if magic == "PARE" { return nil }
    let start = bytes.count - 8 - length
    guard magic == "PAR1", start >= 4 else { throw none }
    guard try bytes.with(0, 4, { $0.elementsEqual("PAR1".utf8) }) else {
      throw ParquetDamage("it does not begin as a Parquet file does")
    }
    let footer = try bytes.with(start, length) { try ParquetFooter($0) }
    return footer.isEncrypted ? nil : (footer, start)
  }

  private func check() throws {
    var room = end
    for (place, group) in footer.groups.enumerated() {
      for (leaf, chunk) in zip(footer.schema.leaves, footer.chunks[group.chunks])
      where !chunk.isElsewhere {
        do {
          try check(chunk, of: leaf, rows: group.rows)
        } catch let mistake as ParquetValues.Mistake {
          throw ParquetDamage(
            "a page of column '\(leaf.name.shortened)' in row group \(place + 1) \(mistake.text)")
        } catch let mistake as ChunkMistake {
          throw ParquetDamage(
            "the pages of column '\(leaf.name.shortened)' in row group \(place + 1) \(mistake.text)"
          )
        }
        room -= chunk.packed
        guard room >= 0 else { throw ParquetDamage("its columns are longer than the file") }
      }
    }
    try refuseSeveral()
  }

  /// Refuses files that were put one after another: the last footer tells the places of its own pages, which are then taken
  /// from the first file.
  ///
  /// Between the pages and the footer indexes and filters may stand, and no file's end beside another's beginning.
  private func refuseSeveral() throws {
    let ends = footer.chunks.filter { !$0.isElsewhere }.map {
      ($0.dictionary > 0 ? $0.dictionary : $0.data) + $0.packed
    }
    let mark = Array("PAR1PAR1".utf8)
    var place = max(4, ends.max() ?? 4)
    while place + mark.count <= end {
      let count = min(1 << 20, end - place)
      let found = try bytes.with(place, count) { part in
        (0...max(0, count - mark.count)).contains { start in
          part[start] == mark[0] && part[start...].starts(with: mark)
        }
      }
      if found {
        throw ParquetDamage(
          "several Parquet files stand one after another in it, and its end tells of one alone")
      }
      place += max(1, count - mark.count + 1)
    }
  }

  /// What is wrong with all pages of a column in a row group: what follows on "the pages of column 'a' in row group 1 ".
  private struct ChunkMistake: Error {
    let text: String

    init(_ text: String) { self.text = text }
  }

  /// Looks at the pages of one column in one row group.
  private func check(
    _ chunk: ParquetFooter.Chunk, of leaf: ParquetSchema.Leaf, rows: Int
  ) throws {
    guard leaf.repetition > 0 || chunk.values == rows else {
      throw ChunkMistake("hold \(chunk.values) values, and its rows are \(rows)")
    }
    if chunk.values == 0, chunk.packed == 0 { return }
    let start = chunk.dictionary > 0 ? chunk.dictionary : chunk.data
    // Without a value, pyarrow writes a dictionary alone, and 0 for where the other pages stand.
    let isOrdered = chunk.data >= start || chunk.values == 0
    guard chunk.packed >= 0, start >= 4, isOrdered, chunk.data < end, chunk.packed <= end - start
    else { throw ChunkMistake("are said to stand where the file has none") }
    var walk = Walk(values: ParquetValues(leaf: leaf), codec: chunk.codec)
    try go(through: chunk, from: start, &walk)
    guard walk.count == chunk.values else {
      throw ChunkMistake("hold \(walk.count) values, and the footer says \(chunk.values)")
    }
    // The engine reads no value of such a chunk, whatever its pages hold.
    let isEmpty = chunk.missing == chunk.values && chunk.values > 0
    guard !isEmpty || !chunk.hasRange && walk.present == 0
    else { throw ChunkMistake("have values, and its statistics say that all are missing") }
    // Writers differ in whether headers count, and that of the dictionary.
    let sizes = [
      walk.unpacked, walk.unpacked - walk.headers, walk.unpacked - walk.dictionaryHeader,
    ]
    guard footer.isOld || sizes.contains(chunk.unpacked) else {
      throw ChunkMistake(
        "have \(walk.unpacked) bytes unpacked, and the footer says \(chunk.unpacked)")
    }
  }

  /// Looks at one page after the other.
  private func go(
    through chunk: ParquetFooter.Chunk, from start: Int, _ walk: inout Walk
  ) throws {
    // The header of the dictionary, which old files leave out of the length, has at most so many bytes.
    let stop = footer.isOld ? min(end, start + chunk.packed + 100) : start + chunk.packed
    var place = start
    while place < stop, !footer.isOld || walk.count < chunk.values {
      let header = try header(at: place, before: stop)
      let next = place + header.length + header.packed
      guard next <= stop else { throw ChunkMistake("are longer than the footer says") }
      try look(at: header, place + header.length, &walk)
      place = next
    }
  }

  /// What was seen of the pages of a column in a row group.
  private struct Walk {
    var values: ParquetValues
    let codec: Int
    var count = 0
    /// How many values are there of those pages that tell.
    var present = 0
    var unpacked = 0
    var headers = 0
    var dictionaryHeader = 0
    var hasData = false
  }

  /// The header of the page at a place.
  private func header(at place: Int, before end: Int) throws -> ParquetPageHeader {
    let most = min(end - place, Self.longestHeader)
    var least = min(most, 64)
    while true {
      do {
        return try bytes.with(place, least: least, most: most) { bytes in
          // What was read with it may be enough; if not, the next turn reads more than that.
          least = bytes.count
          return try ParquetPageHeader(bytes)
        }
      } catch ThriftReader.Mistake.ended where least < most {
        least = min(most, least * 4)
      } catch is ThriftReader.Mistake {
        throw ParquetValues.Mistake("has a header that cannot be read")
      }
    }
  }

  /// Counts a page in, and looks at its bytes.
  private func look(at header: ParquetPageHeader, _ place: Int, _ walk: inout Walk) throws {
    walk.unpacked += header.length + header.unpacked
    walk.headers += header.length
    switch header.kind {
    case .dictionary:
      guard walk.values.dictionary == nil, !walk.hasData else {
        throw ParquetValues.Mistake("is a dictionary that is not the first page")
      }
      walk.dictionaryHeader = header.length
      walk.values.dictionary = header.values
    case .data, .data2:
      walk.hasData = true
      walk.count += header.values
    case .other: break
    }
    walk.present += try ParquetPage(
      bytes: bytes, header: header, place: place, codec: walk.codec, values: walk.values
    ).check()
  }
}
