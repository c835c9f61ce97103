/// What Python's `str` takes for a space and for lower case, which decide what the reference libraries count.

extension Unicode.Scalar {
  /// Whether `str.isspace` and a regular expression's `\s` hold: also of the separators 0x1C to 0x1F.
  @inlinable
  @inline(__always)
  package var isSpace: Bool {
    switch value {
    case 9...13, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Whether a regular expression's `\w` holds: letters, numbers of any kind and the underscore.
  package var isOfWord: Bool {
    if value < 0x80 {
      return switch value {
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
      default: false
      }
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return properties.numericType != nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// How many bytes of UTF-8 the space at `place` takes; 0: there is none.
  @inlinable
  @inline(__always)
  package func spaceLength(at place: Int) -> Int {
    let byte = self[place]
    if byte < 0x80 { return (byte &- 9) < 5 || (byte &- 0x1C) < 5 ? 1 : 0 }
    return wideSpaceLength(at: place)
  }

  /// The same of a space that is not ASCII.
  @usableFromInline func wideSpaceLength(at place: Int) -> Int {
    let byte = self[place]
    if byte == 0xC2 {
      let next = self[place + 1]
      return next == 0x85 || next == 0xA0 ? 2 : 0
    }
    guard byte == 0xE1 || byte == 0xE2 || byte == 0xE3 else { return 0 }
    let rest = UInt32(self[place + 1] & 0x3F) << 6 | UInt32(self[place + 2] & 0x3F)
    return Unicode.Scalar(UInt32(byte & 0xF) << 12 | rest)?.isSpace == true ? 3 : 0
  }

  /// Hands over where each run of bytes between spaces stands, as `str.split()` has it.
  @inlinable
  @inline(__always)
  package func eachWord(_ body: (Range<Int>) -> Void) {
    var place = 0
    var start = 0
    while place < count {
      let space = spaceLength(at: place)
      if space == 0 {
        place += 1
        continue
      }
      if start < place { body(start..<place) }
      place += space
      start = place
    }
    if start < place { body(start..<place) }
  }
}

extension String {
  /// What `body` gives on the bytes of the text, without a copy.
  @inlinable
  @inline(__always)
  package func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(utf8).withUnsafeBufferPointer(body)
  }

  /// The text as `str.lower()` has it: a capital sigma at the end of a word is 'ς'.
  package var lowered: String {
    if utf8.allSatisfy({ $0 < 0x80 }) {
      return String(
        decoding: utf8.map { ($0 &- 0x41) < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
    let scalars = Array(unicodeScalars)
    var text = ""
    for (place, scalar) in scalars.enumerated() {
      if scalar.value == 0x3A3 {
        text.unicodeScalars.append(Self.endsWord(scalars, place) ? "\u{3C2}" : "\u{3C3}")
      } else {
        text += scalar.properties.lowercaseMapping
      }
    }
    return text
  }

  /// Whether a cased scalar stands before `place` and none after, those without weight passed over: Unicode's
  /// Final_Sigma.
  private static func endsWord(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
    let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
    let after = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
    return before?.properties.isCased == true && after?.properties.isCased != true
  }

  /// The text without the spaces at its end.
  package var withoutTrailingSpace: String {
    guard let last = unicodeScalars.last, last.isSpace else { return self }
    let end = unicodeScalars.lastIndex { !$0.isSpace }
    return String(unicodeScalars[..<(end.map(unicodeScalars.index(after:)) ?? startIndex)])
  }

  /// The values of the scalars, without those that are spaces where `spaces` is false.
  package func appendScalars(to values: inout [UInt32], spaces: Bool) {
    for scalar in unicodeScalars where spaces || !scalar.isSpace { values.append(scalar.value) }
  }
}
