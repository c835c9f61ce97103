import GateCore

/// Makes nodes of events: counts, expands aliases, merges, and refuses what could be read two ways.
struct YAMLComposer: ~Copyable {
  /// A value under an anchor, and what it costs to repeat it.
  private struct Anchored {
    let node: Node
    let nodes: Int
    let depth: Int
  }

  /// What a name after `&` stands for at this point of the text.
  private enum Anchor {
    case open(line: Int)
    case closed(Anchored)
  }

  private let events: YAMLEvents
  private let source: Source
  private let limits: YAMLLimits
  private var anchors: [String: Anchor] = [:]
  private var nodes = 0
  private var problems: [Diagnostic] = []

  /// Starts at the first event.
  init(events: consuming YAMLEvents, source: Source, limits: YAMLLimits) {
    self.events = events
    self.source = source
    self.limits = limits
  }

  /// The document's root and all that is wrong with the text; nil where it could not be read to its end.
  mutating func compose() -> (node: Node?, problems: [Diagnostic]) {
    do throws(Diagnostic) {
      let node = try document()
      return (node, problems.sorted(by: Self.inOrder))
    } catch {
      return (nil, (problems + [error]).sorted(by: Self.inOrder))
    }
  }

  /// Whether one mistake stands before another.
  private static func inOrder(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    (a.location?.line ?? 0, a.location?.column ?? 0) < (
      b.location?.line ?? 0, b.location?.column ?? 0
    )
  }

  /// Exactly one document, which holds something.
  private mutating func document() throws(Diagnostic) -> Node {
    let empty = Diagnostic(
      "'\(source.name)' is empty", at: Mark(source: source, line: 1, column: 1),
      hint: "write at least one 'key: value'")
    guard case .document = try events.next().kind else { throw empty }
    let root = try value(try events.next(), depth: 1).node
    _ = try events.next()
    let after = try events.next()
    guard case .streamEnd = after.kind else {
      throw Diagnostic(
        "a second document begins here, and one is wanted", at: after.mark,
        hint: "delete the '---', or put what follows in a file of its own")
    }
    if root.isNull { throw empty }
    return root
  }

  /// The value that begins with `event`; `depth` is 1 at the root.
  private mutating func value(
    _ event: YAMLEvent, depth: Int
  ) throws(Diagnostic) -> Anchored {
    if case .alias(let name) = event.kind { return try alias(name, at: event.mark, depth: depth) }
    try count(1, at: event.mark)
    guard depth <= limits.depth else {
      throw Diagnostic(
        "values stand more than \(limits.depth) deep in each other", at: event.mark,
        hint: "write it flatter")
    }
    let quoted = checkTag(event)
    if let anchor = event.anchor { anchors[anchor] = .open(line: event.mark.line) }
    let made: Anchored
    switch event.kind {
    case .scalar(let text, let style):
      checkScalar(text, at: event.mark)
      made = Anchored(
        node: Node(.scalar(text, quoted: style || quoted), at: event.mark), nodes: 1, depth: 1)
    case .sequence: made = try sequence(at: event.mark, depth: depth)
    default: made = try mapping(at: event.mark, depth: depth)
    }
    if let anchor = event.anchor, case .open(event.mark.line)? = anchors[anchor] {
      anchors[anchor] = .closed(made)
    }
    return made
  }

  /// The rest of a list whose start was read.
  private mutating func sequence(at mark: Mark, depth: Int) throws(Diagnostic) -> Anchored {
    var items: [Node] = []
    var (nodes, deepest) = (1, 0)
    while true {
      let event = try events.next()
      if case .end = event.kind { break }
      let item = try value(event, depth: depth + 1)
      items.append(item.node)
      nodes += item.nodes
      deepest = max(deepest, item.depth)
    }
    return Anchored(node: Node(.sequence(items), at: mark), nodes: nodes, depth: deepest + 1)
  }

  /// The rest of a mapping whose start was read.
  private mutating func mapping(at mark: Mark, depth: Int) throws(Diagnostic) -> Anchored {
    var pairs: [Node.Pair] = []
    var (nodes, deepest) = (1, 0)
    while true {
      let event = try events.next()
      if case .end = event.kind { break }
      let key = try value(event, depth: depth + 1)
      let held = try value(try events.next(), depth: depth + 1)
      pairs.append(Node.Pair(key: key.node, value: held.node))
      nodes += key.nodes + held.nodes
      deepest = max(deepest, key.depth, held.depth)
    }
    let merged = merge(unique(pairs))
    return Anchored(node: Node(.mapping(merged), at: mark), nodes: nodes, depth: deepest + 1)
  }

