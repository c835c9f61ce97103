/// What a gate measures on: the open tables, the models and the moment of one run.
///
/// What takes long is done when it is first asked for, once, and shared by all gates that ask.
package struct Workbench: Sendable {
  package let task: TaskKind
  package let hasChampion: Bool
  /// Rows of the holdout.
  package let rows: Int
  /// Which cluster each row of the holdout is of; nil: every row stands for itself.
  package let clusters: [Int32]?
  /// Columns of the holdout with a meaning.
  package let roles: ColumnRoles
  /// Now in UTC, as `2026-11-20T10:41:10Z`.
  package let now: String
  /// The tables that are the reference's very bytes, so that nothing can be compared.
  package let ownReferences: Set<String>
  /// Whether both models are one, so that equal answers are certain.
  package let isOneModel: Bool
  /// The columns that a manifest makes of others.
  package let derived: Set<String>
  private let tables: [String: Result<any Table, Diagnostic>]
  /// Where each slice is declared, or else asked for.
  private let sliceMarks: [Slice: Mark]
  private let models: Models
  private let shared: Shared

  /// How the models of a run are asked.
  package struct Models: Sendable {
    /// One model's answers on the holdout beside the truth.
    package var sample: @Sendable (Role) async -> Result<Sample, Diagnostic>
    /// The file of a model with how it is scored; nil: its scores were made elsewhere, or there is none.
    package var source: @Sendable (Role) -> Result<ModelSource, Diagnostic>?
    /// One model's answers on the holdout as it gave them.
    package var answers: @Sendable (Role) async -> Result<Predictions, Diagnostic>
    /// What it answers on a table, as columns.
    package var predicted:
      @Sendable (Role, _ table: String) async -> Result<[PredictedColumn], Diagnostic>
    /// Other answers of a model on the holdout beside the truth, decided as its own are.
    package var judged: @Sendable (Role, Predictions) -> Result<Sample, Diagnostic> = { _, _ in
      .failure(Diagnostic("there is no truth to hold answers against"))
    }
    /// Where a model stands in the manifest.
    package var mark: @Sendable (Role) -> Mark?
    /// The names of the classes or labels, in the order of the answers; none where the task has none.
    package var classes: [String] = []
    /// From which score on a model decides for the positive class.
    package var threshold: @Sendable (Role) -> Double = { _ in 0.5 }
    /// The programs of the manifest's own metrics, by the metrics' ids.
    package var programs: [String: PluginUse] = [:]
    package var backends: Backends

    package init(
      sample: @escaping @Sendable (Role) async -> Result<Sample, Diagnostic>,
      answers: @escaping @Sendable (Role) async -> Result<Predictions, Diagnostic>,
      source: @escaping @Sendable (Role) -> Result<ModelSource, Diagnostic>?,
      predicted:
        @escaping @Sendable (Role, _ table: String) async -> Result<[PredictedColumn], Diagnostic>,
      mark: @escaping @Sendable (Role) -> Mark?, backends: Backends
    ) {
      (self.sample, self.answers) = (sample, answers)
      (self.source, self.predicted) = (source, predicted)
      (self.mark, self.backends) = (mark, backends)
    }
  }

  /// Takes what is open; `given`: answers that are known beforehand.
  package init(
    task: TaskKind, hasChampion: Bool, rows: Int, clusters: [Int32]? = nil,
    tables: [String: Result<any Table, Diagnostic>] = [:], roles: ColumnRoles = ColumnRoles(),
    now: String = "", ownReferences: Set<String> = [], isOneModel: Bool = true,
    derived: Set<String> = [], sliceMarks: [Slice: Mark] = [:], models: Models,
    given: [Shared.Given] = []
  ) {
    (self.task, self.hasChampion, self.rows) = (task, hasChampion, rows)
    (self.clusters, self.tables, self.roles, self.now) = (clusters, tables, roles, now)
    (self.ownReferences, self.isOneModel) = (ownReferences, isOneModel)
    (self.derived, self.sliceMarks) = (derived, sliceMarks)
    (self.models, shared) = (models, Shared(given))
  }

  /// An open table; `current` is the holdout where the manifest names no other. Throws why there is none.
  package func table(_ name: String) throws(Diagnostic) -> any Table {
    if let table = tables[name] { return try table.get() }
    guard name == "current", let holdout = tables["holdout"] else {
      throw Diagnostic(
        "there is no table '\(name)'", hint: "add 'data.\(name)' to the manifest")
    }
    return try holdout.get()
  }

  /// The answer to a question of a gate's own, made once whoever asks.
  package func once<Key: Asked>(
    _ key: Key, _ make: @escaping @Sendable () async -> Key.Answer
  ) async -> Key.Answer {
    await shared.answer(key, make)
  }
}

