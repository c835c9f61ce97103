/// A JSON value whose keys keep their order.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package let key: String
    package let value: JSON
    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The text, two spaces an indent, one newline at the end; a number that is not finite is null.
  package var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  /// The same in few bytes: an object's members and those of its members on a line each, all else without blanks.
  package var compact: String {
    var text = ""
    write(to: &text, lines: 2)
    return text + "\n"
  }

  private func write(to text: inout String, lines: Int) {
    let end = lines > 0 ? "\n" : ""
    switch self {
    case .array(let items):
      text += "["
      for (place, item) in items.enumerated() {
        if place > 0 { text += "," }
        item.write(to: &text, lines: 0)
      }
      text += "]"
    case .object(let members):
      text += "{" + end
      for (place, member) in members.enumerated() {
        if place > 0 { text += "," + end }
        Self.quote(member.key, to: &text)
        text += ":"
        member.value.write(to: &text, lines: lines - 1)
      }
      text += end + "}"
    default: write(to: &text, indent: "")
    }
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? Self.shortest(value) : "null"
    case .string(let value): Self.quote(value, to: &text)
    case .array(let items):
      Self.list(items, "[", "]", indent: indent, to: &text) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      Self.list(members, "{", "}", indent: indent, to: &text) { member, text, indent in
        Self.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func list<T>(
    _ items: [T], _ open: String, _ close: String, indent: String, to text: inout String,
    _ write: (T, inout String, String) -> Void
  ) {
    if items.isEmpty {
      text += open + close
      return
    }
    let inner = indent + "  "
    text += open
    for (index, item) in items.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += inner
      write(item, &text, inner)
    }
    text += "\n" + indent + close
  }

  /// The shortest text that reads back as the same double.
  private static func shortest(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) + ".0" }
    return value.description
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JSON {
  /// An object of `dictionary`: the keys of `first` in that order, then the others sorted.
  package static func ordered<T>(
    _ dictionary: [String: T], first: [String] = [], _ json: (T) -> JSON
  ) -> JSON {
    let others = dictionary.keys.filter { !first.contains($0) }.sorted()
    return .object(
      (first + others).compactMap { key in dictionary[key].map { Member(key, json($0)) } })
  }
}
