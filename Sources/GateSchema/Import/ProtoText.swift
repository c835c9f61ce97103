package import GateCore

/// A message of protocol buffers in the text format, with the place of every field.
package struct ProtoText: Sendable {
  /// A field as it stands in the text; one that is repeated stands several times.
  package struct Field: Sendable {
    package let name: String
    package let value: Value
    package let mark: Mark
  }

  /// What a field holds.
  package enum Value: Sendable {
    /// A text in quotes, its escapes read.
    case text(String)
    /// A number, or the name of an enumeration's value, or a truth.
    case word(String)
    /// A message.
    case message(ProtoText)
  }

  /// In the order of the text.
  package let fields: [Field]

  /// Reads a text; throws at the first place that is not of the format. More than 64 levels are refused.
  package static func read(_ text: String, name: String) throws(Diagnostic) -> ProtoText {
    var reader = ProtoReader(text: text, name: name)
    return try reader.message(end: nil, depth: 0)
  }

  /// The fields of a name.
  package subscript(name: String) -> [Field] { fields.filter { $0.name == name } }
}

extension ProtoText.Field {
  /// The text or word.
  package var scalar: String? {
    switch value {
    case .text(let text), .word(let text): text
    case .message: nil
    }
  }

  /// The message.
  package var message: ProtoText? { if case .message(let message) = value { message } else { nil } }
}

/// A recursive descent over the UTF-8 of a text.
private struct ProtoReader {
  private static let deepest = 64
  private let bytes: [UInt8]
  private let source: Source
  private var position = 0
  private var line = 1
  private var start = 0

  package init(text: String, name: String) {
    bytes = Array(text.utf8)
    source = Source(name: name, text: text)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The place where the reader stands; the column counts Unicode scalars.
  private var mark: Mark {
    let before = bytes[start..<min(position, bytes.count)]
    return Mark(source: source, line: line, column: before.count { $0 & 0xC0 != 0x80 } + 1)
  }

  private func wrong(_ message: String) -> Diagnostic { Diagnostic(message, at: mark) }

  private var found: String {
    next.map { _ in
      "'\(String(decoding: bytes[position..<min(bytes.count, position + 8)], as: UTF8.self).prefix(1))'"
    } ?? "the end of the text"
  }

  /// Fields up to the closing sign, or with nil the end.
  package mutating func message(end: UInt8?, depth: Int) throws(Diagnostic) -> ProtoText {
    guard depth <= Self.deepest else { throw wrong("more than \(Self.deepest) levels of nesting") }
    var fields: [ProtoText.Field] = []
    while true {
      skipSpace()
      guard let byte = next else {
        if end == nil { return ProtoText(fields: fields) }
        throw wrong("the text ends inside of a message, wanted '}'")
      }
      if byte == end {
        position += 1
        return ProtoText(fields: fields)
      }
      fields += try field(depth: depth)
      skipSpace()
      if next == UInt8(ascii: ",") || next == UInt8(ascii: ";") { position += 1 }
    }
  }

  /// A name with one value, or with a list of them.
  private mutating func field(depth: Int) throws(Diagnostic) -> [ProtoText.Field] {
    let mark = mark
    let name = word()
    guard !name.isEmpty else { throw wrong("found \(found), wanted the name of a field") }
    skipSpace()
    let hasColon = next == UInt8(ascii: ":")
    if hasColon { position += 1 }
    skipSpace()
    guard next == UInt8(ascii: "[") else {
      let value = try value(hasColon: hasColon, depth: depth)
      return [ProtoText.Field(name: name, value: value, mark: mark)]
    }
    position += 1
    var fields: [ProtoText.Field] = []
    skipSpace()
    while next != UInt8(ascii: "]") {
      let value = try value(hasColon: hasColon, depth: depth)
      fields.append(ProtoText.Field(name: name, value: value, mark: mark))
      skipSpace()
      if next == UInt8(ascii: ",") {
        position += 1
        skipSpace()
      } else if next != UInt8(ascii: "]") {
        throw wrong("found \(found), wanted ',' or ']'")
      }
    }
    position += 1
    return fields
  }

  /// A message, text or word.
  private mutating func value(hasColon: Bool, depth: Int) throws(Diagnostic) -> ProtoText.Value {
    switch next {
    case UInt8(ascii: "{"):
      position += 1
      return .message(try message(end: UInt8(ascii: "}"), depth: depth + 1))
    case UInt8(ascii: "<"):
      position += 1
      return .message(try message(end: UInt8(ascii: ">"), depth: depth + 1))
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard hasColon else { throw wrong("found \(found), wanted ':' or '{'") }
      return .text(try texts())
    default:
      let text = word()
      guard hasColon, !text.isEmpty else { throw wrong("found \(found), wanted a value") }
      return .word(text)
    }
  }

  /// A name or number.
  private mutating func word() -> String {
    let start = position
    while let byte = next {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2B, 0x2D, 0x2E: position += 1
      default: return String(decoding: bytes[start..<position], as: UTF8.self)
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// One text, or several that stand next to each other and are one.
  private mutating func texts() throws(Diagnostic) -> String {
    var text: [UInt8] = []
    while let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      text += try quoted(quote)
      skipSpace()
    }
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw wrong("the text before this is not UTF-8")
    }
    return valid
  }

  private mutating func quoted(_ quote: UInt8) throws(Diagnostic) -> [UInt8] {
    position += 1
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\n") {
      position += 1
      if byte == quote { return text }
      if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
    }
    throw wrong("the text is not closed on its line")
  }

  /// What stands after a backslash: a letter, octal or hexadecimal digits of a byte, or of a character.
  private mutating func escape() throws(Diagnostic) -> [UInt8] {
    guard let byte = next else { throw wrong("the text ends in an escape") }
    let letters: [UInt8: UInt8] = [
      0x61: 7, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9, 0x76: 11, 0x5C: 0x5C, 0x27: 0x27,
      0x22: 0x22, 0x3F: 0x3F,
    ]
    if let letter = letters[byte] {
      position += 1
      return [letter]
    }
    switch byte {
    case 0x30...0x37: return [UInt8(truncatingIfNeeded: digits(3, radix: 8) ?? 0)]
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      position += 1
      guard let code = digits(2, radix: 16) else { throw wrong("an escape without digits") }
      return [UInt8(truncatingIfNeeded: code)]
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      position += 1
      guard let code = digits(byte == UInt8(ascii: "u") ? 4 : 8, radix: 16),
        let scalar = Unicode.Scalar(UInt32(code))
      else { throw wrong("an escape that is no character") }
      return Array(String(Character(scalar)).utf8)
    default: throw wrong("an unknown escape in a text")
    }
  }

  /// At most so many digits.
  private mutating func digits(_ most: Int, radix: Int) -> Int? {
    var text = ""
    while text.count < most, let byte = next,
      let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix
    {
      text.append(Character(Unicode.Scalar(byte)))
      position += 1
    }
    return Int(text, radix: radix)
  }

  /// Passes blanks and comments, and counts lines.
  private mutating func skipSpace() {
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\n"):
        position += 1
        (line, start) = (line + 1, position)
      case 0x20, 0x09, 0x0D: position += 1
      case UInt8(ascii: "#"): while let byte = next, byte != UInt8(ascii: "\n") { position += 1 }
      default: return
      }
    }
  }
}
