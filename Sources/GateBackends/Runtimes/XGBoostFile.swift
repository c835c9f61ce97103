import GateCore

/// A look through an XGBoost file before the library sees it: that it is one whole model in json or ubj, and no more.
///
/// The library passes over what stands behind the end.
struct XGBoostFile {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  /// The end of a file before that of its model, or a byte that begins no value.
  private enum Broken: Error {
    case ends
    case strange(Int)
  }

  /// Refuses a file that is cut short or holds more than one model.
  static func check(_ bytes: [UInt8], name: String) throws(Diagnostic) {
    let hint = "save it again, booster.save_model('model.json'), or fetch it again"
    guard bytes.first == UInt8(ascii: "{") else {
      throw Diagnostic("the model '\(name)' is no XGBoost model in json or ubj", hint: hint)
    }
    let isText = bytes.dropFirst().first { !blanks.contains($0) }.map { [0x22, 0x7d].contains($0) }
    let format = isText == false ? "ubj" : "json"
    let end = bytes.withUnsafeBufferPointer { buffer -> Result<Int, Broken> in
      var file = XGBoostFile(bytes: buffer)
      return Result { () throws(Broken) in
        if isText == false { try file.skip(depth: 0) } else { try file.skipText() }
        return file.place
      }
    }
    let broken = "the model '\(name)' is not a whole XGBoost model: "
    switch end {
    case .failure(.ends):
      throw Diagnostic(broken + "its \(format) has no end, which may be cut short", hint: hint)
    case .failure(.strange(let place)):
      throw Diagnostic(
        broken + "byte \(place) is none of \(format), which may be cut short or damaged", hint: hint
      )
    case .success(let end):
      guard let more = bytes[end...].firstIndex(where: { isText == false || !blanks.contains($0) })
      else { return }
      throw Diagnostic(
        "behind the end of the model '\(name)', at byte \(more), stands more, which would be ignored",
        hint: hint + ", one model in a file")
    }
  }

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]

  /// Starts at the first byte.
  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Goes behind the bracket that closes the first one of a json text.
  private mutating func skipText() throws(Broken) {
    var depth = 0
    var isString = false
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case 0x5c where isString: place += 1
      case 0x22: isString.toggle()
      case _ where isString: continue
      case 0x7b, 0x5b: depth += 1
      case 0x7d, 0x5d:
        depth -= 1
        if depth == 0 { return }
      default: continue
      }
    }
    throw .ends
  }

  /// Goes behind one value of ubj.
  private mutating func skip(depth: Int) throws(Broken) {
    try skip(try next(), depth: depth)
  }

  /// Goes behind the rest of a value of some type.
  private mutating func skip(_ type: UInt8, depth: Int) throws(Broken) {
    guard depth < 200 else { throw .strange(place) }
    switch UnicodeScalar(type) {
    case "Z", "N", "T", "F": return
    case "S", "H": try advance(try length())
    case "[": try skipItems(until: UInt8(ascii: "]"), areNamed: false, depth: depth)
    case "{": try skipItems(until: UInt8(ascii: "}"), areNamed: true, depth: depth)
    default: try advance(try size(of: type))
    }
  }

  /// Goes behind the items of a list or object, whose number and type may stand first.
  private mutating func skipItems(
    until end: UInt8, areNamed: Bool, depth: Int
  ) throws(Broken) {
    var type: UInt8?
    var count: Int?
    if peek == UInt8(ascii: "$") {
      place += 1
      type = try next()
    }
    if peek == UInt8(ascii: "#") {
      place += 1
      count = try length()
    }
    if let type, let count, !areNamed, let size = try? size(of: type) {
      let (total, isTooMuch) = size.multipliedReportingOverflow(by: count)
      return try advance(isTooMuch ? .max : total)
    }
    var done = 0
    while true {
      if let count {
        if done == count { return }
      } else if peek == end {
        place += 1
        return
      }
      if areNamed { try advance(try length()) }
      if let type { try skip(type, depth: depth + 1) } else { try skip(depth: depth + 1) }
      done += 1
    }
  }

  /// The byte that is read next; nil at the end.
  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// Reads a byte.
  private mutating func next() throws(Broken) -> UInt8 {
    guard let byte = peek else { throw .ends }
    place += 1
    return byte
  }

  /// Passes over bytes.
  private mutating func advance(_ count: Int) throws(Broken) {
    guard count <= bytes.count - place else { throw .ends }
    place += count
  }

  /// Reads a length with the type before it.
  private mutating func length() throws(Broken) -> Int {
    let type = try next()
    guard "iUIlL".utf8.contains(type) else { throw .strange(place - 1) }
    var value: UInt64 = 0
    for _ in 0..<(try size(of: type)) { value = value << 8 | UInt64(try next()) }
    guard value <= UInt64(Int.max) else { throw .strange(place - 1) }
    return Int(value)
  }

  /// How many bytes a number of some type has.
  private func size(of type: UInt8) throws(Broken) -> Int {
    switch UnicodeScalar(type) {
    case "i", "U", "C": return 1
    case "I": return 2
    case "l", "d": return 4
    case "L", "D": return 8
    default: throw .strange(place - 1)
    }
  }
}
