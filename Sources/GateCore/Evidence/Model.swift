/// What a person asked to be scored: where a model comes from and what it is given.
package struct ModelSource: Sendable {
  /// Which of the two models this is; also names its table of scores.
  package var role: Role
  /// The model's file on disk, or the file of scores made elsewhere.
  package var artifact: Artifact
  /// `onnx`, `lightgbm`, `xgboost`; nil: from the file.
  package var runtime: String?
  /// What runs it in place of a runtime; nil: a runtime does.
  package var plugin: PluginUse?
  /// The inputs by name, in order; nil: what the model names.
  package var features: [String]?
  /// The model's own inputs as SQL over the row, in the manifest's order.
  package var derive: [(name: String, sql: String)]
  package var task: TaskKind
  /// The label values in the order of the model's outputs; for binary the negative class first.
  /// Empty for regression.
  package var classes: [String]
  /// The same in the order that the manifest writes under `classes`, which is that of a model's codes; nil: it writes none.
  package var order: [String]?
  /// The columns of the labels, and what the first of them holds.
  package var labels: [String]
  package var labelKind: ColumnType.Kind?
  /// Whether the manifest puts its positive class in quotes, which makes a text of a number.
  package var isPositiveQuoted = false
  package var options: ModelOptions
  /// The limits of the process that scores it.
  package var limits: ModelLimits

  package init(
    role: Role, artifact: Artifact, runtime: String? = nil, features: [String]? = nil,
    derive: [(name: String, sql: String)] = [], task: TaskKind, classes: [String] = [],
    order: [String]? = nil, labels: [String] = [], labelKind: ColumnType.Kind? = nil,
    options: ModelOptions = ModelOptions(), limits: ModelLimits = ModelLimits()
  ) {
    self.role = role
    self.artifact = artifact
    self.runtime = runtime
    self.features = features
    self.derive = derive
    self.task = task
    self.classes = classes
    self.order = order
    self.labels = labels
    self.labelKind = labelKind
    self.options = options
    self.limits = limits
  }
}

/// What a model may use while it is scored, so that one that hangs or eats memory becomes an error.
package struct ModelLimits: Sendable, Hashable {
  /// Seconds of wall time for the whole holdout.
  package var seconds: Double = 600
  /// Bytes of address space.
  package var memory: Int = 8 << 30
  /// Threads that the model's library may use.
  package var threads = 1
  package init(seconds: Double = 600, memory: Int = 8 << 30) {
    self.seconds = seconds
    self.memory = memory
  }
}

/// A file that was found, and how it was: the report says so.
package struct Artifact: Sendable, Hashable {
  /// As the manifest has it.
  package var uri: String
  /// Where the bytes are now.
  package var path: String
  package var sha256: String
  package var bytes: Int
  /// What the source knows: for git `commit`, `ref`, `path`, `dirty`.
  package var provenance: [String: String]
  /// What it was read from, each as it was hashed; for a table in row order.
  package var files: [DataFile]
  /// How many names of files and folders a table's folder or glob left out.
  package var leftOut: Int

  package init(
    uri: String, path: String, sha256: String, bytes: Int, provenance: [String: String] = [:],
    files: [DataFile] = [], leftOut: Int = 0
  ) {
    self.uri = uri
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
    self.provenance = provenance
    self.files = files
    self.leftOut = leftOut
  }
}

/// One model's answers on the holdout, in row order.
package struct Predictions: Sendable {
  package enum Values: Sendable {
    /// Binary: the probability (or score) of the positive class. Regression: the predicted value.
    case scores([Double])
    /// Multiclass: a row of `classes.count` probabilities after another, in the order of `classes`.
    case probabilities([Double])
    /// The model gives classes only: an index into `classes` a row. Metrics of scores are undefined.
    case decisions([Int32])
    /// What the model wrote.
    case texts([String])
  }

  package var values: Values
  /// Regression: predicted bounds and quantiles beside the value, where there are any.
  package var spread: RegressionSample.Quantiles?
  /// `predictions`, `onnx`, `lightgbm`, `xgboost`, with its version.
  package var runtime: String
  package var runtimeVersion: String
  /// The model's inputs as scored, in order; empty for scores made elsewhere.
  package var features: [String]
  /// Whether the scores are of single precision, and so meet a threshold that is rounded to it, as in NumPy.
  package var isSingle: Bool
  /// How the answers were come by, for the record: `iterations`, `classes`, `link`, `unseen/<input>`.
  package var scoring: [String: String]
  /// The most bytes of memory that the process which scored had at once; nil: not known, or scores made elsewhere.
  package var peakMemory: Int?

  package init(
    values: Values, spread: RegressionSample.Quantiles? = nil, runtime: String,
    runtimeVersion: String = "", features: [String] = [], isSingle: Bool = false,
    scoring: [String: String] = [:]
  ) {
    self.values = values
    self.spread = spread
    self.runtime = runtime
    self.runtimeVersion = runtimeVersion
    self.features = features
    self.isSingle = isSingle
    self.scoring = scoring
  }
}
