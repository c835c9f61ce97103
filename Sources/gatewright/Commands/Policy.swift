import GateBackends
import GateCore
import GateKit

extension Command {
  /// What a manifest lets pass.
  static let policy = Command(
    "policy", "say what another manifest would let pass that this one does not",
    details: Action.ofPolicy.map { "\($0.name): \($0.summary)" } + [
      "A manifest is named by its path, or as REF:PATH with its path from the repository's root.",
      "Schema files and plugins.lock are compared too. Order, comments and reports mean nothing; a change of which "
        + "nothing is known loosens.",
      "Exits with 0 when nothing is loosened, and with 1 when something is.",
    ],
    arguments: [
      Action.argument(Action.ofPolicy),
      Argument("BASE", "the manifest that holds", completion: .files),
      Argument("PROPOSED", "the manifest that would take its place", completion: .files),
    ],
    flags: Action.flags(Action.ofPolicy),
    examples: [
      (
        "gatewright policy diff origin/main:gatewright.yaml gatewright.yaml",
        "what the work tree's manifest loosens"
      )
    ]
  ) { try await Action.run($0, among: Action.ofPolicy) }
}

extension Action {
  /// Compares two manifests.
  static let comparing = Action(
    name: "diff", summary: "list what changes, and whether it loosens or tightens", flags: []
  ) { invocation in
    let base = try ManifestFile(named: invocation.arguments[1])
    let proposed = try ManifestFile(named: invocation.arguments[2])
    let changes = try base.changes(to: proposed)
    try Output.print(changes.table)
    return changes.loosening.isEmpty ? ExitCode.done : Verdict.failed.exitCode
  }
}

extension ManifestFile {
  /// What another manifest in the place of this one would change; throws every mistake of either.
  func changes(to proposed: ManifestFile) throws -> [PolicyChange] {
    let manifest = try manifest()
    let other = try proposed.manifest()
    // What either may say: a metric of one's own is no name in the other.
    let own =
      manifest.metrics
      + other.metrics.filter { metric in
        !manifest.metrics.contains { $0.id == metric.id }
      }
    return try document().changes(
      to: try proposed.document(),
      shape: Manifest.shape(task: manifest.task, in: .live, own: own))
  }
}

extension [PolicyChange] {
  /// The changes for people, those that loosen first, with how many there are of each kind.
  var table: String {
    guard !isEmpty else { return "nothing changes that means anything\n" }
    let ordered = PolicyChange.Effect.allCases.flatMap { effect in
      filter { $0.effect == effect }
    }
    let rows = ordered.map { change in
      let word = change.effect.rawValue
      let pad = String(repeating: " ", count: 10 - word.count)
      return "\(word)\(pad)\(change.place.visible)\n"
        + "          \(change.words.visible): \(change.reason.visible)\n"
    }
    let counts = PolicyChange.Effect.allCases.compactMap { effect -> String? in
      let count = filter { $0.effect == effect }.count
      guard count > 0 else { return nil }
      switch effect {
      case .loosens: return "\(count) \(count == 1 ? "loosens" : "loosen")"
      case .tightens: return "\(count) \(count == 1 ? "tightens" : "tighten")"
      case .neutral: return "\(count) neutral"
      }
    }
    return rows.joined() + "\(self.count.counted("change")): \(counts.joined(separator: ", "))\n"
  }
}
