/// The values of an XGBoost file, json or ubj, read one after another without a tree of all of them.
struct XGBoostValues {
  let bytes: UnsafeBufferPointer<UInt8>
  private let isText: Bool
  var place = 0

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]

  /// Starts at the first byte, which opens an object.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    let second = bytes.dropFirst().first { !Self.blanks.contains($0) }
    isText = second.map { [0x22, 0x7d].contains($0) } ?? true
  }

  var format: String { isText ? "json" : "ubj" }

  var strange: XGBoostFault { .strange(max(0, place - 1), format: format) }

  /// The place of the first byte behind what was read that says something; nil: there is none.
  var more: Int? {
    bytes[place...].firstIndex { !isText || !Self.blanks.contains($0) }
  }

  // MARK: Objects and lists

  /// Reads an object: `visit` reads, or skips, the value of each key; a key that stands twice is a fault.
  mutating func members(
    _ visit: (inout XGBoostValues, String) throws(XGBoostFault) -> Void
  ) throws(XGBoostFault) {
    var seen: Set<String> = []
    func hold(_ key: String) throws(XGBoostFault) {
      if !seen.insert(key).inserted { throw .wrong("it has the key '\(key.prefix(40))' twice") }
    }
    if isText {
      try expect(UInt8(ascii: "{"))
      if try take(UInt8(ascii: "}")) { return }
      repeat {
        let key = try text()
        try hold(key)
        try expect(UInt8(ascii: ":"))
        try visit(&self, key)
      } while try take(UInt8(ascii: ","))
      return try expect(UInt8(ascii: "}"))
    }
    guard try next() == UInt8(ascii: "{") else { throw strange }
    let (type, count) = try head()
    var done = 0
    while try goesOn(done, of: count, until: UInt8(ascii: "}")) {
      let key = try bytes(of: try length())
      try hold(key)
      if let type { try skip(type, depth: 1) } else { try visit(&self, key) }
      done += 1
    }
  }

  /// Reads a list: `visit` reads each item, which has a place from 0.
  mutating func items(
    _ visit: (inout XGBoostValues, Int) throws(XGBoostFault) -> Void
  ) throws(XGBoostFault) {
    var done = 0
    if isText {
      try expect(UInt8(ascii: "["))
      if try take(UInt8(ascii: "]")) { return }
      repeat {
        try visit(&self, done)
        done += 1
      } while try take(UInt8(ascii: ","))
      return try expect(UInt8(ascii: "]"))
    }
    guard try next() == UInt8(ascii: "[") else { throw strange }
    let (type, count) = try head()
    // Of one type there are numbers alone.
    guard type == nil else { throw strange }
    while try goesOn(done, of: count, until: UInt8(ascii: "]")) {
      try visit(&self, done)
      done += 1
    }
  }

  /// Reads a list of numbers.
  mutating func numbers() throws(XGBoostFault) -> [Double] {
    var numbers: [Double] = []
    if isText {
      try items { (values, _) throws(XGBoostFault) in numbers.append(try values.decimal()) }
      return numbers
    }
    guard try next() == UInt8(ascii: "[") else { throw strange }
    let (type, count) = try head()
    if let count { numbers.reserveCapacity(min(count, bytes.count - place)) }
    while try goesOn(numbers.count, of: count, until: UInt8(ascii: "]")) {
      numbers.append(try number(of: try self.type(type)))
    }
    return numbers
  }

  /// Reads a list of texts.
  mutating func texts() throws(XGBoostFault) -> [String] {
    var texts: [String] = []
    try items { (values, _) throws(XGBoostFault) in texts.append(try values.text()) }
    return texts
  }

  /// Reads a text.
  mutating func text() throws(XGBoostFault) -> String {
    guard isText else {
      guard try next() == UInt8(ascii: "S") else { throw strange }
      return try bytes(of: try length())
    }
    try expect(UInt8(ascii: "\""))
    let start = place
    while try next() != UInt8(ascii: "\"") {
      if bytes[place - 1] == UInt8(ascii: "\\") { _ = try next() }
    }
    return String(decoding: bytes[start..<(place - 1)], as: UTF8.self)
  }

  /// Passes over a value.
  mutating func skip() throws(XGBoostFault) {
    isText ? try skipText() : try skip(try next(), depth: 0)
  }

  // MARK: json

  /// Passes over blanks and the byte that is expected.
  private mutating func expect(_ byte: UInt8) throws(XGBoostFault) {
    guard try take(byte) else {
      _ = try next()
      throw strange
    }
  }

  /// Passes over blanks, and over the byte if it is there.
  private mutating func take(_ byte: UInt8) throws(XGBoostFault) -> Bool {
    while let found = peek, Self.blanks.contains(found) { place += 1 }
    guard let found = peek else { throw .ends(format: format) }
    guard found == byte else { return false }
    place += 1
    return true
  }

  /// Passes over a value of json: to the comma or bracket behind it.
  private mutating func skipText() throws(XGBoostFault) {
    var depth = 0
    while let byte = peek {
      switch byte {
      case 0x22: _ = try text()
      case 0x7b, 0x5b:
        depth += 1
        place += 1
      case 0x7d, 0x5d:
        if depth == 0 { return }
        depth -= 1
        place += 1
        if depth == 0 { return }
      case 0x2c where depth == 0: return
      default: place += 1
      }
    }
    throw .ends(format: format)
  }

  /// Reads a number of json; `NaN` and `Infinity` too, which XGBoost writes.
  private mutating func decimal() throws(XGBoostFault) -> Double {
    while let found = peek, Self.blanks.contains(found) { place += 1 }
    let start = place
    while let byte = peek, byte != 0x2c, byte != 0x5d, byte != 0x7d, byte > 0x20 {
      place += 1
    }
    if peek == nil { throw .ends(format: format) }
    // Most are short whole numbers.
    var whole = 0
    let digits = bytes[start..<place]
    if digits.count < 16, !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 < 10 }) {
      for digit in digits { whole = whole * 10 + Int(digit - 0x30) }
      return Double(whole)
    }
    guard let number = Double(String(decoding: digits, as: UTF8.self)) else {
      place = start + 1
      throw strange
    }
    return number
  }

  // MARK: Bytes

  /// The byte that is read next; nil at the end.
  var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// Reads a byte.
  mutating func next() throws(XGBoostFault) -> UInt8 {
    guard let byte = peek else { throw .ends(format: format) }
    place += 1
    return byte
  }

  /// Passes over bytes.
  mutating func advance(_ count: Int) throws(XGBoostFault) {
    guard count <= bytes.count - place else { throw .ends(format: format) }
    place += count
  }
}
