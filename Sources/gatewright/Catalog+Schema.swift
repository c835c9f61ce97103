import GateCore
import GateSchema

extension SchemaCheck {
  /// Its page.
  var entry: Catalog.Entry {
    Catalog.entry(
      of: definition, variant: subject.rawValue, examples: examples.map(\.words),
      usage: ("in a schema", usage))
  }

  /// The first example as a schema has it.
  private var usage: String {
    let yaml = examples.first?.yaml ?? "\(id): true"
    return subject == .column
      ? "columns:\n  income:\n" + Help.indented(yaml, by: 4)
      : "table:\n" + Help.indented(yaml, by: 2)
  }
}

extension SchemaCheck.Example {
  /// The table, the check and what comes of it on one line.
  fileprivate var words: String {
    let rows = csv.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let figure = value.map { ", \($0.brief)" } ?? ""
    return "\(yaml) on \(rows.dropLast().joined(separator: " | ")) -> "
      + (holds.map { $0 ? "holds" : "fails" } ?? "cannot be judged") + figure
  }
}
