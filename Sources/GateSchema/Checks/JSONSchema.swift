import GateCore

/// A part of JSON Schema (draft 2020-12) that texts are held against.
///
/// Of the keywords: type, enum, const, properties, required, additionalProperties, items, prefixItems, the bounds of
/// numbers, texts, lists and objects, uniqueItems, multipleOf, pattern, format, allOf, anyOf, oneOf, not. Any other that
/// says something of values throws, so that nothing written is passed over.
struct JSONSchema: Sendable {
  private let schema: JSON

  /// What only the engine can tell of a text: whether it matches a pattern or has a form.
  package struct Question: Hashable, Sendable {
    /// `pattern` or `format`.
    let keyword: String
    package let wanted: String
    /// The text's bytes: texts are the same where these are.
    package let text: [UInt8]

    /// The question in SQL over a text.
    package func sql(_ text: String) -> String {
      if keyword == "pattern" { return "regexp_matches(\(text), \(wanted.sqlText))" }
      let form = JSONSchema.formats[wanted].flatMap { id in Formats.all.first { $0.id == id } }
      return form?.sql(text) ?? "false"
    }
  }

  /// The engine's answers so far, and what was asked beyond them.
  package struct Results {
    package var known: [Question: Bool] = [:]
    package var open: Set<Question> = []

    /// Whether it is so; what is not known is asked, and taken for so meanwhile.
    mutating func tell(_ question: Question) -> Bool {
      if let answer = known[question] { return answer }
      open.insert(question)
      return true
    }
  }

  /// The forms of JSON Schema that are known here, by what `format` calls them.
  package static let formats = [
    "date": "date", "date-time": "datetime", "time": "time", "uuid": "uuid", "email": "email",
    "uri": "url", "ipv4": "ipv4",
  ]

  /// Takes a schema; throws at the first keyword that is not understood.
  package init(_ schema: JSON) throws(Diagnostic) {
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
    for member in members { try check(member) }
  }

  /// Refuses a keyword that would not be understood.
  private static func check(_ member: JSON.Member) throws(Diagnostic) {
    switch member.key {
    case let key where remarks.contains(key): return
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
    case "const": return
    case "pattern":
      guard member.value.string != nil else { throw wrong("pattern", "a regular expression") }
    case "format":
      guard member.value.string.flatMap({ formats[$0] }) != nil else {
        throw Diagnostic(
          "the format \(member.value.line) of JSON Schema is not known",
          hint: "known: \(formats.keys.sorted().joined(separator: ", "))")
      }
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

  private static func wrong(_ key: String, _ wanted: String) -> Diagnostic {
    Diagnostic("the keyword '\(key)' of JSON Schema wants \(wanted)")
  }

  /// Whether a text is JSON and as the schema wants it, as far as the answers tell.
  package func accepts(_ text: String, _ answers: inout Results) -> Bool {
    guard let value = try? JSON(parsing: text, name: "value") else { return false }
    return Self.accepts(value, schema, &answers)
  }

  /// Every keyword is looked at, so that all that the engine must tell is asked at once.
  private static func accepts(_ value: JSON, _ schema: JSON, _ answers: inout Results) -> Bool {
    if case .bool(let truth) = schema { return truth }
    var holds = true
    for keyword in schema.members ?? [] {
      let one = accepts(value, keyword, of: schema, &answers)
      holds = holds && one
    }
    return holds
  }

  private static func accepts(
    _ value: JSON, _ keyword: JSON.Member, of schema: JSON, _ answers: inout Results
  ) -> Bool {
    let wanted = keyword.value
    switch keyword.key {
    case "type": return (wanted.list ?? [wanted]).contains { value.isOf($0.string ?? "") }
    case "enum": return wanted.list?.contains { $0.equals(value) } ?? false
    case "const": return wanted.equals(value)
    case "not": return !accepts(value, wanted, &answers)
    case "allOf", "anyOf", "oneOf":
      var held = 0
      for part in wanted.list ?? [] where accepts(value, part, &answers) { held += 1 }
      return keyword.key == "allOf"
        ? held == wanted.list?.count : keyword.key == "anyOf" ? held > 0 : held == 1
    case "pattern", "format":
      guard let text = value.string else { return true }
      return answers.tell(
        Question(keyword: keyword.key, wanted: wanted.string ?? "", text: Array(text.utf8)))
    default:
      let inList = ofList(value, keyword, schema, &answers)
      let inObject = ofObject(value, keyword, schema, &answers)
      return ofNumber(value, keyword) && ofText(value, keyword) && inList && inObject
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

  private static func ofList(
    _ value: JSON, _ keyword: JSON.Member, _ schema: JSON, _ answers: inout Results
  ) -> Bool {
    guard let items = value.list else { return true }
    let count = Double(items.count)
    switch keyword.key {
    case "minItems": return count >= keyword.value.double ?? 0
    case "maxItems": return count <= keyword.value.double ?? .infinity
    case "prefixItems":
      return zip(items, keyword.value.list ?? []).count { accepts($0, $1, &answers) }
        == min(items.count, keyword.value.list?.count ?? 0)
    case "items":
      let before = schema.member("prefixItems")?.list?.count ?? 0
      return items.dropFirst(before).count { accepts($0, keyword.value, &answers) }
        == max(0, items.count - before)
    case "uniqueItems":
      return keyword.value != .bool(true)
        || items.indices.allSatisfy { index in
          !items[(index + 1)...].contains { $0.equals(items[index]) }
        }
    default: return true
    }
  }

  private static func ofObject(
    _ value: JSON, _ keyword: JSON.Member, _ schema: JSON, _ answers: inout Results
  ) -> Bool {
    guard let members = value.members else { return true }
    let count = Double(members.count)
    switch keyword.key {
    case "minProperties": return count >= keyword.value.double ?? 0
    case "maxProperties": return count <= keyword.value.double ?? .infinity
    case "required":
      return keyword.value.list?.allSatisfy { value.member($0.string ?? "") != nil } ?? true
    case "properties":
      return members.count { member in
        keyword.value.member(member.key).map { accepts(member.value, $0, &answers) } ?? true
      } == members.count
    case "additionalProperties":
      let known = Set(schema.member("properties")?.members?.map(\.key) ?? [])
      return members.count {
        known.contains($0.key) || accepts($0.value, keyword.value, &answers)
      } == members.count
    default: return true
    }
  }
}
