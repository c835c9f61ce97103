/// Where something stands in a file, for people and for CI annotations; line and column start at 1.
package struct Location: Sendable, Hashable {
  package var file: String
  package var line: Int
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One sentence that says where, what was found, what was wanted, and what to do.
package struct Diagnostic: Error, Sendable, Hashable {
  /// The place in the file the user wrote, where there is one.
  package var location: Location?
  /// The line of that file, for the caret.
  package var excerpt: String?
  /// Lower case; quotes the user's words in '…'.
  package var message: String
  /// What to do about it.
  package var hint: String?
  /// Whether trying again may help: a registry that did not answer, a time limit.
  package var temporary: Bool

  package init(
    _ message: String, at mark: Mark? = nil, hint: String? = nil, temporary: Bool = false
  ) {
    self.location = mark?.location
    self.excerpt = mark?.excerpt
    self.message = message
    self.hint = hint
    self.temporary = temporary
  }

  /// The same mistake, said to stand at `mark` unless it already has a place.
  package func at(_ mark: Mark?) -> Diagnostic {
    guard location == nil, let mark else { return self }
    var placed = self
    placed.location = mark.location
    placed.excerpt = mark.excerpt
    return placed
  }

  /// `file:line:column: error: message`, the line, a caret under the column, and the hint.
  package var rendered: String {
    var text = ""
    if let location { text += "\(location.file):\(location.line):\(location.column): " }
    text += "error: \(message.visible)"
    if let location, let excerpt {
      let shown = excerpt.replacing("\t", with: " ")
      let before = shown.unicodeScalars.prefix(max(0, location.column - 1))
      let margin = "\(location.line) | "
      let pad = String(repeating: " ", count: max(0, margin.count - 2)) + "| "
      text += "\n  \(margin)\(shown.visible)"
      text += "\n  \(pad)\(String(repeating: " ", count: String(before).displayWidth))^"
    }
    if let hint { text += "\n  = \(hint.visible)" }
    return text
  }

  /// The message and the hint on one line, for a report.
  package var sentence: String { hint.map { "\(message); \($0)" } ?? message }
}

/// Several mistakes, reported at once.
package struct Diagnostics: Error, Sendable {
  package var all: [Diagnostic]
  package init(_ all: [Diagnostic]) { self.all = all }

  /// With others, each once, in the order of the file.
  package func joined(with others: [Diagnostic]) -> Diagnostics {
    Diagnostics((all + others.filter { !all.contains($0) }).inOrder)
  }
}

extension [Diagnostic] {
  /// As they stand in the file.
  package var inOrder: [Diagnostic] {
    enumerated().sorted {
      let (a, b) = ($0.element.location, $1.element.location)
      return (a?.line ?? 0, a?.column ?? 0, $0.offset) < (b?.line ?? 0, b?.column ?? 0, $1.offset)
    }.map(\.element)
  }
}
