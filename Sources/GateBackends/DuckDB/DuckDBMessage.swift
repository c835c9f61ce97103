import GateKit

/// What DuckDB said of a failure, taken apart.
struct DuckDBMessage {
  /// Its lines without the drawing of the statement.
  private let lines: [Substring]
  /// The whole text.
  private let text: String

  init(_ message: UnsafePointer<CChar>?) {
    self.init(message.map { String(cString: $0) } ?? "it gave no reason")
  }

  init(_ text: String) {
    self.text = text
    self.lines = text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// What we were doing, DuckDB's reason on one line, and what to do about it.
  func diagnostic(doing what: String) -> Diagnostic {
    if text.contains("INTERRUPT") || text.contains("Interrupted") {
      return Diagnostic("\(what): stopped before it was done", temporary: true)
    }
    return Diagnostic("\(what): \(reason)", hint: hint)
  }

  /// The name in `column "…" not found`, when that is what failed.
  var unknownColumn: String? {
    for (before, after) in [("Referenced column \"", "\" not found"), ("column named \"", "\"")] {
      guard let start = text.firstRange(of: before)?.upperBound,
        let end = text[start...].firstRange(of: after)?.lowerBound
      else { continue }
      return String(text[start..<end])
    }
    return nil
  }

  /// DuckDB's sentence; of a bad csv row the line number, what was wrong and the row.
  private var reason: String {
    var first = lines.first.map(String.init) ?? "it gave no reason"
    guard let line = first.firstRange(of: "CSV Error on Line: ") else { return clipped(first) }
    first = "line \(first[line.upperBound...])"
    if let file = value(after: "  file = ") { first = "'\(file)', \(first)" }
    let wanted = lines.first { $0.hasPrefix("Expected Number of Columns") }
    let problem = wanted ?? lines.dropFirst().first { !$0.hasPrefix("Original Line:") }
    if let problem { first += ": \(clipped(String(problem)))" }
    if let row = value(after: "Original Line: ") { first += ", in '\(clipped(row))'" }
    return first
  }

  /// The rest of the line that starts with `label`.
  private func value(after label: String) -> String? {
    lines.first { $0.hasPrefix(label) }.map { line in
      let rest = line.dropFirst(label.count)
      return String(rest.firstRange(of: " (").map { rest[..<$0.lowerBound] } ?? rest)
    }
  }

  /// At most 300 characters of a text.
  private func clipped(_ text: String) -> String {
    text.count > 300 ? text.prefix(300) + "…" : text
  }

  /// What to do, where the message tells.
  private var hint: String? {
    if text.contains("Maximum line size") { return "one row is longer than 64 MB; split it" }
    if text.contains("expected records") { return "one json object a row was wanted" }
    if text.contains("Out of Memory") {
      return "give the engine more memory or a spill folder with more room"
    }
    if text.contains("file system operations are disabled") {
      return "SQL may read the declared tables only; name the file under 'data:'"
    }
    return nil
  }
}
