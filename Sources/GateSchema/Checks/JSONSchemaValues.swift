package import GateCore

extension JSON {
  /// A node as JSON: what stands in quotes is a text, the rest what it reads as.
  package init(_ node: Node) {
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
  package var line: String {
    switch self {
    case .array(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\(JSON.string($0.key).line): \($0.value.line)" }.joined(separator: ", "))}"
    default: String(text.dropLast())
    }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var list: [JSON]? { if case .array(let items) = self { items } else { nil } }
  package var members: [Member]? { if case .object(let all) = self { all } else { nil } }

  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value of a key.
  package func member(_ key: String) -> JSON? { members?.first { $0.key == key }?.value }

  /// Whether two values are the same: 1 is 1.0, and an object's order is nothing.
  package func equals(_ other: JSON) -> Bool {
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
  package func isOf(_ type: String) -> Bool {
    switch (type, self) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
      ("object", .object), ("number", .integer), ("number", .number), ("integer", .integer):
      true
    case ("integer", .number(let value)): value == value.rounded()
    default: false
    }
  }
}
