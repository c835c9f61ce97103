import GateKit

extension Command {
  /// The main job.
  static let check = Command(
    "check", "judge the candidate by the manifest",
    details: [
      "Reads the manifest, resolves both models, scores them on the same rows, runs every gate, "
        + "writes the reports and exits with the verdict's code.",
      "stdout has the table, or the one report asked for with '-'; stderr has diagnostics.",
    ],
    flags: [.manifest, .report, .noTimings, .threads, .color, .quiet],
    examples: [
      ("gatewright check", "judge by gatewright.yaml of this folder"),
      (
        "gatewright check --report junit=build/gatewright.xml --report json=build/report.json",
        "write what a CI system shows, and the record"
      ),
    ]
  ) { invocation in
    _ = try Publication(invocation)
    _ = try invocation.count(.threads)
    throw notWired(invocation)
  }

  /// Reads the manifest only.
  static let validate = Command(
    "validate", "say whether the manifest is accepted, without reading data or models",
    flags: [.manifest]
  ) { throw notWired($0) }

  /// Says what a check would do.
  static let plan = Command(
    "plan", "show what would be read, run and compared, without doing it",
    flags: [.manifest]
  ) { throw notWired($0) }

  /// Scores one model in a process of its own.
  static let worker = Command("worker", "score one model (used by check)", isHidden: true) {
    throw notWired($0)
  }

  /// Stands for what is not joined yet.
  private static func notWired(_ invocation: Invocation) -> Diagnostic {
    Diagnostic("'\(invocation.command.name)' is not part of this build")
  }
}
