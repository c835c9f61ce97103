/// A parameter of a plugin: what may stand under `with:`, and how it is handed over.
package struct PluginParameter: Sendable, Identifiable {
  /// What a parameter is, by the word for it.
  package enum Kind: String, Sendable, CaseIterable {
    case text, number, integer, boolean, path, list, choice, duration, size, date, value
  }

  package let id: String
  /// One sentence.
  package let summary: String
  package let kind: Kind
  package let required: Bool
  /// What holds when it is left out; nil: nothing is handed over.
  package let standard: Node?
  /// The words of a choice.
  package let choices: [String]
  /// The bounds of a number.
  package let range: ClosedRange<Double>

  /// What may stand there.
  package var shape: Shape {
    switch kind {
    case .text, .path: .text
    case .number: .number(range)
    case .integer: .integer(Self.whole(range))
    case .boolean: .boolean
    case .list: .list(.value)
    case .choice: .choice(choices)
    case .duration: .duration
    case .size: .size
    case .date: .date
    case .value: .either([.value, .list(.value), .map(keys: "key", .value)])
    }
  }

  /// As a manifest's keys are described.
  package var parameter: Parameter {
    Parameter(id, summary, shape, required: required, standard: standard.map(\.plain.text.trimmed))
  }

  /// What is handed over for what was written: durations in seconds, sizes in bytes, the rest as it is.
  package func json(_ node: Node) -> JSON {
    switch kind {
    case .text, .path, .choice, .date: .string(node.text ?? "")
    case .number: node.number.map(JSON.number) ?? .null
    case .integer: node.integer.map(JSON.integer) ?? .null
    case .boolean: node.boolean.map(JSON.bool) ?? .null
    case .duration: node.seconds.map(JSON.number) ?? .null
    case .size: node.bytes.map(JSON.integer) ?? .null
    case .list, .value: node.plain
    }
  }

  /// The whole numbers within a range.
  private static func whole(_ range: ClosedRange<Double>) -> ClosedRange<Int> {
    let bound = 9e15
    return Int(
      max(range.lowerBound, -bound).rounded(.up))...Int(
        min(range.upperBound, bound).rounded(.down))
  }
}

extension Node {
  /// The value as JSON has it, where nothing says what it is: numbers, true and false where they are written so and
  /// stand in no quotes.
  package var plain: JSON {
    switch content {
    case .sequence(let items): return .array(items.map(\.plain))
    case .mapping(let pairs):
      return .object(pairs.map { JSON.Member($0.key.text ?? "", $0.value.plain) })
    case .scalar(let text, let quoted):
      if quoted { return .string(text) }
      if isNull { return .null }
      if let whole = Int(text) { return .integer(whole) }
      return boolean.map(JSON.bool) ?? number.map(JSON.number) ?? .string(text)
    }
  }
}
