/// A part of JSON Schema (draft 2020-12) that texts are held against.
///
/// Of the keywords: type, enum, const, properties, required, additionalProperties, items, prefixItems, the bounds of
/// numbers, texts, lists and objects, uniqueItems, multipleOf, allOf, anyOf, oneOf, not. Any other that says something
/// of values throws, so that nothing written is passed over.
struct JSONSchema: Sendable {
  private let schema: JSON

  /// Takes a schema; throws at the first keyword that is not understood.
  init(_ schema: JSON) throws(Diagnostic) {
    try Self.check(schema)
    self.schema = schema
  }

  /// Keywords that say nothing of a value.
  private static let remarks: Set<String> = [
    "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated",
    "readOnly", "writeOnly",
  ]
  /// Keywords with a number.
  private static let numbers: Set<String> = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
    "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
  ]
  /// What a value may be called.
  private static let types: Set<String> = [
    "null", "boolean", "integer", "number", "string", "array", "object",
  ]

  /// Refuses what would not be understood.
  private static func check(_ schema: JSON) throws(Diagnostic) {
    if case .bool = schema { return }
    guard case .object(let members) = schema else {
      throw Diagnostic("a JSON Schema is an object, true or false")
    }
    for member in members {
      switch member.key {
      case let key where remarks.contains(key): continue
      case let key where numbers.contains(key):
        guard member.value.double != nil else { throw wrong(key, "a number") }
      case "type":
        let names = member.value.list ?? [member.value]
        guard !names.isEmpty, names.allSatisfy({ $0.string.map(types.contains) ?? false }) else {
          throw wrong("type", "the name of a type, or several")
        }
      case "enum", "required":
        guard let items = member.value.list,
          member.key == "enum" || items.allSatisfy({ $0.string != nil })
        else { throw wrong(member.key, "a list") }
      case "const": continue
      case "uniqueItems":
        guard case .bool = member.value else { throw wrong("uniqueItems", "true or false") }
      case "properties":
        guard let inner = member.value.members else { throw wrong("properties", "an object") }
        for part in inner { try check(part.value) }
      case "additionalProperties", "items", "not": try check(member.value)
      case "allOf", "anyOf", "oneOf", "prefixItems":
        guard let parts = member.value.list, !parts.isEmpty else {
          throw wrong(member.key, "a list")
        }
        for part in parts { try check(part) }
      default:
        throw Diagnostic(
          "the keyword '\(member.key)' of JSON Schema is not supported",
          hint: "leave it out, or say it by another check")
      }
    }
  }

  private static func wrong(_ key: String, _ wanted: String) -> Diagnostic {
    Diagnostic("the keyword '\(key)' of JSON Schema wants \(wanted)")
  }

  /// Whether a text is JSON and as the schema wants it.
  func accepts(_ text: String) -> Bool {
    guard let value = try? JSON(parsing: text, name: "value") else { return false }
    return Self.accepts(value, schema)
  }

  private static func accepts(_ value: JSON, _ schema: JSON) -> Bool {
    if case .bool(let truth) = schema { return truth }
    return (schema.members ?? []).allSatisfy { keyword in
      let wanted = keyword.value
      switch keyword.key {
      case "type": return (wanted.list ?? [wanted]).contains { value.isOf($0.string ?? "") }
      case "enum": return wanted.list?.contains { $0.equals(value) } ?? false
      case "const": return wanted.equals(value)
      case "allOf": return wanted.list?.allSatisfy { accepts(value, $0) } ?? true
      case "anyOf": return wanted.list?.contains { accepts(value, $0) } ?? true
      case "oneOf": return wanted.list?.count { accepts(value, $0) } == 1
      case "not": return !accepts(value, wanted)
      default:
        return ofNumber(value, keyword) && ofText(value, keyword) && ofList(value, keyword, schema)
          && ofObject(value, keyword, schema)
      }
    }
  }

  private static func ofNumber(_ value: JSON, _ keyword: JSON.Member) -> Bool {
    guard let number = value.double, let bound = keyword.value.double else { return true }
    switch keyword.key {
    case "minimum": return number >= bound
    case "maximum": return number <= bound
    case "exclusiveMinimum": return number > bound
    case "exclusiveMaximum": return number < bound
    case "multipleOf": return bound > 0 && (number / bound).rounded() == number / bound
    default: return true
    }
  }

  private static func ofText(_ value: JSON, _ keyword: JSON.Member) -> Bool {
    guard let text = value.string, let bound = keyword.value.double else { return true }
    let length = Double(text.unicodeScalars.count)
    switch keyword.key {
    case "minLength": return length >= bound
    case "maxLength": return length <= bound
    default: return true
    }
  }

  private static func ofList(_ value: JSON, _ keyword: JSON.Member, _ schema: JSON) -> Bool {
    guard let items = value.list else { return true }
    let count = Double(items.count)
    switch keyword.key {
    case "minItems": return count >= keyword.value.double ?? 0
    case "maxItems": return count <= keyword.value.double ?? .infinity
    case "prefixItems": return zip(items, keyword.value.list ?? []).allSatisfy(accepts)
    case "items":
      let before = schema.member("prefixItems")?.list?.count ?? 0
      return items.dropFirst(before).allSatisfy { accepts($0, keyword.value) }
    case "uniqueItems":
      return keyword.value != .bool(true)
        || items.indices.allSatisfy { index in
          !items[(index + 1)...].contains { $0.equals(items[index]) }
        }
    default: return true
    }
  }

  private static func ofObject(_ value: JSON, _ keyword: JSON.Member, _ schema: JSON) -> Bool {
    guard let members = value.members else { return true }
    let count = Double(members.count)
    switch keyword.key {
    case "minProperties": return count >= keyword.value.double ?? 0
    case "maxProperties": return count <= keyword.value.double ?? .infinity
    case "required":
      return keyword.value.list?.allSatisfy { value.member($0.string ?? "") != nil } ?? true
    case "properties":
      return members.allSatisfy { member in
        keyword.value.member(member.key).map { accepts(member.value, $0) } ?? true
      }
    case "additionalProperties":
      let known = Set(schema.member("properties")?.members?.map(\.key) ?? [])
      return members.allSatisfy { known.contains($0.key) || accepts($0.value, keyword.value) }
    default: return true
    }
  }
}

