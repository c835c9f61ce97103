extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  /// A string.
  package init(stringLiteral value: String) { self = .string(value) }
  /// An array.
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object whose keys keep the order they are written in.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }
  /// True or false.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  package init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSON {
  /// The value, or null.
  package static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
  /// The value, or null.
  package static func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
  /// The value, or null.
  package static func integer(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
}
