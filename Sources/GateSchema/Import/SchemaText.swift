package import GateCore

/// A value of a schema that is to be written.
package indirect enum SchemaText: Sendable, Hashable {
  /// A text, quoted where it would be read as something else.
  case text(String)
  /// A number, `true`, `false` or `null`, written as it is.
  case plain(String)
  case list([SchemaText])
  case map([Member])

  /// A key with its value.
  package struct Member: Sendable, Hashable {
    /// The key, quoted where needed.
    package let key: String
    package let value: SchemaText

    /// A key and its value.
    package init(_ key: String, _ value: SchemaText) {
      self.key = key
      self.value = value
    }
  }

  /// What a node says: a scalar without quotes that reads as a number, truth or null stays one.
  package init(_ node: Node) {
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
  package static func flag(_ value: Bool) -> SchemaText { .plain(value ? "true" : "false") }

  /// Texts as a list.
  package static func texts(_ texts: [String]) -> SchemaText { .list(texts.map(SchemaText.text)) }
}

extension SchemaText {
  /// The value as YAML that reads back as the same, two spaces an indent.
  ///
  /// Lists of scalars stand on one line where they fit into a hundred columns.
  package var yaml: String {
    var text = ""
    write(to: &text, indent: "")
    return text
  }

  /// Writes a mapping or list at an indent, each with a line's end.
  private func write(to text: inout String, indent: String) {
    switch self {
    case .map(let members):
      for member in members {
        text += indent + member.key.yaml + ":"
        member.value.writeValue(to: &text, indent: indent)
      }
    case .list(let items):
      for item in items {
        text += indent + "-"
        if case .map(let members) = item, let first = members.first {
          text += " " + first.key.yaml + ":"
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
  package var line: String {
    switch self {
    case .text(let text): text.yaml
    case .plain(let text): text
    case .list(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .map(let members):
      "{\(members.map { "\($0.key.yaml): \($0.value.line)" }.joined(separator: ", "))}"
    }
  }
}
