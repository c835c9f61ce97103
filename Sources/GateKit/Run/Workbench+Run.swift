package import GateCore

extension Workbench {
  /// The workbench of a run.
  package init(
    _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ outputs: ModelOutputs, _ backends: Backends, now: String
  ) {
    // What no one declared stands at the gate that asks for it.
    let marks = Dictionary(
      manifest.sliceMarks.map { ($0, $1) }
        + manifest.gates.flatMap { entry in
          let needs = entry.gate.needs
          return needs.slices.map { ($0, needs.sliceMarks[$0] ?? entry.mark) }
        }
    ) { first, _ in first }
    let open = manifest.tables.map { ($0.name, tables.table($0.name)) }
    self.init(
      task: manifest.task, hasChampion: manifest.models[.champion] != nil,
      rows: (try? truth.get().rows) ?? 0, clusters: (try? truth.get())?.clusters,
      tables: Dictionary(open) { first, _ in first }, roles: manifest.data.roles, now: now,
      ownReferences: artifacts.ownReferences(manifest), isOneModel: artifacts.areOneModel(manifest),
      derived: Set(manifest.data.derive.map(\.name)), sliceMarks: marks,
      models: outputs.models(manifest, artifacts, tables, truth, backends))
  }
}

extension Manifest {
  /// What all gates ask for, and the slices that are declared: one that no gate asks for is read all the same, so that a
  /// mistake in it is found.
  var needs: Needs {
    let needs = gates.map(\.gate.needs)
    return Needs(
      slices: (needs.flatMap(\.slices) + slices).unique, columns: needs.flatMap(\.columns),
      models: !scored.isEmpty)
  }
}

extension Manifest.Data {
  /// Which columns mean what.
  fileprivate var roles: ColumnRoles {
    ColumnRoles(
      label: label.name, id: id?.name, labels: labels.map(\.name),
      others: Set([weight, cluster, query].compactMap { $0?.name }), weight: weight?.name)
  }
}
