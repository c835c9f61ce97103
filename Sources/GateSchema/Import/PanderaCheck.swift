import GateCore

/// Pandera's built-in checks.
enum PanderaCheck {
  /// What makes a check of one's arguments.
  private typealias Making =
    @Sendable (inout ImportArguments) throws(ImportGap) -> (String, [SchemaText.Member])

  /// The names of all.
  package static var known: [String] { Array(all.keys) }

  /// A check of a column, from its arguments or its one value.
  static func imported(
    _ name: String, _ value: Node, of column: String
  ) throws(ImportGap) -> ImportedCheck {
    guard let making = all[name] else { throw ImportGap("it is not known here") }
    // Pandera writes an argument that is alone without its name.
    let alone = names[name] ?? "value"
    let node =
      value.pairs == nil
      ? Node(
        .mapping([Node.Pair(key: Node(.scalar(alone, quoted: true), at: value.mark), value: value)]
        ), at: value.mark)
      : value
    var arguments = ImportArguments(node)
    let options = arguments.take("options")
    var (id, parameters) = try making(&arguments)
    var meta: [(key: String, value: String)] = []
    var isBlocking = true
    for var part in [arguments] + (options.map { [ImportArguments($0)] } ?? []) {
      if try part.flag("raise_warning") { isBlocking = false }
      if try !part.flag("ignore_na", standard: true) {
        throw ImportGap("it sees nulls, which take no part here", at: part.node["ignore_na"]?.mark)
      }
      meta += part.notes(["error", "name", "title", "description", "n_failure_cases"])
      _ = part.take("check_name")
      try part.finish()
    }
    if SchemaChecks.named(id, .column)?.kind == .rows {
      parameters.append(.init("allow_empty", .flag(true)))
    }
    var check = ImportedCheck(id, parameters, source: name, place: column)
    check.meta += meta
    check.isBlocking = isBlocking
    return check
  }

  /// The argument that may stand alone.
  private static let names = [
    "greater_than": "min_value", "greater_than_or_equal_to": "min_value", "less_than": "max_value",
    "less_than_or_equal_to": "max_value", "isin": "allowed_values", "notin": "forbidden_values",
    "str_matches": "pattern", "str_contains": "pattern", "str_startswith": "string",
    "str_endswith": "string", "str_length": "exact_value", "unique_values_eq": "values",
  ]

  private static let all: [String: Making] = [
    "equal_to": { arguments throws(ImportGap) in
      ("in_set", [.init("values", .list([try arguments.value("value")]))])
    },
    "not_equal_to": { arguments throws(ImportGap) in
      ("not_in_set", [.init("values", .list([try arguments.value("value")]))])
    },
    "greater_than": bound("exclusive_min"), "greater_than_or_equal_to": bound("min"),
    "less_than": bound("exclusive_max"), "less_than_or_equal_to": bound("max"),
    "gt": bound("exclusive_min"), "ge": bound("min"), "lt": bound("exclusive_max"),
    "le": bound("max"), "in_range": range, "between": range,
    "isin": { arguments throws(ImportGap) in
      ("in_set", [.init("values", try arguments.set("allowed_values"))])
    },
    "notin": { arguments throws(ImportGap) in
      let values = try arguments.set("forbidden_values")
      if values == .list([]) { throw ImportGap("its set is empty, so it forbids nothing") }
      return ("not_in_set", [.init("values", values)])
    },
    "unique_values_eq": { arguments throws(ImportGap) in
      ("distinct_equal_set", [.init("values", try arguments.set("values"))])
    },
    // Python's re.match, which begins at the start and may end anywhere.
    "str_matches": { arguments throws(ImportGap) in
      let pattern = try PythonPattern.translated(try arguments.text("pattern"))
      return ("regex", [.init("pattern", .text(pattern)), .init("match", .text("start"))])
    },
    "str_contains": { arguments throws(ImportGap) in
      (
        "regex",
        [.init("pattern", .text(try PythonPattern.translated(try arguments.text("pattern"))))]
      )
    },
    "str_startswith": { arguments throws(ImportGap) in
      ("starts_with", [.init("value", .text(try arguments.text("string")))])
    },
    "str_endswith": { arguments throws(ImportGap) in
      ("ends_with", [.init("value", .text(try arguments.text("string")))])
    },
    "str_length": { arguments throws(ImportGap) in
      var bounds: [SchemaText.Member] = []
      for (key, name) in [("min_value", "min"), ("max_value", "max"), ("exact_value", "equal")] {
        if let value = try arguments.number(key) { bounds.append(.init(name, value)) }
      }
      if bounds.isEmpty { throw ImportGap("it has no bound") }
      return ("length", bounds)
    },
  ]

  /// One bound of the values.
  private static func bound(_ key: String) -> Making {
    { arguments throws(ImportGap) in
      let side = key.hasSuffix("min") ? "min_value" : "max_value"
      return ("between", [.init(key, try arguments.value(side))])
    }
  }

  /// Two bounds of the values.
  private static let range: Making = { arguments throws(ImportGap) in
    let low = try arguments.flag("include_min", standard: true) ? "min" : "exclusive_min"
    let high = try arguments.flag("include_max", standard: true) ? "max" : "exclusive_max"
    return (
      "between",
      [
        .init(low, try arguments.value("min_value")), .init(high, try arguments.value("max_value")),
      ]
    )
  }
}

extension ImportArguments {
  /// A scalar that must be there; some suites call a lone one `value`.
  fileprivate mutating func value(_ key: String) throws(ImportGap) -> SchemaText {
    if let value = try scalar(key) { return value }
    if let value = try scalar("value") { return value }
    throw ImportGap("'\(key)' is missing", at: node.mark)
  }
}
