import GateCore

extension Command {
  /// Lists definitions; without a kind the kinds.
  static let list = Command(
    "list", "list the definitions of one kind, with a sentence each, or the kinds",
    arguments: [
      Argument(
        "KIND", Catalog.kinds.map(\.plural).alternatives,
        completion: .words { Catalog.kinds.map(\.plural) }, isOptional: true),
      Argument(
        "WORD", "only those with this word in their names, task or summary", isOptional: true),
    ],
    examples: [
      ("gatewright list", "the kinds there are"),
      ("gatewright list drift-tests", "what a drift gate may measure"),
      ("gatewright list metrics auc", "list what has to do with 'auc'"),
    ]
  ) { invocation in
    guard !invocation.arguments.isEmpty else {
      return try Output.print(
        Help.rows(Catalog.kinds.map { ($0.plural, "\($0.entries().count) of them") })
          + "\n\n'gatewright list KIND' shows those of a kind.\n")
    }
    let name = try invocation.word(0, of: Catalog.kinds.map(\.plural))
    var entries = Catalog.kinds.first { $0.plural == name }?.entries() ?? []
    if let word = invocation.arguments.dropFirst().first {
      entries = entries.filter { $0.has(word) }
      if entries.isEmpty {
        throw Usage(
          "none of the \(name.visible) has '\(word)' in its names, task or summary",
          hint: "'gatewright list \(name)' shows them all")
      }
    }
    return try Output.print(
      Help.rows(
        entries.map { entry in
          (entry.id + (entry.variant.map { " (\($0))" } ?? ""), entry.summary)
        }) + "\n")
  }
}
