import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The JSON Schemas of the report and of the manifest.
@Suite struct SchemaTests {
  @Test("the committed schema of the report is the one the code makes")
  func committed() throws {
    try Recorded.expect(Report.jsonSchema.text, in: "docs/reference/report.schema.json")
  }

  @Test("reports satisfy the schema")
  func satisfied() {
    #expect(violations(of: Report.jsonSchema, by: Report.hostile.json) == [])
    var empty = Report.hostile
    empty.checks = []
    empty.models = [:]
    empty.data = [:]
    empty.timings = nil
    #expect(violations(of: Report.jsonSchema, by: empty.json) == [])
  }

  @Test("what is not a report does not")
  func violated() throws {
    let text = Report.hostile.json.text
    for (old, new, path) in [
      ("\"outcome\": \"passed\"", "\"outcome\": \"pass\"", "checks[0].outcome"),
      ("\"n\": 5000", "\"n\": -1", "checks[0].n"), ("\"n\": 5000", "\"n\": 1.5", "checks[0].n"),
      ("\"metric\": \"roc_auc\",", "", "checks[0]: lacks metric"),
      ("\"blocking\": true,", "\"blocking\": true, \"more\": 1,", "checks[0]: unknown more"),
      ("abab", "XYZ", "manifest.sha256"),
      ("\"method\": \"holm\"", "\"method\": \"h\"", "error_control[0].method"),
      ("\"p_value\": 0.5", "\"p_value\": 1.5", "error_control[0].tests[1].p_value"),
      ("\"low\": 0.88", "\"low\": \"0.88\"", "checks[0].interval"),
      ("gatewright/report@1", "gatewright/report@2", "schema"),
    ] {
      let changed = try JSON(parsing: text.replacing(old, with: new, maxReplacements: 1), name: "r")
      let found = violations(of: Report.jsonSchema, by: changed)
      #expect(found.contains { $0.hasPrefix(path) }, "\(path): \(found)")
    }
  }

  @Test(
    "a word that YAML reads as a truth is one for an editor too, and every task's words are offered"
  )
  func words() throws {
    let words: JSON = ["enum": ["none", true, "true"]]
    #expect(Shape.choice(["none", "true"]).schema == words)
    let text = Manifest.shape(task: nil, in: .test).schema.text
    #expect(text.contains("\"samples\""), "'average: samples' of multilabel tasks")
  }

  @Test("a shape's schema has descriptions, defaults, choices, patterns, and refuses other keys")
  func shapes() {
    let shape = Shape.record([
      Parameter("task", "What is predicted.", .choice(["binary", "regression"]), required: true),
      Parameter("level", "The level.", .number(0...1), standard: "0.95"),
      Parameter("rows", "Rows.", .integer(1 ... .max), standard: "100"),
      Parameter("until", "The last day.", .date),
      Parameter("blocking", "Blocks.", .boolean, standard: "true"),
      Parameter("where", "A filter.", .either([.sql, .list(.sql)])),
      Parameter("metrics", "By name.", .entries(kind: "metric", [.init("auc", "Area.", [])])),
      Parameter(
        "gates", "In order.",
        .list(
          .tagged(
            key: "gate", kind: "gate",
            [
              .init(
                "drift", "Drift.", [Parameter("share", "Share.", .number(0...1), required: true)])
            ]))),
    ])
    let schema = shape.schema
    #expect(schema["additionalProperties"] == .bool(false))
    #expect(schema["required"] == .array([.string("task")]))
    let keys = schema["properties"]
    #expect(keys?["task"]?["enum"] == .array([.string("binary"), .string("regression")]))
    #expect(keys?["level"]?["default"] == .number(0.95))
    #expect(keys?["level"]?["maximum"] == .integer(1))
    #expect(keys?["rows"]?["minimum"] == .integer(1))
    #expect(keys?["rows"]?["maximum"] == nil)
    #expect(keys?["blocking"]?["default"] == .bool(true))
    #expect(keys?["until"]?["pattern"] != nil)
    #expect(keys?["until"]?["description"] == .string("The last day. (a day: 2027-01-31)"))
    #expect(
      keys?["metrics"]?["properties"]?["auc"]?["type"]
        == .array([.string("object"), .string("null")]))
    let gate = keys?["gates"]?["items"]?["oneOf"]?[0]
    #expect(gate?["properties"]?["gate"]?["const"] == .string("drift"))
    #expect(
      gate?["allOf"]?[0]?["required"] == .array([.string("gate"), .string("share")]))
    #expect(
      violations(of: schema, by: .object([.init("task", .string("ranking"))])) == [
        "task: not of enum"
      ])
  }
}

