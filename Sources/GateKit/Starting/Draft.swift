package import GateCore

/// A manifest that is being written: what was found, what was taken for what, and why.
package struct Draft: Sendable {
  /// What is gated.
  package var name: String
  package var task: TaskKind
  /// The rows that both models are judged on, and why these.
  package var holdout: Choice
  /// The columns of the true value; several for a multilabel task.
  package var labels: [String]
  package var labelReason: String
  /// The label of the positive class, where it does not follow.
  package var positive: String?
  package var id: String?
  package var query: String?
  package var reference: Choice?
  package var candidate: Model
  package var champion: Model?
  package var gates: [Gate]
  /// Columns that are made of others.
  package var derive: [(name: String, sql: String)] = []
  /// The files that answer: the candidate's, then the champion's.
  package var paths: [String] = []
  /// Files that were taken for something and left out again, and why.
  package var left: [(path: String, reason: String)] = []
  /// How much is guessed of rows and label, the less the better.
  package var doubt = 0
  /// What a model must be better than.
  package var constant: ConstantAnswer?
  /// Whether the candidate is worse than that.
  package var isWorse = false

  /// A file that was taken for something.
  package struct Choice: Sendable {
    package var path: String
    /// How its text is written, as the key `csv` has it.
    package var csv: String?
    package var reason: String
    /// Whether the names of its folders give columns.
    package var hasPartitions = false
  }

  /// A model, or what it answered.
  package struct Model: Sendable {
    /// Its keys, as a manifest has them, in order.
    package var keys: [(key: String, yaml: String)]
    package var reason: String
  }

  /// A gate and what it limits.
  package struct Gate: Sendable {
    package var kind: String
    /// One sentence that stands above it.
    package var comment: String
    /// By metric; of a drift gate by test.
    package var limits: [Limit]
    /// Only these columns, of a drift gate.
    package var columns: [String] = []
  }

  /// A metric with its limit.
  package struct Limit: Sendable {
    package var metric: String
    /// What stands beside the limit: `k: 10`.
    package var parameters: String?
    /// `min: 0.8`.
    package var limit: String
    /// What stands behind it.
    package var comment: String?
  }
}
