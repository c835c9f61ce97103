import GateCore

extension Expectation {
  /// Expectations of texts.
  static let ofTexts: [String: Making] = [
    "expect_column_values_to_match_regex": regex("regex"),
    "expect_column_values_to_not_match_regex": regex("not_regex"),
    "expect_column_values_to_match_regex_list": regexes("regex"),
    "expect_column_values_to_not_match_regex_list": regexes("not_regex"),
    "expect_column_values_to_match_like_pattern": like("like"),
    "expect_column_values_to_not_match_like_pattern": like("not_like"),
    "expect_column_values_to_match_like_pattern_list": likes("like"),
    "expect_column_values_to_not_match_like_pattern_list": likes("not_like"),
    "expect_column_value_lengths_to_equal": { arguments, _ throws(ImportGap) in
      [Draft(try arguments.text("column"), "length", [try arguments.equal("value")])]
    },
    "expect_column_value_lengths_to_be_between": { arguments, _ throws(ImportGap) in
      [Draft(try arguments.text("column"), "length", try arguments.bounds())]
    },
    "expect_column_values_to_match_strftime_format": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      let pattern = try arguments.text("strftime_format")
      try refuseDirectives(pattern)
      return [Draft(column, "strftime", [.init("pattern", .text(pattern))])]
    },
    "expect_column_values_to_be_json_parseable": { arguments, _ throws(ImportGap) in
      [Draft(try arguments.text("column"), "format", [.init("kind", .text("json"))])]
    },
    "expect_column_values_to_match_json_schema": { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      var hasFormat = false
      let schema = try translated(JSON(try arguments.want("json_schema")), &hasFormat)
      do throws(Diagnostic) { _ = try JSONSchema(schema) } catch {
        throw ImportGap(error.message)
      }
      var draft = Draft(column, "json_schema", [.init("schema", .text(schema.line))])
      if hasFormat {
        draft.remark = "has a 'format', which is a remark to Great Expectations and is left out"
      }
      return [draft]
    },
    "expect_column_values_to_be_dateutil_parseable": { _, _ throws(ImportGap) in
      throw ImportGap(
        "dateutil guesses ('1' and 'Jan' are dates to it)",
        hint: "say the form by 'strftime', or 'castable: timestamp'")
    },
  ]

  /// A JSON Schema with the same meaning: patterns in RE2's form, and without `format`, which Great Expectations does
  /// not judge.
  private static func translated(
    _ schema: JSON, _ hasFormat: inout Bool
  ) throws(ImportGap) -> JSON {
    if case .array(let items) = schema {
      var translated: [JSON] = []
      for item in items { translated.append(try self.translated(item, &hasFormat)) }
      return .array(translated)
    }
    guard case .object(let members) = schema else { return schema }
    var translated: [JSON.Member] = []
    for member in members {
      switch (member.key, member.value) {
      case ("pattern", .string(let pattern)):
        translated.append(.init("pattern", .string(try PythonPattern.translated(pattern))))
      case ("format", .string): hasFormat = true
      case ("enum", _), ("const", _), ("default", _), ("examples", _): translated.append(member)
      default: translated.append(.init(member.key, try self.translated(member.value, &hasFormat)))
      }
    }
    return .object(translated)
  }

  private static func regex(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      let pattern = try PythonPattern.translated(try arguments.text("regex"))
      return [Draft(column, check, [.init("pattern", .text(pattern))])]
    }
  }

  private static func regexes(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      var patterns: [String] = []
      for pattern in try arguments.texts("regex_list") {
        patterns.append(try PythonPattern.translated(pattern))
      }
      let many = check == "regex" ? try several(&arguments) : nil
      return [Draft(column, check, [.init("patterns", .texts(patterns)), many])]
    }
  }

  private static func like(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      return [Draft(column, check, [.init("pattern", .text(try arguments.text("like_pattern")))])]
    }
  }

  private static func likes(_ check: String) -> Making {
    { arguments, _ throws(ImportGap) in
      let column = try arguments.text("column")
      let patterns = try arguments.texts("like_pattern_list")
      let many = check == "like" ? try several(&arguments) : nil
      return [Draft(column, check, [.init("patterns", .texts(patterns)), many])]
    }
  }

  /// Whether one or all of several patterns must match; nil: one.
  private static func several(_ arguments: inout ImportArguments) throws(ImportGap)
    -> SchemaText.Member?
  {
    guard let value = arguments.take("match_on") else { return nil }
    switch value.text {
    case "any": return nil
    case "all": return .init("of", .text("all"))
    default: throw ImportGap("'match_on' is \(value.found)", at: value.mark)
    }
  }

  /// Directives that the engine reads as Python does.
  private static func refuseDirectives(_ pattern: String) throws(ImportGap) {
    var rest = Substring(pattern)
    while let place = rest.firstIndex(of: "%") {
      let letter = rest[rest.index(after: place)...].first ?? "%"
      guard "YmdHMSfyjbBaApIz%".contains(letter) else {
        throw ImportGap("'%\(letter)' is not read by the engine as by Python")
      }
      rest = rest[place...].dropFirst(2)
    }
  }
}
