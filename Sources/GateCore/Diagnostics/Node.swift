/// The text of a file, kept so that a mistake can be shown in its line.
package final class Source: Sendable {
  /// The name as the user wrote it.
  package let name: String
  package let lines: [String]

  package init(name: String, text: String) {
    self.name = name
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
      String.init)
  }
}

/// A place in a source; line and column start at 1, columns count Unicode scalars.
package struct Mark: Sendable {
  package let source: Source
  package let line: Int
  package let column: Int

  package init(source: Source, line: Int, column: Int) {
    self.source = source
    self.line = line
    self.column = column
  }

  package var location: Location { Location(file: source.name, line: line, column: column) }
  package var excerpt: String? {
    source.lines.indices.contains(line - 1) ? source.lines[line - 1] : nil
  }
}

/// A value of a manifest, with the place where it stands.
///
/// A scalar keeps its text: what type it has is said by the key it stands under, never guessed, so that
/// `no` stays a region and `1e3` a number.
package struct Node: Sendable {
  package indirect enum Content: Sendable {
    case scalar(String, quoted: Bool)
    case sequence([Node])
    case mapping([Pair])
  }

  package struct Pair: Sendable {
    package let key: Node
    package let value: Node
    package init(key: Node, value: Node) {
      self.key = key
      self.value = value
    }
  }

  package let content: Content
  package let mark: Mark

  package init(_ content: Content, at mark: Mark) {
    self.content = content
    self.mark = mark
  }
}

extension Node {
  /// The text of a scalar that is not null.
  package var text: String? {
    guard case .scalar(let text, let quoted) = content, quoted || !Self.nulls.contains(text) else {
      return nil
    }
    return text
  }

  /// An empty value, `~` or `null`.
  package var isNull: Bool {
    if case .scalar(let text, false) = content { Self.nulls.contains(text) } else { false }
  }

  package var items: [Node]? { if case .sequence(let items) = content { items } else { nil } }
  package var pairs: [Pair]? { if case .mapping(let pairs) = content { pairs } else { nil } }

  /// The value under `key`, when this is a mapping that has it.
  package subscript(key: String) -> Node? {
    pairs?.first { $0.key.text?.isSame(as: key) == true }?.value
  }

  /// The key itself, for a message that points to it.
  package func key(_ name: String) -> Node? {
    pairs?.first { $0.key.text?.isSame(as: name) == true }?.key
  }

  package var number: Double? {
    guard let text, let first = text.utf8.first, first < 0x3A || text.hasPrefix(".") else {
      return nil
    }
    let plain = text.replacing("_", with: "")
    guard !plain.utf8.contains(where: { $0 == 0x78 || $0 == 0x58 || $0 == 0x70 }) else {
      return nil
    }
    return Double(plain).flatMap { $0.isFinite ? $0 : nil }
  }

  package var integer: Int? { text.flatMap { Int($0.replacing("_", with: "")) } }

  package var boolean: Bool? {
    guard case .scalar(let text, false) = content else { return nil }
    return switch text {
    case "true", "True", "TRUE", "yes", "on": true
    case "false", "False", "FALSE", "no", "off": false
    default: nil
    }
  }

  /// What was found, in the words of a message.
  package var found: String {
    switch content {
    case .scalar(let text, _): isNull ? "nothing" : "'\(text.prefix(60))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]
}
