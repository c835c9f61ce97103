extension Reporter {
  /// The verdict alone.
  static let verdict = Reporter(
    "verdict", summary: "One line with one word: passed, failed, error or inconclusive.",
    fileExtension: "txt"
  ) { $0.verdict.rawValue + "\n" }
}