/// A workbench of values, for rows that a program made.
extension Workbench {
  /// Nothing is scored, described or trained but by `trainDomainClassifier`.
  package init(
    task: TaskKind, hasChampion: Bool, rows: Int, samples: [Role: Result<Sample, Diagnostic>],
    slices: [Slice: Result<SlicedRows, Diagnostic>] = [:], clusters: [Int32]? = nil,
    columns: [RowColumn.Key: Result<Arguments.RowValues, Diagnostic>] = [:],
    tables: [String: Result<any Table, Diagnostic>] = [:], roles: ColumnRoles = ColumnRoles(),
    now: String = "", isOneModel: Bool = true,
    features: Result<ModelFeatures?, Diagnostic> = .success(nil),
    predictions: [String: Result<[PredictedColumn], Diagnostic>] = [:],
    trainDomainClassifier:
      (@Sendable (DomainClassifierRequest) throws -> DomainClassifierResult)? = nil,
    given: [Shared.Given] = []
  ) {
    var backends = Backends.none
    if let trainDomainClassifier { backends.trainDomainClassifier = trainDomainClassifier }
    let known =
      slices.map { Shared.Given(RowsOf($0), $1) } + columns.map { Shared.Given($0, $1) }
      + predictions.map { Shared.Given(PredictedOn($0), $1) }
      + [Shared.Given(FeaturesOf(.candidate), features)]
    self.init(
      task: task, hasChampion: hasChampion, rows: rows, clusters: clusters, tables: tables,
      roles: roles, now: now, isOneModel: isOneModel,
      models: Models(
        sample: { samples[$0] ?? .failure(Diagnostic("there is no \($0.rawValue)")) },
        answers: { _ in .failure(Diagnostic("nothing here scores models")) },
        source: { _ in nil },
        predicted: { _, table in
          .failure(Diagnostic("the candidate was not scored on the table '\(table)'"))
        },
        mark: { _ in nil }, backends: backends), given: known + given)
  }
}

/// What the models answer.
extension Workbench {
  /// Asks for one model's answers on all rows.
  package struct SampleOf: Asked {
    package typealias Answer = Result<Sample, Diagnostic>
    package let role: Role
    package init(_ role: Role) { self.role = role }
  }

  /// Asks what a model takes.
  package struct FeaturesOf: Asked {
    package typealias Answer = Result<ModelFeatures?, Diagnostic>
    package let role: Role
    package init(_ role: Role) { self.role = role }
  }

  /// Asks what the candidate answers on a table.
  package struct PredictedOn: Asked {
    package typealias Answer = Result<[PredictedColumn], Diagnostic>
    package let table: String
    package init(_ table: String) { self.table = table }
  }

  /// One model's answers on all rows; throws why there are none.
  package func sample(_ role: Role) async throws(Diagnostic) -> Sample {
    try await once(SampleOf(role)) { await models.sample(role) }.get()
  }

  /// One model's answers on the holdout as it gave them; throws why there are none.
  package func answers(_ role: Role) async throws(Diagnostic) -> Predictions {
    try await models.answers(role).get()
  }

