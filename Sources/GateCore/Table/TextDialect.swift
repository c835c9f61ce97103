/// How a delimited text is written, as far as it is not written as usual.
package struct TextDialect: Sendable, Hashable {
  /// What stands between cells; nil: a tab in .tsv, else the most frequent of `,` `;` tab and `|` in the header.
  package var separator: UInt8?
  /// What stands around a cell that holds separators or line ends; nil: nothing does.
  package var quote: UInt8? = 0x22
  /// What stands before the decimals of a number.
  package var decimal: UInt8 = 0x2E
  /// What stands between the thousands of a number; nil: nothing does.
  package var thousands: UInt8?
  /// Cells that are missing values, beside empty ones.
  package var nulls: [String] = []
  /// What a line begins with that holds no row; nil: every line holds one.
  package var comment: UInt8?
  /// Whether blanks and tabs around a cell are left out.
  package var trim = false
  /// Whether the first line is `sep=` and the separator.
  package var sepLine = false

  package init() {}
}

extension TextDialect {
  /// The keys under `csv`.
  package static let parameters = [
    Parameter(
      "separator",
      "What stands between cells, one character; default: a tab in .tsv, else the most frequent of "
        + "comma, semicolon, tab and bar in the header.", .text),
    Parameter(
      "quote",
      "What stands around a cell that holds separators or line ends, one character, or `none`.",
      .text, standard: "\""),
    Parameter(
      "decimal", "What stands before the decimals of a number.", .choice([".", ","]),
      standard: "."),
    Parameter(
      "thousands", "What stands between the thousands of a number; default: nothing.",
      .choice([",", ".", " ", "'", "_"])),
    Parameter(
      "nulls", "Cells that are missing values, as written, beside empty ones.", .list(.value)),
    Parameter(
      "comment", "What a line begins with that holds no row, one character; default: nothing.",
      .text),
    Parameter(
      "trim", "Whether blanks and tabs around a cell are left out.", .boolean, standard: "false"),
    Parameter(
      "sep_line", "Whether the first line is `sep=` and the separator, as spreadsheets write it.",
      .boolean, standard: "false"),
  ]

  /// Reads what stands under `csv` of a table; throws every mistake in it.
  package init(_ node: Node?) throws(Diagnostics) {
    self.init()
    guard let node else { return }
    var mistakes: [Diagnostic] = []
    /// The one byte under a key.
    func byte(_ key: String) -> UInt8? {
      guard let text = node[key]?.text else { return nil }
      let bytes = Array((text == "tab" ? "\t" : text).utf8)
      if bytes.count == 1, let byte = bytes.first, byte == 9 || (0x20..<0x7F).contains(byte) {
        return byte
      }
      mistakes.append(
        Diagnostic(
          "'\(key)' is '\(text.prefix(20))', and one character of ASCII was wanted",
          at: node[key]?.mark, hint: key == "separator" ? "write a tab as 'tab'" : nil))
      return nil
    }
    separator = byte("separator")
    quote = node["quote"]?.text == "none" ? nil : byte("quote") ?? quote
    decimal = byte("decimal") ?? decimal
    thousands = byte("thousands")
    comment = byte("comment")
    trim = node["trim"]?.boolean ?? false
    sepLine = node["sep_line"]?.boolean ?? false
    nulls = (node["nulls"]?.items ?? []).map(\.written)
    mistakes += clashes(node)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
  }

  /// What a number or a name begins with.
  private static let begins = Set("+-.0123456789_".utf8).union(
    UInt8(ascii: "a")...UInt8(ascii: "z")
  )
  .union(UInt8(ascii: "A")...UInt8(ascii: "Z"))

  /// What to write where the thousands have what stands before the decimals by default.
  private func hint(_ one: String, _ other: String) -> String? {
    guard [one, other].sorted() == ["decimal", "thousands"] else { return nil }
    var both = self
    both.decimal = thousands == 0x2C ? 0x2E : 0x2C
    return "say what stands before the decimals, too: csv: \(both.yaml ?? "{}")"
  }

  /// Characters that would mean two things.
  private func clashes(_ node: Node) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    var meanings: [UInt8: String] = [:]
    for (key, byte) in [
      ("separator", separator), ("quote", quote), ("comment", comment), ("decimal", decimal),
      ("thousands", thousands),
    ] {
      guard let byte, let other = meanings.updateValue(key, forKey: byte) else { continue }
      // A separator of cells within quotes may be what stands before decimals.
      if other == "separator", key == "decimal" || key == "thousands", quote != nil { continue }
      mistakes.append(
        Diagnostic(
          "'\(other)' and '\(key)' are the same character",
          at: (node.key(key) ?? node.key(other))?.mark, hint: hint(other, key)))
    }
    if let comment, Self.begins.contains(comment) {
      mistakes.append(
        Diagnostic(
          "'comment' is '\(Character(Unicode.Scalar(comment)))', with which rows may begin",
          at: node["comment"]?.mark, hint: "write what comments begin with, such as '#'"))
    }
    if sepLine, separator != nil {
      mistakes.append(
        Diagnostic(
          "'sep_line' and 'separator' exclude each other: the file's first line says which it is",
          at: node.key("separator")?.mark, hint: "remove one of them"))
    }
    return mistakes
  }
}

extension Node {
  /// The text of a scalar as it is written, null too.
  fileprivate var written: String {
    if case .scalar(let text, _) = content { text } else { "" }
  }
}
