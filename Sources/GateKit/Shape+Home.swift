extension Shape {
  /// Where in this shape a key may stand, in words: `under 'decision'`; nil: nowhere.
  ///
  /// The places nearest to the top are named, two at most.
  func home(of key: String) -> String? {
    var level = [Place(words: "at the top", parameters: places("").flatMap(\.parameters))]
    var words: [String] = []
    for _ in 0..<4 where words.count < 2 {
      words += level.filter { $0.parameters.contains { $0.id == key } }.map(\.words)
      level = level.flatMap { place in
        place.parameters.flatMap { parameter in
          parameter.shape.places(
            "under '\(parameter.id)'" + (place.kind.map { " of a \($0)" } ?? ""))
        }
      }
    }
    return words.isEmpty ? nil : words.unique.prefix(2).joined(separator: " or ")
  }

  /// A mapping of a manifest.
  private struct Place {
    /// Where it is.
    var words: String
    /// What it is one of: `gate of kind champion`.
    var kind: String?
    /// Its keys.
    var parameters: [Parameter]
  }

  /// Every mapping that may stand here, lists and choices looked through.
  private func places(_ words: String) -> [Place] {
    switch self {
    case .record(let parameters): [Place(words: words, parameters: parameters)]
    case .list(let shape): shape.places(words)
    case .entries(_, let definitions, _):
      // What every entry may have; of some only, it is no place to send anybody.
      [
        Place(
          words: words,
          parameters: (definitions.first?.parameters ?? []).filter { parameter in
            definitions.allSatisfy { $0.parameters.contains { $0.id == parameter.id } }
          })
      ]
    case .tagged("gate", let kind, let definitions, _):
      definitions.map { definition in
        let kind = "\(kind) of kind \(definition.id)"
        return Place(words: "in a \(kind)", kind: kind, parameters: definition.parameters)
      }
    case .either(let shapes): shapes.flatMap { $0.places(words) }
    default: []
    }
  }
}
