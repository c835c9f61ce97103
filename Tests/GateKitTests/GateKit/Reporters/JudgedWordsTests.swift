import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What the table and JUnit say of a check's figures and of its limits.
@Suite struct JudgedWordsTests {
  /// The cells of the one row, split where the columns are.
  private static func row(_ check: Check) -> String {
    var report = Report.hostile
    report.multipleTesting = []
    report.checks = [check]
    let line = Terminal().table(report).split(separator: "\n").first { $0.hasPrefix("+ ") } ?? ""
    return line.split(separator: " ").joined(separator: " ")
  }

  private static func check(
    _ id: String, value: Double?, champion: Double? = nil, difference: Double? = nil,
    interval: ConfidenceInterval? = nil, limit: [LimitName: Double], evidence: [String: JSON] = [:]
  ) -> Check {
    Check(
      id: "g/\(id)", gate: "g", outcome: .passed, message: "m", metric: id, value: value,
      champion: champion, difference: difference, interval: interval, limit: limit,
      evidence: evidence)
  }

  private static let both = check(
    "ks", value: 0.1461, limit: ["max": 0.02, "or.ks.min_p_value": 0.01],
    evidence: [
      "and": [
        [
          "test": "ks", "value": .number(0.1461), "p_value": .number(0.02),
          "adjusted_p_value": .number(0.2997),
        ]
      ]
    ])

  @Test func `both halves of a drift rule stand in the row, with what each is on`() {
    #expect(
      Self.row(Self.both) == "+ passed ks 0.1461, p 0.2997 <= 0.02 or p value >= 0.01 -")
    let other = Self.check(
      "psi", value: 0.3, limit: ["max": 0.2, "or.ks.max": 0.1, "or.ks.min_p_value": 0.01],
      evidence: ["and": [["test": "ks", "value": .number(0.05), "p_value": .number(0.4)]]])
    #expect(
      Self.row(other)
        == "+ passed psi 0.3000, ks 0.0500, ks p 0.4000 <= 0.2 or ks <= 0.1, ks p value >= 0.01 -")
  }

  @Test func `a learned limit is shown as the number it came to`() {
    let check = Self.check(
      "ks", value: 0.03, limit: ["max_deviations": 3], evidence: ["learned": ["max": .number(0.05)]]
    )
    #expect(Self.row(check) == "+ passed ks 0.0300 <= 0.0500 (3 deviations) -")
  }

  @Test func `JUnit tells a pass by the other half, and its facts`() {
    var report = Report.hostile
    report.checks = [Self.both]
    for strict in [false, true] {
      let text = JUnit(report, strict: strict).document.document
      #expect(text.contains("limit: &lt;= 0.02 or p value &gt;= 0.01"), "\(text)")
      #expect(text.contains("p: 0.2997"))
    }
  }

  @Test(
    arguments: [
      (["counted": "row"], ["equal": 0], 0, "0 rows = 0"),
      (["counted": "row"], ["max": 3], 1, "1 row <= 3"),
      (["counted": "second"], ["max": 259_200], 7200, "2h <= 3d"),
      ([:], ["exclusive_min": 0.01], 0.5, "0.5000 > 0.01"),
      ([:], ["below": 0.8], 0.5, "0.5000 < 0.8"),
      ([:], ["difference_below": 0.2], 0.1, "0.1000 difference < 0.2"),
      ([:], ["max": 0.01, "or.min": 0.1], 0.3, "0.3000 <= 0.01 or >= 0.1"),
      (["unexpected_count": 1], ["mostly": 0.99], 1, "1 row mostly >= 0.99"),
    ] as [([String: JSON], [LimitName: Double], Double, String)])
  func `counts are counts, times are times, and limits read forwards`(
    evidence: [String: JSON], limit: [LimitName: Double], value: Double, words: String
  ) {
    let check = Self.check("c", value: value, limit: limit, evidence: evidence)
    #expect(Self.row(check) == "+ passed c \(words) -")
  }

  @Test func `relative figures say of what, and an interval what it is of`() {
    func interval(_ of: ConfidenceInterval.Subject) -> ConfidenceInterval {
      var interval = ConfidenceInterval(low: -0.01, high: 0.04, level: 0.95, method: "m")
      interval.of = of
      return interval
    }
    let relative = Self.check(
      "mae", value: 2.04, champion: 2, difference: 0.04, interval: interval(.relativeDifference),
      limit: ["max_drop_relative": 0.05])
    #expect(
      Self.row(relative)
        == "+ passed mae 2.04 2 0.0200 of the champion's difference -0.0100 to 0.0400 of the champion's "
        + "drop <= 0.05 of the champion's -")
    let absolute = Self.check(
      "mae", value: 2.04, champion: 2, difference: 0.04, interval: interval(.difference),
      limit: ["max_drop": 0.05])
    #expect(
      Self.row(absolute)
        == "+ passed mae 2.04 2 0.0400 difference -0.0100 to 0.0400 drop <= 0.05 -")
    let value = Self.check(
      "mae", value: 2.04, interval: interval(.value), limit: ["max": 3])
    #expect(Self.row(value) == "+ passed mae 2.04 -0.0100 to 0.0400 <= 3 -")
  }

  @Test func `the heading is that of all checks of a gate, shown or not`() {
    var report = Report.hostile
    report.multipleTesting = []
    report.checks = (0..<12).map { place in
      Check(
        id: "d/\(place)", gate: "d", outcome: .passed, message: "",
        model: place == 3 ? .candidate : nil,
        value: 0.1)
    }
    let table = Terminal().table(report)
    #expect(table.contains(" value ") && !table.contains("check  candidate"))
  }

  @Test func `rows are asked for only where rows would help`() {
    var report = Report.hostile
    report.verdict = .inconclusive
    report.exitCode = 3
    var check = Check(id: "g/m", gate: "g", outcome: .inconclusive, message: "few")
    report.checks = [check]
    #expect(Terminal().table(report).contains("add rows"))
    check.evidence = ["statistic": ["name": "no interval", "value": .null]]
    report.checks = [check]
    #expect(!Terminal().table(report).contains("add rows"))
    #expect(Terminal().table(report).contains("do as the checks say"))
  }

  @Test func `a missing slice value is null in the record, and a text is a text`() throws {
    var report = Report.hostile
    report.checks = [
      Check(id: "g/a", gate: "g", outcome: .passed, message: "", slice: ["x": nil]),
      Check(id: "g/b", gate: "g", outcome: .passed, message: "", slice: ["x": "null"]),
    ]
    report.verdict = .passed
    report.exitCode = 0
    let read = try Report(json: JSON(parsing: report.json.text, name: "r.json"))
    #expect(read.checks.map(\.slice) == [["x": nil], ["x": "null"]])
    #expect(report.json.text.contains("\"x\": null"))
  }
}
