import Foundation
import Testing

/// A folder under Cases is a test: its files are copied, the program is run in the copy, and `expected.txt` says what
/// must come of it.
///
/// Its lines: `uses: FOLDER` copies that folder of the project first; `run: WORDS` are the program's arguments
/// (default `check`); `exit: N`; `stdout:`, `stderr:` and `json:` (the report at build/report.json) a text that must
/// be there; `check: ID OUTCOME` a check of that report; `absent: PATH` a file that must not be there.
@Suite struct CaseTests {
  static let cases: [String] = {
    let folder = Program.root.appending(path: "Tests/EndToEndTests/Cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }()

  @Test func `there are cases`() { #expect(Self.cases.count > 20) }

  @Test(arguments: cases) func `case`(name: String) throws {
    let source = Program.root.appending(path: "Tests/EndToEndTests/Cases/\(name)")
    let expected = try String(
      contentsOf: source.appending(path: "expected.txt"), encoding: .utf8
    ).split(separator: "\n").map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (key: String(parts[0]), value: parts.count > 1 ? parts[1].dropFirst() : "")
    }
    let folder = try Program.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (key, value) in expected where key == "uses" {
      try copy(Program.root.appending(path: String(value)), into: folder)
    }
    try copy(source, into: folder)
    let words = expected.first { $0.key == "run" }?.value.split(separator: " ").map(String.init)
    let ended = try Program.run(words ?? ["check"], in: folder)
    let report = folder.appending(path: "build/report.json")
    let json = (try? String(contentsOf: report, encoding: .utf8)) ?? ""
    let said = Comment(rawValue: "stdout:\n\(ended.out)\nstderr:\n\(ended.err)")
    #expect(!ended.signalled, said)
    #expect(expected.contains { $0.key == "exit" })
    try PastedHint.expectAll(stderr: ended.err, json: json)
    for (key, value) in expected {
      switch key {
      case "uses", "run", "#": break
      case "exit": #expect(Int32(value) == ended.status, said)
      case "stdout": #expect(ended.out.contains(value), said)
      case "stderr": #expect(ended.err.contains(value), said)
      case "json": #expect(json.contains(value), said)
      case "check": #expect(try outcomes(json).contains(String(value)), said)
      case "absent":
        #expect(
          !FileManager.default.fileExists(atPath: folder.appending(path: String(value)).path), said)
      default: Issue.record("unknown key '\(key)' in expected.txt of \(name)")
      }
    }
  }

  private func copy(_ source: URL, into folder: URL) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path)
    where name != "build" {
      let target = folder.appending(path: name)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.copyItem(at: source.appending(path: name), to: target)
    }
  }

  private func outcomes(_ json: String) throws -> [String] {
    let report = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let checks = report?["checks"] as? [[String: Any]] ?? []
    return checks.map { "\($0["id"] ?? "") \($0["outcome"] ?? "")" }
  }
}
