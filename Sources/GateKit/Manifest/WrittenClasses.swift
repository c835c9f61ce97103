import GateCore

/// The classes as a manifest writes them: as numbers, or as texts that look like numbers.
///
/// A column of delimited text whose cells all are numbers is read as numbers, and `01` and `1` are one number.
struct WrittenClasses {
  /// Those that look like numbers and are meant as texts.
  private let texts: [String]

  package init(_ manifest: Manifest) {
    let all = [manifest.positive].compactMap(\.self) + (manifest.classes ?? [])
    texts = all.filter { text in
      Double(text) != nil && (manifest.quotedClasses.has(text) || text.hasMoreThanANumber)
    }
  }

  /// Refuses a label that was read as numbers which do not keep their texts, where texts are meant.
  package func hold(_ label: ColumnType, at mark: Mark) throws(Diagnostic) {
    guard label.kind == .integer || label.kind == .number, let text = texts.first,
      let cell = label.bentCell, cell.text.hasMoreThanANumber
    else { return }
    throw Diagnostic(
      "the class '\(text)' is written as a text, and the label '\(label.name)' was read as "
        + "\(label.declared), which does not keep \(cell.place)", at: mark,
      hint: "read it as text, under data.holdout: \(Pasteable.types(label.name))")
  }
}

extension String {
  /// Whether it is a number written with more than the number needs, so that it may be a code: `01`, `+1`, `1e0`. A
  /// point and zeros behind it are how programs write whole numbers.
  var hasMoreThanANumber: Bool {
    var digits = utf8[...]
    if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
    guard let first = digits.first, Double(self) != nil else { return false }
    let isLed =
      first == UInt8(ascii: "0") && digits.dropFirst().first.map { $0 != UInt8(ascii: ".") } == true
    let isPlain = digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    return isLed || !isPlain
  }
}

extension Node {
  /// The classes that a manifest puts in quotes.
  var quotedClasses: [String] {
    ([self["positive"]] + (self["classes"]?.items ?? [])).compactMap { node in
      if case .scalar(let text, quoted: true)? = node?.content { text } else { nil }
    }
  }
}
