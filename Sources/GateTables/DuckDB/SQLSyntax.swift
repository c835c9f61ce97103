import GateCore

/// What is wrong with SQL that the engine does not parse, in words for whoever wrote it: the engine sees it between
/// parentheses of ours, so that its own words may point at those.
struct SQLSyntax {
  private let sql: String
  /// The quote that nothing closes.
  private var openQuote: Character?
  /// How many '(' are not closed, and whether a ')' closes none.
  private var depth = 0
  private var closesNothing = false
  /// Whether a ';' stands outside of texts, and whether something follows it.
  private var ends = false
  private var goesOn = false
  /// What stands in braces as a placeholder does: '{tabel}'.
  private var placeholder: String?

  /// Looks through a text, past what stands in quotes and in comments.
  init(_ sql: String) {
    self.sql = sql
    var rest = Substring(sql)
    while let first = rest.first {
      if let end = Self.skipped(rest) {
        if ends { goesOn = true }
        rest = rest[end...]
        continue
      }
      if first == "'" || first == "\"" {
        openQuote = first
        return
      }
      if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
        continue
      }
      if ends, !first.isWhitespace, first != ";" { goesOn = true }
      switch first {
      case "(": depth += 1
      case ")" where depth == 0: closesNothing = true
      case ")": depth -= 1
      case ";": ends = true
      case "{": placeholder = placeholder ?? Self.placeholder(rest)
      default: break
      }
      rest.removeFirst()
    }
  }

  /// Where a text in quotes or a comment ends that begins here; nil: none does, or it has no end.
  private static func skipped(_ text: Substring) -> Substring.Index? {
    let close: String
    switch text.first {
    case "'": close = "'"
    case "\"": close = "\""
    case "/" where text.hasPrefix("/*"): close = "*/"
    default: return nil
    }
    return text.dropFirst(close == "*/" ? 2 : 1).firstRange(of: close)?.upperBound
  }

  /// A word alone in braces.
  private static func placeholder(_ text: Substring) -> String? {
    let word = text.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard !word.isEmpty, text[word.endIndex...].first == "}" else { return nil }
    return "{\(word)}"
  }

  /// What the text itself shows to be wrong, and what to do; nil: nothing that is seen here.
  private var fault: (message: String, hint: String?)? {
    if let openQuote {
      return openQuote == "'"
        ? (
          "a text starts with ' and has no end",
          "close it with a '; inside of a text write '' for one"
        )
        : ("a name starts with \" and has no end", "close it with a \"")
    }
    if let placeholder {
      let isSelect = sql.lowercased().contains("select")
      return (
        "'\(placeholder)' stands for nothing here",
        isSelect ? "{table} stands for the table that is judged" : "write columns without braces"
      )
    }
    if closesNothing { return ("a ')' has no '('", nil) }
    if depth > 0 { return ("a '(' is not closed", "add a ')'") }
    if goesOn { return ("a ';' stands between two statements, and one was wanted", nil) }
    return ends ? ("it ends with a ';'", "leave the ';' out") : nil
  }

  /// A mistake of the engine about this text, in plainer words where it does not parse.
  func explaining(_ mistake: Diagnostic, doing what: String) -> Diagnostic {
    let place = mistake.message.firstRange(of: "the SQL does not parse at '")?.upperBound
    let isUnfinished =
      mistake.message.contains("the SQL ends where more")
      || mistake.message.contains("unterminated")
    guard place != nil || isUnfinished else { return mistake }
    if let fault { return Diagnostic("\(what): \(fault.message)", hint: fault.hint) }
    // Our own word after it, where the text has it not.
    let word = place.map { String(mistake.message[$0...].dropLast()) } ?? ""
    if [")", "]", "AS"].contains(word), !sql.contains(word) || !sql.hasSuffix(word) {
      return Diagnostic(
        "\(what): the SQL ends where more of it is wanted", hint: "write the rest of it")
    }
    return mistake
  }
}
