import GateCore

/// What the engine says of SQL and of rows where its own words help nobody, in words that do.
struct EngineWords {
  let message: String
  let hint: String?

  /// Reads a message of the engine's; nil where its words stand as they are.
  init?(_ text: String) {
    let readings: [(String) -> (String, String?)?] = [
      Self.comparison, Self.chain, Self.arguments, Self.unknownFunction, Self.syntax,
      Self.conversion, Self.doubleKey, Self.condition,
    ]
    for reading in readings {
      guard let (message, hint) = reading(text) else { continue }
      (self.message, self.hint) = (message, hint)
      return
    }
    return nil
  }

  /// What stands between two texts; nil where they do not stand in it.
  private static func part(of text: String, _ before: String, _ after: String) -> String? {
    guard let start = text.firstRange(of: before)?.upperBound,
      let end = text[start...].firstRange(of: after)?.lowerBound
    else { return nil }
    return String(text[start..<end])
  }

  /// A type in words.
  private static func word(_ type: String) -> String {
    switch type {
    case "VARCHAR": "a text (VARCHAR)"
    case "STRING_LITERAL": "a text"
    case "INTEGER_LITERAL": "a whole number"
    case "BOOLEAN": "true or false (BOOLEAN)"
    default: type
    }
  }

  /// Values of two types that do not compare.
  private static func comparison(_ text: String) -> (String, String?)? {
    guard let one = part(of: text, "Cannot compare values of type ", " and type "),
      let rest = text.firstRange(of: " and type ")?.upperBound
    else { return nil }
    let line = text[rest...].prefix { $0 != "\n" }
    let end = line.firstRange(of: " - ")?.lowerBound ?? line.endIndex
    return (
      "\(word(one)) cannot be compared with \(word(String(line[..<end])))",
      "write texts in single quotes and numbers without, or cast one side, as in CAST(x AS DOUBLE)"
    )
  }

  /// `1 < x < 3`.
  private static func chain(_ text: String) -> (String, String?)? {
    guard text.contains("Chained comparisons") else { return nil }
    return (
      "two comparisons stand in one, which SQL does not read",
      "join them with AND: write 1 < x AND x < 3"
    )
  }

  /// A function of what it does not take.
  private static func arguments(_ text: String) -> (String, String?)? {
    guard
      let call = part(of: text, "given name and argument types '", "'. ")
        ?? part(
          of: text, "given name and argument types '", "'")
    else { return nil }
    let name = call.prefix { $0 != "(" }
    return (
      "no function '\(name)' takes \(call.dropFirst(name.count))",
      "cast what it is given to what it takes, as in CAST(x AS VARCHAR)"
    )
  }

  /// A function that nobody knows.
  private static func unknownFunction(_ text: String) -> (String, String?)? {
    guard let name = part(of: text, "unction with name ", " does not exist") else { return nil }
    let near = part(of: text, "Did you mean \"", "\"").map { "did you mean '\($0)'?" }
    return ("there is no function '\(name.trimmingQuotes)'", near)
  }

  /// SQL that does not parse.
  private static func syntax(_ text: String) -> (String, String?)? {
    if let near = part(of: text, "syntax error at or near \"", "\"\n")
      ?? part(of: text, "syntax error at or near \"", "\"")
    {
      return ("the SQL does not parse at '\(near.prefix(60))'", nil)
    }
    guard text.contains("syntax error at end of input") else { return nil }
    return ("the SQL ends where more of it is wanted", nil)
  }

  /// A text that was to be a number, for it is compared with one.
  private static func conversion(_ text: String) -> (String, String?)? {
    guard let value = part(of: text, "Could not convert string '", "' to "),
      let type = part(of: text, "' to ", " when casting from source column "),
      let column = text.firstRange(of: " when casting from source column ")?.upperBound
    else { return nil }
    let name = text[column...].prefix { $0 != "\n" }
    return (
      "the text '\(value.prefix(60))' of column '\(name)' was to be a number (\(type)), and is none",
      "compare a column of texts with texts, which stand in single quotes; or read its numbers alone, as in "
        + "TRY_CAST(\(name) AS DOUBLE)"
    )
  }

  /// A condition that is no condition.
  private static func condition(_ text: String) -> (String, String?)? {
    guard let type = part(of: text, "Cannot mix values of type ", " and BOOLEAN") else {
      return nil
    }
    return (
      "it gives \(word(type)), wanted true or false", "write a condition, as in 'x > 0'"
    )
  }

  /// A key that stands twice in an object.
  private static func doubleKey(_ text: String) -> (String, String?)? {
    guard let key = part(of: text, "has duplicate key \"", "\""),
      let file = part(of: text, "in file \"", "\"")
    else { return nil }
    let line = part(of: text, "in line ", ":").map { "line \($0) of " } ?? ""
    return ("\(line)'\(file)' has the key '\(key)' twice", "write each key once a row")
  }
}

extension String {
  /// Without a double quote at each end.
  fileprivate var trimmingQuotes: String {
    hasPrefix("\"") && hasSuffix("\"") && count > 1 ? String(dropFirst().dropLast()) : self
  }
}
