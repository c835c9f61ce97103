extension String {
  /// The text as YAML has it: as it stands where every reader takes it for a text, else in quotes.
  ///
  /// It may stand as a key or a value, in a block or in brackets: whatever writes YAML for a person to paste uses it.
  package var yaml: String {
    if isPlainYAML { return self }
    // Double quotes within are easier to read between single ones.
    guard utf8.contains(0x22) || utf8.contains(0x5C), unicodeScalars.allSatisfy(\.isPrintableYAML)
    else { return quotedYAML }
    return "'\(replacing("'", with: "''"))'"
  }

  /// In single quotes, which SQL with quoted names reads best in; a text with line ends or what no terminal shows is escaped.
  package var singleQuotedYAML: String {
    unicodeScalars.allSatisfy(\.isPrintableYAML)
      ? "'" + replacing("'", with: "''") + "'" : quotedYAML
  }

  /// In double quotes, with YAML's own escapes.
  package var quotedYAML: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.isPrintableYAML {
          result.unicodeScalars.append(scalar)
        } else {
          let hex = String(scalar.value, radix: 16, uppercase: true)
          let width = scalar.value > 0xFFFF ? 8 : 4
          result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - hex.count)
          result += hex
        }
      }
    }
    return result + "\""
  }

  /// Whether no quotes are needed: it begins with a letter, holds nothing that YAML reads, and is no truth, null or number.
  private var isPlainYAML: Bool {
    let words: Set = [
      "y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "infinity", "nan",
    ]
    let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F }
    guard let first = utf8.first, isLetter(first), utf8.last != 0x20, utf8.count < 100,
      !words.contains(lowercased())
    else { return false }
    return utf8.allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte) || " -./".utf8.contains(byte)
    }
  }
}

extension Unicode.Scalar {
  /// Whether YAML takes a character as it is, and a terminal shows it.
  fileprivate var isPrintableYAML: Bool {
    switch value {
    case 0x20...0x7E, 0xA0...0xD7FF, 0x10000...0x10FFFF: !isUnsafe
    case 0xE000...0xFFFD: value != 0xFEFF
    default: false
    }
  }
}
