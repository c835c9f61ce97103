import Foundation
import GateKit
import Testing

/// The table people read.
@Suite struct TerminalTests {
  @Test("the table is the committed one, with and without colour, wide and narrow")
  func snapshot() throws {
    let folder = "Tests/GateKitTests/Snapshots/"
    try Recorded.expect(Terminal().table(.hostile), in: folder + "terminal.txt")
    try Recorded.expect(
      Terminal(color: true, width: 100).table(.hostile), in: folder + "terminal-color.txt")
  }

  @Test("no line is a command of a CI system, and none moves the cursor")
  func neutral() {
    let table = Terminal().table(.hostile)
    for line in table.split(whereSeparator: \.isNewline) {
      #expect(!line.drop(while: \.isWhitespace).hasPrefix("::"), "\(line)")
      #expect(!line.lowercased().contains("##vso["), "\(line)")
      #expect(!line.contains("##["), "\(line)")
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value })
      #expect(!line.unicodeScalars.contains { 0x202A...0x202E ~= $0.value })
      #expect(line.count < 2500)
    }
    #expect(table.contains("\\x1b[2J"))
    #expect(table.contains("# #vso[task"))
  }

  @Test("without colour there is no escape, with it each is closed")
  func color() {
    #expect(!Terminal().table(.hostile).contains("\u{1B}"))
    let colored = Terminal(color: true).table(.hostile)
    #expect(colored.contains("\u{1B}[31mx failed"))
    #expect(
      colored.components(separatedBy: "\u{1B}[0m").count * 2 - 1
        == colored.components(separatedBy: "\u{1B}[").count)
  }

  @Test("200 passed checks of a gate are shown, and every one that did not pass")
  func long() {
    var report = Report.hostile
    report.checks = (0..<700).map {
      Check(
        id: "g/\($0)", gate: "g", outcome: $0 < 250 ? .passed : $0 < 690 ? .failed : .error,
        message: "because")
    }
    let table = Terminal().table(report)
    #expect(table.contains("  ... and 50 more passed\n"))
    #expect(table.components(separatedBy: "+ passed").count == 201)
    #expect(table.components(separatedBy: "x failed").count == 441)
    #expect(table.components(separatedBy: "! error").count == 11)
  }

  @Test("columns are aligned, whatever the width of the letters")
  func aligned() {
    var report = Report.hostile
    report.checks = ["日本語", "a", "e\u{301}", "\u{1F600}"].map {
      Check(id: "g/\($0)", gate: "g", outcome: .passed, message: "", value: 0.5)
    }
    let rows = Terminal().table(report).split(separator: "\n").filter { $0.hasPrefix("+ ") }
    let places = rows.map { row in
      String(row[..<(row.range(of: "0.5000")?.lowerBound ?? row.startIndex)]).displayWidth
    }
    #expect(places.count == 4)
    #expect(Set(places).count == 1, "\(places)")
  }

  @Test("a narrow terminal shortens the check's name only")
  func narrow() {
    var report = Report.hostile
    let id = String(repeating: "long/", count: 40)
    report.checks = [Check(id: id, gate: "g", outcome: .passed, message: "", value: 0.123456)]
    let rows = Terminal(width: 100).table(report).split(separator: "\n")
    let row = rows.first { $0.hasPrefix("+ ") } ?? ""
    #expect(String(row).displayWidth <= 100)
    #expect(row.contains("...") && row.contains("0.1235"))
  }

  @Test(
    "numbers are short, and never 0 or a bound they are not",
    arguments: [
      (0.5, "0.5000"), (0.123456, "0.1235"), (-0.00001, "-1.0e-5"), (0, "0.0000"), (1, "1.0000"),
      (1234.5678, "1234.57"), (12, "12"), (123456.4, "123456"), (12345678.9, "12345679"),
      (1e20, "1.0e20"), (-3.14159265, "-3.14159"), (9.99996e-5, "0.0001"), (10, "10"),
      (100.5, "100.5"),
    ])
  func numbers(value: Double, text: String) {
    var report = Report.hostile
    report.checks = [Check(id: "g/x", gate: "g", outcome: .passed, message: "", value: value)]
    let row = Terminal().table(report).split(separator: "\n").first { $0.hasPrefix("+ ") } ?? ""
    #expect(row.split(separator: " ")[3] == text)
  }

  @Test(
    "the last lines say the verdict, the counts, the code and what it means",
    arguments: Verdict.allCases)
  func footer(verdict: Verdict) {
    var report = Report.hostile
    report.verdict = verdict
    report.exitCode = verdict.exitCode
    let lines = Terminal().table(report).split(separator: "\n").suffix(2)
    #expect(
      lines.first == """
        verdict: \(verdict.rawValue) (exit code \(verdict.exitCode)): 1 passed, 5 failed, \
        4 inconclusive, 1 error, 1 skipped, 1 waived, 2 advisory not passed
        """)
    #expect(lines.last == "meaning: \(verdict.meaning)")
  }
}
