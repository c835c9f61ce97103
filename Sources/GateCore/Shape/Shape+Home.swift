extension Shape {
  /// Where in this shape a key may stand, in words: `under 'decision'`; nil: nowhere.
  ///
  /// The places nearest to the top are named, three at most.
  package func home(of key: String) -> String? {
    var level = [Place(words: "at the top", parameters: places("").flatMap(\.parameters))]
    var words: [String] = []
    for _ in 0..<4 where words.unique.count < 3 {
      words += level.filter { $0.parameters.contains { $0.id == key } }.map(\.words)
      level = level.flatMap { place in
        place.parameters.flatMap { parameter in
          parameter.shape.places(
            "under '\(parameter.id)'" + (place.kind.map { " of a \($0)" } ?? ""))
        }
      }
    }
    let named = words.unique.prefix(3)
    guard let last = named.last else { return nil }
    guard named.count > 1 else { return last }
    return named.dropLast().joined(separator: ", ") + " or " + last
  }

  /// A mapping of a manifest.
  private struct Place {
    /// Where it is.
    package var words: String
    /// What it is one of: `gate of kind champion`.
    package var kind: String?
    /// Its keys.
    package var parameters: [Parameter]
  }

  /// What most entries that may stand here may have; of a few only, it is no place to send anybody.
  static func usual(_ all: [Option]) -> [Parameter] {
    let options = all.filter { $0.refusal == nil }
    var counts: [String: Int] = [:]
    var parameters: [Parameter] = []
    for parameter in options.flatMap(\.parameters) {
      if counts[parameter.id] == nil { parameters.append(parameter) }
      counts[parameter.id, default: 0] += 1
    }
    return parameters.filter { 2 * (counts[$0.id] ?? 0) > options.count }
  }

  /// Every mapping that may stand here, lists and choices looked through.
  private func places(_ words: String) -> [Place] {
    switch self {
    case .record(let parameters): [Place(words: words, parameters: parameters)]
    case .list(let shape): shape.places(words)
    case .entries(_, let options, _):
      [Place(words: words, parameters: Self.usual(options))]
    case .tagged("gate", let kind, let options, _):
      options.map { option in
        let kind = "\(kind) of kind \(option.id)"
        return Place(words: "in a \(kind)", kind: kind, parameters: option.parameters)
      }
    case .either(let shapes): shapes.flatMap { $0.places(words) }
    default: []
    }
  }
}
