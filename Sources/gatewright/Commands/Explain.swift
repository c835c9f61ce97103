import GateBackends
import GateCore
import GateKit

extension Flag {
  /// Which record a check is told from.
  fileprivate static let told = Flag(
    "report", letter: "r", "tell the whole story of the check ID in this record",
    value: "PATH", completion: .files)
}

extension Command {
  /// Shows the page of a definition, or what a record says of one check.
  static let explain = Command(
    "explain",
    "show the page of a \(Catalog.kinds.map(\.singular).alternatives), of a plugin's folder, or a check's story",
    details: [
      "A name that several tasks share shows all of them; a name of another tool, such as auc, shows what it "
        + "is called here.",
      "With --report the ID is that of a check: its figures, the margin left, evidence, and what it was judged on.",
    ],
    arguments: [Argument("ID", "what to explain", completion: .words { Catalog.ids })],
    flags: [.told],
    examples: [
      ("gatewright explain accuracy", "what accuracy is and when it is undefined"),
      (
        "gatewright explain performance/roc_auc --report report.json",
        "why the check came out as it did"
      ),
    ]
  ) { invocation in
    let name = invocation.arguments[0]
    if let path = invocation.value(.told) {
      let story = try CheckStory(name, in: RecordFiles.read(path)) { Catalog.summary(of: $0) }
      return try Output.print(story.sheet.text)
    }
    if Plugin.stands(in: name) { return try Output.print(try Plugin(in: name).page) }
    return try Output.print(try Catalog.explain(name))
  }
}

extension Catalog {
  /// The sentence on the metric or test of that name; nil: there is none.
  fileprivate static func summary(of id: String) -> String? {
    kinds.lazy.compactMap { kind in (kind.entries() + kind.derived()).first { $0.id == id } }
      .first?.summary
  }
}