  /// What a model takes, in its order, and what it is made of; nil where its scores were made elsewhere. Throws why that is
  /// not known.
  package func features(of role: Role = .candidate) async throws(Diagnostic) -> ModelFeatures? {
    try await once(FeaturesOf(role)) {
      guard let source = models.source(role) else { return .success(nil) }
      return Result {
        try models.backends.describe(try source.get(), try table("holdout"))
      }.located(at: models.mark(role))
    }.get()
  }

  /// What the candidate answers on the rows of a table; throws why that is not known.
  package func predictions(of table: String) async throws(Diagnostic) -> [PredictedColumn] {
    try await once(PredictedOn(table)) { await models.predicted(.candidate, table) }.get()
  }

  /// A model's file with how it is scored; nil where its scores were made elsewhere. Throws why there is none.
  package func source(_ role: Role) throws(Diagnostic) -> ModelSource? {
    try models.source(role)?.get()
  }

  /// Other answers of a model on the holdout beside the truth; throws why there are none.
  package func sample(_ role: Role, of answers: Predictions) throws(Diagnostic) -> Sample {
    try models.judged(role, answers).get()
  }

  /// What a model takes, and its answers on the rows of any table; both in processes of their own.
  package var backends: Backends { models.backends }

  /// Where a model stands in the manifest.
  package func mark(of role: Role) -> Mark? { models.mark(role) }

  /// The names of the classes or labels, in the order of the answers.
  package var classes: [String] { models.classes }

  /// The program of one of the manifest's own metrics.
  func program(of metric: String) -> PluginUse? { models.programs[metric] }

  /// From which score on a model decides for the positive class.
  package func threshold(of role: Role) -> Double { models.threshold(role) }
}

/// What metrics are measured on.
extension Workbench {
  /// Asks for the rows of a slice.
  package struct RowsOf: Asked {
    package typealias Answer = Result<SlicedRows, Diagnostic>
    package let slice: Slice
    package init(_ slice: Slice) { self.slice = slice }
  }

  /// The samples, slices and columns that a gate needs.
  package func evidence(_ needs: Needs) async -> Evidence {
    let roles: [Role] = needs.models ? [.candidate] + (hasChampion ? [.champion] : []) : []
    let samples = await roles.concurrentMap { role in
      (role, await once(SampleOf(role)) { await models.sample(role) })
    }
    let slices = await needs.slices.unique.concurrentMap { slice in
      (slice, await rows(of: slice).located(at: sliceMarks[slice]))
    }
    let columns = Dictionary(needs.columns.map { ($0.key, $0) }) { first, _ in first }
    let read = await shared.answers(needs.columns.map(\.key)) { keys in
      RowColumn.read(keys.compactMap { columns[$0] }, of: holdout)
    }
    var evidence = Evidence(
      task: task, hasChampion: hasChampion, rows: rows,
      samples: Dictionary(samples) { first, _ in first },
      slices: Dictionary(slices) { first, _ in first }, clusters: clusters, columns: read,
      isOneModel: isOneModel)
    for metric in needs.programs.unique {
      for role in roles {
        evidence.programs[metric, default: [:]][role] = await figures(metric, role)
      }
    }
    return evidence
  }

  /// Which rows are of which group: a slice is read once, and so is what a cross is made of.
  func rows(of slice: Slice) async -> Result<SlicedRows, Diagnostic> {
    await once(RowsOf(slice)) {
      guard case .cross = slice else {
        return holdout.flatMap { table in Result { try slice.rows(of: table) }.located(at: nil) }
      }
      let atoms = await slice.atoms.unique.concurrentMap { ($0, await rows(of: $0)) }
      let known = Dictionary(atoms) { first, _ in first }
      return Result { try slice.rows(of: known) }.located(at: nil)
    }
  }

  private var holdout: Result<any Table, Diagnostic> {
    Result { () throws(Diagnostic) in try table("holdout") }
  }
}

extension RowColumn.Key: Asked {
  package typealias Answer = Result<Arguments.RowValues, Diagnostic>
}
