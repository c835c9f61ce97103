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
      // A word that YAML reads as a number is one for an editor.
      [
        JSON.Member("enum", .array(words.map { Int($0).map(JSON.integer) ?? .string($0) }))
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
    case .entries(_, let definitions, let others): Self.entryKeywords(definitions, others)
    case .tagged(let key, let kind, let definitions, let others):
      [
        JSON.Member(
          "oneOf",
          .array(
            definitions.map { Self.variant(key, $0) }
              + (others.map { [Self.variant(key, kind, $0, but: definitions)] } ?? [])))
      ]
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
    _ definitions: [Definition], _ others: [Parameter]?
  ) -> [JSON.Member] {
    func record(_ parameters: [Parameter]) -> [JSON.Member] {
      var record = Self.recordKeywords(parameters)
      if !parameters.contains(where: \.required) {
        record[0] = JSON.Member("type", ["object", "null"])
      }
      return record
    }
    let properties = definitions.map { definition in
      JSON.Member(
        definition.id,
        .object(
          [JSON.Member("description", .string(definition.summary + definition.aliases.alsoCalled))]
            + record(definition.parameters)))
    }
    return [
      JSON.Member("type", "object"), JSON.Member("properties", .object(properties)),
      JSON.Member("additionalProperties", others.map { .object(record($0)) } ?? false),
      JSON.Member("minProperties", 1),
    ]
  }

  /// The record of what the manifest defines itself, whose name is none of the definitions'.
  private static func variant(
    _ key: String, _ kind: String, _ parameters: [Parameter], but definitions: [Definition]
  ) -> JSON {
    return .object(
      [JSON.Member("title", .string("a \(kind) of the manifest's own"))]
        + recordKeywords(
          parameters,
          tag: JSON.Member(
            key,
            .object([
              JSON.Member("type", "string"),
              JSON.Member("not", .object([names(of: definitions)])),
            ]))))
  }

  /// The record of one definition, which `key` names; its name apart from its keys, which others may have too.
  private static func variant(_ key: String, _ definition: Definition) -> JSON {
    .object([
      JSON.Member("title", .string(definition.id)),
      JSON.Member("description", .string(definition.summary + definition.aliases.alsoCalled)),
      JSON.Member(
        "properties",
        .object([JSON.Member(key, ["const": .string(definition.id)])])),
      JSON.Member(
        "allOf",
        [
          .object(
            recordKeywords(definition.parameters, tag: JSON.Member(key, ["type": "string"])))
        ]),
    ])
  }

  /// One of the definitions' ids.
  package static func names(of definitions: [Definition]) -> JSON.Member {
    JSON.Member("enum", .array(definitions.map { .string($0.id) }))
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
    let everything = Double.greatestFiniteMagnitude
    return [JSON.Member("type", "number")]
      + (range.lowerBound <= -everything ? [] : [JSON.Member("minimum", .number(range.lowerBound))])
      + (range.upperBound >= everything ? [] : [JSON.Member("maximum", .number(range.upperBound))])
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
