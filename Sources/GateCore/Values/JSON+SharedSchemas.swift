extension JSON {
  /// A JSON Schema that says the same in less: what stands in it twice stands once under `$defs`.
  ///
  /// What only explains (title, description, default) stays where it is when the rest alone is the same.
  package var sharingSchemas: JSON {
    guard case .object(let members) = splittingRecords else { return self }
    var sharing = SchemaSharing()
    for schema in Self.schemas(in: members) { sharing.count(schema) }
    sharing.nameAll()
    let root = Self.replacing(members) { sharing.shared($0) }
    guard !sharing.definitions.isEmpty else { return self }
    return .object(root + [Member("$defs", .object(sharing.definitions))])
  }

  /// Keywords whose value is a schema, and below those whose value is a list of schemas.
  private static let ofOne = [
    "additionalProperties", "items", "not", "propertyNames", "if", "then",
  ]
  private static let ofSeveral = ["anyOf", "oneOf", "allOf"]

  /// The schemas directly in one.
  static func schemas(in members: [Member]) -> [JSON] {
    var found: [JSON] = []
    _ = replacing(members) { value in
      found.append(value)
      return value
    }
    return found
  }

  /// The members of a schema with every schema directly in it replaced.
  static func replacing(
    _ members: [Member], _ replace: (JSON) -> JSON
  ) -> [Member] {
    members.map { member in
      switch member.value {
      case .object(let inner) where member.key == "properties":
        Member(
          member.key, .object(inner.map { Member($0.key, replace($0.value)) }))
      case .object where ofOne.contains(member.key):
        Member(member.key, replace(member.value))
      case .array(let items) where ofSeveral.contains(member.key):
        Member(member.key, .array(items.map { replace($0) }))
      default: member
      }
    }
  }
}

/// Counts the schemas in a schema, then has each that stands there twice stand once.
private struct SchemaSharing {
  /// What stands once, for all who refer to it.
  package private(set) var definitions: [JSON.Member] = []
  /// How often each schema is met, with what explains it and without.
  private var uses: [JSON: Int] = [:]
  /// What the shared ones are called.
  private var names: [JSON: String] = [:]
  /// The names that stand among the definitions.
  private var defined: Set<String> = []

  /// What says nothing of the value.
  private static let explaining = ["title", "description", "default"]
  /// Bytes of a reference, and of a definition beside its schema.
  private static let cost = (reference: 22, definition: 8)

  /// Notes a schema and those in it; within one that was met before nothing is met again.
  package mutating func count(_ schema: JSON) {
    guard case .object(let members) = schema, isFirst(schema) else { return }
    let rest = members.filter { !Self.explaining.contains($0.key) }
    guard rest.count == members.count || isFirst(.object(rest)) else { return }
    for inner in JSON.schemas(in: members) { count(inner) }
  }

  private mutating func isFirst(_ schema: JSON) -> Bool {
    uses[schema, default: 0] += 1
    return uses[schema] == 1
  }

  /// The schema, or where it stands several times a reference to it.
  package mutating func shared(_ schema: JSON) -> JSON {
    guard case .object(let members) = schema else { return schema }
    if let reference = reference(to: schema, members) { return .object([reference]) }
    let rest = members.filter { !Self.explaining.contains($0.key) }
    if rest.count < members.count, let reference = reference(to: .object(rest), rest) {
      return .object(members.filter { Self.explaining.contains($0.key) } + [reference])
    }
    return .object(converted(members))
  }

  /// With the schemas in it shared.
  private mutating func converted(_ members: [JSON.Member]) -> [JSON.Member] {
    JSON.replacing(members) { shared($0) }
  }

  /// Names the schemas for which references are shorter, those that are met most by the shortest names.
  package mutating func nameAll() {
    let worthy = uses.filter { schema, uses in
      let bytes = schema.text.utf8.count
      return uses > 1
        && uses * bytes > uses * Self.cost.reference + bytes + Self.cost.definition
    }
    let ordered = worthy.map { (uses: $0.value, text: $0.key.text, schema: $0.key) }
      .sorted { ($1.uses, $0.text) < ($0.uses, $1.text) }
    for (place, named) in ordered.enumerated() {
      names[named.schema] = String(place + 1, radix: 36)
    }
  }

  /// A reference to a schema that has a name; nil: it has none.
  private mutating func reference(
    to schema: JSON, _ members: [JSON.Member]
  ) -> JSON.Member? {
    guard let name = names[schema] else { return nil }
    if defined.insert(name).inserted {
      definitions.append(JSON.Member(name, .object(converted(members))))
    }
    return JSON.Member("$ref", .string("#/$defs/\(name)"))
  }
}
