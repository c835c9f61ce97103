import Glibc

/// What is being done, on one line of stderr that the next takes over; only where a person looks at a terminal.
struct Progress: Sendable {
  private static let words = [
    "resolve": "finding models and data", "open": "opening data", "read": "reading labels",
    "score": "scoring both models", "slice": "cutting slices", "judge": "judging",
    "confirm": "looking for changed files",
  ]
  private let isShown: Bool

  init(isWanted: Bool) {
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    isShown = isWanted && isatty(STDERR_FILENO) == 1 && !isDumb
  }

  /// Shows a step in place of the one before.
  func show(_ step: String) {
    if isShown { Output.note("\r\u{1B}[K\(Self.words[step] ?? step) …") }
  }

  /// Leaves the line empty.
  func clear() {
    if isShown { Output.note("\r\u{1B}[K") }
  }
}
