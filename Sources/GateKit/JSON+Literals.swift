extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object whose keys keep the order they are written in.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSON {
  /// The value, or null.
  static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
  /// The value, or null.
  static func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
  /// The value, or null.
  static func integer(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
}
