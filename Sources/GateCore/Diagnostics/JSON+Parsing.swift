extension JSON {
  /// Reads one JSON text, keeping the order of keys and telling `1` from `1.0`, so that what was written is
  /// written again byte by byte.
  ///
  /// Throws a `Diagnostic` at the place in the text; `name` is what it calls the file. A key that stands twice,
  /// a number that is not finite and more than `levels` of nesting are refused.
  package init(parsing text: String, name: String, levels: Int = 64) throws(Diagnostic) {
    var parser = JSONParser(text: text, name: name, levels: levels)
    self = try parser.document()
  }
}

/// A descent over the UTF-8 of a JSON text.
private struct JSONParser {
  /// Levels of nesting that are read.
  package let levels: Int
  /// The whole text, for a message's excerpt.
  package let text: String
  /// The file's name, for messages.
  package let name: String
  /// The text's UTF-8.
  package let bytes: [UInt8]
  /// The next byte to read.
  package var position = 0

  /// Reads from the start of a text.
  package init(text: String, name: String, levels: Int) {
    (self.text, self.name, self.levels) = (text, name, levels)
    bytes = Array(text.utf8)
  }

  /// The next byte; nil at the end.
  package var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// One value and nothing after it.
  package mutating func document() throws(Diagnostic) -> JSON {
    let value = try value()
    skipSpace()
    if next != nil { throw wrong("there is more text after the end of the JSON value") }
    return value
  }

  /// An array or an object that is open.
  private struct Open {
    /// Whether it is an object.
    let isObject: Bool
    /// The key whose value comes next.
    package var key = ""
    /// The keys that stand in it.
    package var keys: Set<String> = []
    /// What an object has so far.
    package var members: [JSON.Member] = []
    /// What an array has so far.
    package var items: [JSON] = []

    /// Takes what was read in it.
    package mutating func add(_ value: JSON) {
      if isObject { members.append(JSON.Member(key, value)) } else { items.append(value) }
    }

    /// It as a value.
    package var value: JSON { isObject ? .object(members) : .array(items) }
  }

  /// Any value, with the space before it; what is open stands in a list, so that no depth takes the stack.
  package mutating func value() throws(Diagnostic) -> JSON {
    var open: [Open] = []
    while true {
      guard var whole = try begin(&open) else { continue }
      // What is whole stands in what is open, which may end behind it.
      while let last = open.indices.last {
        open[last].add(whole)
        skipSpace()
        if take(",") {
          if open[last].isObject { try key(&open[last]) }
          break
        }
        let end: Unicode.Scalar = open[last].isObject ? "}" : "]"
        guard take(end) else { throw wrong("found \(found), wanted ',' or '\(end)'") }
        whole = open.removeLast().value
      }
      if open.isEmpty { return whole }
    }
  }

  /// A value that has none within it; nil where an array or an object was opened.
  private mutating func begin(_ open: inout [Open]) throws(Diagnostic) -> JSON? {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard open.count < levels else { throw wrong("more than \(levels) levels of nesting") }
      let isObject = take("{")
      if !isObject { position += 1 }
      skipSpace()
      if take(isObject ? "}" : "]") { return isObject ? .object([]) : .array([]) }
      open.append(Open(isObject: isObject))
      if isObject { try key(&open[open.count - 1]) }
      return nil
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "-"): return try number()
    case nil: throw wrong("the text ends where a JSON value is wanted")
    default: throw wrong("found \(found), wanted a JSON value")
    }
  }

  /// The next key of an object, and its colon.
  private mutating func key(_ object: inout Open) throws(Diagnostic) {
    skipSpace()
    guard next == UInt8(ascii: "\"") else {
      throw wrong("found \(found), wanted a key in double quotes")
    }
    let start = position
    let key = try string()
    guard object.keys.insert(key).inserted else {
      position = start
      throw wrong("the key '\(key.prefix(60))' stands twice")
    }
    object.key = key
    skipSpace()
    guard take(":") else { throw wrong("found \(found), wanted ':'") }
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
