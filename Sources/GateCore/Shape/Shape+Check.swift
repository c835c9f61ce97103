extension Shape {
  /// Every way in which `node` is not of this shape; nothing is looked at twice, nothing is passed over.
  package func mistakes(in node: Node) -> [Diagnostic] { mistakes(in: node, of: self) }

  /// The same of a part of `whole`, where a key that is unknown here may be at home.
  private func mistakes(in node: Node, of whole: Shape) -> [Diagnostic] {
    switch self {
    case .text, .sql, .codes: scalar(node) { $0.text != nil }
    case .value: scalar(node) { $0.items == nil && $0.pairs == nil }
    case .boolean: scalar(node) { $0.boolean != nil }
    case .integer(let range): scalar(node) { $0.integer.map(range.contains) ?? false }
    case .number(let range): number(node, range)
    case .size: scalar(node) { $0.bytes != nil }
    case .duration: scalar(node) { $0.seconds != nil }
    case .date: scalar(node) { $0.date != nil }
    case .choice(let names): choice(node, names)
    case .list(let shape): list(node, shape, whole)
    case .map(let keys, let shape): map(node, keys: keys, shape, whole)
    case .record(let parameters): record(node, parameters, whole)
    case .entries(let kind, let options, let others):
      entries(node, kind: kind, options, others, whole)
    case .tagged(let key, let kind, let options, let others):
      tagged(node, key: key, kind: kind, options, others, whole)
    case .either(let shapes): either(node, shapes, whole)
    }
  }

  private func scalar(_ node: Node, _ fits: (Node) -> Bool) -> [Diagnostic] {
    fits(node) ? [] : [Diagnostic("found \(node.found), wanted \(words)", at: node.mark)]
  }

  private func number(_ node: Node, _ range: ClosedRange<Double>) -> [Diagnostic] {
    let mistakes = scalar(node) { $0.number.map(range.contains) ?? false }
    guard var mistake = mistakes.first, range.upperBound <= 1, let number = node.number,
      (2...100).contains(number), range.contains(number / 100)
    else { return mistakes }
    mistake.hint = "write a share, not percent: \((number / 100).brief)"
    return [mistake]
  }

  private func choice(_ node: Node, _ names: [String]) -> [Diagnostic] {
    if let text = node.text, names.contains(text) { return [] }
    return [
      Diagnostic(
        "found \(node.found), wanted \(words)", at: node.mark,
        hint: node.text?.nearest(in: names).map { "did you mean '\($0)'?" })
    ]
  }

  private func list(_ node: Node, _ shape: Shape, _ whole: Shape) -> [Diagnostic] {
    guard let items = node.items else {
      let dash = node.pairs?.compactMap(\.key.text).first { $0.hasPrefix("-") }
      return [
        Diagnostic(
          "found \(node.found), wanted a list", at: node.mark,
          hint: dash.map { "write a blank behind the dash: '- \($0.dropFirst()): …'" })
      ]
    }
    if items.isEmpty, !shape.isOfSet {
      return [
        Diagnostic("the list is empty", at: node.mark, hint: "add an item, or remove the key")
      ]
    }
    return items.flatMap { shape.mistakes(in: $0, of: whole) }
  }

  private func map(
    _ node: Node, keys: String, _ shape: Shape, _ whole: Shape
  ) -> [Diagnostic] {
    guard let pairs = node.pairs else {
      return [Diagnostic("found \(node.found), wanted a mapping by \(keys)", at: node.mark)]
    }
    if pairs.isEmpty {
      return [
        Diagnostic("the mapping is empty", at: node.mark, hint: "add a \(keys), or remove the key")
      ]
    }
    return pairs.flatMap { shape.mistakes(in: $0.value, of: whole) }
  }

  /// `others`: what else may stand in its place, whose keys may differ.
  private func record(
    _ node: Node, _ parameters: [Parameter], _ whole: Shape, others: [Option] = []
  ) -> [Diagnostic] {
    guard let pairs = node.pairs else {
      let keys = parameters.map(\.id).joined(separator: ", ")
      let isLimit = node.number != nil && parameters.contains { $0.id == "min" }
      return [
        Diagnostic(
          "found \(node.found), wanted a mapping of: \(keys)", at: node.mark,
          hint: isLimit
            ? "\(Self.limitHint) '{min: \(node.text ?? "0")}' for at least that, or "
              + "'{max: \(node.text ?? "0")}' for at most" : nil)
      ]
    }
    var mistakes: [Diagnostic] = []
    for pair in pairs {
      let key = pair.key.text ?? ""
      if let parameter = parameters.first(where: { $0.id == key }) {
        mistakes += parameter.shape.mistakes(in: pair.value, of: whole)
      } else {
        // That it may stand beside another metric is no help beside this one.
        let isOfOthers = Self.usual(others).contains { $0.id == key }
        let home = isOfOthers ? nil : whole.home(of: key)
        mistakes.append(
          unknown(pair.key, "key", among: parameters.map(\.naming), home: home))
      }
    }
    let strangers = pairs.compactMap(\.key.text).filter { key in
      !parameters.contains { $0.id == key }
    }
    for parameter in parameters where parameter.required && node.key(parameter.id) == nil {
      // A key that is nearly this one has been pointed at already.
      if strangers.contains(where: { $0.hint(among: [parameter.naming]) != nil }) { continue }
      mistakes.append(
        Diagnostic(
          "'\(parameter.id)' is missing", at: node.mark,
          hint: "add '\(parameter.id)': \(parameter.summary.uncapitalised)"))
    }
    return mistakes
  }

  private func entries(
    _ node: Node, kind: String, _ options: [Option], _ others: [Parameter]?,
    _ whole: Shape
  ) -> [Diagnostic] {
    guard let pairs = node.pairs else {
      return [Diagnostic("found \(node.found), wanted a mapping by \(kind)", at: node.mark)]
    }
    if pairs.isEmpty {
      return [Diagnostic("there is no \(kind) here, so nothing would be judged", at: node.mark)]
    }
    return pairs.flatMap { pair -> [Diagnostic] in
      let key = pair.key.text ?? ""
      guard let known = parameters(of: key, options, others) else {
        return [unknown(pair.key, kind, among: options.map(\.naming))]
      }
      return record(pair.value, known, whole, others: options)
    }
  }

  private func tagged(
    _ node: Node, key: String, kind: String, _ options: [Option],
    _ others: [Parameter]?, _ whole: Shape
  ) -> [Diagnostic] {
    guard node.pairs != nil else {
      return [
        Diagnostic("found \(node.found), wanted a mapping with '\(key)'", at: node.mark)
      ]
    }
    guard let tag = node[key] else {
      let alone = node.pairs?.count == 1 ? node.pairs?[0].key.text : nil
      if let alone, options.contains(where: { $0.id == alone }) {
        return [
          Diagnostic(
            "'\(key)' is missing", at: node.mark,
            hint: "in a list write '- \(key): \(alone)', and what belongs to it beside '\(key)'")
        ]
      }
      return [
        Diagnostic(
          "'\(key)' is missing", at: node.mark,
          hint: "say which \(kind) this is; known: \(options.map(\.id).joined(separator: ", "))"
        )
      ]
    }
    guard let known = parameters(of: tag.text ?? "", options, others) else {
      return [unknown(tag, kind, among: options.map(\.naming))]
    }
    return record(
      node, [Parameter(key, "Which \(kind).", .text)] + known, whole,
      others: key == "gate" ? [] : options)
  }

  /// What stands beside a name of a list, or beside any other; nil: it may not stand here.
  private func parameters(
    of name: String, _ options: [Option], _ others: [Parameter]?
  ) -> [Parameter]? {
    guard let known = options.first(where: { $0.id == name }) else { return others }
    return known.refusal == nil ? known.parameters : nil
  }

  private func either(_ node: Node, _ shapes: [Shape], _ whole: Shape) -> [Diagnostic] {
    let results = shapes.map { $0.mistakes(in: node, of: whole) }
    if results.contains(where: \.isEmpty) { return [] }
    let fitting = zip(shapes, results).filter { $0.0.takes(node) }.map(\.1)
    if let joined = Self.joined(fitting.compactMap { $0.count == 1 ? $0[0] : nil }, node) {
      return [joined]
    }
    // A number where a mapping of limits is wanted is a limit without its name.
    if node.number != nil,
      let limits = results.joined().first(where: { $0.hint?.hasPrefix(Self.limitHint) == true })
    {
      return [limits]
    }
    // Of shapes that none is of the node's kind the mapping says the most.
    let mapping = zip(shapes, results).first { if case .record = $0.0 { true } else { false } }
    return fitting.first ?? mapping?.1 ?? results[0]
  }

  /// Mistakes of one value that say what each shape wanted, as one; nil: they say more than that, or there is one alone.
  private static func joined(_ mistakes: [Diagnostic], _ node: Node) -> Diagnostic? {
    let start = "found \(node.found), wanted "
    let wanted = mistakes.filter { $0.message.hasPrefix(start) }.map {
      $0.message.dropFirst(start.count)
    }
    guard wanted.count > 1, wanted.count == mistakes.count else { return nil }
    return Diagnostic(
      start + wanted.unique.joined(separator: ", or "), at: node.mark,
      hint: mistakes.lazy.compactMap(\.hint).first)
  }

  /// Whether a node of this kind can be of this shape at all.
  private func takes(_ node: Node) -> Bool {
    switch self {
    case .list: node.items != nil
    case .map, .record, .entries, .tagged: node.pairs != nil
    case .either(let shapes): shapes.contains { $0.takes(node) }
    default: node.items == nil && node.pairs == nil
    }
  }

  /// How the hint for a limit without its name begins.
  private static let limitHint = "say which limit it is, as in"

  /// Names beyond which a message does not list them.
  private static let mostListed = 150
  /// Names up to which a message lists them behind the one that was meant.
  private static let fewListed = 20

  private func unknown(
    _ node: Node, _ kind: String, among names: [Naming], home: String? = nil
  ) -> Diagnostic {
    let text = node.text ?? ""
    if let refusal = names.first(where: { $0.id == text })?.refusal {
      let ours = names.filter { $0.refusal == nil && $0.aliases.contains(text) }.map {
        "'\($0.id)'"
      }
      return Diagnostic(
        "the \(kind) '\(text)' \(refusal)", at: node.mark,
        hint: ours.isEmpty ? nil : "here it is \(ours.joined(separator: " or "))")
    }
    let isMeant = !text.meant(among: names).isEmpty
    let isNear = names.contains { $0.refusal == nil && $0.id.editDistance(to: text) == 1 }
    let placed = isMeant || isNear ? nil : home.map { "'\(text)' stands \($0)." }
    let hint = placed ?? text.hint(among: names)
    var known = names.known.joined(separator: ", ")
    if names.known.count > Self.mostListed {
      let kinds = kind == "fairness metric" ? "fairness-metrics" : "metrics"
      known = "\(names.known.count) of them, the named ones by 'gatewright list \(kinds)'"
    }
    // Beside the name that was meant, a list of all would bury it.
    if let hint, isMeant || placed == nil && names.known.count > Self.fewListed {
      return Diagnostic("unknown \(kind) \(node.found)", at: node.mark, hint: hint)
    }
    return Diagnostic(
      "unknown \(kind) \(node.found)", at: node.mark,
      hint: (hint.map { $0 + " " } ?? "") + "known here: \(known)")
  }
}

extension String {
  /// The sentence as part of another.
  var uncapitalised: String {
    // 'SQL over the row' begins with a word that stays as it is.
    dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
  }
}
