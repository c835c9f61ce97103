package import GateCore

extension Manifest {
  /// Refuses scores that are the label itself: a column of the holdout's own file that the label is, or is made of.
  package func refuseLabel(
    of role: Role, _ columns: Model.PredictionColumns, _ artifacts: Artifacts, _ tables: Tables
  ) throws {
    guard let model = models[role], !model.options.mayReadLabel,
      let own = try artifacts.models[role]?.get(),
      let rows = try artifacts.tables["holdout"]?.get(),
      own.path == rows.path || own.sha256 == rows.sha256
    else { return }
    let labels = data.labels.map(\.name)
    let sources = try tables.table("holdout").get().columnsRead(by: labels.map(\.sqlName))
    let told = Set(labels.map { ExactText($0) } + sources.joined().map { ExactText($0) })
    guard let column = columns.names.first(where: { told.contains(ExactText($0)) }) else { return }
    throw Diagnostic(
      "\(role.rawValue) takes the label for its scores: '\(model.source.uri)' is the holdout itself, and its column "
        + "'\(column)' \(labels.has(column) ? "is the label" : "is what the label is made of") (leakage)",
      at: model.mark,
      hint: "name the file and the column of what the model answered, or, where that is meant, say "
        + "'may_read_label: true' under models.\(role.rawValue)")
  }
}

extension Manifest {
  /// A mistake of scores made elsewhere, with what is to be written named after the model that it is to be written
  /// for, also where both read one file: after both where both meet it.
  func naming(
    _ role: Role, in mistake: Diagnostic, _ artifacts: Artifacts, _ tables: Tables
  ) -> Diagnostic {
    let table = predictionsTable(role, artifacts)
    let readers = Role.allCases.filter {
      models[$0] != nil && predictionsTable($0, artifacts) == table
    }
    guard readers.count > 1, let hint = mistake.hint,
      let owner = Role.allCases.first(where: { table == "\($0.rawValue)_predictions" })
    else { return mistake }
    let columns = readers.map { Set(models[$0]?.answerColumns ?? []) }
    let isOfBoth =
      (try? tables.database.get().table(table)) == nil || !columns[0].isDisjoint(with: columns[1])
    let named = (isOfBoth ? readers : [role]).map { "models.\($0.rawValue)" }
    var mistake = mistake
    mistake.hint = hint.replacing(
      "models.\(owner.rawValue)", with: named.joined(separator: " and "))
    return mistake
  }
}

extension Manifest.Model {
  /// The columns of a file that hold what it answered.
  var answerColumns: [String] {
    if case .predictions(_, let columns) = source { columns.names } else { [] }
  }
}

extension ModelOutputs {
  /// A check of outcome `error` for every model that was not found or not read, where no other check says so: a champion
  /// with which nothing is compared, and models of a manifest whose gates read none.
  func unread(
    _ manifest: Manifest, _ artifacts: Artifacts, beside checks: [Check]
  ) -> [Check] {
    Role.allCases.compactMap { role in
      guard let model = manifest.models[role],
        let mistake = self[role].map(\.failure) ?? artifacts.models[role]?.failure,
        !checks.tell(mistake)
      else { return nil }
      return Check(
        id: "models/\(role.rawValue)", gate: "models", outcome: .error, message: "",
        location: mistake.location ?? model.mark.location
      ).failing(.error, mistake)
    }
  }
}

extension [Check] {
  /// Whether one of them is an error for this very mistake.
  func tell(_ mistake: Diagnostic) -> Bool {
    contains { $0.outcome == .error && $0.message.firstRange(of: mistake.message) != nil }
  }
}
