import GateCore

extension Tables {
  /// A check of outcome `error` for every column that the manifest names, that no gate reads, and that is not there: the
  /// roles of the holdout's columns, and those of scores made elsewhere. What the columns hold is judged where a gate
  /// reads them.
  func unreadNames(
    _ manifest: Manifest, _ artifacts: Artifacts, beside told: [Check]
  ) -> [Check] {
    guard manifest.scored.isEmpty else { return [] }
    let data = manifest.data
    let roles =
      data.labels.map { ("label", $0) }
      + [
        ("id", data.id), ("weight", data.weight), ("cluster", data.cluster), ("query", data.query),
      ]
      .compactMap { role, column in column.map { (role, $0) } }
    let holdout = Self.missing(
      roles.map { (what: "the \($0) '\($1.name)'", name: $1.name, mark: $1.mark) },
      in: "the holdout", try? table("holdout").get())
    let ofHoldout = holdout.map { Self.check("data/holdout", gate: "data", $0) }
    let ofModels = Role.allCases.compactMap { role -> Check? in
      guard let model = manifest.models[role], case .predictions = model.source else { return nil }
      let name = manifest.predictionsTable(role, artifacts)
      let scores = Result { try database.get().table(name) }.located(at: model.mark)
      let columns = model.answerColumns.map {
        (what: "the column '\($0)'", name: $0, mark: model.mark)
      }
      let id = data.id.map { (what: "the id '\($0.name)'", name: $0.name, mark: model.mark) }
      let mistake =
        scores.failure
        ?? Self.missing(
          columns + [id].compactMap(\.self), in: "'\(model.source.uri)'", try? scores.get())
      guard let mistake, !told.tell(mistake) else { return nil }
      return Self.check("models/\(role.rawValue)", gate: "models", mistake)
    }
    return [ofHoldout].compactMap(\.self).filter { _ in !told.contains { $0.gate == "data" } }
      + ofModels
  }

  /// The first of some columns that a table lacks, as a mistake; nil: it lacks none, or is not open.
  private static func missing(
    _ columns: [(what: String, name: String, mark: Mark)], in place: String, _ table: (any Table)?
  ) -> Diagnostic? {
    guard let names = table?.schema.map(\.name),
      let first = columns.first(where: { !names.has($0.name) })
    else { return nil }
    return Diagnostic(
      "\(first.what) is not a column of \(place)", at: first.mark,
      hint: first.name.meant(among: names))
  }

  private static func check(_ id: String, gate: String, _ mistake: Diagnostic) -> Check {
    Check(
      id: id, gate: gate, outcome: .error, message: "", location: mistake.location
    ).failing(.error, mistake)
  }
}
