import GateCore

extension Reporter {
  /// The verdict alone.
  static let verdict = Reporter(
    "verdict", summary: "One line with one word: passed, failed, error or inconclusive.",
    fileExtension: "txt", marks: Verdict.allCases.map { $0.rawValue + "\n" }
  ) { $0.verdict.rawValue + "\n" }
}
