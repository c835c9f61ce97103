import GateCore

extension SchemaCheck {
  /// Texts that a pattern is found in.
  static let regex = SchemaCheck(
    "regex", "Every value matches a regular expression (RE2), or one or all of several.",
    aliases: [
      "expect_column_values_to_match_regex", "expect_column_values_to_match_regex_list", "pattern",
      "str_matches",
    ], of: .column, parameters: patterns + [match, several], main: "pattern", kind: .rows,
    refuse: refuseNone,
    examples: [
      Example("regex: '^LA-[0-9]+$'", on: "x\nLA-1\nLB-1\n", holds: false, value: 1),
      Example("regex: {pattern: '[0-9]', match: contains}", on: "x\nLA-1\n", holds: true, value: 0),
      Example("regex: {pattern: 'LA', match: full}", on: "x\nLA-1\nLA\n", holds: false, value: 1),
      Example("regex: {patterns: ['^a', '^b']}", on: "x\nab\nba\nc\n", holds: false, value: 1),
      Example("regex: {patterns: [a, b], of: all}", on: "x\nab\nba\nc\n", holds: false, value: 1),
      Example("regex: '('", on: "x\na\n", holds: nil),
    ]
  ) { question throws(Diagnostic) in
    .rows(
      question, good: question.joined(question.matches, all: question["of"]?.text == "all"),
      what: "do not match")
  }

  /// Texts that a pattern is not found in.
  static let notRegex = SchemaCheck(
    "not_regex", "No value matches a regular expression (RE2), or any of several.",
    aliases: [
      "expect_column_values_to_not_match_regex", "expect_column_values_to_not_match_regex_list",
    ], of: .column,
    parameters: patterns + [match], main: "pattern", kind: .rows, refuse: refuseNone,
    examples: [
      Example("not_regex: '[0-9]'", on: "x\na1\nb\n", holds: false, value: 1),
      Example("not_regex: {patterns: ['[0-9]', '^c']}", on: "x\na\nb\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    .rows(question, good: "NOT \(question.joined(question.matches, all: false))", what: "match")
  }

  /// Texts like a SQL pattern.
  package static let like = SchemaCheck(
    "like", "Every value is like a SQL pattern (% and _), or one or all of several.",
    aliases: [
      "expect_column_values_to_match_like_pattern",
      "expect_column_values_to_match_like_pattern_list",
    ], of: .column,
    parameters: patterns + [several], main: "pattern", kind: .rows, refuse: refuseNone,
    examples: [
      Example("like: 'LA-%'", on: "x\nLA-1\nla-2\n", holds: false, value: 1),
      Example("like: {patterns: ['%@a', '%@b']}", on: "x\nx@a\ny@b\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    .rows(
      question, good: question.joined(question.likes, all: question["of"]?.text == "all"),
      what: "are not like the pattern")
  }

  /// Texts unlike a SQL pattern.
  static let notLike = SchemaCheck(
    "not_like", "No value is like a SQL pattern (% and _), or any of several.",
    aliases: [
      "expect_column_values_to_not_match_like_pattern",
      "expect_column_values_to_not_match_like_pattern_list",
    ], of: .column,
    parameters: patterns, main: "pattern", kind: .rows, refuse: refuseNone,
    examples: [
      Example("not_like: '% '", on: "x\na\n\"b \"\n", holds: false, value: 1),
      Example("not_like: {patterns: ['z%', 'y%']}", on: "x\na\nb\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    .rows(
      question, good: "NOT \(question.joined(question.likes, all: false))", what: "are like it")
  }

  /// Texts that begin so.
  static let startsWith = affix("starts_with", "begins with", "starts_with").alsoCalled(
    "str_startswith")
  /// Texts that end so.
  static let endsWith = affix("ends_with", "ends with", "ends_with").alsoCalled("str_endswith")
  /// Texts with this in them.
  package static let contains = affix("contains", "contains", "contains").alsoCalled("str_contains")

  /// A plain text at a place of every value.
  private static func affix(_ id: String, _ words: String, _ function: String) -> SchemaCheck {
    SchemaCheck(
      id, "Every value \(words) a plain text.", of: .column,
      parameters: [Parameter("value", "The text.", .text, required: true)], main: "value",
      kind: .rows,
      examples: [
        Example("\(id): a.a", on: "x\na.a\n", holds: true, value: 0),
        Example("\(id): a.a", on: "x\naba\na.a\n", holds: false, value: 1),
      ]
    ) { question throws(Diagnostic) in
      let value = (question["value"]?.text ?? "").sqlText
      return .rows(
        question, good: "\(function)(\(question.text), \(value))",
        what: "are values of which not every one \(words) \(value)")
    }
  }

  /// Lengths in code points.
  package static let length = SchemaCheck(
    "length", "Every value has so many characters (code points).",
    aliases: [
      "expect_column_value_lengths_to_equal", "expect_column_value_lengths_to_be_between",
      "str_length",
    ], of: .column,
    parameters: Bounds.parameters.filter { $0.id != "record" }, main: "equal", kind: .rows,
    refuse: Bounds.refuse,
    examples: [
      Example("length: 2", on: "x\nab\nabc\n", holds: false, value: 1),
      Example("length: {min: 1, max: 3}", on: "x\nä\nabc\n", holds: true, value: 0),
      Example("length: {exclusive_max: 3}", on: "x\nab\nabc\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let length = "length(\(question.text))"
    let parts = [
      ("min", ">="), ("exclusive_min", ">"), ("max", "<="), ("exclusive_max", "<"), ("equal", "="),
    ].compactMap { key, sign in
      question[key]?.number.map { "\(length) \(sign) \($0)" }
    }
    return .rows(question, good: parts.joined(separator: " AND "), what: "have another length")
  }

  /// One pattern, or several.
  private static let patterns = [
    Parameter("pattern", "The pattern.", .text),
    Parameter("patterns", "Several patterns.", .list(.text)),
  ]

  private static let match = Parameter(
    "match", "Where it must match: somewhere, at the start, or the whole value.",
    .choice(["contains", "start", "full"]), standard: "contains")

  private static let several = Parameter(
    "of", "How many of several patterns must match.", .choice(["any", "all"]), standard: "any")

  private static let refuseNone: @Sendable (SchemaRule) -> Diagnostic? = { rule in
    switch (rule["pattern"], rule["patterns"]) {
    case (nil, nil): Diagnostic("'pattern' is missing", hint: "or name several under 'patterns'")
    case (.some, .some): Diagnostic("'pattern' and 'patterns' exclude each other")
    default: nil
    }
  }
}

extension CheckContext {
  /// The patterns written.
  private var patterns: [String] {
    rule["patterns"]?.items?.compactMap(\.text) ?? [rule["pattern"]?.text].compactMap(\.self)
  }

  /// Whether each regular expression matches.
  fileprivate var matches: [String] {
    patterns.map { pattern in
      switch rule["match"]?.text {
      case "full": "regexp_full_match(\(text), \(pattern.sqlText))"
      case "start": "regexp_matches(\(text), \("^(?:\(pattern))".sqlText))"
      default: "regexp_matches(\(text), \(pattern.sqlText))"
      }
    }
  }

  /// Whether the value is like each pattern.
  fileprivate var likes: [String] { patterns.map { "\(text) LIKE \($0.sqlText)" } }

  /// One or all of several conditions.
  fileprivate func joined(_ conditions: [String], all: Bool) -> String {
    "(\(conditions.joined(separator: all ? " AND " : " OR ")))"
  }
}
