import GateCore

extension SchemaCheck {
  /// Texts of a well-known form.
  package static let format = SchemaCheck(
    "format", "Every value is a text of a well-known form.", of: .column,
    parameters: [
      Parameter("kind", "The form.", .choice(Formats.all.map(\.id)), required: true)
    ], main: "kind", kind: .rows,
    examples: [
      Example("format: date", on: "x,y\n2026-02-28,a\n2026-02-30,b\n", holds: false, value: 1),
      Example(
        "format: uuid", on: "x\n123e4567-e89b-12d3-a456-426614174000\nz\n", holds: false, value: 1),
      Example("format: email", on: "x\nanna@mail.example\n", holds: true, value: 0),
      Example(
        "format: json", on: "x\n[1]\n\"{a\"\n\"[1,]\"\n\"[\"\",]\"\"]\"\n", holds: false,
        value: 2),
      Example("format: ipv4", on: "x\n10.0.0.1\n10.0.0.256\n", holds: false, value: 1),
      Example("format: integer", on: "x\n7\n-8\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    let kind = question["kind"]?.text ?? ""
    let form = Formats.all.first { $0.id == kind }
    return .rows(question, good: form?.sql(question.text) ?? "false", what: "are no \(kind)")
  }

  /// Texts that a strftime pattern reads.
  package static let strftime = SchemaCheck(
    "strftime", "Every value is a moment written by a strftime pattern; the day must exist.",
    aliases: ["expect_column_values_to_match_strftime_format"], of: .column,
    parameters: [Parameter("pattern", "As %Y-%m-%d.", .text, required: true)],
    main: "pattern", kind: .rows,
    examples: [
      Example("strftime: '%d.%m.%Y'", on: "x\n28.02.2026\n30.02.2026\n", holds: false, value: 1),
      Example("strftime: '%d.%m.%Y'", on: "x\n28.02.2026\n", holds: true, value: 0),
      Example("strftime: '%d.%m.%Y'", on: "x\n1.2.26\n1.2.2026\n", holds: false, value: 1),
    ]
  ) { question throws(Diagnostic) in
    let pattern = question["pattern"]?.text ?? ""
    return .rows(
      question,
      good: "try_strptime(\(question.text), \(pattern.sqlText)) IS NOT NULL AND "
        + "regexp_full_match(\(question.text), \(StrftimePattern.regex(pattern).sqlText))",
      what: "are not written as '\(pattern)'")
  }

  /// Texts that become a value of another type.
  static let castable = SchemaCheck(
    "castable", "Every value can become a value of another type.",
    aliases: ["expect_column_values_to_be_dateutil_parseable"], of: .column,
    parameters: [
      Parameter(
        "type", "The type.",
        .choice(["number", "integer", "boolean", "date", "timestamp", "time"]), required: true)
    ], main: "type", kind: .rows,
    examples: [
      Example("castable: number", on: "x\n1.5\nten\n", holds: false, value: 1),
      Example("castable: date", on: "x,y\n2026-01-01,a\n", holds: true, value: 0),
    ]
  ) { question throws(Diagnostic) in
    let types = [
      "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE",
      "timestamp": "TIMESTAMP", "time": "TIME",
    ]
    let type = question["type"]?.text ?? ""
    return .rows(
      question, good: "TRY_CAST(\(question.text) AS \(types[type] ?? "VARCHAR")) IS NOT NULL",
      what: "are no \(type)")
  }
}

/// The forms a text may have.
enum Formats {
  /// A form, and the SQL that says whether a text has it.
  struct Form: Sendable {
    package let id: String
    package let sql: @Sendable (String) -> String
  }

  /// Every form; a new one is a line here.
  package static let all: [Form] = [
    Form(id: "date") { shaped($0, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "DATE") },
    Form(id: "datetime") {
      shaped(
        $0,
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?",
        "TIMESTAMPTZ")
    },
    Form(id: "time") { shaped($0, "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?", nil) },
    Form(id: "uuid") {
      shaped($0, "(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", nil)
    },
    Form(id: "email") {
      shaped(
        $0,
        "[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+",
        nil)
    },
    Form(id: "url") { shaped($0, "(https?|ftp)://[^\\s/$.?#][^\\s]*", nil) },
    Form(id: "ipv4") {
      shaped(
        $0, "((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])", nil)
    },
    // The engine lets a comma stand before a closing bracket, which JSON does not; a text in quotes
    // is as good as a 0.
    Form(id: "json") { text in
      let bare = "regexp_replace(\(text), '\"([^\"\\\\]|\\\\.)*\"', '0', 'g')"
      return "json_valid(\(text)) AND NOT regexp_matches(\(bare), ',\\s*[]}]')"
    },
    Form(id: "integer") { shaped($0, "[+-]?[0-9]+", nil) },
    Form(id: "number") {
      shaped($0, "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?", nil)
    },
    Form(id: "hex") { shaped($0, "[0-9A-Fa-f]+", nil) },
  ]

  /// A text that matches as a whole, and is a value of a type where one is named.
  private static func shaped(_ text: String, _ pattern: String, _ type: String?) -> String {
    "regexp_full_match(\(text), \(pattern.sqlText))"
      + (type.map { " AND TRY_CAST(\(text) AS \($0)) IS NOT NULL" } ?? "")
  }
}
