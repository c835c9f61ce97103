import Foundation
import Testing

/// Words that the field has others for stay out of the program and of its documents; what is meant instead stands in the
/// glossary.
@Suite struct RetiredWordsTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Each with the word that took its place.
  static let retired = [
    "ledger": "multiple testing report", "portrait": "summary, diagram", "pupil": "trainer",
    "lesson": "training job", "inquiry": "query plan", "tiedbridge": "weighted chi-square bridge",
    "quadraticlaw": "distribution of a quadratic form", "publication": "report outputs",
    "law of its own": "distribution of its own",
  ]

  /// Files with these endings below a folder of the package.
  static func files(_ folder: String, _ endings: [String]) -> [URL] {
    let found = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (found?.allObjects ?? []).compactMap { $0 as? URL }.filter {
      endings.contains($0.pathExtension)
    }
  }

  @Test("no source and no document has a retired word")
  func words() throws {
    let files =
      Self.files("Sources", ["swift"]) + Self.files("docs", ["md"])
      + ["README.md", "CONTRIBUTING.md"].map { Self.root.appending(path: $0) }
    #expect(files.count > 300)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8).lowercased()
      let words = " " + text.split { !$0.isLetter }.joined(separator: " ") + " "
      for (word, instead) in Self.retired where words.contains(" \(word) ") {
        Issue.record("\(file.lastPathComponent) says '\(word)', which is called '\(instead)'")
      }
    }
  }

  @Test("the glossary stands in the order of the alphabet, each word once, each with a sentence")
  func glossary() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "docs/guide/glossary.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(rows.count >= 40)
    #expect(rows.map { $0[0] } == Set(rows.map { $0[0] }).sorted())
    #expect(rows.allSatisfy { $0.count == 2 && $0[1].count > 10 })
  }
}
