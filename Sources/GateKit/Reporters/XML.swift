import GateCore

/// An element of an XML document; the one place that escapes for XML.
struct XML: Sendable {
  /// The element's name, written by us.
  package let name: String
  /// Names written by us, values of any text.
  package let attributes: [(name: String, value: String)]
  /// What stands inside.
  package let content: Content

  /// What an element holds.
  enum Content: Sendable {
    /// Nothing: the element closes itself.
    case nothing
    /// Any text.
    case text(String)
    /// Elements, a line each.
    case elements([XML])
  }

  /// An element with a text.
  package init(_ name: String, _ attributes: [(name: String, value: String)] = [], text: String) {
    self.name = name
    self.attributes = attributes
    content = text.isEmpty ? .nothing : .text(text)
  }

  /// An element with elements.
  package init(
    _ name: String, _ attributes: [(name: String, value: String)] = [], _ elements: [XML] = []
  ) {
    self.name = name
    self.attributes = attributes
    content = elements.isEmpty ? .nothing : .elements(elements)
  }

  /// The whole document, two spaces an indent, one newline at the end.
  package var document: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    write(to: &text, indent: "")
    return text
  }

  /// Writes the element and all that stands in it.
  private func write(to text: inout String, indent: String) {
    text += "\(indent)<\(name)"
    for attribute in attributes {
      text += " \(attribute.name)=\""
      Self.escape(attribute.value, attribute: true, to: &text)
      text += "\""
    }
    switch content {
    case .nothing: text += "/>\n"
    case .text(let body):
      text += ">"
      Self.escape(body, attribute: false, to: &text)
      text += "</\(name)>\n"
    case .elements(let elements):
      text += ">\n"
      for element in elements { element.write(to: &text, indent: indent + "  ") }
      text += "\(indent)</\(name)>\n"
    }
  }

  /// Entities for what XML reserves; what XML cannot hold, and what would reorder the text, is shown as `#x07`.
  static func escape(_ value: String, attribute: Bool, to text: inout String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += attribute ? "&quot;" : "\""
      case "\r": text += "&#13;"
      case "\n", "\t": text += attribute ? "&#\(scalar.value);" : String(scalar)
      case "\u{FFFE}", "\u{FFFF}": text += shown(scalar)
      default:
        if scalar.isUnsafe {
          text += shown(scalar)
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
  }

  /// The code of a character, as people can read it.
  private static func shown(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return "#x" + String(repeating: "0", count: max(0, 2 - hex.count)) + hex
  }
}
