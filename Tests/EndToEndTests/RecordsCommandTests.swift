import Foundation
import Testing

/// `compare`, `history`, `board` and the story of `explain`, as their users run them.
@Suite struct RecordsCommandTests {
  /// A folder `records` with the stored report and one of another day and outcome.
  private func records() throws -> URL {
    let folder = try CommandLineRun.temporaryFolder()
    let records = folder.appending(path: "records/run")
    try FileManager.default.createDirectory(at: records, withIntermediateDirectories: true)
    let text = try String(contentsOfFile: CommandLineRun.report, encoding: .utf8)
    try Data(text.utf8).write(to: records.appending(path: "1.json"))
    let later = text.replacing("2026-11-20T", with: "2026-11-21T")
      .replacing("0.8912345678901235", with: "0.8812345678901235")
    try Data(later.utf8).write(to: records.appending(path: "2.json"))
    return folder
  }

  @Test(
    "each format goes to stdout or into a file", arguments: ["text", "markdown", "html", "json"])
  func formats(format: String) throws {
    let folder = try records()
    let words = ["compare", "records/run/1.json", "records/run/2.json", "--format", format]
    let result = try CommandLineRun.run(words, in: folder)
    #expect(result.code == 0, "\(result.stderr)")
    #expect(result.stdout.contains("performance/roc_auc"))
    #expect(try CommandLineRun.run(words + ["-o", "out/x"], in: folder).stdout == "")
    let written = try String(contentsOf: folder.appending(path: "out/x"), encoding: .utf8)
    #expect(written == result.stdout)
    if format == "json" {
      let read = try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any]
      #expect(read?["schema"] as? String == "gatewright/compare@1")
      #expect((read?["moved"] as? [Any])?.count == 1)
    }
  }

  @Test("a file that is no record is named, the others are shown, and the code is 2")
  func strangers() throws {
    let folder = try records()
    try Data("{}".utf8).write(to: folder.appending(path: "records/other.json"))
    try Data("x".utf8).write(to: folder.appending(path: "records/notes.txt"))
    let result = try CommandLineRun.run(["history", "records"], in: folder)
    #expect(result.code == 2)
    #expect(result.stderr.contains("in 'records/other.json'"))
    #expect(
      result.stderr.contains("1 file whose name is hidden or does not end in .json was not read"))
    #expect(result.stdout.contains("2 records of 1 manifest"))
    #expect(result.stdout.contains("-0.0100"))
    let board = try CommandLineRun.run(["board", "records", "-o", "site"], in: folder)
    #expect(board.code == 2)
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: "site/index.html").path))
    try FileManager.default.removeItem(at: folder.appending(path: "records/other.json"))
    #expect(try CommandLineRun.run(["history", "records"], in: folder).code == 0)
  }

  @Test("a board is a folder whose links lead to its files, or one file")
  func board() throws {
    let folder = try records()
    let result = try CommandLineRun.run(["board", "records", "-o", "site"], in: folder)
    #expect(result.code == 0, "\(result.stderr)")
    let site = folder.appending(path: "site")
    let names = try FileManager.default.contentsOfDirectory(atPath: site.path)
    #expect(names.count == 3)
    let page = try String(contentsOf: site.appending(path: "index.html"), encoding: .utf8)
    let links = page.matches(of: /href="([^"#]+)"/).map { String($0.output.1) }
    #expect(Set(links) == Set(names.filter { $0 != "index.html" }))
    for name in names {
      let text = try String(contentsOf: site.appending(path: name), encoding: .utf8)
      #expect(text.contains("default-src 'none'") && !text.contains("<script"))
    }
    #expect(try CommandLineRun.run(["board", "records", "-o", "one.html"], in: folder).code == 0)
    let one = try String(contentsOf: folder.appending(path: "one.html"), encoding: .utf8)
    #expect(one.matches(of: /href="([^"#]+)"/).isEmpty)
  }

  @Test(
    "what cannot be done is said, and nothing is written",
    arguments: [
      (["compare", "records/run/1.json"], 64, "AFTER is missing"),
      (
        ["compare", "records/run/1.json", "records/run/2.json", "--format", "htlm"], 64,
        "did you mean 'html'"
      ),
      (
        ["compare", "records/run/1.json", "records/run/2.json", "-o", "records/run/1.json"], 2,
        "would be written over what is read here"
      ),
      (
        ["history", "records", "--format=json", "-o", "records/h.json"], 2,
        "would stand among the records"
      ),
      (["history", "none"], 2, "no file 'none'"),
      (["history", "records/run/1.json"], 2, "is a file, wanted a folder of records"),
      (["board", "records"], 64, "'--output' is missing"),
      (["board", "records", "-o", "records/run/1.json"], 2, "would stand among the records"),
      (["compare", "records/run/1.json", "none.json"], 2, "no file 'none.json'"),
      (
        ["explain", "performance/roc_au", "--report", "records/run/1.json"], 2,
        "did you mean 'performance/roc_auc'"
      ),
    ] as [([String], Int32, String)])
  func refused(words: [String], code: Int32, says: String) throws {
    let folder = try records()
    let before = try String(
      contentsOf: folder.appending(path: "records/run/1.json"), encoding: .utf8)
    let result = try CommandLineRun.run(words, in: folder)
    #expect(result.code == code, "\(result.stderr)")
    #expect(result.stderr.contains(says), "\(result.stderr)")
    let after = try String(
      contentsOf: folder.appending(path: "records/run/1.json"), encoding: .utf8)
    #expect(before == after)
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "records/h.json").path))
  }

  @Test("a folder without records is an error that says how to make them")
  func empty() throws {
    let folder = try CommandLineRun.temporaryFolder()
    let result = try CommandLineRun.run(["history", "."], in: folder)
    #expect(result.code == 2)
    #expect(result.stderr.contains("gatewright check --report json=./NAME.json"))
  }

  @Test("explain tells a check's story, with what its metric is")
  func story() throws {
    let folder = try records()
    let result = try CommandLineRun.run(
      ["explain", "performance/roc_auc", "--report", "records/run/2.json"], in: folder)
    #expect(result.code == 0, "\(result.stderr)")
    #expect(result.stdout.hasPrefix("Check performance/roc_auc"))
    #expect(result.stdout.contains("What it measures"))
    #expect(result.stdout.contains("margin left of min: +0.0312 (3.67%)"))
  }
}
