/// A check that a candidate must pass. Pure: it reads evidence and gives checks.
package protocol Gate: Sendable {
  static var id: String { get }
  /// One sentence.
  static var summary: String { get }
  /// A manifest of one such gate, for `explain`; run through the reader as a test.
  static var example: String { get }

  /// What it takes in a manifest for a task (nil: for any) that may ask for these metrics.
  static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter]

  /// How it takes `error_control`.
  static var errorControl: Parameter { get }

  /// Throws every mistake that the shape alone does not show.
  init(_ settings: GateSettings) throws(Diagnostics)

  /// What it reads; nobody gathers what nobody needs.
  var needs: Needs { get }

  /// A line for every thing it would judge.
  var plan: [String] { get }

  /// Whether any of its limits is judged with confidence, so that there is an error to control.
  var hasConfidence: Bool { get }

  /// How many limits it would judge with confidence, each on every group of its slices.
  func limits(_ evidence: Evidence) -> Int

  /// A throw becomes one check of outcome `error`.
  func judge(_ evidence: Evidence) async throws -> [Check]
}

extension Gate {
  /// Most gates correct for nothing where nothing is said.
  package static var errorControl: Parameter { ErrorControl.parameter }

  /// Most gates judge nothing with confidence.
  package var hasConfidence: Bool { false }

  /// Most gates judge nothing with confidence.
  package func limits(_ evidence: Evidence) -> Int { 0 }
}

/// What a gate is made of: its part of the manifest, of the right shape already, and what stands around it.
package struct GateSettings: Sendable {
  package var id: String
  package var node: Node
  package var task: TaskKind
  package var slices: [Slice]
  package var hasChampion: Bool
  /// The names of the classes or labels; nil: the data say, or there are none.
  package var classes: [String]?
  /// What it may ask for: the metrics of the task, and the manifest's own.
  package var metrics: [Metric]
  /// The tables that the manifest names; nil: it is not known.
  package var tables: Set<String>?
  /// Reads another YAML file, by its path from the manifest's folder.
  package var read: FileReading

  /// Where there is no folder to read from.
  package static let noFiles: FileReading = { path throws(Diagnostics) in
    throw Diagnostics([Diagnostic("no file can be read here: '\(path)'")])
  }

  /// Takes what a manifest's reader found; in the package only, for what runs a gate on rows it made.
  package init(
    id: String, node: Node, task: TaskKind, slices: [Slice] = [], hasChampion: Bool,
    metrics: [Metric], classes: [String]? = nil, tables: Set<String>? = nil,
    read: @escaping FileReading = noFiles
  ) {
    (self.id, self.node, self.task) = (id, node, task)
    (self.slices, self.hasChampion, self.classes, self.read) = (slices, hasChampion, classes, read)
    (self.metrics, self.tables) = (metrics, tables)
  }
}

/// Reads a YAML file by its path from the manifest's folder; throws every mistake in it.
package typealias FileReading = @Sendable (String) throws(Diagnostics) -> Node

/// What a gate reads.
package struct Needs: Sendable {
  package var slices: [Slice]
  /// Where each slice is asked for, if not at the gate.
  package var sliceMarks: [Slice: Mark] = [:]
  /// Columns of the holdout that metrics read.
  package var columns: [RowColumn]
  /// Tables that it asks questions of.
  package var tables: [String]
  /// Further tables, opened beside the manifest's.
  package var sources: [(name: String, origin: TableOrigin)]
  /// Whether it reads what the models answer; where no gate does, none is scored.
  package var models: Bool
  /// Whether it asks what the candidate takes.
  package var features: Bool
  /// Whether it reads what the candidate answers on the reference and on the current rows.
  package var predictions: Bool
  /// What it asks the models to answer were an attribute of the rows another.
  package var counterfactuals: [Counterfactuals.Question] = []
  package init(
    slices: [Slice] = [], columns: [RowColumn] = [], tables: [String] = [],
    sources: [(name: String, origin: TableOrigin)] = [], models: Bool = true,
    features: Bool = false, predictions: Bool = false
  ) {
    self.models = models
    self.features = features
    self.predictions = predictions
    self.slices = slices
    self.columns = columns
    self.tables = tables
    self.sources = sources
  }
}
