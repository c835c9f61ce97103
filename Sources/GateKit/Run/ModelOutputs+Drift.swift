package import GateCore

extension ModelOutputs {
  /// What the candidate takes, where a gate asks; nil: its scores were made elsewhere.
  package static func features(
    _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) -> Result<ModelFeatures?, Diagnostic> {
    guard manifest.gates.contains(where: { $0.gate.needs.features }),
      let model = manifest.models[.candidate], case .model = model.source
    else { return .success(nil) }
    return Result { () throws -> ModelFeatures? in
      try backends.describe(
        try source(.candidate, manifest, artifacts, truth), try tables.table("holdout").get())
    }.located(at: model.mark)
  }

  /// The candidate's answers on the reference and on the current rows, where a gate asks for them.
  static func predicted(
    _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ onHoldout: Result<Predictions, Diagnostic>?,
    _ backends: Backends
  ) -> [String: Result<[PredictedColumn], Diagnostic>] {
    guard manifest.gates.contains(where: { $0.gate.needs.predictions }) else { return [:] }
    var predicted: [String: Result<[PredictedColumn], Diagnostic>] = [:]
    for name in ["reference", "current"] {
      let isHoldout = name == "current" && manifest.data.current == nil
      let answer: Result<Predictions, Diagnostic>? =
        isHoldout
        ? onHoldout
        : Result { try score(manifest, artifacts, truth, try tables.table(name).get(), backends) }
          .located(at: manifest.models[.candidate]?.mark)
      predicted[name] = (answer ?? .failure(Diagnostic("there is no candidate"))).flatMap {
        answer in
        truth.map { truth in
          PredictedColumn.columns(of: answer, task: manifest.task, classes: truth.classes)
        }
      }
    }
    return predicted
  }

  private static func score(
    _ manifest: Manifest, _ artifacts: Artifacts, _ truth: Result<Truth, Diagnostic>,
    _ table: any Table, _ backends: Backends
  ) throws -> Predictions {
    guard case .model? = manifest.models[.candidate]?.source else {
      throw Diagnostic(
        "the candidate's scores were made elsewhere, and there are none for the rows of '\(table.name)'",
        hint: "give both tables a column of scores and test it under 'features', by 'columns'")
    }
    return try backends.score(try source(.candidate, manifest, artifacts, truth), table)
  }
}
