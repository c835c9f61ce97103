internal import CDelimited
import GateCore
import GateSystem

/// One file of delimited text, read from its header to its end.
final class DelimitedFile {
  let path: String
  /// The columns' names, each once.
  private(set) var names: [String] = []
  private let table: String
  private let dialect: TextDialect
  private let descriptor: Descriptor
  private let digest: FileDigest
  private(set) var reader: OpaquePointer?

  /// Opens the file and reads its header.
  init(_ path: String, of source: TableSource) throws(Diagnostic) {
    self.path = path
    (table, dialect) = (source.name, source.csv)
    do { descriptor = try openFile(path, written: path) } catch {
      throw Diagnostic("\(source.name): \(error.message)", hint: error.hint)
    }
    digest = try FileDigest()
    let name = path.lowercased()
    var written = source.csv
    if name.hasSuffix(".tsv") || name.hasSuffix(".tsv.gz") {
      written.separator = written.separator ?? 9
    }
    reader = written.open(descriptor.number, isPacked: name.hasSuffix(".gz"), into: digest)
    guard reader != nil else { throw Diagnostic("reading '\(path)': out of memory") }
    try check()
    try refuseClash(with: delimited_separator(reader))
    names = try Self.distinct(header, in: path, of: source)
  }

  deinit { delimited_free(reader) }

  /// Refuses a dialect that gives what stands between the file's cells, as it was found, another meaning.
  private func refuseClash(with separator: UInt8) throws(Diagnostic) {
    // Within quotes a separator may be a part of a number.
    let ofNumbers = dialect.quote == nil
    let others: [(key: String, byte: UInt8?, hint: String)] = [
      ("comment", dialect.comment, "write what comments begin with, such as '#'"),
      ("quote", dialect.quote, "write what stands around cells, or 'quote: none'"),
      ("decimal", ofNumbers ? dialect.decimal : nil, "remove 'quote: none'"),
      ("thousands", ofNumbers ? dialect.thousands : nil, "remove it"),
    ]
    guard let other = others.first(where: { $0.byte == separator }) else { return }
    let byte = separator == 9 ? "a tab" : "'\(Character(Unicode.Scalar(separator)))'"
    throw Diagnostic(
      "\(table): 'csv.\(other.key)' is \(byte), which stands between the cells of '\(path)'",
      hint: "\(other.hint), or set 'csv.separator'")
  }

  /// The names as they stand in the header.
  private var header: [String] {
    (0..<delimited_names(reader)).map { delimited_name(reader, $0).text }
  }

  /// What the cells of the first rows look like, a fact a column.
  func sample() throws(Diagnostic) -> [delimited_fact] {
    var facts = [delimited_fact](repeating: delimited_fact(), count: names.count)
    delimited_sample(reader, &facts)
    try check()
    return facts
  }

  /// The SHA-256 of all bytes of a file that was read to its end.
  func finish() throws(Diagnostic) -> String { try digest.finish() }

  /// Throws what went wrong, if anything did.
  func check() throws(Diagnostic) {
    let mistake = delimited_reader_mistake(reader)
    if mistake.kind == DELIMITED_NO_MISTAKE { return }
    throw mistake.diagnostic(
      of: path, in: table, separator: Character(Unicode.Scalar(delimited_separator(reader))),
      written: dialect)
  }

  /// The header's names; one that is blank is called by its place.
  private static func distinct(
    _ header: [String], in path: String, of source: TableSource
  ) throws(Diagnostic) -> [String] {
    if let first = header.first, first.lowercased().hasPrefix("sep="), !source.csv.sepLine {
      var spread = source.csv
      (spread.sepLine, spread.separator) = (true, nil)
      throw Diagnostic(
        "\(source.name): the first line of '\(path)' is '\(first.prefix(20))' and holds no names",
        hint: "if it says what stands between cells, add to the table: csv: \(spread.yaml ?? "{}")")
    }
    var names: [String] = []
    // Swift's own equality is wanted: one letter in two forms of Unicode would be one name to a person.
    var seen: Set<String> = []
    for (place, written) in header.enumerated() {
      let name = written.allSatisfy(\.isWhitespace) ? "column\(place)" : written
      guard seen.insert(name.lowercased()).inserted else {
        throw Diagnostic(
          "\(source.name): '\(path)' has two columns '\(name)'; names that differ in more than "
            + "upper and lower case and the form of a letter were wanted",
          hint: header.headerHint ?? "rename one of them in the file")
      }
      names.append(name)
    }
    return names
  }
}

extension TextDialect {
  /// Opens a reader of a file's text.
  fileprivate func open(
    _ descriptor: Int32, isPacked: Bool, into digest: FileDigest
  ) -> OpaquePointer? {
    let words = nulls.map { Array($0.utf8CString) }
    return withPointers(words[...], []) { pointers in
      pointers.withUnsafeBufferPointer { nulls in
        var written = delimited_dialect(
          separator: separator ?? 0, quote: quote ?? 0, comment: comment ?? 0, decimal: decimal,
          thousands: thousands ?? 0, trim: trim, sep_line: sepLine, nulls: nulls.baseAddress,
          null_count: nulls.count)
        return delimited_open(descriptor, isPacked, &written, FileDigest.sink, digest.context)
      }
    }
  }
}

/// Hands C texts of Swift's to `body`, all at once.
private func withPointers<T>(
  _ words: ArraySlice<[CChar]>, _ found: [UnsafePointer<CChar>?],
  _ body: ([UnsafePointer<CChar>?]) -> T
) -> T {
  guard let first = words.first else { return body(found) }
  return first.withUnsafeBufferPointer {
    withPointers(words.dropFirst(), found + [$0.baseAddress], body)
  }
}

extension delimited_cell {
  /// The bytes as text.
  var text: String {
    guard let bytes else { return "" }
    return String(
      decoding: UnsafeRawBufferPointer(start: UnsafeRawPointer(bytes), count: count), as: UTF8.self)
  }
}
