import GateBackends
import GateCore

extension Command {
  /// Shows the page of a definition.
  static let explain = Command(
    "explain",
    "show the page of a \(Catalog.kinds.map(\.singular).alternatives), or of a plugin's folder",
    details: [
      "A name that several tasks share shows all of them; a name of another tool, such as auc, shows what it "
        + "is called here."
    ],
    arguments: [Argument("ID", "what to explain", completion: .words { Catalog.ids })],
    examples: [("gatewright explain accuracy", "what accuracy is and when it is undefined")]
  ) { invocation in
    let name = invocation.arguments[0]
    if Plugin.stands(in: name) { return try Output.print(try Plugin(in: name).page) }
    return try Output.print(try Catalog.explain(name))
  }
}
