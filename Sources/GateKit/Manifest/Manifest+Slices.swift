import GateCore

extension ManifestReader {
  /// The declared slices, each with the place of what says which rows it has; a cross may name slices declared before
  /// or after it, or columns.
  package mutating func slices(_ node: Node?) -> [(slice: Slice, mark: Mark)] {
    let items = node?.items ?? []
    // What a cross is made of may stand below it.
    let known = mistakes
    let plain = items.filter { $0["cross"] == nil }.compactMap { slice($0, among: []) }
    mistakes = known
    var slices: [(slice: Slice, mark: Mark)] = []
    for item in items {
      guard let slice = slice(item, among: plain + slices.map(\.slice)) else { continue }
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
        // It stands for itself still, so that what asks for all slices is no second mistake.
        return node["where"]?.text.map { .predicate(name: $0, sql: $0) }
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
