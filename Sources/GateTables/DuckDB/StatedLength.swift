import GateCore

/// A length or another number behind a type's name that the engine reads and does not keep to, as in `VARCHAR(1)`.
struct StatedLength {
  /// The name in front of the parenthesis, upper case.
  let type: String

  /// Types whose parentheses say something that is kept to, or else refused by the engine.
  private static let kept: Set<String> = [
    "DATETIME", "DEC", "DECIMAL", "ENUM", "MAP", "NUMERIC", "ROW", "STRUCT", "TIMESTAMP", "UNION",
  ]

  /// The first one of a type as it is written; nil where there is none.
  init?(in written: String) {
    var word = ""
    var quote: Character?
    var wasBlank = false
    var depth = 0
    for character in written {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        (quote, word) = (character, "")
      } else if character == "(" {
        if !word.isEmpty, !Self.kept.contains(word.uppercased()) {
          type = word.uppercased()
          return
        }
        word = ""
        depth += 1
      } else if character == ")" {
        // What closes more than it opens is no type.
        depth -= 1
        if depth < 0 { return nil }
        word = ""
      } else if character.isWhitespace {
        wasBlank = true
        continue
      } else if character.isLetter || character.isNumber || character == "_" {
        word = wasBlank ? String(character) : word + String(character)
      } else {
        word = ""
      }
      wasBlank = false
    }
    return nil
  }

  /// Refuses such a type; `what`: what it was read for.
  static func refuse(in written: String, doing what: String) throws(Diagnostic) {
    guard let found = StatedLength(in: written) else { return }
    let isText = [
      "CHAR", "CHARACTER", "STRING", "TEXT", "VARCHAR", "VARYING", "BPCHAR", "NVARCHAR",
    ]
    .contains(found.type)
    throw Diagnostic(
      "\(what) is '\(written)', and the number behind \(found.type) is not kept to: values of any length are "
        + "read",
      hint: "write \(isText ? "VARCHAR" : found.type) alone"
        + (isText ? "; for a limit on the length use the schema check 'length'" : ""))
  }
}
