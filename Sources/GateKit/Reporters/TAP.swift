import GateCore

extension Reporter {
  /// The Test Anything Protocol.
  static let tap = Reporter(
    "tap", summary: "TAP, version 14: a line a check, with the message and its facts below.",
    fileExtension: "tap", marks: ["TAP version 14\n"]
  ) { report in
    var lines = ["TAP version 14", "1..\(report.checks.count)"]
    for (place, check) in report.checks.enumerated() {
      let concern = Concern(check)
      let name = check.id.loggable().replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      let directive =
        switch check.outcome {
        case .skipped, .waived: " # SKIP \(check.line)"
        default: concern == .advises ? " # TODO advisory" : ""
        }
      lines.append("\(concern == nil ? "ok" : "not ok") \(place + 1) - \(name)\(directive)")
      guard concern != nil else { continue }
      let facts = report.facts(of: check).map { JSON.string($0.visible).line }
      lines += [
        "  ---", "  message: \(JSON.string(check.line).line)",
        "  severity: \(check.outcome.rawValue)", "  facts:",
      ]
      lines += facts.map { "    - \($0)" } + ["  ..."]
    }
    if report.verdict != .passed, report.concerns.isEmpty {
      lines.append("Bail out! \(report.headline.loggable())")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension JSON {
  /// The text in one line, without the end of it.
  var line: String { String(text.split(separator: "\n").joined(separator: " ")) }
}
