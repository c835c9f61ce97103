import Foundation
import Testing

/// The guide's first page, done as it says.
@Suite struct GettingStartedTests {
  @Test func `its files give the table that it shows`() throws {
    let page = try String(
      contentsOf: Program.root.appending(path: "docs/guide/getting-started.md"), encoding: .utf8)
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["holdout.csv", "scores.csv", "gatewright.yaml"] {
      let text = try #require(block(after: "\n`\(name)`\n", in: page))
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    for verb in ["validate", "plan"] {
      let ended = try Program.run([verb], in: folder)
      #expect(ended.status == 0, "\(ended.err)")
    }
    let ended = try Program.run(["check"], in: folder)
    #expect(ended.status == 0, "\(ended.err)")
    #expect(ended.out == block(after: "\n`check` prints:\n", in: page))
  }

  /// The text of the first block of code after that line.
  private func block(after line: String, in page: String) -> String? {
    guard let place = page.range(of: line),
      let start = page.range(of: "```", range: place.upperBound..<page.endIndex),
      let first = page.range(of: "\n", range: start.upperBound..<page.endIndex),
      let end = page.range(of: "\n```", range: first.upperBound..<page.endIndex)
    else { return nil }
    return page[first.upperBound..<end.lowerBound] + "\n"
  }
}
