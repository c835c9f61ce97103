/// The values of an XGBoost file, json or ubj, read one after another without a tree of all of them.
struct XGBoostValues {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isText: Bool
  private var place = 0

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]

  /// Starts at the first byte, which opens an object.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    let second = bytes.dropFirst().first { !Self.blanks.contains($0) }
    isText = second.map { [0x22, 0x7d].contains($0) } ?? true
  }

  private var format: String { isText ? "json" : "ubj" }

  private var strange: XGBoostFault { .strange(max(0, place - 1), format: format) }

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

  // MARK: ubj

  /// The type and the number of a list's or object's items, where they stand first.
  private mutating func head() throws(XGBoostFault) -> (type: UInt8?, count: Int?) {
    var type: UInt8?
    if peek == UInt8(ascii: "$") {
      place += 1
      type = try next()
    }
    guard peek == UInt8(ascii: "#") else { return (type, nil) }
    place += 1
    return (type, try length())
  }

  /// Whether another item follows; passes over the end of those whose number is not known.
  private mutating func goesOn(
    _ done: Int, of count: Int?, until end: UInt8
  ) throws(XGBoostFault) -> Bool {
    if let count { return done < count }
    guard peek == end else { return true }
    place += 1
    return false
  }

  /// Goes behind the rest of a value of some type.
  private mutating func skip(_ type: UInt8, depth: Int) throws(XGBoostFault) {
    guard depth < 200 else { throw strange }
    switch UnicodeScalar(type) {
    case "Z", "N", "T", "F": return
    case "S", "H": try advance(try length())
    case "[": try skipItems(until: UInt8(ascii: "]"), areNamed: false, depth: depth)
    case "{": try skipItems(until: UInt8(ascii: "}"), areNamed: true, depth: depth)
    default: try advance(try size(of: type))
    }
  }

  /// Goes behind the items of a list or object.
  private mutating func skipItems(
    until end: UInt8, areNamed: Bool, depth: Int
  ) throws(XGBoostFault) {
    let (type, count) = try head()
    if let type, let count, !areNamed, let size = try? size(of: type) {
      let (total, isTooMuch) = size.multipliedReportingOverflow(by: count)
      return try advance(isTooMuch ? .max : total)
    }
    var done = 0
    while try goesOn(done, of: count, until: end) {
      if areNamed { try advance(try length()) }
      try skip(try self.type(type), depth: depth + 1)
      done += 1
    }
  }

  /// Reads a number of some type.
  private mutating func number(of type: UInt8) throws(XGBoostFault) -> Double {
    var bits: UInt64 = 0
    let size = try size(of: type)
    for _ in 0..<size { bits = bits << 8 | UInt64(try next()) }
    switch UnicodeScalar(type) {
    case "i": return Double(Int8(truncatingIfNeeded: bits))
    case "I": return Double(Int16(truncatingIfNeeded: bits))
    case "l": return Double(Int32(truncatingIfNeeded: bits))
    case "L": return Double(Int64(bitPattern: bits))
    case "d": return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case "D": return Double(bitPattern: bits)
    default: return Double(bits)
    }
  }

  /// Reads a length with the type before it.
  private mutating func length() throws(XGBoostFault) -> Int {
    let type = try next()
    guard "iUIlL".utf8.contains(type) else { throw strange }
    let value = try number(of: type)
    guard value >= 0, value < 0x1p53 else { throw strange }
    return Int(value)
  }

  /// How many bytes a number of some type has.
  private func size(of type: UInt8) throws(XGBoostFault) -> Int {
    switch UnicodeScalar(type) {
    case "i", "U", "C": return 1
    case "I": return 2
    case "l", "d": return 4
    case "L", "D": return 8
    default: throw strange
    }
  }

  /// The next bytes as a text.
  private mutating func bytes(of count: Int) throws(XGBoostFault) -> String {
    let start = place
    try advance(count)
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// The byte that is read next; nil at the end.
  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// The type of an item: that of all, or its own, which stands before it.
  private mutating func type(_ common: UInt8?) throws(XGBoostFault) -> UInt8 {
    if let common { return common }
    return try next()
  }

  /// Reads a byte.
  private mutating func next() throws(XGBoostFault) -> UInt8 {
    guard let byte = peek else { throw .ends(format: format) }
    place += 1
    return byte
  }

  /// Passes over bytes.
  private mutating func advance(_ count: Int) throws(XGBoostFault) {
    guard count <= bytes.count - place else { throw .ends(format: format) }
    place += count
  }
}
