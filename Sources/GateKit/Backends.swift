/// Everything that touches the world, as closures, so that a test hands in values.
public struct Backends: Sendable {
  /// Finds a model's or a table's bytes; throws a `Diagnostic`.
  public var resolve: @Sendable (_ uri: String, ArtifactKind) throws -> Artifact
  /// Opens tables over the engine they share; one that cannot be opened throws when it is asked for.
  public var open: @Sendable ([TableSource], Resources) throws -> any Database
  /// Scores a model on the holdout, in a process of its own.
  public var score: @Sendable (ModelSource, _ holdout: any Table) throws -> Predictions
  /// Reads scores made elsewhere beside the holdout's rows.
  public var read: @Sendable (PredictionsSource, any Database) throws -> Predictions
  /// Seconds, rising.
  public var clock: @Sendable () -> Double
  /// Now in UTC, as `2026-11-20T10:41:10Z`.
  public var now: @Sendable () -> String

  public init(
    resolve: @escaping @Sendable (String, ArtifactKind) throws -> Artifact,
    open: @escaping @Sendable ([TableSource], Resources) throws -> any Database,
    score: @escaping @Sendable (ModelSource, any Table) throws -> Predictions,
    read: @escaping @Sendable (PredictionsSource, any Database) throws -> Predictions,
    clock: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> String
  ) {
    self.resolve = resolve
    self.open = open
    self.score = score
    self.read = read
    self.clock = clock
    self.now = now
  }
}

/// What is looked for: a model is one file, a table may be a glob or a folder of them.
public enum ArtifactKind: Sendable { case model, table }

/// Scores made elsewhere: which table holds them, and how it meets the holdout.
public struct PredictionsSource: Sendable {
  public var role: Role
  /// The table of the scores.
  public var table: String
  /// The column of both tables that names a row; nil: row by row.
  public var id: String?
  public var task: TaskKind
  /// One column for binary and regression; for multiclass one a class, in the order of the classes.
  public var columns: [String]

  public init(role: Role, table: String, id: String?, task: TaskKind, columns: [String]) {
    self.role = role
    self.table = table
    self.id = id
    self.task = task
    self.columns = columns
  }
}