extension JSON {
  /// A node as JSON: what stands in quotes is a text, the rest what it reads as.
  init(_ node: Node) {
    switch node.content {
    case .sequence(let items): self = .array(items.map(JSON.init))
    case .mapping(let pairs):
      self = .object(pairs.map { Member($0.key.text ?? "null", JSON($0.value)) })
    case .scalar(let text, let quoted):
      if node.isNull {
        self = .null
      } else if quoted {
        self = .string(text)
      } else if let truth = node.boolean {
        self = .bool(truth)
      } else {
        self = node.integer.map(JSON.integer) ?? node.number.map(JSON.number) ?? .string(text)
      }
    }
  }

  /// The value on one line.
  var line: String {
    switch self {
    case .array(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\(JSON.string($0.key).line): \($0.value.line)" }.joined(separator: ", "))}"
    default: String(text.dropLast())
    }
  }

  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var list: [JSON]? { if case .array(let items) = self { items } else { nil } }
  fileprivate var members: [Member]? { if case .object(let all) = self { all } else { nil } }

  fileprivate var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value of a key.
  fileprivate func member(_ key: String) -> JSON? { members?.first { $0.key == key }?.value }

  /// Whether two values are the same: 1 is 1.0, and an object's order is nothing.
  fileprivate func equals(_ other: JSON) -> Bool {
    if let a = double, let b = other.double { return a == b }
    if let a = list, let b = other.list {
      return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    }
    if let a = members, let b = other.members {
      return a.count == b.count
        && a.allSatisfy { member in other.member(member.key)?.equals(member.value) ?? false }
    }
    return self == other
  }

  /// Whether a value is of a type of JSON Schema; 1.0 is an integer.
  fileprivate func isOf(_ type: String) -> Bool {
    switch (type, self) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
      ("object", .object), ("number", .integer), ("number", .number), ("integer", .integer):
      true
    case ("integer", .number(let value)): value == value.rounded()
    default: false
    }
  }
}
