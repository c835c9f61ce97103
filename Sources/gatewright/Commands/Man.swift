import GateCore

extension Command {
  /// Prints the manual page.
  static let man = Command(
    "man", "print the manual page",
    examples: [("gatewright man | man -l -", "read it")]
  ) { _ in try Output.print(ManPage.text) }
}
