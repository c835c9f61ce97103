/// Everything that touches the world, as closures, so that a test hands in values.
package struct Backends: Sendable {
  /// Finds a model's or a table's bytes; throws a `Diagnostic`.
  package var resolve: @Sendable (_ uri: String, ArtifactKind) throws -> Artifact
  /// Opens tables over the engine they share; one that cannot be opened throws when it is asked for.
  package var open: @Sendable ([TableSource], Resources) throws -> any Database
  /// Hashes a file that has no digest yet.
  package var hash: @Sendable (DataFile) throws -> DataFile
  /// Throws a `Diagnostic` when a file is no longer what it was when it was hashed.
  package var confirm: @Sendable (DataFile) throws -> Void
  /// Scores a model on the holdout, in a process of its own.
  package var score: @Sendable (ModelSource, _ holdout: any Table) throws -> Predictions
  /// Scores a model in several runs, one after another in one process of its own, and hands over the place and the answers
  /// of each.
  package var scoreEach:
    @Sendable (ModelSource, [ModelRun], (Int, Predictions) throws -> Void) throws -> Void = {
      _, _, _ in throw Diagnostic("nothing here scores models")
    }
  /// Reads scores made elsewhere beside the holdout's rows.
  package var read: @Sendable (PredictionsRequest, any Database) throws -> Predictions
  /// What a model takes and how much it makes of each, without scoring; the rows' columns must fit.
  package var describe: @Sendable (ModelSource, any Table) throws -> ModelFeatures
  /// Trains a classifier to tell both sides apart, in a process of its own.
  package var trainDomainClassifier:
    @Sendable (DomainClassifierRequest) throws -> DomainClassifierResult
  /// Times single rows of models, each in a process of its own.
  package var time: @Sendable ([ModelSource], TimingPlan, any Table) throws -> [Role: ModelTimes] =
    { _, _, _ in throw Diagnostic("nothing here times models") }
  /// Runs a plugin's program on what it is handed.
  package var runPlugin:
    @Sendable (PluginCall, _ progress: @escaping @Sendable (String) -> Void)
      throws -> PluginResult = { call, _ in
        throw Diagnostic("nothing here runs the plugin '\(call.plugin.folder)'")
      }
  /// Seconds, rising.
  package var clock: @Sendable () -> Double
  /// Says what is being done, for a person who waits.
  package var progress: @Sendable (String) -> Void
  /// Now in UTC, as `2026-11-20T10:41:10Z`.
  package var now: @Sendable () -> String

  package init(
    resolve: @escaping @Sendable (String, ArtifactKind) throws -> Artifact,
    open: @escaping @Sendable ([TableSource], Resources) throws -> any Database,
    score: @escaping @Sendable (ModelSource, any Table) throws -> Predictions,
    read: @escaping @Sendable (PredictionsRequest, any Database) throws -> Predictions,
    describe: @escaping @Sendable (ModelSource, any Table) throws -> ModelFeatures = { _, _ in
      throw Diagnostic("nothing here describes models")
    },
    trainDomainClassifier:
      @escaping @Sendable (DomainClassifierRequest) throws -> DomainClassifierResult = { _ in
        throw Diagnostic("nothing here trains classifiers")
      },
    hash: @escaping @Sendable (DataFile) throws -> DataFile = { $0 },
    confirm: @escaping @Sendable (DataFile) throws -> Void = { _ in },
    clock: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> String,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.resolve = resolve
    self.open = open
    self.score = score
    self.read = read
    self.describe = describe
    self.trainDomainClassifier = trainDomainClassifier
    self.hash = hash
    self.confirm = confirm
    self.clock = clock
    self.now = now
    self.progress = progress
  }
}

extension Backends {
  /// A world in which nothing can be read, scored or trained.
  package static let none = Backends(
    resolve: { uri, _ in throw Diagnostic("'\(uri)' cannot be read here") },
    open: { _, _ in throw Diagnostic("no table can be opened here") },
    score: { _, _ in throw Diagnostic("nothing here scores models") },
    read: { _, _ in throw Diagnostic("nothing here reads scores") }, clock: { 0 }, now: { "" })
}

/// What is looked for: a model is one file, a table may be a glob or a folder of them.
package enum ArtifactKind: Sendable, Hashable {
  case model
  case table(FileChoice)
}
