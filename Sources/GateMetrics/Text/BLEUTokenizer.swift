import GateCore

/// sacrebleu's tokenizers, as numbers for the words of a row: 13a (mteval-v13a.pl), intl (mteval-v14.pl), char and none.
struct BLEUTokenizer {
  /// The rules by which a text falls into words.
  enum Rules: String, CaseIterable {
    case mteval13a = "13a"
    case international = "intl"
    case characters = "char"
    case spaces = "none"
  }

  /// The rules by which a text falls into words.
  package let rules: Rules
  /// Whether case is folded first.
  let lowercase: Bool
  /// The words of the row at hand.
  private var numbers = WordNumbers()
  /// What a pass reads.
  private var bytes: [UInt8] = []
  /// What a pass writes.
  private var other: [UInt8] = []

  /// Takes the rules.
  package init(_ rules: Rules, lowercase: Bool) {
    self.rules = rules
    self.lowercase = lowercase
  }

  /// Forgets the words of the last row.
  mutating func startRow() { numbers.removeAll() }

  /// The words of a text of the row as numbers.
  package mutating func words(_ text: String, into words: inout [UInt32]) {
    words.removeAll(keepingCapacity: true)
    let text = (lowercase ? text.lowered : text).withoutTrailingSpace
    switch rules {
    case .characters: text.appendScalars(to: &words, spaces: false)
    case .spaces: text.withBytes { append($0, to: &words) }
    case .international:
      text.separated.withUnsafeBufferPointer { append($0, to: &words) }
    case .mteval13a:
      separate(text)
      // The table of numbers is of this value too, so the bytes are lent out of it.
      let lent = bytes
      lent.withUnsafeBufferPointer { append($0, to: &words) }
    }
  }

  /// Numbers the words between spaces.
  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, to words: inout [UInt32]) {
    text.eachWord { words.append(numbers.number(of: $0, in: text)) }
  }

  /// Puts spaces around marks, into `bytes`; byte by byte, as all that the rules name is ASCII.
  private mutating func separate(_ text: String) {
    let isPlain = text.withBytes { bytes in
      bytes.allSatisfy { $0 != 0x0A && $0 != 0x3C && $0 != 0x26 }
    }
    let line = isPlain ? text : text.asOneLine
    bytes.removeAll(keepingCapacity: true)
    bytes.append(0x20)
    line.withBytes { line in
      for byte in line {
        if byte.isMark {
          bytes.append(0x20)
          bytes.append(byte)
          bytes.append(0x20)
        } else {
          bytes.append(byte)
        }
      }
    }
    bytes.append(0x20)
    // A period or comma, but between digits; then a dash after a digit.
    bytes.spacePairs(into: &other, aroundFirst: false) { !$0.isDigit && $1.isStop }
    other.spacePairs(into: &bytes, aroundFirst: true) { $0.isStop && !$1.isDigit }
    bytes.spacePairs(into: &other, aroundFirst: false) { $0.isDigit && $1 == 0x2D }
    swap(&bytes, &other)
  }
}

extension Array where Element: FixedWidthInteger {
  /// Puts spaces around the first or the second of each pair of neighbours that `fits`, from left to right, no element in two pairs: what a
  /// substitution of a regular expression of two characters does.
  @inline(__always)
  func spacePairs(
    into result: inout [Element], aroundFirst: Bool, _ fits: (Element, Element) -> Bool
  ) {
    result.removeAll(keepingCapacity: true)
    var place = 0
    while place < count {
      guard place + 1 < count, fits(self[place], self[place + 1]) else {
        result.append(self[place])
        place += 1
        continue
      }
      if aroundFirst { result.append(0x20) }
      result.append(self[place])
      result.append(0x20)
      result.append(self[place + 1])
      if !aroundFirst { result.append(0x20) }
      place += 2
    }
  }
}

extension String {
  /// What mteval-v13a does first: markup of its own out, lines joined, four entities read.
  fileprivate var asOneLine: String {
    let line = replacing("<skipped>", with: "").replacing("-\n", with: "")
      .replacing("\n", with: " ")
    guard line.contains("&") else { return line }
    return line.replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">")
  }

  /// What mteval-v14 does: punctuation apart but next to a digit, symbols apart; as UTF-8.
  fileprivate var separated: [UInt8] {
    let line = unicodeScalars.map(\.value)
    var pass: [UInt32] = []
    line.spacePairs(into: &pass, aroundFirst: false) { !$0.isNumber && $1.isPunctuation }
    var apart: [UInt32] = []
    pass.spacePairs(into: &apart, aroundFirst: true) { $0.isPunctuation && !$1.isNumber }
    var text: [UInt8] = []
    text.reserveCapacity(apart.count * 2)
    for value in apart {
      let isSymbol = value.isSymbol
      if isSymbol { text.append(0x20) }
      if value < 0x80 {
        text.append(UInt8(value))
      } else if let scalar = Unicode.Scalar(value) {
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
      if isSymbol { text.append(0x20) }
    }
    return text
  }
}

extension UInt8 {
  /// 0 to 9.
  fileprivate var isDigit: Bool { (self &- 0x30) < 10 }
  /// A period or a comma.
  fileprivate var isStop: Bool { self == 0x2E || self == 0x2C }
  /// What 13a sets apart wherever it stands: ASCII but letters, digits, control and `'`, `,`, `-`, `.`.
  fileprivate var isMark: Bool {
    switch self {
    case 0x21...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}

/// Categories of the scalar of this value; those of ASCII by hand, as a look-up a letter is most of the time.
extension UInt32 {
  /// The category of the scalar of this value.
  private var category: Unicode.GeneralCategory {
    Unicode.Scalar(self)?.properties.generalCategory ?? .unassigned
  }

  /// `\p{N}`.
  fileprivate var isNumber: Bool {
    if self < 0x80 { return self &- 0x30 < 10 }
    return switch category {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }

  /// `\p{P}`.
  fileprivate var isPunctuation: Bool {
    if self < 0x80 { return UInt8(self).isPunctuation && !isSymbol }
    return switch category {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  /// `\p{S}`: of ASCII `$+<=>^` and backtick, bar and tilde.
  fileprivate var isSymbol: Bool {
    if self < 0x80 {
      return switch self {
      case 0x24, 0x2B, 0x3C...0x3E, 0x5E, 0x60, 0x7C, 0x7E: true
      default: false
      }
    }
    return switch category {
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
    default: false
    }
  }
}
