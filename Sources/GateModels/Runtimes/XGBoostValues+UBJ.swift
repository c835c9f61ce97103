/// Values of Universal Binary JSON, as XGBoost writes it.
extension XGBoostValues {
  /// The type and the number of a list's or object's items, where they stand first.
  mutating func head() throws(XGBoostFault) -> (type: UInt8?, count: Int?) {
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
  mutating func goesOn(
    _ done: Int, of count: Int?, until end: UInt8
  ) throws(XGBoostFault) -> Bool {
    if let count { return done < count }
    guard peek == end else { return true }
    place += 1
    return false
  }

  /// Goes behind the rest of a value of some type.
  mutating func skip(_ type: UInt8, depth: Int) throws(XGBoostFault) {
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
  mutating func skipItems(
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
  mutating func number(of type: UInt8) throws(XGBoostFault) -> Double {
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
  mutating func length() throws(XGBoostFault) -> Int {
    let type = try next()
    guard "iUIlL".utf8.contains(type) else { throw strange }
    let value = try number(of: type)
    guard value >= 0, value < 0x1p53 else { throw strange }
    return Int(value)
  }

  /// How many bytes a number of some type has.
  func size(of type: UInt8) throws(XGBoostFault) -> Int {
    switch UnicodeScalar(type) {
    case "i", "U", "C": return 1
    case "I": return 2
    case "l", "d": return 4
    case "L", "D": return 8
    default: throw strange
    }
  }

  /// The next bytes as a text.
  mutating func bytes(of count: Int) throws(XGBoostFault) -> String {
    let start = place
    try advance(count)
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// The type of an item: that of all, or its own, which stands before it.
  mutating func type(_ common: UInt8?) throws(XGBoostFault) -> UInt8 {
    if let common { return common }
    return try next()
  }
}
