/// A manifest that is being written: what was found, what was taken for what, and why.
public struct Draft: Sendable {
  /// What is gated.
  public var name: String
  public var task: TaskKind
  /// The rows that both models are judged on, and why these.
  public var holdout: Choice
  /// The columns of the true value; several for a multilabel task.
  public var labels: [String]
  public var labelReason: String
  /// The label of the positive class, where it does not follow.
  public var positive: String?
  public var id: String?
  public var query: String?
  public var reference: Choice?
  public var candidate: Model
  public var champion: Model?
  public var gates: [Gate]
  /// Columns that are made of others.
  public var derive: [(name: String, sql: String)] = []
  /// The files that answer: the candidate's, then the champion's.
  public var paths: [String] = []
  /// Files that were taken for something and left out again, and why.
  public var left: [(path: String, reason: String)] = []
  /// How much is guessed of rows and label, the less the better.
  public var doubt = 0
  /// What a model must be better than.
  public var constant: ConstantAnswer?
  /// Whether the candidate is worse than that.
  public var isWorse = false

  /// A file that was taken for something.
  public struct Choice: Sendable {
    public var path: String
    /// How its text is written, as the key `csv` has it.
    public var csv: String?
    public var reason: String
    /// Whether the names of its folders give columns.
    public var hasPartitions = false
  }

  /// A model, or what it answered.
  public struct Model: Sendable {
    /// Its keys, as a manifest has them, in order.
    public var keys: [(key: String, yaml: String)]
    public var reason: String
  }

  /// A gate and what it limits.
  public struct Gate: Sendable {
    public var kind: String
    /// One sentence that stands above it.
    public var comment: String
    /// By metric; of a drift gate by test.
    public var limits: [Limit]
    /// Only these columns, of a drift gate.
    public var columns: [String] = []
  }

  /// A metric with its limit.
  public struct Limit: Sendable {
    public var metric: String
    /// What stands beside the limit: `k: 10`.
    public var parameters: String?
    /// `min: 0.8`.
    public var limit: String
    /// What stands behind it.
    public var comment: String?
  }
}
