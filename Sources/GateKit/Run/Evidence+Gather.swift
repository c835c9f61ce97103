package import GateCore

extension Evidence {
  /// Samples of both models, the rows of every slice that a gate asks for, and the columns that its metrics read.
  package init(
    _ manifest: Manifest, _ tables: Tables, _ truth: Result<Truth, Diagnostic>,
    _ answers: ModelOutputs,
    now: String = "", artifacts: Artifacts? = nil
  ) async {
    let roles = manifest.scored
    let samples = await roles.concurrentMap { role -> (Role, Result<Sample, Diagnostic>) in
      let sample = truth.flatMap { truth in
        (answers[role] ?? .failure(Diagnostic("there is no \(role.rawValue)"))).flatMap { answer in
          Result {
            try Sample(
              truth, answer, threshold: manifest.models[role]?.threshold ?? manifest.threshold)
          }.located(at: manifest.models[role]?.mark)
        }
      }
      return (role, sample)
    }
    // A declared slice that no gate asks for is read all the same, so that a mistake in it is found.
    let slices = (manifest.gates.flatMap(\.gate.needs.slices) + manifest.slices).unique
    // What no one declared stands at the gate that asks for it.
    let marks = Dictionary(
      manifest.sliceMarks.map { ($0, $1) }
        + manifest.gates.flatMap { entry in
          let needs = entry.gate.needs
          return needs.slices.map { ($0, needs.sliceMarks[$0] ?? entry.mark) }
        }
    ) { first, _ in first }
    let holdout = tables.table("holdout")
    let read = await slices.flatMap(\.atoms).unique.concurrentMap {
      atom -> (Slice, Result<SlicedRows, Diagnostic>) in
      (atom, holdout.flatMap { holdout in Result { try atom.rows(of: holdout) }.located(at: nil) })
    }
    let atoms = Dictionary(read) { first, _ in first }
    let rows = await slices.concurrentMap { slice -> (Slice, Result<SlicedRows, Diagnostic>) in
      (slice, Result { try slice.rows(of: atoms) }.located(at: marks[slice]))
    }
    self.init(
      task: manifest.task, hasChampion: manifest.models[.champion] != nil,
      rows: (try? truth.get().rows) ?? 0, samples: Dictionary(samples) { first, _ in first },
      slices: Dictionary(rows) { first, _ in first }, clusters: (try? truth.get())?.clusters,
      columns: RowColumn.read(
        manifest.gates.flatMap(\.gate.needs.columns), of: tables.table("holdout")),
      tables: Dictionary(manifest.tables.map { ($0.name, tables.table($0.name)) }) {
        first, _ in
        first
      },
      roles: manifest.data.roles, now: now, features: answers.features,
      predictions: answers.predicted, counterfactuals: answers.otherwise,
      trainDomainClassifier: answers.trainDomainClassifier)
    isOneModel = artifacts?.areOneModel(manifest) ?? true
    ownReferences = artifacts?.ownReferences(manifest) ?? []
  }
}

extension Manifest.Data {
  /// Which columns mean what.
  fileprivate var roles: ColumnRoles {
    ColumnRoles(
      label: label.name, id: id?.name, labels: labels.map(\.name),
      others: Set([weight, cluster, query].compactMap { $0?.name }))
  }
}
