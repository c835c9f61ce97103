import GateCore

extension Command {
  /// Shows help.
  static let help = Command(
    "help", "show the help of a command",
    arguments: [
      Argument(
        "COMMAND", "a command; all when left out",
        completion: .words { Command.shown.map(\.name) }, isOptional: true)
    ]
  ) { invocation in
    guard let name = invocation.arguments.first else { return try Output.print(Help.short) }
    return try Output.print(Help.page(try Command.named(name)))
  }
}
