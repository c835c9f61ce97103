/// Values by names of a user's, which are the same when their bytes are.
package struct ByName<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  private var values: [ExactText: Value]

  /// Of a name that comes again the first value is kept.
  package init(_ pairs: some Sequence<(String, Value)>) {
    values = Dictionary(pairs.map { (ExactText($0), $1) }) { first, _ in first }
  }

  package init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }

  package subscript(name: String) -> Value? {
    get { values[ExactText(name)] }
    set { values[ExactText(name)] = newValue }
  }

  package var isEmpty: Bool { values.isEmpty }

  /// The names, in the order of their bytes.
  package var names: [String] { values.keys.sorted().map(\.text) }
}

extension ByName: Equatable where Value: Equatable {}
extension ByName: Hashable where Value: Hashable {}
