/// A check that a candidate must pass. Pure: it reads evidence and gives checks.
public protocol Gate: Sendable {
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
  public static var errorControl: Parameter { ErrorControl.parameter }

  /// Most gates judge nothing with confidence.
  public var hasConfidence: Bool { false }

  /// Most gates judge nothing with confidence.
  public func limits(_ evidence: Evidence) -> Int { 0 }
}

/// What a gate is made of: its part of the manifest, of the right shape already, and what stands around it.
public struct GateSettings: Sendable {
  public var id: String
  public var node: Node
  public var task: TaskKind
  public var slices: [Slice]
  public var hasChampion: Bool
  /// The names of the classes or labels; nil: the data say, or there are none.
  public var classes: [String]?
  /// What it may ask for: the metrics of the task, and the manifest's own.
  public var metrics: [Metric]
  /// The tables that the manifest names; nil: it is not known.
  public var tables: Set<String>?
  /// Reads another YAML file, by its path from the manifest's folder.
  public var read: FileReading

  /// Where there is no folder to read from.
  public static let noFiles: FileReading = { path throws(Diagnostics) in
    throw Diagnostics([Diagnostic("no file can be read here: '\(path)'")])
  }

  /// Takes what a manifest's reader found; in the package only, for what runs a gate on rows it made.
  package init(
    id: String, node: Node, task: TaskKind, slices: [Slice] = [], hasChampion: Bool,
    metrics: [Metric] = Metrics.all, classes: [String]? = nil, tables: Set<String>? = nil,
    read: @escaping FileReading = noFiles
  ) {
    (self.id, self.node, self.task) = (id, node, task)
    (self.slices, self.hasChampion, self.classes, self.read) = (slices, hasChampion, classes, read)
    (self.metrics, self.tables) = (metrics, tables)
  }
}

/// Reads a YAML file by its path from the manifest's folder; throws every mistake in it.
public typealias FileReading = @Sendable (String) throws(Diagnostics) -> Node

/// What a gate reads.
public struct Needs: Sendable {
  public var slices: [Slice]
  /// Where each slice is asked for, if not at the gate.
  var sliceMarks: [Slice: Mark] = [:]
  /// Columns of the holdout that metrics read.
  public var columns: [RowColumn]
  /// Tables that it asks questions of.
  public var tables: [String]
  /// Further tables, opened beside the manifest's.
  public var sources: [(name: String, origin: Manifest.Data.Origin)]
  /// Whether it reads what the models answer; where no gate does, none is scored.
  public var models: Bool
  /// Whether it asks what the candidate takes.
  public var features: Bool
  /// Whether it reads what the candidate answers on the reference and on the current rows.
  public var predictions: Bool
  /// What it asks the models to answer were an attribute of the rows another.
  public var counterfactuals: [Counterfactuals.Question] = []
  public init(
    slices: [Slice] = [], columns: [RowColumn] = [], tables: [String] = [],
    sources: [(name: String, origin: Manifest.Data.Origin)] = [], models: Bool = true,
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

/// Every gate; a new one is a line here.
public enum Gates {
  public static let all: [any Gate.Type] = [
    SchemaGate.self, PerformanceGate.self, ChampionGate.self, FairnessGate.self,
    CalibrationGate.self, DriftGate.self,
  ]

  /// What each takes in a manifest, for a task (nil: for any) that may ask for these metrics.
  public static func definitions(
    task: TaskKind?, metrics: [Metric] = Metrics.all
  ) -> [Shape.Definition] {
    all.map { gate in
      Shape.Definition(
        gate.id, gate.summary,
        [
          Parameter("id", "The gate's id, where there are two of a kind.", .text),
          Parameter(
            "blocking", "Whether it can block the merge.", .boolean, standard: "true"),
          gate.errorControl,
        ] + gate.parameters(task: task, metrics: metrics))
    }
  }
}
