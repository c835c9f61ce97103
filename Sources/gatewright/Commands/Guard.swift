import GateCore
import GateSystem

extension Command {
  /// Holds a plugin's program to what it was handed, in a process of its own.
  static let guarding = Command(
    "guard", "run one program of a plugin (used by check)",
    arguments: [Argument("JOB", "the file that says what to run")], isHidden: true
  ) { invocation in
    try GuardedProgram.guarding(invocation.arguments.first ?? "")
    return ExitCode.done
  }
}
