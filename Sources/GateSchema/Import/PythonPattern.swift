import GateCore

/// A regular expression of Python in RE2's form, with the same meaning.
///
/// Python's `\w`, `\d` and `\s` know Unicode and its `$` matches before a last newline too; both are written out. What
/// RE2 cannot say (look-around, back references, word boundaries) throws.
struct PythonPattern {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var result = ""

  /// The pattern in RE2's form.
  static func translated(_ pattern: String) throws(ImportGap) -> String {
    var translation = PythonPattern(scalars: Array(pattern.unicodeScalars))
    _ = try translation.alternatives(isInGroup: false)
    return translation.result
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// What `\w`, `\d` and `\s` mean inside of brackets.
  private static let classes: [Unicode.Scalar: String] = [
    "w": "\\p{L}\\p{N}_", "d": "\\p{Nd}",
    "s": "\\t-\\r\\x{1C}-\\x{20}\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}"
      + "\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}",
  ]

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  /// Whether these characters come next.
  private func isNext(_ text: String) -> Bool {
    scalars[position...].starts(with: text.unicodeScalars)
  }

  /// Passes the next character.
  private mutating func pass() -> Unicode.Scalar {
    defer { position += 1 }
    return scalars[position]
  }

  /// Takes the next character over.
  private mutating func copy() { result.unicodeScalars.append(pass()) }

  /// Everything up to a closing parenthesis or the end; whether one of its `$` stands before that.
  private mutating func alternatives(isInGroup: Bool) throws(ImportGap) -> Bool {
    var hasEnd = false
    while let scalar = next {
      if scalar == ")" {
        guard isInGroup else { throw ImportGap("the pattern has a ')' too many") }
        return hasEnd
      }
      if scalar == "$" {
        position += 1
        result += "(?:\\n?\\z)"
        hasEnd = true
        try wantEnd()
      } else if scalar == "(" {
        if try group() {
          hasEnd = true
          try wantEnd()
        }
      } else {
        try atom(scalar)
      }
    }
    if isInGroup { throw ImportGap("the pattern has a '(' that is never closed") }
    return hasEnd
  }

  /// A `$` that takes a newline must have nothing after it.
  private func wantEnd() throws(ImportGap) {
    if next == nil || next == ")" || next == "|" { return }
    throw ImportGap("its pattern goes on after '$'")
  }

  /// A group; whether a `$` stands in it.
  private mutating func group() throws(ImportGap) -> Bool {
    let openings = ["(?:", "(?P<", "(?i)", "(?i:"]
    if let opening = openings.first(where: isNext) {
      for _ in opening.unicodeScalars { copy() }
      if opening == "(?i)" { return false }
    } else if isNext("(?") {
      throw ImportGap(
        isNext("(?=") || isNext("(?!") || isNext("(?<")
          ? "its pattern looks around itself, which RE2 cannot"
          : "its pattern has a group of a kind that RE2 does not have")
    } else {
      copy()
    }
    let hasEnd = try alternatives(isInGroup: true)
    copy()
    return hasEnd
  }

  /// One character, class, escape or repetition.
  private mutating func atom(_ scalar: Unicode.Scalar) throws(ImportGap) {
    switch scalar {
    case "\\": try escape()
    case "[": try brackets()
    case ".":
      position += 1
      result += "[^\\n]"
    case "*", "+", "?":
      copy()
      if next == "+" { throw ImportGap("its pattern repeats possessively, which RE2 cannot") }
    case "{": try repetition()
    case "}", "]":
      position += 1
      result += "\\\(scalar)"
    default: copy()
    }
  }

  /// `{2}`, `{2,}`, `{,3}` or `{2,3}`; another brace is a character.
  private mutating func repetition() throws(ImportGap) {
    let rest = scalars[(position + 1)...]
    let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "," }
    let after = position + 1 + digits.count
    let parts = digits.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts.map { part in part.reduce(into: "") { $0.unicodeScalars.append($1) } }
    guard after < scalars.count, scalars[after] == "}", !digits.isEmpty, digits != [","],
      !numbers.contains(where: { $0.contains(",") })
    else {
      position += 1
      result += "\\{"
      return
    }
    if numbers.contains(where: { Int($0) ?? 0 > 1000 || $0.count > 4 }) {
      throw ImportGap("its pattern repeats more than the 1000 times that RE2 allows")
    }
    let low = numbers[0].isEmpty ? "0" : numbers[0]
    result += "{\(([low] + numbers.dropFirst()).joined(separator: ","))}"
    position = after + 1
    if next == "+" { throw ImportGap("its pattern repeats possessively, which RE2 cannot") }
  }

