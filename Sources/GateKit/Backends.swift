/// Everything that touches the world, as closures, so that a test hands in values.
public struct Backends: Sendable {
  /// Finds a model's or a table's bytes; throws a `Diagnostic`.
  public var resolve: @Sendable (_ uri: String, ArtifactKind) throws -> Artifact
  /// Opens tables over the engine they share; one that cannot be opened throws when it is asked for.
  public var open: @Sendable ([TableSource], Resources) throws -> any Database
  /// Scores a model on the holdout, in a process of its own.
  public var score: @Sendable (ModelSource, _ holdout: any Table) throws -> Predictions
  /// Reads scores made elsewhere beside the holdout's rows.
  public var read: @Sendable (PredictionsRequest, any Database) throws -> Predictions
  /// Seconds, rising.
  public var clock: @Sendable () -> Double
  /// Says what is being done, for a person who waits.
  public var progress: @Sendable (String) -> Void
  /// Now in UTC, as `2026-11-20T10:41:10Z`.
  public var now: @Sendable () -> String

  public init(
    resolve: @escaping @Sendable (String, ArtifactKind) throws -> Artifact,
    open: @escaping @Sendable ([TableSource], Resources) throws -> any Database,
    score: @escaping @Sendable (ModelSource, any Table) throws -> Predictions,
    read: @escaping @Sendable (PredictionsRequest, any Database) throws -> Predictions,
    clock: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> String,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.resolve = resolve
    self.open = open
    self.score = score
    self.read = read
    self.clock = clock
    self.now = now
    self.progress = progress
  }
}

/// What is looked for: a model is one file, a table may be a glob or a folder of them.
public enum ArtifactKind: Sendable { case model, table }
