/// A check that a candidate must pass, in two steps: it measures on a workbench, and judges what it measured.
package protocol Gate: Sendable {
  /// What it measures: values, of which judging is a function.
  associatedtype Measured: Sendable

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

  /// What it asks the workbench for, so that a plan can tell, and models are scored while others read.
  var needs: Needs { get }

  /// A line for every thing it would judge.
  var plan: [String] { get }

  /// Whether any of its limits is judged with confidence, so that there is an error to control.
  var hasConfidence: Bool { get }

  /// All that it reads, runs and trains; a throw becomes one check of outcome `error`.
  func measure(on bench: Workbench) async throws -> Measured

  /// How many limits it would judge with confidence, each on every group of its slices.
  func limits(_ measured: Measured) -> Int

  /// Pure: the same checks of the same measurements. `family`: the limits that a gate's are corrected with; nil: none
  /// are. A throw becomes one check of outcome `error`.
  func judge(_ measured: Measured, in family: ErrorFamily?) async throws -> [Check]
}

extension Gate {
  /// Most gates correct for nothing where nothing is said.
  package static var errorControl: Parameter { ErrorControl.parameter }

  /// Most gates judge nothing with confidence.
  package var hasConfidence: Bool { false }

  /// Most gates judge nothing with confidence.
  package func limits(_ measured: Measured) -> Int { 0 }

  /// Both steps, with nothing corrected for.
  package func checks(on bench: Workbench) async throws -> [Check] {
    try await judge(try await measure(on: bench), in: nil)
  }

  /// The first step, with the second to come.
  package func measured(on bench: Workbench) async throws -> MeasuredGate {
    let measured = try await measure(on: bench)
    return MeasuredGate(limits: limits(measured)) { family in
      try await judge(measured, in: family)
    }
  }
}

/// What a gate has measured, and how it would judge that.
package struct MeasuredGate: Sendable {
  /// How many limits are judged with confidence.
  package let limits: Int
  package let judge: @Sendable (ErrorFamily?) async throws -> [Check]
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

/// What a gate asks the workbench for.
package struct Needs: Sendable {
  /// Groups of the holdout's rows.
  package var slices: [Slice]
  /// Where each slice is asked for, if not at the gate.
  package var sliceMarks: [Slice: Mark] = [:]
  /// Columns of the holdout that metrics read.
  package var columns: [RowColumn]
  /// Metrics of the manifest's own that programs give.
  package var programs: [String] = []
  /// Tables that it asks questions of.
  package var tables: [String]
  /// Further tables, opened beside the manifest's.
  package var sources: [(name: String, origin: TableOrigin)]
  /// Whether it reads what the models answer; where no gate does, none is scored.
  package var models: Bool
  /// What it runs beside that, a line each, for a plan.
  package var runs: [String]
  package init(
    slices: [Slice] = [], columns: [RowColumn] = [], tables: [String] = [],
    sources: [(name: String, origin: TableOrigin)] = [], models: Bool = true,
    runs: [String] = []
  ) {
    self.models = models
    self.runs = runs
    self.slices = slices
    self.columns = columns
    self.tables = tables
    self.sources = sources
  }
}