/// What of a value a schema refuses, as `path: why`; knows the keywords that our schemas have.
func violations(of schema: JSON, by value: JSON, at path: String = "") -> [String] {
  guard case .object(let keywords) = schema else {
    return schema == .bool(false) ? ["\(path): refused"] : []
  }
  var found: [String] = []
  func inner(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
  for keyword in keywords {
    switch (keyword.key, keyword.value, value) {
    case ("type", let types, _):
      let names: [JSON] = if case .array(let all) = types { all } else { [types] }
      if !names.contains(where: { fits($0, value) }) { found.append("\(path): not of type") }
    case ("const", let wanted, _): if value != wanted { found.append("\(path): not const") }
    case ("enum", .array(let all), _):
      if !all.contains(value) { found.append("\(path): not of enum") }
    case ("required", .array(let keys), .object):
      for case .string(let key) in keys where value[key] == nil {
        found.append("\(path): lacks \(key)")
      }
    case ("properties", .object(let properties), .object):
      for property in properties {
        if let member = value[property.key] {
          found += violations(of: property.value, by: member, at: inner(property.key))
        }
      }
    case ("additionalProperties", let rest, .object(let members)):
      let known = schema["properties"]?.keys ?? []
      for member in members where !known.contains(member.key) {
        found +=
          rest == .bool(false)
          ? ["\(path): unknown \(member.key)"]
          : violations(of: rest, by: member.value, at: inner(member.key))
      }
    case ("items", let items, .array(let all)):
      for (index, item) in all.enumerated() {
        found += violations(of: items, by: item, at: "\(path)[\(index)]")
      }
    case ("anyOf", .array(let all), _):
      if !all.contains(where: { violations(of: $0, by: value).isEmpty }) {
        found.append("\(path): none of anyOf")
      }
    case ("oneOf", .array(let all), _):
      let count = all.count { violations(of: $0, by: value).isEmpty }
      if count != 1 { found.append("\(path): \(count) of oneOf") }
    case ("allOf", .array(let all), _):
      for schema in all { found += violations(of: schema, by: value, at: path) }
    case ("not", let other, _):
      if violations(of: other, by: value).isEmpty { found.append("\(path): is what it is not") }
    case ("propertyNames", let names, .object(let members)):
      for member in members {
        found += violations(of: names, by: .string(member.key), at: inner(member.key) + "?")
      }
    case ("minimum", let bound, _):
      if let a = number(value), let b = number(bound), a < b {
        found.append("\(path): below minimum")
      }
    case ("maximum", let bound, _):
      if let a = number(value), let b = number(bound), a > b {
        found.append("\(path): above maximum")
      }
    case ("minItems", .integer(let least), .array(let all)):
      if all.count < least { found.append("\(path): too few") }
    case ("minProperties", .integer(let least), .object(let all)):
      if all.count < least { found.append("\(path): too few") }
    case ("minLength", .integer(let least), .string(let text)):
      if text.count < least { found.append("\(path): too short") }
    case ("pattern", .string(let pattern), .string(let text)):
      if let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
        found.append("\(path): not of pattern")
      }
    case ("$schema", _, _), ("title", _, _), ("description", _, _), ("required", _, _),
      ("properties", _, _), ("additionalProperties", _, _), ("items", _, _), ("minLength", _, _),
      ("pattern", _, _), ("minItems", _, _), ("minProperties", _, _), ("propertyNames", _, _),
      ("patternProperties", _, _), ("default", _, _):
      break
    default: found.append("\(path): the checker does not know '\(keyword.key)'")
    }
  }
  return found
}

/// Whether a value is of a type, as JSON Schema names it.
private func fits(_ type: JSON, _ value: JSON) -> Bool {
  switch (type, value) {
  case (.string("object"), .object), (.string("array"), .array), (.string("string"), .string),
    (.string("boolean"), .bool), (.string("null"), .null), (.string("integer"), .integer),
    (.string("number"), .integer):
    true
  // A number that is not finite is written as null.
  case (.string("number"), .number(let value)): value.isFinite
  case (.string("null"), .number(let value)): !value.isFinite
  default: false
  }
}

/// The number of a value.
private func number(_ value: JSON) -> Double? {
  switch value {
  case .integer(let value): Double(value)
  case .number(let value): value
  default: nil
  }
}
