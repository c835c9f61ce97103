extension Shape {
  /// What may stand under a key of a mapping that has this shape; nil: nothing is known of the key.
  ///
  /// `node` says, where a mapping tells by one key which of a list it is, which one it is.
  package func parameter(_ key: String, in node: Node?) -> Parameter? {
    switch self {
    case .record(let parameters): return parameters.first { $0.id == key }
    case .map(_, let shape): return Parameter(key, "", shape)
    case .entries(_, let options, let others):
      let known = options.first { $0.id == key }?.parameters ?? others
      return known.map { Parameter(key, "", .record($0)) }
    case .tagged(let tag, _, let options, let others):
      if key == tag { return Parameter(tag, "", .text) }
      let known = options.first { $0.id == node?[tag]?.text }?.parameters ?? others
      return known?.first { $0.id == key }
    case .either(let shapes):
      return shapes.lazy.compactMap { $0.parameter(key, in: node) }.first
    default: return nil
    }
  }

  /// What an item of a list of this shape may be; nil: it is no list.
  package var item: Shape? {
    switch self {
    case .list(let shape): shape
    case .either(let shapes): shapes.lazy.compactMap(\.item).first
    default: nil
    }
  }

  /// Whether two values that may stand here say the same, as far as the shape tells: 0.60 is 0.6 where a number may stand,
  /// and a text is the same in quotes unless it could be a number or a truth value without them.
  package func isSame(_ one: Node, _ other: Node) -> Bool {
    switch (one.content, other.content) {
    case (.sequence(let mine), .sequence(let theirs)):
      let shape = item ?? .value
      return mine.count == theirs.count && zip(mine, theirs).allSatisfy { shape.isSame($0, $1) }
    case (.mapping(let mine), .mapping(let theirs)):
      return mine.count == theirs.count
        && mine.allSatisfy { pair in
          guard let key = pair.key.text, let value = other[key] else { return false }
          return (parameter(key, in: one)?.shape ?? .value).isSame(pair.value, value)
        }
    case (.scalar(_, let quoted), .scalar(_, let alsoQuoted)):
      return isSameScalar(one, other, quotes: quoted == alsoQuoted)
    default: return false
    }
  }

  /// The same of scalars; `quotes`: both stand in quotes, or neither does.
  private func isSameScalar(_ one: Node, _ other: Node, quotes: Bool) -> Bool {
    switch self {
    case .number, .integer: return one.number != nil && one.number == other.number
    case .boolean: return one.boolean != nil && one.boolean == other.boolean
    case .size: return one.bytes != nil && one.bytes == other.bytes
    case .duration: return one.seconds != nil && one.seconds == other.seconds
    case .either(let shapes) where shapes.contains { $0.isSameScalar(one, other, quotes: quotes) }:
      return true
    default: break
    }
    guard let mine = one.text, let theirs = other.text else {
      return one.text == nil && other.text == nil
    }
    guard mine.isSame(as: theirs) else { return false }
    let plain = Node(.scalar(mine, quoted: false), at: one.mark)
    return quotes || plain.number == nil && plain.boolean == nil && plain.text != nil
  }
}
