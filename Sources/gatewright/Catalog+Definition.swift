import GateCore

extension Catalog {
  /// The page of whatever has a definition.
  ///
  /// - Parameters:
  ///   - first: what its kind has to say before the facts of the definition, and `last` behind them.
  ///   - examples: inputs and what comes of them, a line each.
  ///   - usage: how it is written, by where.
  static func entry(
    of definition: Definition, variant: String? = nil,
    first: [(name: String, text: String)] = [], last: [(name: String, text: String)] = [],
    examples: [String], usage: (place: String, text: String)
  ) -> Entry {
    Entry(
      id: definition.id, aliases: definition.aliases, words: definition.words, variant: variant,
      summary: definition.summary,
      facts: first + definition.facts + last + definition.undefined.map { ("undefined", $0) },
      parameters: definition.parameters, examples: examples, usage: [usage])
  }
}

extension Definition {
  /// What it says of its values; nothing, where its summary says all.
  fileprivate var facts: [(name: String, text: String)] {
    guard !formula.isEmpty else { return [] }
    return [
      direction.map { ("direction", $0.rawValue) },
      range.map { ("range", "\(Self.bound($0.lowerBound)) to \(Self.bound($0.upperBound))") },
      ("formula", formula), ("source", source),
    ].compactMap(\.self)
  }

  /// A bound of the range in words.
  private static func bound(_ value: Double) -> String {
    value.isFinite ? value.brief : value < 0 ? "minus infinity" : "infinity"
  }

  /// A limit to show, as it stands beside the id: `usual` where the value can be that, else the middle of its range.
  func limit(_ usual: Double) -> String {
    let range = range ?? usual...usual
    let bound =
      range.contains(usual) && range != 0...100
      ? usual : (range.lowerBound + range.upperBound) / 2
    return "\(isBetterHigh ? "min" : "max"): \(bound.brief)"
  }

  /// Whether a limit is one to be reached.
  var isBetterHigh: Bool { direction == .higherIsBetter }

  /// What must stand beside the limits, as it is written: parameters that are required; where none is by itself
  /// and none at all is refused, or every example needs numbers, those of the first example of numbers.
  ///
  /// `examples`: what those that have a value are given.
  func given(_ examples: [Arguments] = []) -> String {
    var given: [(id: String, text: String)] = []
    for parameter in parameters
    where parameter.required && !given.contains(where: { $0.id == parameter.id }) {
      given.append((parameter.id, parameter.some))
    }
    let isAsked =
      refuse?.refusal(Arguments()) != nil || examples.allSatisfy { !$0.numbers.isEmpty }
    if given.isEmpty, isAsked, let first = examples.first(where: { !$0.numbers.isEmpty }) {
      given = first.numbers.sorted { $0.key < $1.key }.map { ($0.key, $0.value.brief) }
    }
    return given.map { "\($0.id): \($0.text), " }.joined()
  }
}

extension Parameter {
  /// What it might be given as; a text is a class.
  fileprivate var some: String {
    switch shape {
    case .choice(let words): words.first ?? ""
    case .integer(let range): "\(Swift.max(2, range.lowerBound))"
    case .number(let range): (range.contains(0.5) ? 0.5 : range.lowerBound).brief
    case .sql: id
    default: "low"
    }
  }
}

extension Arguments {
  /// What an example is given, behind its rows, and the value that comes of it.
  func words(gives value: Double?) -> String {
    let given =
      numbers.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value.brief)" }
      + texts.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }
      + columns.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value.words)" }
    return given.joined() + " -> " + (value.map { $0.brief } ?? "undefined")
  }
}

extension Arguments.RowValues {
  /// The value of every row on one line.
  fileprivate var words: String {
    switch self {
    case .numbers(let values): "\(values)"
    case .codes(let codes, let texts): "\(codes.map { texts[Int($0)] })"
    }
  }
}
