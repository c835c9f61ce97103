extension TextDialect {
  /// The value of the key `csv` that says this; nil: it is written as usual.
  package var yaml: String? {
    let usual = TextDialect()
    func word(_ byte: UInt8) -> String {
      byte == 9 ? "tab" : String(Unicode.Scalar(byte)).yaml
    }
    var pairs: [String] = []
    if let separator { pairs.append("separator: \(word(separator))") }
    if quote != usual.quote { pairs.append("quote: \(quote.map(word) ?? "none")") }
    if decimal != usual.decimal { pairs.append("decimal: \(word(decimal))") }
    if let thousands { pairs.append("thousands: \(word(thousands))") }
    if !nulls.isEmpty { pairs.append("nulls: [\(nulls.map(\.yaml).joined(separator: ", "))]") }
    if let comment { pairs.append("comment: \(word(comment))") }
    if trim { pairs.append("trim: true") }
    if sepLine { pairs.append("sep_line: true") }
    return pairs.isEmpty ? nil : "{\(pairs.joined(separator: ", "))}"
  }

  /// Reads what would stand under `csv`; throws every mistake in it.
  package init(said node: Node) throws(Diagnostics) {
    let mistakes = Shape.record(Self.parameters).mistakes(in: node)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    try self.init(node)
  }
}
