import GateCore

/// The keys of a mapping in a suite, of which those that nobody took are told.
struct ImportArguments {
  /// The mapping.
  package let node: Node
  private var taken: Set<String> = []

  /// Nothing is taken yet.
  package init(_ node: Node) { self.node = node }

  /// The value of a key, which counts as taken; nil: there is none, or null.
  package mutating func take(_ key: String) -> Node? {
    taken.insert(key)
    return node[key].flatMap { $0.isNull ? nil : $0 }
  }

  /// The value of a key that must be there.
  package mutating func want(_ key: String) throws(ImportGap) -> Node {
    if let value = take(key) { return value }
    throw ImportGap("'\(key)' is missing", at: node.mark)
  }

  /// A text that must be there.
  package mutating func text(_ key: String) throws(ImportGap) -> String {
    let value = try want(key)
    if let text = value.text { return text }
    throw ImportGap("'\(key)' is \(value.found), wanted a text", at: value.mark)
  }

  /// A scalar, as it is to be written; nil: there is none.
  package mutating func scalar(_ key: String) throws(ImportGap) -> SchemaText? {
    guard let value = take(key) else { return nil }
    guard value.text != nil else {
      throw ImportGap("'\(key)' is \(value.found), wanted a value", at: value.mark)
    }
    return SchemaText(value)
  }

  /// A number, as it is to be written; nil: there is none.
  package mutating func number(_ key: String) throws(ImportGap) -> SchemaText? {
    guard let value = take(key) else { return nil }
    guard value.number != nil, case .scalar(let text, false) = value.content else {
      throw ImportGap("'\(key)' is \(value.found), wanted a number", at: value.mark)
    }
    return .plain(text)
  }

  /// A whole number, which some tools write with a fraction of 0; nil: there is none.
  package mutating func integer(_ key: String) throws(ImportGap) -> Int? {
    guard let value = take(key) else { return nil }
    guard let number = value.number, let whole = Int(exactly: number) else {
      throw ImportGap("'\(key)' is \(value.found), wanted a whole number", at: value.mark)
    }
    return whole
  }

  /// Whether a flag is set.
  package mutating func flag(_ key: String, standard: Bool = false) throws(ImportGap) -> Bool {
    guard let value = take(key) else { return standard }
    if let truth = value.boolean { return truth }
    throw ImportGap("'\(key)' is \(value.found), wanted true or false", at: value.mark)
  }

  /// The items of a list that must be there, and hold something unless `orEmpty`.
  package mutating func items(_ key: String, orEmpty: Bool = false) throws(ImportGap) -> [Node] {
    let value = try want(key)
    guard let items = value.items else {
      throw ImportGap("'\(key)' is \(value.found), wanted a list", at: value.mark)
    }
    if items.isEmpty, !orEmpty { throw ImportGap("'\(key)' is an empty list", at: value.mark) }
    return items
  }

  /// The texts of a list.
  package mutating func texts(_ key: String) throws(ImportGap) -> [String] {
    var texts: [String] = []
    for item in try items(key) {
      guard let text = item.text else {
        throw ImportGap("'\(key)' holds \(item.found), wanted a text", at: item.mark)
      }
      texts.append(text)
    }
    return texts
  }

  /// Takes keys that change nothing here and are kept for people.
  package mutating func notes(_ keys: [String]) -> [(key: String, value: String)] {
    keys.compactMap { key in
      guard let value = take(key) else { return nil }
      let text = value.text ?? SchemaText(value).short
      return text.isEmpty || text == "{}" || text == "[]" ? nil : (key, text)
    }
  }

  /// Every key that nobody took, as what has no counterpart.
  package var unknown: [ImportGap] {
    guard let pairs = node.pairs else {
      return [ImportGap("found \(node.found), wanted a mapping", at: node.mark)]
    }
    return pairs.filter { !taken.contains($0.key.text ?? "") }.map {
      ImportGap("unknown parameter \($0.key.found)", at: $0.key.mark)
    }
  }

  /// Throws the first key that nobody took.
  package func finish() throws(ImportGap) {
    if let gap = unknown.first { throw gap }
  }
}

extension SchemaText {
  /// The value on one line, cut where it is long.
  fileprivate var short: String {
    let line = yaml.split(separator: "\n").joined(separator: " ")
    return line.count > 200 ? "\(line.prefix(200))…" : line
  }
}
