import GateCore
import GateSystem

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
    if text.contains("xpression depth") { return SQLUses.tooDeep(doing: what) }
    if text.contains("INTERRUPT") || text.contains("Interrupted") {
      return Diagnostic("\(what): stopped before it was done", temporary: true)
    }
    if let plain = EngineWords(text) {
      return Diagnostic("\(what): \(plain.message)", hint: plain.hint)
    }
    // Without such a limit it is our own bound that a value of the statement went beyond.
    if isOutOfMemory, Machine.addressSpace != nil { return .outOfMemory(doing: what) }
    return Diagnostic("\(what): \(reason)", hint: hint)
  }

  /// Whether memory was asked for that the system did not give.
  private var isOutOfMemory: Bool {
    text.contains("bad allocation") || text.contains("Allocation failure")
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

  /// DuckDB's sentence; of json lines with the line as people count, of which the engine is one ahead.
  private var reason: String {
    let first = (lines.first.map(String.init) ?? "it gave no reason")
      .replacing("Invalid Input Error: Malformed JSON", with: "Malformed JSON")
    if isNoParquet { return "the file is cut short or is no Parquet file" }
    guard first.contains("Malformed JSON"), let word = first.firstRange(of: "in line ") else {
      return clipped(first)
    }
    let digits = first[word.upperBound...].prefix { $0.isNumber }
    guard let line = Int(digits) else { return clipped(first) }
    let (before, after) = (first[..<word.upperBound], first[digits.endIndex...])
    return clipped("\(before)\(max(1, line - 1))\(after)")
  }

  /// Whether a file has not the end that a Parquet file has, or not what that says.
  private var isNoParquet: Bool {
    [
      "No magic bytes found at end of file", "too small to be a Parquet file",
      "Footer length error in file", "TProtocolException",
    ].contains { text.contains($0) }
  }

  /// At most 300 characters of a text, without advice about options of the engine that no manifest has.
  private func clipped(_ text: some StringProtocol) -> String {
    var text = String(text)
    for advice in [" Try ", " You might need to ", " You can ", " - an explicit cast is required"] {
      if let start = text.firstRange(of: advice)?.lowerBound { text = String(text[..<start]) }
    }
    return text.count > 300 ? text.prefix(300) + "…" : text
  }

  /// How RE2 says that a regular expression is none.
  private static let patternFaults = [
    "missing ]", "missing )", "unexpected )", "no argument for repetition operator",
    "bad repetition operator",
    "invalid escape sequence", "invalid character class", "trailing \\", "invalid perl operator",
    "invalid repetition size", "invalid named capture group",
  ]

  /// What to do, where the message tells.
  private var hint: String? {
    if let fault = Self.patternFaults.first(where: { text.contains("Invalid Input Error: \($0)") })
    {
      return "correct the regular expression, in which the engine (RE2) found: \(fault)"
    }
    if isNoParquet { return "write or fetch it again" }
    if text.contains("expected records") { return "one json object a row was wanted" }
    if text.contains("Malformed JSON"), text.contains("in line "),
      text.contains("unexpected end of data")
    {
      return "each line holds one object of JSON; a file whose objects span lines is named .json"
    }
    if text.contains("Malformed JSON"), !text.contains("in line ") {
      return "correct it there, or write it again: it may have been cut short"
    }
    if text.contains("byte order mark") {
      return "write the file without one: in Python encoding=\"utf-8\", not \"utf-8-sig\""
    }
    if text.contains("Malformed JSON") { return "correct that line: each holds one object of JSON" }
    if isOutOfMemory {
      return "have the SQL make a smaller list or text, or raise limits.memory"
    }
    if text.contains("Out of Memory") {
      return
        "raise 'limits: {memory: …}' in the manifest, or point TMPDIR at a folder with more room for what does "
        + "not fit in memory"
    }
    if text.contains("file system operations are disabled") {
      return "SQL may read the declared tables only; name the file under 'data:'"
    }
    return nil
  }
}