  /// What the anchor holds, marked where the alias stands.
  private mutating func alias(
    _ name: String, at mark: Mark, depth: Int
  ) throws(Diagnostic) -> Anchored {
    switch anchors[name] {
    case .closed(let held):
      try count(held.nodes, at: mark)
      guard depth + held.depth - 1 <= limits.depth else {
        throw Diagnostic(
          "'*\(name)' puts values more than \(limits.depth) deep in each other", at: mark,
          hint: "write it flatter")
      }
      return Anchored(
        node: Node(held.node.content, at: mark), nodes: held.nodes, depth: held.depth)
    case .open(let line):
      throw Diagnostic(
        "'*\(name)' stands inside the value that '&\(name)' on line \(line) names, so it has no end",
        at: mark, hint: "write the value out")
    case nil:
      let near = name.nearest(in: anchors.keys.sorted())
      try add(
        Diagnostic(
          "'*\(name)' is an alias, and no '&\(name)' stands before it", at: mark,
          hint: near.map { "did you mean '*\($0)'?" }
            ?? "if it is meant as text, put it in quotes: '*\(name)'"))
      try count(1, at: mark)
      return Anchored(node: Node(.scalar(name, quoted: true), at: mark), nodes: 1, depth: 1)
    }
  }

  /// Counts values, and stops at the limit.
  private mutating func count(_ more: Int, at mark: Mark) throws(Diagnostic) {
    nodes += more
    guard nodes <= limits.nodes else {
      throw Diagnostic(
        more > 1
          ? "with this alias the text expands to \(nodes) values, and \(limits.nodes) are allowed"
          : "the text holds more than the \(limits.nodes) values that are allowed",
        at: mark, hint: "take aliases away, or put long lists in a data file")
    }
  }

  /// Notes a mistake; past fifty, reading on helps nobody.
  private mutating func add(_ problem: Diagnostic) throws(Diagnostic) {
    guard problems.count < 50 else { throw problem }
    problems.append(problem)
  }
}

// MARK: - What is refused or merged

extension YAMLComposer {
  /// Whether the tag makes a text of a plain scalar; a tag that would mean something else is a mistake.
  private mutating func checkTag(_ event: YAMLEvent) -> Bool {
    guard let tag = event.tag else { return false }
    let prefix = "tag:yaml.org,2002:"
    let short = tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
    let allowed: [String] =
      switch event.kind {
      case .sequence: ["!!seq"]
      case .mapping: ["!!map"]
      default: ["!!str", "!!int", "!!float", "!!bool"]
      }
    if !allowed.contains(short) {
      problems.append(
        Diagnostic(
          "the tag '\(short)' is not allowed here", at: event.mark,
          hint: "take it away: the key says what type a value has"))
    }
    return short == "!!str"
  }

  /// Notes what is wrong with a text.
  private mutating func checkScalar(_ text: String, at mark: Mark) {
    if text.utf8.count > limits.scalar {
      problems.append(
        Diagnostic(
          "this text has \(text.utf8.count) bytes, more than the \(limits.scalar) it may have",
          at: mark, hint: "put it in a file of its own"))
    }
    if text.utf8.contains(0) {
      problems.append(
        Diagnostic("this text holds a NUL character", at: mark, hint: "take the '\\0' away"))
    }
  }

  /// The pairs whose key is a text that did not stand before.
  private mutating func unique(_ pairs: [Node.Pair]) -> [Node.Pair] {
    var seen: [ExactText: Mark] = [:]
    return pairs.filter { pair in
      guard case .scalar = pair.key.content else {
        problems.append(
          Diagnostic(
            "\(pair.key.found) cannot be a key", at: pair.key.mark, hint: "keys are single words"))
        return false
      }
      guard let text = pair.key.text else {
        problems.append(
          Diagnostic(
            "a key is wanted before this ':', and \(pair.key.found) was found", at: pair.key.mark,
            hint: "write the key, in quotes if it is meant to be 'null' or '~'"))
        return false
      }
      if let first = seen[ExactText(text)] {
        problems.append(Self.duplicate(text, at: pair.key.mark, first: first))
        return false
      }
      seen[ExactText(text)] = pair.key.mark
      return true
    }
  }

  /// That a key was there before.
  private static func duplicate(_ key: String, at mark: Mark, first: Mark) -> Diagnostic {
    Diagnostic(
      "the key '\(key)' stands here a second time; the first is on line \(first.line)", at: mark,
      hint: key == "<<" ? "merge several with '<<: [*a, *b]'" : "delete one of the two")
  }

  /// The pairs with what `<<` brings in its place; a key written here wins, then the earlier of a list.
  private mutating func merge(_ pairs: [Node.Pair]) -> [Node.Pair] {
    guard pairs.contains(where: { $0.isMerge }) else { return pairs }
    var taken = Set(pairs.filter { !$0.isMerge }.compactMap(\.key.text).map { ExactText($0) })
    var all: [Node.Pair] = []
    for pair in pairs {
      guard pair.isMerge else {
        all.append(pair)
        continue
      }
      for part in pair.value.items ?? [pair.value] {
        guard let brought = part.pairs else {
          problems.append(
            Diagnostic(
              "'<<' takes a mapping or a list of mappings, and found \(part.found)", at: part.mark,
              hint: "write '<<: *name', where '&name' stands before a mapping"))
          continue
        }
        all += brought.filter { $0.key.text.map { taken.insert(ExactText($0)).inserted } ?? false }
      }
    }
    return all
  }
}

extension Node.Pair {
  /// Whether this is a merge key, which is never written in quotes.
  fileprivate var isMerge: Bool {
    if case .scalar("<<", quoted: false) = key.content { true } else { false }
  }
}
