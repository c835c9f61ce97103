import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

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

  @Test(
    "ten passed checks of a gate are shown, or all that are asked for, and every one that did not pass"
  )
  func long() {
    var report = Report.hostile
    report.multipleTesting = []
    report.checks = (0..<700).map {
      Check(
        id: "g/\($0)", gate: "g", outcome: $0 < 250 ? .passed : $0 < 690 ? .failed : .error,
        message: "because")
    }
    let table = Terminal().table(report)
    #expect(table.contains("  ... and 240 more passed; --all shows them\n"))
    #expect(table.contains("  ... and 450 checks not passed, below\n"))
    #expect(table.components(separatedBy: "+ passed").count == 11)
    #expect(table.components(separatedBy: "x failed").count == 441)
    #expect(table.components(separatedBy: "! error").count == 11)
    let all = Terminal(showsAll: true).table(report)
    #expect(all.components(separatedBy: "+ passed").count == 251)
    #expect(!all.contains("--all"))
  }

  @Test(
    "only passed checks are ever hidden, whatever their number and place", arguments: [1, 11, 40])
  func hidden(count: Int) {
    var report = Report.hostile
    for outcome in Outcome.allCases {
      for blocking in [true, false] {
        report.checks = (0..<count).map {
          Check(id: "g/\($0)", gate: "g", outcome: .passed, message: "")
        }
        report.checks.append(
          Check(
            id: "g/odd", gate: "g", outcome: outcome == .passed ? .failed : outcome,
            blocking: blocking, message: "because"))
        let rows = Terminal().table(report).split(separator: "\n").filter { $0.contains("odd") }
        #expect(rows.count == 1, "\(outcome) \(blocking)")
      }
    }
  }

  @Test("what keeps the candidate from passing stands last, failures nearest to the verdict")
  func order() {
    var report = Report.hostile
    report.multipleTesting = []
    let outcomes: [Outcome] = [.failed, .passed, .error, .inconclusive, .waived]
    report.checks = ["a", "b"].flatMap { gate in
      outcomes.map {
        Check(id: "\(gate)/\($0.rawValue)", gate: gate, outcome: $0, message: "because")
      }
    }
    let signs = Terminal().table(report).split(separator: "\n").compactMap(\.first).filter {
      "+x!?~v".contains($0)
    }
    #expect(String(signs) == "+~+~??!!xxv")
  }

  @Test("both halves of a drift rule are shown, and rows that break a check as rows")
  func judged() {
    var report = Report.hostile
    report.checks = [
      Check(
        id: "g/ks", gate: "g", outcome: .passed, message: "", value: 0.25, n: 9,
        limit: ["max": 0.3, "min_p_value": 0.01],
        evidence: ["statistic": .number(0.25), "p_value": .number(0.125)]),
      Check(
        id: "g/nulls", gate: "g", outcome: .passed, message: "", value: 1, n: 9,
        evidence: ["unexpected_count": .integer(1)]),
    ]
    let table = Terminal().table(report)
    #expect(table.contains("0.2500, p 0.1250"))
    #expect(table.contains("1 row  "))
    #expect(table.contains("  value  ") && !table.contains("candidate  champion"))
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

  @Test(
    "no row is wider than the terminal, and the check and what is judged are always there",
    arguments: [40, 50, 60, 80, 120])
  func narrow(width: Int) {
    var report = Report.hostile
    let id = String(repeating: "日本/", count: 40)
    report.checks = [
      Check(
        id: id, gate: "g", outcome: .failed, message: "m", model: .candidate, value: 0.123456,
        champion: 0.5, difference: -0.4, n: 1000,
        interval: ConfidenceInterval(low: 0.1, high: 0.2, level: 0.95, method: "x"),
        limit: ["min": 0.5, "max_drop": 0.125])
    ]
    let rows = Terminal(width: width).table(report).split(separator: "\n")
    let row = rows.first { $0.hasPrefix("x ") } ?? ""
    #expect(String(row).displayWidth <= width, "\(row)")
    #expect(row.contains("...") && row.contains("0.1235"))
  }

  @Test("a narrow terminal shortens the check's name first")
  func narrowName() {
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
    #expect(lines.last == "meaning: \(verdict.meaning(of: report.checks))")
  }
}
