extension GateSettings {
  /// What a gate may write under `slices` and `by`: all, a name, or a list of names and crosses.
  package static let sliceParameter = Parameter(
    "slices",
    "Slices to judge besides all rows: all, or a list of slices, columns and crosses of them.",
    .either([.text, .list(.either([.text, .list(.text)]))]))

  /// The slices that a node under `key` names, each with its place; a name that is no declared slice is a column.
  package func slices(
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
