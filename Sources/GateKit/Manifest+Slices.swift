extension ManifestReader {
  /// The declared slices, each with the place of what says which rows it has; a cross may name slices declared before
  /// it, or columns.
  mutating func slices(_ node: Node?) -> [(slice: Slice, mark: Mark)] {
    var slices: [(slice: Slice, mark: Mark)] = []
    for item in node?.items ?? [] {
      guard let slice = slice(item, among: slices.map(\.slice)) else { continue }
      if slices.contains(where: { $0.slice.name.isSame(as: slice.name) }) {
        refuse(
          "there are two slices '\(slice.name)'", item, hint: "give one of them a 'name' of its own"
        )
      }
      slices.append((slice, (item["where"] ?? item["column"] ?? item["cross"] ?? item).mark))
    }
    return slices
  }

  private mutating func slice(_ node: Node, among declared: [Slice]) -> Slice? {
    let kinds = ["column", "where", "cross"].filter { node[$0] != nil }
    guard kinds.count == 1, let kind = kinds.first else {
      refuse(
        kinds.isEmpty
          ? "the slice says neither 'column' nor 'where' nor 'cross'"
          : "'\(kinds[0])' and '\(kinds[1])' exclude each other in one slice", node)
      return nil
    }
    let name = node["name"]?.text
    if let bins = node.key("bins"), kind != "column" {
      refuse("'bins' cuts a 'column'; this slice has none", bins)
    }
    switch kind {
    case "where":
      guard let name else {
        refuse("'name' is missing", node, hint: "a slice by 'where' needs a name for its checks")
        return nil
      }
      return .predicate(name: name, sql: node["where"]?.text ?? "")
    case "cross": return cross(node, declared)
    default: return columnSlice(node, name: name)
    }
  }

  private mutating func columnSlice(_ node: Node, name: String?) -> Slice? {
    let column = node["column"]?.text ?? ""
    guard let bins = node["bins"] else {
      if let name, name != column {
        refuse(
          "'name' goes with 'bins', 'where' or 'cross'; a slice by column is called as the column",
          node.key("name"))
      }
      return .column(column)
    }
    let edges = bins.items?.compactMap(\.number) ?? []
    if zip(edges, edges.dropFirst()).contains(where: { $0 >= $1 }) {
      refuse("the edges of 'bins' must rise", bins)
    }
    return .bins(name: name ?? column, column: column, edges: edges)
  }

  private mutating func cross(_ node: Node, _ declared: [Slice]) -> Slice? {
    let items = node["cross"]?.items ?? []
    if items.count < 2 { refuse("a cross wants two slices or columns at least", node["cross"]) }
    if let key = node.key("name") {
      refuse("a cross is called by its parts and takes no 'name'", key)
    }
    return .cross(items.map { resolve($0.text ?? "", declared) })
  }

  private func resolve(_ name: String, _ declared: [Slice]) -> Slice {
    declared.first { $0.name.isSame(as: name) } ?? .column(name)
  }
}

extension GateSettings {
  /// What a gate may write under `slices` and `by`: all, a name, or a list of names and crosses.
  static let sliceParameter = Parameter(
    "slices",
    "Slices to judge besides all rows: all, or a list of slices, columns and crosses of them.",
    .either([.text, .list(.either([.text, .list(.text)]))]))

  /// The slices that a node under `key` names, each with its place; a name that is no declared slice is a column.
  func slices(
    _ node: Node?, key: String = "slices"
  ) throws(Diagnostic) -> [(slice: Slice, mark: Mark)] {
    guard let node else { return [] }
    if let text = node.text {
      guard text == "all" else { return [(resolve(text), node.mark)] }
      if slices.isEmpty {
        throw Diagnostic(
          "'\(key): all' asks for the declared slices, and there are none", at: node.mark,
          hint: "declare them under the manifest's own 'slices', or name columns here")
      }
      return slices.map { ($0, node.mark) }
    }
    var named: [(slice: Slice, mark: Mark)] = []
    for item in node.items ?? [] {
      let slice = if let text = item.text { resolve(text) } else { try cross(item) }
      if named.contains(where: { $0.slice == slice }) {
        throw Diagnostic(
          "'\(slice.name)' stands twice under '\(key)'", at: item.mark, hint: "remove one of them")
      }
      named.append((slice, item.mark))
    }
    return named
  }

  /// The cross that a list of names is.
  private func cross(_ node: Node) throws(Diagnostic) -> Slice {
    let names = (node.items ?? []).map { $0.text ?? "" }
    if names.unique.count < max(2, names.count) {
      throw Diagnostic(
        names.count < 2
          ? "a cross wants two slices or columns at least, and here is '\(names.joined())' alone"
          : "a cross wants different slices or columns, and here one stands twice", at: node.mark,
        hint: names.unique.count < 2 ? "write \(names[0]) without its own brackets" : nil)
    }
    return .cross(names.map(resolve))
  }

  private func resolve(_ name: String) -> Slice {
    slices.first { $0.name.isSame(as: name) } ?? .column(name)
  }
}
