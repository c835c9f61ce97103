/// A check that a candidate must pass. Pure: it reads evidence and gives checks.
public protocol Gate: Sendable {
  static var id: String { get }
  /// One sentence.
  static var summary: String { get }
  /// A manifest of one such gate, for `explain`; run through the reader as a test.
  static var example: String { get }

  /// What it takes in a manifest for a task (nil: for any).
  static func parameters(task: TaskKind?) -> [Parameter]

  /// Throws every mistake that the shape alone does not show.
  init(_ settings: GateSettings) throws(Diagnostics)

  /// What it reads; nobody gathers what nobody needs.
  var needs: Needs { get }

  /// A line for every thing it would judge.
  var plan: [String] { get }

  /// Whether any of its limits is judged with confidence, so that there is an error to control.
  var hasConfidence: Bool { get }

  /// A throw becomes one check of outcome `error`.
  func judge(_ evidence: Evidence) async throws -> [Check]
}

extension Gate {
  /// Most gates judge nothing with confidence.
  public var hasConfidence: Bool { false }
}

/// What a gate is made of: its part of the manifest, of the right shape already, and what stands around it.
public struct GateSettings: Sendable {
  public var id: String
  public var node: Node
  public var task: TaskKind
  public var slices: [Slice]
  public var hasChampion: Bool

  /// Takes what a manifest's reader found; in the package only, for what runs a gate on rows it made.
  package init(id: String, node: Node, task: TaskKind, slices: [Slice] = [], hasChampion: Bool) {
    (self.id, self.node, self.task) = (id, node, task)
    (self.slices, self.hasChampion) = (slices, hasChampion)
  }
}

/// What a gate reads.
public struct Needs: Sendable {
  public var slices: [Slice]
  public init(slices: [Slice] = []) { self.slices = slices }
}

/// Every gate; a new one is a line here.
public enum Gates {
  public static let all: [any Gate.Type] = [PerformanceGate.self, ChampionGate.self]

  /// What each takes in a manifest, for a task (nil: for any).
  public static func definitions(task: TaskKind?) -> [Shape.Definition] {
    all.map { gate in
      Shape.Definition(
        gate.id, gate.summary,
        [
          Parameter("id", "The gate's id, where there are two of a kind.", .text),
          Parameter(
            "blocking", "Whether it can block the merge.", .boolean, standard: "true"),
          ErrorControl.parameter,
        ] + gate.parameters(task: task))
    }
  }
}
