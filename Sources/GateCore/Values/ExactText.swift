/// A text of the data, which is the same as another when their bytes are: Swift's own `==` takes forms of a letter that
/// Unicode calls equivalent for one, which join, count and group what the data keep apart.
package struct ExactText: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
  package let text: String

  package init(_ text: String) { self.text = text }

  package init(stringLiteral text: String) { self.text = text }

  package static func == (one: ExactText, other: ExactText) -> Bool {
    one.text.isSame(as: other.text)
  }

  /// By bytes, and so by code points.
  package static func < (one: ExactText, other: ExactText) -> Bool {
    one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    hasher.combine(0xff as UInt8)
  }
}

extension String {
  /// Whether both are the same bytes.
  package func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension Sequence<String> {
  /// Whether one of them is the same bytes.
  package func has(_ text: String) -> Bool { contains { $0.isSame(as: text) } }
}

extension Collection<String> {
  /// Where the first stands that is the same bytes.
  package func place(of text: String) -> Index? { firstIndex { $0.isSame(as: text) } }
}

extension String {
  /// What is said where this is none of some names: the nearest of them, or the one that only looks the same; nil: none
  /// is near.
  package func meant(among names: [String]) -> String? {
    otherForm(in: names) ?? nearest(in: names).map { "did you mean '\($0)'?" }
  }

  /// That one of some names is this one in another form of Unicode, such as an é of one letter or of two; nil: none is.
  package func otherForm(in names: [String]) -> String? {
    guard let other = names.first(where: { $0 == self && !$0.isSame(as: self) }) else { return nil }
    return
      "the file has '\(other)' in another form of Unicode: \(other.codePoints) there, \(codePoints) here; "
      + "copy the name from the file"
  }

  /// Its code points beyond ASCII.
  private var codePoints: String {
    let beyond = unicodeScalars.filter { !$0.isASCII }.prefix(6).map { scalar in
      let hex = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
    return beyond.joined(separator: " ")
  }
}
