import GateCore

extension Command {
  /// Shows the page of a definition.
  static let explain = Command(
    "explain", "show the page of a \(Catalog.kinds.map(\.singular).alternatives)",
    details: [
      "A name that several tasks share shows all of them; a name of another tool, such as auc, shows what it "
        + "is called here."
    ],
    arguments: [Argument("ID", "what to explain", completion: .words { Catalog.ids })],
    examples: [("gatewright explain accuracy", "what accuracy is and when it is undefined")]
  ) { try Output.print(try Catalog.explain($0.arguments[0])) }
}
