package import GateCore

/// The files of a run, or why they were not found.
package struct Artifacts: Sendable {
  package var tables: [String: Result<Artifact, Diagnostic>] = [:]
  package var models: [Role: Result<Artifact, Diagnostic>] = [:]

  package init(_ manifest: Manifest, _ backends: Backends) {
    // One file that stands in several places is found, and digested, once.
    var found: [ArtifactKind: [String: Result<Artifact, Diagnostic>]] = [:]
    func resolve(_ uri: String, _ kind: ArtifactKind) -> Result<Artifact, Diagnostic> {
      if let known = found[kind]?[uri] { return known }
      let result = Result { try backends.resolve(uri, kind) }.located(at: nil)
      found[kind, default: [:]][uri] = result
      return result
    }
    for (name, origin) in manifest.tables {
      tables[name] = resolve(origin.uri, .table(origin.choice)).located(at: origin.mark)
    }
    for (role, model) in manifest.models {
      models[role] = resolve(model.source.uri, model.source.kind).located(at: model.mark)
    }
  }

  /// The tables, and the files with the digests of those that are hashed as they are read.
  func opened(_ manifest: Manifest, _ backends: Backends) -> (tables: Tables, artifacts: Artifacts)
  {
    var tables = Tables(manifest, self, backends)
    var found = hashed(by: tables, backends)
    for (name, origin) in manifest.tables {
      guard let reason = Self.mistake(found.tables[name], origin.sha256) else { continue }
      found.tables[name] = .failure(reason)
      tables = tables.refusing(name, reason)
    }
    for (role, model) in manifest.models {
      guard let reason = Self.mistake(found.models[role], model.sha256) else { continue }
      found.models[role] = .failure(reason)
    }
    return (tables, found)
  }

  /// That a file is not the one whose digest the manifest gives; nil: it is, or there is none.
  private static func mistake(
    _ found: Result<Artifact, Diagnostic>?, _ wanted: Node?
  ) -> Diagnostic? {
    guard let wanted, let text = wanted.text, let artifact = try? found?.get(),
      artifact.sha256 != text.lowercased()
    else { return nil }
    return Diagnostic(
      "'\(artifact.uri)' has the SHA-256 \(artifact.sha256), and the manifest wants another",
      at: wanted.mark, hint: "if it is the file that is meant, write its digest here")
  }

  /// With those digests; what could not be read is hashed now.
  private func hashed(by tables: Tables, _ backends: Backends) -> Artifacts {
    let digests = (try? tables.database.get())?.digests ?? [:]
    func hashed(_ found: Result<Artifact, Diagnostic>) -> Result<Artifact, Diagnostic> {
      guard var artifact = try? found.get(), artifact.sha256.isEmpty,
        var file = artifact.files.first
      else { return found }
      return Result {
        file.sha256 = digests[ExactText(file.place)] ?? ""
        if file.digest == nil { file = try backends.hash(file) }
        (artifact.files, artifact.sha256) = ([file], file.sha256)
        return artifact
      }.located(at: nil)
    }
    return Artifacts(tables: self.tables.mapValues(hashed), models: models.mapValues(hashed))
  }

  private init(
    tables: [String: Result<Artifact, Diagnostic>], models: [Role: Result<Artifact, Diagnostic>]
  ) {
    (self.tables, self.models) = (tables, models)
  }

  /// Whether champion and candidate are the same bytes, used alike.
  func areOneModel(_ manifest: Manifest) -> Bool {
    guard let one = manifest.models[.champion], let other = manifest.models[.candidate],
      let mine = try? models[.champion]?.get(), let theirs = try? models[.candidate]?.get()
    else { return false }
    return mine.sha256 == theirs.sha256 && one.isUsedAs(other)
  }

  /// The tables that are the very bytes of the reference.
  func ownReferences(_ manifest: Manifest) -> Set<String> {
    guard let reference = manifest.data.reference,
      let sha256 = (try? tables["reference"]?.get())?.sha256
    else { return [] }
    let same = manifest.tables.filter { name, origin in
      name != "reference" && (try? tables[name]?.get())?.sha256 == sha256
        && origin.isRead(as: reference)
    }.map(\.name)
    return Set(same + (same.contains("holdout") && manifest.data.current == nil ? ["current"] : []))
  }

  /// What is no longer what was hashed, said once a file.
  package func changed(_ backends: Backends) -> [Diagnostic] {
    var seen: Set<DataFile> = []
    let roles = Role.allCases.compactMap { models[$0] }
    let all = tables.keys.sorted().compactMap { tables[$0] } + roles
    return all.compactMap { try? $0.get() }.flatMap(\.files).compactMap { file in
      guard seen.insert(file).inserted else { return nil }
      return Result { try backends.confirm(file) }.located(at: nil).failure
    }
  }
}

extension [Check] {
  /// The checks as they stand when files have changed since they were hashed: none was judged on the bytes that the
  /// record names.
  func undone(by changes: [Diagnostic]) -> [Check] {
    guard let change = changes.first else { return self }
    return map { check in
      Check(
        id: check.id, gate: check.gate, outcome: .error, blocking: check.blocking, message: "",
        metric: check.metric, model: check.model, slice: check.slice, limit: check.limit,
        location: check.location
      ).failing(.error, change)
    }
  }
}
