/// What a slice's name comes to for one group of rows.
package struct SliceValue: Sendable, Hashable {
  package var name: String
  package var content: Content

  package init(_ name: String, _ content: Content) {
    self.name = name
    self.content = content
  }

  package enum Content: Sendable, Hashable {
    /// A predicate is true, whose name says it all.
    case holds
    /// There is no value.
    case missing
    /// A value as it stands in the data.
    case text(String)
    /// What we call it: a bin, or whether a condition holds.
    case named(String)

    /// As a check's id has it, the same whatever other values there are; nil: the slice's name is enough.
    ///
    /// `null` is a missing value and nothing else: a text that would be taken for it, or whose ends or parts would not be
    /// seen, stands in quotes.
    package var id: String? {
      switch self {
      case .holds: nil
      case .missing: "null"
      case .named(let name): name.idPart
      case .text(let text):
        text.isPlain ? text.idPart : "\"\(text.idPart.replacing("\"", with: "%22"))\""
      }
    }

    /// As messages have it, quoted where its id is.
    package var shown: String? {
      switch self {
      case .holds: nil
      case .missing: "null"
      case .named(let name): name
      case .text(let text): text.plain
      }
    }

    /// As the record has it; nil: there is no value.
    package var recorded: String? {
      switch self {
      case .holds: "true"
      case .missing: nil
      case .named(let name), .text(let name): name
      }
    }

    package static func == (one: Content, other: Content) -> Bool {
      switch (one, other) {
      case (.holds, .holds), (.missing, .missing): true
      case (.text(let one), .text(let other)), (.named(let one), .named(let other)):
        one.isSame(as: other)
      default: false
      }
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(recorded.map { ExactText($0) })
    }
  }
}

extension String {
  /// A value of the data where it stands among words of ours: in quotes where it would be mistaken.
  package var plain: String { isPlain ? self : "\"\(self)\"" }

  /// Whether it can be taken for nothing else without quotes: it is not empty, no word for a missing value, begins and
  /// ends with what can be seen, and has nothing in it that ends a value.
  fileprivate var isPlain: Bool {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return false }
    return !first.properties.isWhitespace && !last.properties.isWhitespace && first.value != 0x22
      && !utf8.contains(UInt8(ascii: ",")) && lowercased() != "null"
  }
}
