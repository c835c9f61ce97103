package import GateCore

/// What both models answered, or why one did not.
package struct ModelOutputs: Sendable {
  private let byRole: [Role: Result<Predictions, Diagnostic>]

  package init(
    _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) async {
    let roles = manifest.scored
    let results = await roles.concurrentMap { role in
      (role, Self.answer(role, manifest, artifacts, tables, truth, backends))
    }
    byRole = Dictionary(results) { first, _ in first }
  }

  package subscript(role: Role) -> Result<Predictions, Diagnostic>? { byRole[role] }

  private static func answer(
    _ role: Role, _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) -> Result<Predictions, Diagnostic> {
    read(role, manifest, artifacts, tables, truth, backends).mapError {
      manifest.naming(role, in: $0, artifacts, tables)
    }
  }

  private static func read(
    _ role: Role, _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) -> Result<Predictions, Diagnostic> {
    guard let model = manifest.models[role] else {
      return .failure(Diagnostic("there is no \(role.rawValue)"))
    }
    return Result {
      _ = try artifacts.models[role]?.get()
      let truth = try truth.get()
      switch model.source {
      case .model:
        return try backends.score(
          try source(role, manifest, artifacts, .success(truth)), try tables.table("holdout").get())
      case .predictions(_, let columns):
        try manifest.refuseLabel(of: role, columns, artifacts, tables)
        var request = PredictionsRequest(
          role: role, table: manifest.predictionsTable(role, artifacts),
          file: model.source.uri,
          holdoutFile: manifest.data.holdout.uri, id: manifest.data.id?.name,
          content: try content(columns, manifest.task, truth.classes, model.mark),
          range: [.binary, .multiclass, .multilabel].contains(manifest.task) ? 0...1 : nil)
        request.labels = manifest.data.labels.map(\.name)
        request.told = [manifest.data.weight, manifest.data.query].compactMap { $0?.name }
        request.answers = manifest.models.values.flatMap(\.answerColumns)
        return try backends.read(request, try tables.database.get())
      }
    }.located(at: model.mark)
  }

  /// A model to score.
  package static func source(
    _ role: Role, _ manifest: Manifest, _ artifacts: Artifacts, _ truth: Result<Truth, Diagnostic>
  ) throws(Diagnostic) -> ModelSource {
    guard let model = manifest.models[role], let artifact = artifacts.models[role],
      case .model(_, let runtime) = model.source
    else { throw Diagnostic("there is no \(role.rawValue)") }
    var source = ModelSource(
      role: role, artifact: try artifact.get(), runtime: runtime, features: model.features,
      derive: model.derive, task: manifest.task, classes: try truth.get().classes,
      order: manifest.classes, labels: manifest.data.labels.map(\.name),
      labelKind: try truth.get().labelKind, options: model.options, limits: model.limits)
    source.plugin = model.plugin
    source.isPositiveQuoted = manifest.positive.map(manifest.quotedClasses.has) == true
    return source
  }

  private static func content(
    _ columns: Manifest.Model.PredictionColumns, _ task: TaskKind, _ classes: [String], _ mark: Mark
  ) throws(Diagnostic) -> PredictionsRequest.Content {
    if let text = columns.text { return .texts(text) }
    if let score = columns.score {
      return columns.interval == nil && columns.quantiles.isEmpty
        ? .score(score)
        : .spread(score, interval: columns.interval, columns.quantiles)
    }
    let what = task == .multilabel ? "labels" : "classes"
    let one = task == .multilabel ? "label" : "class"
    var named: [(name: String, column: String)] = []
    for name in classes {
      guard let column = columns.scores.first(where: { $0.label.isSame(as: name) })?.column else {
        throw Diagnostic("'scores' has no column for the \(one) '\(name)'", at: mark)
      }
      named.append((name, column))
    }
    if let stranger = columns.scores.first(where: { !classes.has($0.label) }) {
      throw Diagnostic(
        "'scores' has a column for '\(stranger.label)', which is none of the \(what): "
          + classes.joined(separator: ", "), at: mark)
    }
    return task == .multilabel ? .flags(named) : .probabilities(named)
  }

  func records(_ manifest: Manifest, _ artifacts: Artifacts) -> [Role: Report.ModelRecord] {
    var records: [Role: Report.ModelRecord] = [:]
    for (role, model) in manifest.models {
      let artifact = try? artifacts.models[role]?.get()
      let answer = try? byRole[role]?.get()
      records[role] = Report.ModelRecord(
        uri: model.source.uri, sha256: artifact?.sha256, bytes: artifact?.bytes,
        runtime: answer.map { Report.Tool(name: $0.runtime, version: $0.runtimeVersion) },
        provenance: artifact?.provenance ?? [:], scoring: answer?.scoring ?? [:])
    }
    return records
  }
}
