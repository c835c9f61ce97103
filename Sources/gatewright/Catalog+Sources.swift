import GateBackends

extension Catalog {
  /// Where the files that a manifest names come from.
  static let sources = Kind(plural: "sources", singular: "source") {
    FileSources.all.map { source in
      Entry(
        id: source.id, summary: source.summary, facts: [("written", source.form)],
        examples: source.examples,
        usage: [("in a manifest", "models:\n  candidate: {from: \(source.examples[0])}")])
    }
  }
}
