extension JSON {
  /// Reads one JSON text, keeping the order of keys and telling `1` from `1.0`, so that what was written is
  /// written again byte by byte.
  ///
  /// Throws a `Diagnostic` at the place in the text; `name` is what it calls the file. A key that stands twice,
  /// a number that is not finite and more than 64 levels are refused.
  public init(parsing text: String, name: String) throws(Diagnostic) {
    var parser = JSONParser(text: text, name: name)
    self = try parser.document()
  }
}

/// A recursive descent over the UTF-8 of a JSON text.
private struct JSONParser {
  /// Levels of nesting that are read.
  static let deepest = 64

  /// The whole text, for a message's excerpt.
  let text: String
  /// The file's name, for messages.
  let name: String
  /// The text's UTF-8.
  let bytes: [UInt8]
  /// The next byte to read.
  var position = 0
  /// Arrays and objects that are open.
  var depth = 0

  /// Reads from the start of a text.
  init(text: String, name: String) {
    self.text = text
    self.name = name
    bytes = Array(text.utf8)
  }

  /// The next byte; nil at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// One value and nothing after it.
  mutating func document() throws(Diagnostic) -> JSON {
    let value = try value()
    skipSpace()
    if next != nil { throw wrong("there is more text after the end of the JSON value") }
    return value
  }

  /// Any value, with the space before it.
  mutating func value() throws(Diagnostic) -> JSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try nested(Self.object)
    case UInt8(ascii: "["): return try nested(Self.array)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "-"): return try number()
    case nil: throw wrong("the text ends where a JSON value is wanted")
    default: throw wrong("found \(found), wanted a JSON value")
    }
  }

  /// What `body` reads, one level deeper.
  private mutating func nested(
    _ body: (inout JSONParser) throws(Diagnostic) -> JSON
  ) throws(Diagnostic) -> JSON {
    guard depth < Self.deepest else { throw wrong("more than \(Self.deepest) levels of nesting") }
    depth += 1
    position += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  /// The rest of an object whose brace was read.
  private static func object(_ parser: inout JSONParser) throws(Diagnostic) -> JSON {
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    parser.skipSpace()
    if parser.take("}") { return .object([]) }
    repeat {
      parser.skipSpace()
      guard parser.next == UInt8(ascii: "\"") else {
        throw parser.wrong("found \(parser.found), wanted a key in double quotes")
      }
      let start = parser.position
      let key = try parser.string()
      guard keys.insert(key).inserted else {
        parser.position = start
        throw parser.wrong("the key '\(key.prefix(60))' stands twice")
      }
      parser.skipSpace()
      guard parser.take(":") else { throw parser.wrong("found \(parser.found), wanted ':'") }
      members.append(JSON.Member(key, try parser.value()))
      parser.skipSpace()
    } while parser.take(",")
    guard parser.take("}") else { throw parser.wrong("found \(parser.found), wanted ',' or '}'") }
    return .object(members)
  }

  /// The rest of an array whose bracket was read.
  private static func array(_ parser: inout JSONParser) throws(Diagnostic) -> JSON {
    var items: [JSON] = []
    parser.skipSpace()
    if parser.take("]") { return .array([]) }
    repeat {
      items.append(try parser.value())
      parser.skipSpace()
    } while parser.take(",")
    guard parser.take("]") else { throw parser.wrong("found \(parser.found), wanted ',' or ']'") }
    return .array(items)
  }

  /// `true`, `false` or `null`.
  private mutating func word(_ word: String, _ value: JSON) throws(Diagnostic) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else {
      throw wrong("found \(found), wanted a JSON value")
    }
    position += word.utf8.count
    return value
  }

  /// A number as JSON writes it; whole numbers that fit stay integers.
  private mutating func number() throws(Diagnostic) -> JSON {
    let start = position
    _ = take("-")
    let leading = next
    let whole = digits()
    guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else {
      throw wrong("a number has an optional '-', then digits without a leading zero")
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      guard digits() > 0 else { throw wrong("found \(found), wanted a digit after '.'") }
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      guard digits() > 0 else { throw wrong("found \(found), wanted a digit of the exponent") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else {
      position = start
      throw wrong("'\(text.prefix(60))' is beyond the range of a double")
    }
    return .number(value)
  }

  /// Passes digits; how many.
  private mutating func digits() -> Int {
    let start = position
    while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    return position - start
  }

  /// A string with its quotes.
  private mutating func string() throws(Diagnostic) -> String {
    position += 1
    var utf8: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: utf8, as: UTF8.self)
      case UInt8(ascii: "\\"): utf8 += String(try escape()).utf8
      case 0..<0x20: throw wrong("a control character in a string; write it as '\\u00..'")
      default:
        utf8.append(byte)
        position += 1
      }
    }
    throw wrong("the text ends inside of a string")
  }

  /// The character that an escape stands for.
  private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
    position += 1
    let start = position
    let simple: [UInt8: Unicode.Scalar] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
      UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]
    if let byte = next, let scalar = simple[byte] {
      position += 1
      return scalar
    }
    guard take("u"), var code = hex() else { throw wrong("an unknown escape in a string") }
    if 0xD800..<0xDC00 ~= code, take("\\"), take("u"), let low = hex(), 0xDC00..<0xE000 ~= low {
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      position = start
      throw wrong("half of a surrogate pair in a string")
    }
    return scalar
  }

  /// Four hexadecimal digits.
  private mutating func hex() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.allSatisfy(\.isHexDigit), let code = UInt32(digits, radix: 16) else { return nil }
    position += 4
    return code
  }

  /// Passes `character` when it is next.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Passes JSON's white space.
  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  /// What stands here, in the words of a message.
  private var found: String {
    guard next != nil else { return "the end of the text" }
    let rest = String(decoding: bytes[position..<min(bytes.count, position + 16)], as: UTF8.self)
    return "'\(rest.prefix(1))'"
  }

  /// A diagnostic at the current place.
  private func wrong(_ message: String) -> Diagnostic {
    let before = String(decoding: bytes[..<min(position, bytes.count)], as: UTF8.self)
    let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let column = (lines.last?.unicodeScalars.count ?? 0) + 1
    return Diagnostic(
      message,
      at: Mark(source: Source(name: name, text: text), line: max(1, lines.count), column: column))
  }
}