  /// An escape outside of brackets.
  private mutating func escape() throws(ImportGap) {
    position += 1
    guard let scalar = next else { throw ImportGap("its pattern ends in a backslash") }
    switch scalar {
    case "A":
      position += 1
      result += "\\A"
    case "Z":
      position += 1
      result += "\\z"
    case "w", "d", "s":
      position += 1
      result += "[\(Self.classes[scalar] ?? "")]"
    case "W", "D", "S":
      position += 1
      result += "[^\(Self.classes[scalar.lowered] ?? "")]"
    case "b", "B":
      throw ImportGap(
        "its pattern has a word boundary, which RE2 knows of ASCII letters only")
    default: result += try character()
    }
  }

  /// What an escape of one character stands for; the backslash was passed.
  private mutating func character() throws(ImportGap) -> String {
    let scalar = pass()
    switch scalar {
    case "n", "r", "t", "f", "v", "a": return "\\\(scalar)"
    case "x", "u", "U":
      let count = scalar == "x" ? 2 : scalar == "u" ? 4 : 8
      let digits = scalars[position...].prefix(count)
      let hex = digits.reduce(into: "") { $0.unicodeScalars.append($1) }
      guard digits.count == count, UInt32(hex, radix: 16) != nil else {
        throw ImportGap("its pattern has an escape that is cut off")
      }
      position += count
      return "\\x{\(hex)}"
    case "0"..."9": throw ImportGap("its pattern refers back to a group, which RE2 cannot")
    default:
      if scalar.isASCII, scalar.properties.isAlphabetic {
        throw ImportGap("its pattern has the escape '\\\(scalar)'")
      }
      return scalar.isASCII ? "\\\(scalar)" : String(Character(scalar))
    }
  }

  /// A class in brackets.
  private mutating func brackets() throws(ImportGap) {
    for anything in ["[\\s\\S]", "[\\S\\s]", "[\\d\\D]", "[\\D\\d]", "[\\w\\W]", "[\\W\\w]"]
    where isNext(anything) {
      position += anything.unicodeScalars.count
      result += "(?s:.)"
      return
    }
    copy()
    if next == "^" { copy() }
    var isFirst = true
    while let scalar = next {
      if scalar == "]", !isFirst {
        copy()
        return
      }
      isFirst = false
      if scalar == "[" || scalar == "]" {
        position += 1
        result += "\\\(scalar)"
      } else if scalar == "\\" {
        try bracketEscape()
      } else {
        copy()
      }
    }
    throw ImportGap("its pattern has a '[' that is never closed")
  }

  /// An escape inside of brackets.
  private mutating func bracketEscape() throws(ImportGap) {
    position += 1
    guard let scalar = next else { throw ImportGap("its pattern ends in a backslash") }
    switch scalar {
    case "w", "d", "s":
      position += 1
      result += Self.classes[scalar] ?? ""
    case "D":
      position += 1
      result += "\\P{Nd}"
    case "W", "S":
      throw ImportGap("its pattern has '\\\(scalar)' with others in brackets")
    case "b":
      position += 1
      result += "\\x{8}"
    default: result += try character()
    }
  }
}

extension Unicode.Scalar {
  /// The small letter of an ASCII capital.
  fileprivate var lowered: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(value + 32) ?? self : self
  }
}
