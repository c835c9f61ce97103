import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Sharing what stands twice in a JSON Schema leaves what it says as it was.
@Suite struct SharedSchemasTests {
  static let long = JSON.Member(
    "enum", .array((0..<20).map { .string("the word of number \($0)") }))

  @Test func `what stands twice stands once, and what explains it stays`() {
    let schema: JSON = .object([
      JSON.Member(
        "properties",
        .object([
          JSON.Member("a", .object([JSON.Member("description", "first"), Self.long])),
          JSON.Member("b", .object([JSON.Member("description", "second"), Self.long])),
          JSON.Member("c", ["type": "string"]), JSON.Member("d", ["type": "string"]),
        ]))
    ])
    let wanted: JSON = .object([
      JSON.Member(
        "properties",
        .object([
          JSON.Member("a", ["description": "first", "$ref": "#/$defs/1"]),
          JSON.Member("b", ["description": "second", "$ref": "#/$defs/1"]),
          JSON.Member("c", ["type": "string"]), JSON.Member("d", ["type": "string"]),
        ])),
      JSON.Member("$defs", .object([JSON.Member("1", .object([Self.long]))])),
    ])
    #expect(schema.sharingSchemas == wanted)
  }

  @Test func `a key that is called as a keyword is none`() {
    func record(_ name: String, _ word: String) -> JSON.Member {
      let inner = JSON.object([JSON.Member("title", .string(word)), Self.long])
      return JSON.Member(
        name,
        .object([JSON.Member("properties", .object([JSON.Member("items", inner)]))]))
    }
    let other = JSON.Member("const", .array((0..<20).map { .string("another text \($0)") }))
    let schema: JSON = .object([
      JSON.Member(
        "properties",
        .object([
          record("a", "first"), record("b", "second"),
          JSON.Member("c", .object([JSON.Member("items", .object([other]))])),
          JSON.Member("items", .object([JSON.Member("not", .object([other]))])),
        ]))
    ])
    guard case .object(let members) = schema.sharingSchemas,
      case .object(let definitions)? = members.last?.value
    else { return #expect(Bool(false)) }
    #expect(definitions.map(\.key).sorted() == ["1", "2"])
    #expect(Self.spelledOut(schema.sharingSchemas) == Self.spelledOut(schema))
  }

  @Test func `the schema of a manifest says what it said`() {
    guard case .record(let keys) = Manifest.shape(task: nil, in: .test) else {
      return #expect(Bool(false))
    }
    let plain = Shape.record(keys).schema
    let shared = plain.sharingSchemas
    #expect(shared.text.utf8.count * 3 < plain.text.utf8.count)
    #expect(Self.spelledOut(shared) == Self.spelledOut(plain.splittingRecords))
  }

  @Test func `records that are split have the keys that they had, and refuse all others`() {
    guard case .record(let keys) = Manifest.shape(task: nil, in: .test) else {
      return #expect(Bool(false))
    }
    let plain = Shape.record(keys).schema
    let split = plain.splittingRecords
    let isSplit = split != plain
    #expect(isSplit)
    let isSame = Self.spelledOut(Self.joined(split)) == Self.spelledOut(plain)
    #expect(isSame)
  }

  /// The schema with split records whole again: those whose names are just their own keys and those in common.
  static func joined(_ value: JSON) -> JSON {
    switch value {
    case .array(let items): return .array(items.map(joined))
    case .object(let members):
      let inner = members.map { JSON.Member($0.key, joined($0.value)) }
      guard case .array(let parts)? = members.first(where: { $0.key == "allOf" })?.value,
        parts.count == 1, case .object(let part) = parts[0], part.map(\.key) == ["properties"],
        let names = members.first(where: { $0.key == "propertyNames" })?.value,
        !members.contains(where: { $0.key == "additionalProperties" }),
        case .object(let common) = joined(part[0].value)
      else { return .object(inner) }
      var own: [JSON.Member] = []
      if case .object(let found)? = inner.first(where: { $0.key == "properties" })?.value {
        own = found
      }
      func list(_ of: [JSON.Member]) -> JSON { ["enum": .array(of.map { .string($0.key) })] }
      let known: [JSON] = own.isEmpty ? [list(common)] : [list(common), list(own)]
      guard names == (known.count == 1 ? known[0] : ["anyOf": .array(known)]) else {
        return .object(inner)
      }
      let rest = inner.filter { !["allOf", "propertyNames", "properties"].contains($0.key) }
      return .object(
        rest + [
          JSON.Member("properties", .object(own + common)),
          JSON.Member("additionalProperties", false),
        ])
    default: return value
    }
  }

  /// The schema with every reference replaced by what it refers to, keys in the order of their names.
  static func spelledOut(_ schema: JSON) -> JSON {
    guard case .object(let members) = schema else { return schema }
    var known: [String: JSON] = [:]
    if case .object(let definitions)? = members.first(where: { $0.key == "$defs" })?.value {
      for definition in definitions { known["#/$defs/" + definition.key] = definition.value }
    }
    return spelledOut(.object(members.filter { $0.key != "$defs" }), known)
  }

  private static func spelledOut(_ value: JSON, _ known: [String: JSON]) -> JSON {
    switch value {
    case .array(let items): return .array(items.map { spelledOut($0, known) })
    case .object(let members):
      let whole = members.flatMap { member -> [JSON.Member] in
        guard member.key == "$ref", case .string(let place) = member.value,
          case .object(let meant)? = known[place]
        else { return [member] }
        return meant
      }
      return .object(
        whole.sorted { $0.key < $1.key }.map { JSON.Member($0.key, spelledOut($0.value, known)) })
    default: return value
    }
  }
}
