package import GateCore

/// The open tables of a run, or why they are not.
package struct Tables: Sendable {
  package let database: Result<any Database, Diagnostic>
  private var tables: [String: Result<any Table, Diagnostic>] = [:]

  package init(_ manifest: Manifest, _ artifacts: Artifacts, _ backends: Backends) {
    var sources: [TableSource] = []
    for (name, origin) in manifest.tables {
      guard let artifact = try? artifacts.tables[name]?.get() else { continue }
      var source = TableSource(
        name: name, path: artifact.path, format: origin.format, types: origin.types,
        csv: origin.csv, derive: manifest.data.derive, files: artifact.files)
      source.deriveMarks = manifest.data.deriveMarks
      sources.append(source)
    }
    for (role, model) in manifest.models {
      guard case .predictions(_, let columns) = model.source,
        let artifact = try? artifacts.models[role]?.get()
      else { continue }
      let name = manifest.predictionsTable(role, artifacts)
      if sources.contains(where: { $0.name == name }) { continue }
      sources.append(
        TableSource(
          name: name, path: artifact.path, format: columns.format, types: columns.types,
          csv: columns.csv, files: artifact.files))
    }
    database = Result {
      try backends.open(sources.sorted { $0.name < $1.name }, manifest.resources)
    }
    .located(at: manifest.data.holdout.mark)
    for (name, origin) in manifest.tables {
      tables[name] = artifacts.tables[name]?.flatMap { _ in
        database.flatMap { database in
          Result { try Self.filled(try database.table(name), origin) }.located(at: origin.mark)
        }
      }.located(at: origin.mark)
    }
  }

  /// The table, when it has rows: on none nothing can be judged.
  private static func filled(
    _ table: any Table, _ origin: TableOrigin
  ) throws -> any Table {
    if table.rows > 0 { return table }
    throw Diagnostic(
      "the \(table.name) '\(origin.uri)' has no rows", at: origin.mark,
      hint: "nothing can be judged on it; check the path and what wrote the file")
  }

  /// The same, with the reason in place of a table that must not be judged.
  func refusing(_ name: String, _ reason: Diagnostic) -> Tables {
    var same = self
    same.tables[name] = .failure(reason)
    return same
  }

  package func table(_ name: String) -> Result<any Table, Diagnostic> {
    tables[name] ?? .failure(Diagnostic("there is no table '\(name)'"))
  }

  /// Labels and weights, or why there are none.
  package func truth(_ manifest: Manifest) -> Result<Truth, Diagnostic> {
    table("holdout").flatMap { holdout in
      Result { try Truth(manifest, holdout: holdout) }.located(at: manifest.data.holdout.mark)
    }
  }

  /// Why tables that no gate reads yet are not open.
  package func mistakes(_ manifest: Manifest) -> [Diagnostic] {
    manifest.tables.filter { $0.name != "holdout" }.compactMap { name, _ in
      if case .failure(let mistake) = table(name) { mistake } else { nil }
    }
  }

  /// A check of outcome `error` for every table that was asked for, read by no gate yet, and cannot be opened.
  func unread(_ manifest: Manifest) -> [Check] {
    manifest.tables.filter { $0.name != "holdout" }.compactMap { name, origin in
      guard case .failure(let mistake) = table(name) else { return nil }
      return Check(
        id: "data/\(name)", gate: "data", outcome: .error, message: "",
        location: origin.mark.location
      ).failing(.error, mistake)
    }
  }

  /// What is said of each table; of rows and columns nothing where files have `changed` since they were hashed.
  func records(
    _ manifest: Manifest, _ artifacts: Artifacts, changed: Bool
  ) -> [String: Report.DataRecord] {
    var records: [String: Report.DataRecord] = [:]
    for (name, origin) in manifest.tables {
      let open = changed ? nil : try? table(name).get()
      let artifact = try? artifacts.tables[name]?.get()
      records[name] = Report.DataRecord(
        uri: origin.uri, sha256: artifact?.sha256, rows: open?.rows,
        columns: open?.schema.count,
        files: artifact?.files.map { .init(path: $0.name, bytes: $0.bytes, sha256: $0.sha256) },
        leftOut: artifact?.leftOut)
    }
    return records
  }
}

extension Manifest {
  /// The manifest's tables, then those that gates open beside them.
  package var tables: [(name: String, origin: TableOrigin)] {
    var tables = data.tables
    for source in gates.flatMap(\.gate.needs.sources)
    where !tables.contains(where: { $0.name == source.name }) {
      tables.append(source)
    }
    return tables
  }

  /// The table of a model's scores made elsewhere; two models whose scores are read alike from one file share it, so
  /// that it is opened once.
  func predictionsTable(_ role: Role, _ artifacts: Artifacts) -> String {
    let owner = Role.allCases.first { other in
      guard case .predictions(_, let hers)? = models[other]?.source,
        case .predictions(_, let his)? = models[role]?.source,
        let mine = try? artifacts.models[role]?.get(),
        let theirs = try? artifacts.models[other]?.get()
      else { return false }
      return mine.path == theirs.path && his.isReadAs(hers)
    }
    return "\((owner ?? role).rawValue)_predictions"
  }
}
