extension Shape {
  /// The JSON Schema (2020-12) of what may stand here, for editors that complete a manifest.
  package var schema: JSON { .object(members) }

  /// The schema's keywords, in order.
  package var members: [JSON.Member] {
    switch self {
    case .text: [JSON.Member("type", ["string", "number", "boolean"])]
    case .value: [JSON.Member("type", ["string", "number", "boolean", "null"])]
    case .sql: Self.string("SQL over one row")
    case .codes: Self.string("SQL over one row, whose distinct values tell rows apart")
    case .boolean: [JSON.Member("type", "boolean")]
    case .integer(let range): Self.bounded(range)
    case .number(let range): Self.bounded(range)
    case .size: Self.string("bytes: 512MB, 4GB", pattern: #"^[0-9]+(\.[0-9]+)?\s*[A-Za-z]*$"#)
    case .duration: Self.string("a time: 30s, 10min, 2h", pattern: #"^[0-9]+(\.[0-9]+)?\s*[a-z]+$"#)
    case .date: Self.string("a day: 2027-01-31", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case .choice(let words):
      [
        JSON.Member("enum", .array(words.flatMap(\.enumerated)))
      ]
    case .list(let shape):
      [
        JSON.Member("type", "array"), JSON.Member("items", shape.schema),
      ] + (shape.isOfSet ? [] : [JSON.Member("minItems", 1)])
    case .map(let keys, let shape):
      [
        JSON.Member("type", "object"), JSON.Member("description", .string("by \(keys)")),
        JSON.Member("additionalProperties", shape.schema), JSON.Member("minProperties", 1),
      ]
    case .record(let parameters): Self.recordKeywords(parameters)
    case .entries(_, let options, let others): Self.entryKeywords(options, others)
    case .tagged(let key, let kind, let options, let others):
      Self.taggedKeywords(key, kind, options, others)
    case .either(let shapes): [JSON.Member("anyOf", .array(shapes.map(\.schema)))]
    }
  }

  /// A mapping with these keys and no other.
  package static func recordKeywords(_ parameters: [Parameter], tag: JSON.Member? = nil) -> [JSON
    .Member]
  {
    let required = (tag.map { [$0.key] } ?? []) + parameters.filter(\.required).map(\.id)
    let properties =
      (tag.map { [$0] } ?? []) + parameters.map { JSON.Member($0.id, $0.schema) }
    return [JSON.Member("type", "object"), JSON.Member("properties", .object(properties))]
      + (required.isEmpty ? [] : [JSON.Member("required", .array(required.map(JSON.string)))])
      + [JSON.Member("additionalProperties", false)]
  }

  /// A mapping from ids to their parameters; one without required parameters may be left empty.
  private static func entryKeywords(
    _ options: [Option], _ others: [Parameter]?
  ) -> [JSON.Member] {
    let common = CommonKeys(options, others)
    let phrases = SharedPhrases(options)
    let properties = options.map { option in
      JSON.Member(
        option.id,
        .object(
          (phrases.rest(of: option).map { [JSON.Member("description", .string($0))] } ?? [])
            + (common.isBound(option)
              ? ownKeywords(option) : emptiableKeywords(option.parameters))))
    }
    return [
      JSON.Member("type", "object"), JSON.Member("properties", .object(properties)),
      JSON.Member(
        "additionalProperties", others.map { .object(emptiableKeywords($0)) } ?? false),
      JSON.Member("minProperties", 1),
    ] + all(common.ofEntries + phrases.keywords)
  }

  /// A record that says by a key which of the options it is.
  private static func taggedKeywords(
    _ key: String, _ kind: String, _ options: [Option], _ others: [Parameter]?
  ) -> [JSON.Member] {
    let common = CommonKeys(options, others)
    let apart = options.filter { !common.isBound($0) }.map {
      variant(key, $0, isDescribed: common.groups.isEmpty)
    }
    let bound = common.groups.map { group in
      JSON.object([
        JSON.Member(
          "properties", .object([JSON.Member(key, .object([names(of: group)]))])),
        JSON.Member("allOf", [.object(ownKeywords(group[0]))]),
      ])
    }
    let own = others.map { [variant(key, kind, $0, but: options)] } ?? []
    return common.ofTagged(key) + [JSON.Member("oneOf", .array(bound + apart + own))]
  }

  /// A record that may be left empty where nothing is required.
  private static func emptiableKeywords(_ parameters: [Parameter]) -> [JSON.Member] {
    var record = recordKeywords(parameters)
    if !parameters.contains(where: \.required) {
      record[0] = JSON.Member("type", ["object", "null"])
    }
    return record
  }

  /// What an option says of its own keys, whatever stands beside them.
  private static func ownKeywords(_ option: Option) -> [JSON.Member] {
    let own = option.own
    let required = own.filter(\.required).map(\.id)
    let beside: JSON = .object([
      JSON.Member("enum", .array((option.beside?.names ?? []).map(JSON.string)))
    ])
    let mine: JSON = .object([JSON.Member("enum", .array(own.map { .string($0.id) }))])
    return (required.isEmpty ? [] : [JSON.Member("type", "object")])
      + (own.isEmpty
        ? [] : [JSON.Member("properties", .object(own.map { JSON.Member($0.id, $0.schema) }))])
      + (required.isEmpty ? [] : [JSON.Member("required", .array(required.map(JSON.string)))])
      + [
        JSON.Member(
          "propertyNames",
          own.isEmpty ? beside : .object([JSON.Member("anyOf", [beside, mine])]))
      ]
  }

  /// The option's sentence, with its other names.
  fileprivate static func description(of option: Option) -> JSON.Member {
    JSON.Member("description", .string(option.summary + option.aliases.alsoCalled))
  }

  /// Schemas that hold all together.
  private static func all(_ schemas: [JSON]) -> [JSON.Member] {
    schemas.isEmpty ? [] : [JSON.Member("allOf", .array(schemas))]
  }

  /// The record of what the manifest defines itself, whose name is none of the options'.
  private static func variant(
    _ key: String, _ kind: String, _ parameters: [Parameter], but options: [Option]
  ) -> JSON {
    return .object(
      [JSON.Member("title", .string("a \(kind) of the manifest's own"))]
        + recordKeywords(
          parameters,
          tag: JSON.Member(
            key,
            .object([
              JSON.Member("type", "string"),
              JSON.Member("not", .object([anyName(of: options)])),
            ]))))
  }

  /// The record of one option, which `key` names; its name apart from its keys, which others may have too.
  ///
  /// `isDescribed`: with its sentence, which a list of what stands in a mapping too does not say again.
  private static func variant(
    _ key: String, _ option: Option, isDescribed: Bool
  ) -> JSON {
    let record = recordKeywords(option.parameters, tag: JSON.Member(key, ["type": "string"]))
    return .object(
      [JSON.Member("title", .string(option.id))]
        + (isDescribed ? [description(of: option)] : []) + [
          JSON.Member(
            "properties", .object([JSON.Member(key, ["const": .string(option.id)])])),
          JSON.Member("allOf", [.object(record)]),
        ])
  }

  /// One of the options' ids.
  private static func names(of options: [Option]) -> JSON.Member {
    JSON.Member("enum", .array(options.map { .string($0.id) }))
  }

  /// One of the options' ids, those of several endings by a pattern where that is shorter.
  package static func anyName(of options: [Option]) -> JSON.Member {
    let endings = SharedPhrases(options).endings.map(\.ending)
    let stems = options.map { option -> (stem: String, ending: String)? in
      endings.first { option.id.hasSuffix($0) }.map {
        (String(option.id.dropLast($0.count)), $0)
      }
    }
    var byEndings: [[String]: [String]] = [:]
    for (stem, all) in Dictionary(grouping: stems.compactMap(\.self), by: \.stem) {
      byEndings[all.map(\.ending).sorted(), default: []].append(stem)
    }
    let parts = byEndings.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      endings, stems in
      "(\(stems.sorted().map(\.escaped).joined(separator: "|")))(\(endings.joined(separator: "|")))"
    }
    let others = zip(options, stems).filter { $1 == nil }.map(\.0.id.escaped)
    let pattern = "^(\((parts + others).joined(separator: "|")))$"
    let plain = names(of: options)
    let short = JSON.Member("pattern", .string(pattern))
    return JSON.object([short]).compact.utf8.count < JSON.object([plain]).compact.utf8.count
      ? short : plain
  }

  /// A text, with what it means.
  private static func string(_ description: String, pattern: String? = nil) -> [JSON.Member] {
    [JSON.Member("type", "string"), JSON.Member("description", .string(description))]
      + (pattern.map { [JSON.Member("pattern", .string($0))] } ?? [])
  }

  /// A whole number; bounds that any number has are left out.
  private static func bounded(_ range: ClosedRange<Int>) -> [JSON.Member] {
    [JSON.Member("type", "integer")]
      + (range.lowerBound == .min ? [] : [JSON.Member("minimum", .integer(range.lowerBound))])
      + (range.upperBound == .max ? [] : [JSON.Member("maximum", .integer(range.upperBound))])
  }

  /// A number; bounds that any number has are left out.
  private static func bounded(_ range: ClosedRange<Double>) -> [JSON.Member] {
    // No number that a person writes is as large.
    let most = 1e300
    func bound(_ name: String, _ number: Double) -> [JSON.Member] {
      if abs(number) >= most { return [] }
      return [JSON.Member(name, Int(exactly: number).map(JSON.integer) ?? .number(number))]
    }
    return [JSON.Member("type", "number")] + bound("minimum", range.lowerBound)
      + bound("maximum", range.upperBound)
  }
}

extension Parameter {
  /// Its shape's schema with its summary and what holds when it is left out.
  package var schema: JSON {
    var members = shape.members
    var summary = summary
    if case .string(let words)? = members.first(where: { $0.key == "description" })?.value {
      summary += " (\(words))"
    }
    members.removeAll { $0.key == "description" }
    members.insert(JSON.Member("description", .string(summary + aliases.alsoCalled)), at: 0)
    if let standard { members.append(JSON.Member("default", shape.value(standard))) }
    return .object(members)
  }
}

extension Shape {
  /// A default as it would be written, as the JSON value an editor inserts.
  fileprivate func value(_ standard: String) -> JSON {
    switch self {
    case .boolean: standard == "true" ? true : standard == "false" ? false : .string(standard)
    case .integer: Int(standard).map(JSON.integer) ?? .string(standard)
    case .number:
      Int(standard).map(JSON.integer) ?? Double(standard).map(JSON.number) ?? .string(standard)
    default: .string(standard)
    }
  }
}

extension String {
  /// A word as editors see it: one that YAML reads as a number is one, and one that it reads as a truth is that too.
  fileprivate var enumerated: [JSON] {
    if let number = Int(self) { return [.integer(number)] }
    return ["true", "false"].contains(self)
      ? [.bool(self == "true"), .string(self)] : [.string(self)]
  }

  /// As a regular expression that means just this.
  fileprivate var escaped: String {
    map { "+.*?()[]{}|^$\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
