import GateCore

extension Reporter {
  /// The checks as rows.
  static let csv = Reporter(
    "csv", summary: "CSV: a row a check, with its figures in full precision.", fileExtension: "csv",
    marks: ["check,gate,outcome,blocking,"]
  ) { report in
    let titles = [
      "check", "gate", "outcome", "blocking", "metric", "slice", "value", "champion", "difference",
      "n", "low", "high", "level", "limit", "message", "file", "line",
    ]
    let rows = report.checks.map { check in
      [
        check.id, check.gate, check.outcome.rawValue, "\(check.blocking)", check.metric ?? "",
        slice(check), number(check.value), number(check.champion), number(check.difference),
        check.n.map { "\($0)" } ?? "", number(check.interval?.low), number(check.interval?.high),
        number(check.interval?.level), check.limitWords ?? "", check.message,
        check.location?.file ?? "", check.location.map { "\($0.line)" } ?? "",
      ]
    }
    return ([titles] + rows).map { $0.map(cell).joined(separator: ",") + "\n" }.joined()
  }

  private static func number(_ value: Double?) -> String { value.map(\.exact) ?? "" }

  private static func slice(_ check: Check) -> String {
    (check.slice ?? [:]).sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value ?? "null")" }.joined(separator: "; ")
  }

  /// A cell that no spreadsheet takes for a formula.
  private static func cell(_ text: String) -> String {
    var text = text.visible
    if let first = text.first, "=+-@\t".contains(first), Double(text) == nil { text = "'" + text }
    guard text.contains(where: { ",\"\n ".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
