/// A check that a candidate must pass. Pure: it reads evidence and gives checks.
public protocol Gate: Sendable {
  static var id: String { get }
  /// One sentence.
  static var summary: String { get }
  /// A manifest of one such gate, for `explain`; run through the reader as a test.
  static var example: String { get }

  /// What it takes in a manifest for a task (nil: for any) that may ask for these metrics.
  static func parameters(task: TaskKind?, metrics: [Metric]) -> [Parameter]

  /// Throws every mistake that the shape alone does not show.
  init(_ settings: GateSettings) throws(Diagnostics)

  /// What it reads; nobody gathers what nobody needs.
  var needs: Needs { get }

  /// A line for every thing it would judge.
  var plan: [String] { get }

  /// A throw becomes one check of outcome `error`.
  func judge(_ evidence: Evidence) async throws -> [Check]
}

/// What a gate is made of: its part of the manifest, of the right shape already, and what stands around it.
public struct GateSettings: Sendable {
  public var id: String
  public var node: Node
  public var task: TaskKind
  public var slices: [Slice]
  public var hasChampion: Bool
  /// What it may ask for: the metrics of the task, and the manifest's own.
  public var metrics: [Metric] = Metrics.all
}

/// What a gate reads.
public struct Needs: Sendable {
  public var slices: [Slice]
  /// Columns of the holdout that metrics read.
  public var columns: [RowColumn]
  public init(slices: [Slice] = [], columns: [RowColumn] = []) {
    self.slices = slices
    self.columns = columns
  }
}

/// Every gate; a new one is a line here.
public enum Gates {
  public static let all: [any Gate.Type] = [PerformanceGate.self, ChampionGate.self]

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
        ] + gate.parameters(task: task, metrics: metrics))
    }
  }
}
