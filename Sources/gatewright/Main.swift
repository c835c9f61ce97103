import GateCore
import GateKit
import Glibc

/// The program: reads the command line, does what it says, exits with the code that came of it.
@main struct Main {
  /// The program's version.
  static let version = "0.1.0"

  /// Runs, and exits; a closed pipe is an error to report, not a signal.
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst())))
  }

  /// What the words ask for; every error ends here.
  private static func run(_ words: [String]) async -> Int32 {
    // Until the command line is understood, no report of an earlier run may be taken for one of this.
    var isUnderstood = false
    defer {
      if !isUnderstood, words.first == Command.check.name { ReportOutputs.removeNamed(in: words) }
    }
    do {
      guard let verb = words.first else {
        Output.note(Help.short)
        return ExitCode.usage
      }
      switch verb {
      case "--version": return try Output.print("gatewright \(version)\n")
      case "--help", "-h": return try Output.print(Help.short)
      default: break
      }
      let invocation = try Command.named(verb).parse(Array(words.dropFirst()))
      if invocation.has(.help) { return try Output.print(Help.page(invocation.command)) }
      try SignalHandling.checkRoom()
      isUnderstood = true
      return try await invocation.command.run(invocation)
    } catch {
      return code(of: error)
    }
  }

  /// Says what went wrong, and what the program exits with for it.
  private static func code(of error: any Error) -> Int32 {
    switch error {
    case let error as Usage:
      Output.note(Diagnostic(error.message, hint: error.hint).rendered + "\n")
      return ExitCode.usage
    case let error as Diagnostic:
      Output.note(error.rendered + "\n")
      return error.temporary ? ExitCode.temporary : ExitCode.error
    case let error as Diagnostics:
      Output.note(error.all.map { $0.rendered + "\n" }.joined())
      let temporary = !error.all.isEmpty && error.all.allSatisfy(\.temporary)
      return temporary ? ExitCode.temporary : ExitCode.error
    default:
      Output.note(
        Diagnostic(
          "a bug in Gatewright: \(error)",
          hint: "report the command line, the version (\(version)) and this message"
        ).rendered + "\n")
      return ExitCode.bug
    }
  }
}
