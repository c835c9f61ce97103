/// The files of a run, or why they were not found.
struct Artifacts: Sendable {
  var tables: [String: Result<Artifact, Diagnostic>] = [:]
  var models: [Role: Result<Artifact, Diagnostic>] = [:]

  init(_ manifest: Manifest, _ backends: Backends) {
    // One file that stands in several places is found, and digested, once.
    var found: [String: Result<Artifact, Diagnostic>] = [:]
    func resolve(_ uri: String, _ kind: ArtifactKind) -> Result<Artifact, Diagnostic> {
      if let known = found["\(kind) \(uri)"] { return known }
      let result = Result { try backends.resolve(uri, kind) }.located(at: nil)
      found["\(kind) \(uri)"] = result
      return result
    }
    for (name, origin) in manifest.tables {
      tables[name] = resolve(origin.uri, .table).located(at: origin.mark)
    }
    for (role, model) in manifest.models {
      models[role] = resolve(model.source.uri, model.source.kind).located(at: model.mark)
    }
  }
}
