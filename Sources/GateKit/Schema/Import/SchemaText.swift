/// A value of a schema that is to be written.
indirect enum SchemaText: Sendable, Hashable {
  /// A text, quoted where it would be read as something else.
  case text(String)
  /// A number, `true`, `false` or `null`, written as it is.
  case plain(String)
  case list([SchemaText])
  case map([Member])

  /// A key with its value.
  struct Member: Sendable, Hashable {
    /// The key, quoted where needed.
    let key: String
    let value: SchemaText

    /// A key and its value.
    init(_ key: String, _ value: SchemaText) {
      self.key = key
      self.value = value
    }
  }

  /// What a node says: a scalar without quotes that reads as a number, truth or null stays one.
  init(_ node: Node) {
    switch node.content {
    case .sequence(let items): self = .list(items.map(SchemaText.init))
    case .mapping(let pairs):
      self = .map(pairs.map { Member($0.key.text ?? "null", SchemaText($0.value)) })
    case .scalar(let text, let quoted):
      if node.isNull {
        self = .plain("null")
      } else if !quoted, let truth = node.boolean {
        self = .plain(truth ? "true" : "false")
      } else {
        self = !quoted && node.number != nil ? .plain(text) : .text(text)
      }
    }
  }

  /// `true` or `false`.
  static func flag(_ value: Bool) -> SchemaText { .plain(value ? "true" : "false") }

  /// Texts as a list.
  static func texts(_ texts: [String]) -> SchemaText { .list(texts.map(SchemaText.text)) }
}

extension SchemaText {
  /// The value as YAML that reads back as the same, two spaces an indent.
  ///
  /// Lists of scalars stand on one line where they fit into a hundred columns.
  var yaml: String {
    var text = ""
    write(to: &text, indent: "")
    return text
  }

  /// Writes a mapping or list at an indent, each with a line's end.
  private func write(to text: inout String, indent: String) {
    switch self {
    case .map(let members):
      for member in members {
        text += indent + Self.scalar(member.key) + ":"
        member.value.writeValue(to: &text, indent: indent)
      }
    case .list(let items):
      for item in items {
        text += indent + "-"
        if case .map(let members) = item, let first = members.first {
          text += " " + Self.scalar(first.key) + ":"
          first.value.writeValue(to: &text, indent: indent + "  ")
          SchemaText.map(Array(members.dropFirst())).write(to: &text, indent: indent + "  ")
        } else {
          item.writeValue(to: &text, indent: indent)
        }
      }
    default: text += indent + line + "\n"
    }
  }

  /// Writes what stands after a colon or a dash.
  private func writeValue(to text: inout String, indent: String) {
    if isShort, line.unicodeScalars.count + indent.count < 80 {
      text += " " + line + "\n"
    } else {
      text += "\n"
      write(to: &text, indent: indent + "  ")
    }
  }

  /// Whether it may stand on one line: a scalar, a list of them, a list of such lists, or what is empty.
  private var isShort: Bool {
    switch self {
    case .map(let members): members.isEmpty
    case .list(let items):
      items.allSatisfy { item in
        if case .map = item { false } else { item.isShort }
      }
    default: true
    }
  }

  /// The value on one line; a scalar that is too long for one has no other form.
  var line: String {
    switch self {
    case .text(let text): Self.scalar(text)
    case .plain(let text): text
    case .list(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .map(let members):
      "{\(members.map { "\(Self.scalar($0.key)): \($0.value.line)" }.joined(separator: ", "))}"
    }
  }

  /// A text that no reader of YAML takes for anything else.
  private static func scalar(_ text: String) -> String {
    isSafe(text) ? text : quoted(text)
  }

  /// Whether a text may stand without quotes: a word of letters that is no truth and no null.
  private static func isSafe(_ text: String) -> Bool {
    let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan"]
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "_",
      !words.contains(text.lowercased()), text.utf8.count < 100
    else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E: true
      default: false
      }
    }
  }

  /// A text in double quotes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if isPrintable(scalar) {
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

  /// Whether YAML takes a character as it is, and a terminal shows it.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0xD7FF, 0x10000...0x10FFFF: !scalar.isUnsafe
    case 0xE000...0xFFFD: scalar.value != 0xFEFF
    default: false
    }
  }
}
