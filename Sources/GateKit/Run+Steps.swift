/// How long each step took.
struct Stopwatch: Sendable {
  let started: String
  private let clock: @Sendable () -> Double
  private let progress: @Sendable (String) -> Void
  private var steps: [Report.Timings.Step] = []

  init(_ backends: Backends) {
    started = backends.now()
    clock = backends.clock
    progress = backends.progress
  }

  var timings: Report.Timings { Report.Timings(started: started, seconds: steps) }

  mutating func time<T>(_ step: String, _ body: () -> T) -> T {
    progress(step)
    let start = clock()
    defer { steps.append(Report.Timings.Step(step: step, seconds: clock() - start)) }
    return body()
  }

  mutating func time<T>(_ step: String, _ body: () async -> T) async -> T {
    progress(step)
    let start = clock()
    let value = await body()
    steps.append(Report.Timings.Step(step: step, seconds: clock() - start))
    return value
  }
}

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
    for (name, origin) in manifest.data.tables {
      tables[name] = resolve(origin.uri, .table).located(at: origin.mark)
    }
    for (role, model) in manifest.models {
      models[role] = resolve(model.source.uri, model.source.kind).located(at: model.mark)
    }
  }
}

/// The open tables of a run, or why they are not.
struct Tables: Sendable {
  let database: Result<any Database, Diagnostic>
  private var tables: [String: Result<any Table, Diagnostic>] = [:]

  init(_ manifest: Manifest, _ artifacts: Artifacts, _ backends: Backends) {
    var sources: [TableSource] = []
    for (name, origin) in manifest.data.tables {
      guard let artifact = try? artifacts.tables[name]?.get() else { continue }
      sources.append(
        TableSource(
          name: name, path: artifact.path, format: origin.format, types: origin.types,
          derive: manifest.data.derive))
    }
    for (role, model) in manifest.models {
      guard case .predictions = model.source, let artifact = try? artifacts.models[role]?.get()
      else { continue }
      sources.append(TableSource(name: role.predictionsTable, path: artifact.path))
    }
    database = Result {
      try backends.open(sources.sorted { $0.name < $1.name }, manifest.resources)
    }
    .located(at: manifest.data.holdout.mark)
    for (name, origin) in manifest.data.tables {
      tables[name] = artifacts.tables[name]?.flatMap { _ in
        database.flatMap { database in
          Result { try database.table(name) }.located(at: origin.mark)
        }
      }.located(at: origin.mark)
    }
  }

  func table(_ name: String) -> Result<any Table, Diagnostic> {
    tables[name] ?? .failure(Diagnostic("there is no table '\(name)'"))
  }

  /// Labels and weights, or why there are none.
  func truth(_ manifest: Manifest) -> Result<Truth, Diagnostic> {
    table("holdout").flatMap { holdout in
      Result { try Truth(manifest, holdout: holdout) }.located(at: manifest.data.holdout.mark)
    }
  }

  /// Why tables that no gate reads yet are not open.
  func mistakes(_ manifest: Manifest) -> [Diagnostic] {
    manifest.data.tables.filter { $0.name != "holdout" }.compactMap { name, _ in
      if case .failure(let mistake) = table(name) { mistake } else { nil }
    }
  }

  /// A check of outcome `error` for every table that was asked for, read by no gate yet, and cannot be opened.
  func unread(_ manifest: Manifest) -> [Check] {
    manifest.data.tables.filter { $0.name != "holdout" }.compactMap { name, origin in
      guard case .failure(let mistake) = table(name) else { return nil }
      return Check(
        id: "data/\(name)", gate: "data", outcome: .error, message: "",
        location: origin.mark.location
      ).failing(.error, mistake)
    }
  }

  func records(_ manifest: Manifest, _ artifacts: Artifacts) -> [String: Report.DataRecord] {
    var records: [String: Report.DataRecord] = [:]
    for (name, origin) in manifest.data.tables {
      let open = try? table(name).get()
      records[name] = Report.DataRecord(
        uri: origin.uri, sha256: (try? artifacts.tables[name]?.get())?.sha256, rows: open?.rows,
        columns: open?.schema.count)
    }
    return records
  }
}

extension Role {
  /// The table of scores made elsewhere.
  var predictionsTable: String { "\(rawValue)_predictions" }
}

/// What both models answered, or why one did not.
struct Answers: Sendable {
  private var byRole: [Role: Result<Predictions, Diagnostic>] = [:]

  init(
    _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) async {
    let roles = Role.allCases.filter { manifest.models[$0] != nil }
    let results = await roles.concurrentMap { role in
      (role, Self.answer(role, manifest, artifacts, tables, truth, backends))
    }
    byRole = Dictionary(results) { first, _ in first }
  }

  subscript(role: Role) -> Result<Predictions, Diagnostic>? { byRole[role] }

