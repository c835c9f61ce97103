import GateCore

extension Command {
  /// Prints a completion script.
  static let completions = Command(
    "completions", "print the completion script of a shell",
    arguments: [
      Argument(
        "SHELL", "bash, zsh or fish", completion: .words { Completions.shells.map(\.name) })
    ],
    examples: [("source <(gatewright completions bash)", "complete in this shell")]
  ) { invocation in
    let name = try invocation.word(0, of: Completions.shells.map(\.name))
    return try Output.print(Completions.shells.first { $0.name == name }?.script() ?? "")
  }
}
