import GateCore

extension ModelOutputs {
  /// How a workbench asks the models.
  func models(
    _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) -> Workbench.Models {
    var models = Workbench.Models(
      sample: { role in
        truth.flatMap { _ in
          (self[role] ?? .failure(Diagnostic("there is no \(role.rawValue)"))).flatMap {
            Self.sample(role, $0, manifest, truth)
          }
        }
      },
      answers: { self[$0] ?? .failure(Diagnostic("the \($0.rawValue) was not scored")) },
      source: { role in
        guard case .model? = manifest.models[role]?.source else { return nil }
        return Result { try Self.source(role, manifest, artifacts, truth) }
          .located(at: manifest.models[role]?.mark)
      },
      predicted: { role, name in
        let isHoldout = name == "current" && manifest.data.current == nil
        let answer: Result<Predictions, Diagnostic>? =
          isHoldout
          ? self[role]
          : Result {
            try Self.score(
              role, manifest, artifacts, truth, try tables.table(name).get(), backends)
          }.located(at: manifest.models[role]?.mark)
        return (answer ?? .failure(Diagnostic("there is no \(role.rawValue)"))).flatMap { answer in
          truth.map { truth in
            PredictedColumn.columns(of: answer, task: manifest.task, classes: truth.classes)
          }
        }
      },
      mark: { manifest.models[$0]?.mark }, backends: backends)
    models.judged = { Self.sample($0, $1, manifest, truth) }
    models.classes = (try? truth.get())?.classes ?? []
    models.threshold = { manifest.models[$0]?.threshold ?? manifest.threshold }
    models.programs = manifest.programs
    return models
  }

  /// A model's answers beside the truth.
  private static func sample(
    _ role: Role, _ answers: Predictions, _ manifest: Manifest, _ truth: Result<Truth, Diagnostic>
  ) -> Result<Sample, Diagnostic> {
    truth.flatMap { truth in
      Result {
        try Sample(
          truth, answers, threshold: manifest.models[role]?.threshold ?? manifest.threshold)
      }.located(at: manifest.models[role]?.mark)
    }
  }

  private static func score(
    _ role: Role, _ manifest: Manifest, _ artifacts: Artifacts, _ truth: Result<Truth, Diagnostic>,
    _ table: any Table, _ backends: Backends
  ) throws -> Predictions {
    guard case .model? = manifest.models[role]?.source else {
      throw Diagnostic(
        "the \(role.rawValue)'s scores were made elsewhere, and there are none for the rows of '\(table.name)'",
        hint: "give both tables a column of scores and test it under 'features', by 'columns'")
    }
    return try backends.score(try source(role, manifest, artifacts, truth), table)
  }
}