  private static func answer(
    _ role: Role, _ manifest: Manifest, _ artifacts: Artifacts, _ tables: Tables,
    _ truth: Result<Truth, Diagnostic>, _ backends: Backends
  ) -> Result<Predictions, Diagnostic> {
    guard let model = manifest.models[role], let artifact = artifacts.models[role] else {
      return .failure(Diagnostic("there is no \(role.rawValue)"))
    }
    return Result {
      let artifact = try artifact.get()
      let truth = try truth.get()
      switch model.source {
      case .model(_, let runtime):
        return try backends.score(
          ModelSource(
            role: role, artifact: artifact, runtime: runtime, features: model.features,
            derive: model.derive, task: manifest.task, classes: truth.classes,
            limits: model.limits), try tables.table("holdout").get())
      case .predictions(_, let score, let scores):
        return try backends.read(
          PredictionsRequest(
            role: role, table: role.predictionsTable, file: model.source.uri,
            holdoutFile: manifest.data.holdout.uri, id: manifest.data.id?.name,
            content: try content(score, scores, truth.classes, model.mark),
            range: manifest.task == .binary ? 0...1 : nil),
          try tables.database.get())
      }
    }.located(at: model.mark)
  }

  private static func content(
    _ score: String?, _ scores: [(label: String, column: String)], _ classes: [String],
    _ mark: Mark
  ) throws(Diagnostic) -> PredictionsRequest.Content {
    if let score { return .score(score) }
    var columns: [(name: String, column: String)] = []
    for name in classes {
      guard let column = scores.first(where: { $0.label == name })?.column else {
        throw Diagnostic("'scores' has no column for the class '\(name)'", at: mark)
      }
      columns.append((name, column))
    }
    if let stranger = scores.first(where: { !classes.contains($0.label) }) {
      throw Diagnostic(
        "'scores' has a column for '\(stranger.label)', which is none of the classes: "
          + classes.joined(separator: ", "), at: mark)
    }
    return .probabilities(columns)
  }

  func records(_ manifest: Manifest, _ artifacts: Artifacts) -> [Role: Report.ModelRecord] {
    var records: [Role: Report.ModelRecord] = [:]
    for (role, model) in manifest.models {
      let artifact = try? artifacts.models[role]?.get()
      let answer = try? byRole[role]?.get()
      records[role] = Report.ModelRecord(
        uri: model.source.uri, sha256: artifact?.sha256, bytes: artifact?.bytes,
        runtime: answer.map { Report.Tool(name: $0.runtime, version: $0.runtimeVersion) },
        provenance: artifact?.provenance ?? [:])
    }
    return records
  }
}

extension Evidence {
  /// Samples of both models and the rows of every slice that a gate asks for.
  init(
    _ manifest: Manifest, _ tables: Tables, _ truth: Result<Truth, Diagnostic>, _ answers: Answers
  ) async {
    let roles = Role.allCases.filter { manifest.models[$0] != nil }
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
    let marks = Dictionary(
      manifest.gates.flatMap { entry in entry.gate.needs.slices.map { ($0, entry.mark) } }
    ) { first, _ in first }
    let rows = await slices.concurrentMap { slice -> (Slice, Result<SlicedRows, Diagnostic>) in
      (
        slice,
        tables.table("holdout").flatMap { holdout in
          Result { try slice.rows(of: holdout) }.located(at: marks[slice])
        }
      )
    }
    self.init(
      task: manifest.task, hasChampion: manifest.models[.champion] != nil,
      rows: (try? truth.get().rows) ?? 0, samples: Dictionary(samples) { first, _ in first },
      slices: Dictionary(rows) { first, _ in first }, clusters: (try? truth.get())?.clusters)
  }
}

extension Manifest {
  /// Every gate's checks, in manifest order; a gate that throws, or gives no check, is an error.
  func judge(_ evidence: Evidence) async -> [Check] {
    var checks: [Check] = []
    for entry in gates {
      let blank = Check(
        id: entry.id, gate: entry.id, outcome: .error, message: "", location: entry.mark.location)
      var judged: [Check]
      do {
        judged = try await entry.gate.judge(evidence)
        if judged.isEmpty {
          judged = [blank.failing(.error, Diagnostic("the gate judged nothing"))]
        }
      } catch { judged = [blank.failing(.error, .of(error))] }
      for index in judged.indices { judged[index].blocking = entry.blocking }
      checks += judged
    }
    return checks.refusingRepeats
  }

  /// The checks with the waivers that cover them.
  func waive(_ checks: [Check], today: String) -> [Check] {
    let unused = waivers.filter { waiver in !checks.contains(where: waiver.covers) }
    return checks.map { check in waivers.reduce(check) { $1.applied(to: $0, today: today) } }
      + unused.map(\.unused)
  }
}

extension Diagnostic {
  /// Any error as a diagnostic.
  static func of(_ error: any Error) -> Diagnostic {
    (error as? Diagnostic) ?? Diagnostic("\(error)")
  }
}

extension Result where Failure == any Error {
  /// The failure as a diagnostic, said to stand at `mark` unless it has a place.
  func located(at mark: Mark?) -> Result<Success, Diagnostic> {
    mapError { Diagnostic.of($0).at(mark) }
  }
}

extension Result where Failure == Diagnostic {
  func located(at mark: Mark?) -> Result<Success, Diagnostic> { mapError { $0.at(mark) } }
}

extension Optional {
  fileprivate func located<T>(at mark: Mark?) -> Result<T, Diagnostic>
  where Wrapped == Result<T, Diagnostic> {
    (self ?? .failure(Diagnostic("there is no such table"))).located(at: mark)
  }
}
