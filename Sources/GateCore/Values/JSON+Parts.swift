extension JSON {
  /// The value under a key of an object.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text, where it is one.
  package var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The items, where it is a list.
  package var items: [JSON]? { if case .array(let items) = self { items } else { nil } }
}
