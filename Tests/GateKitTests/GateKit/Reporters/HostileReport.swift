@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

extension Report {
  /// One report with every outcome and with all that data may do to a format.
  static let hostile: Report = {
    let place = Location(file: "gate wright.yaml", line: 12, column: 7)
    let checks = ordinary(at: place) + attacks(at: place)
    var report = Report(
      tool: Tool(name: "gatewright", version: "0.1.0"), verdict: Verdict(of: checks),
      manifest: ManifestRecord(
        name: "loan<script>alert(1)</script>", path: "gate wright.yaml",
        sha256: String(repeating: "ab", count: 32),
        source: .init(kind: "git", commit: "0123456789abcdef0123456789abcdef01234567", dirty: true)),
      models: [
        .candidate: ModelRecord(
          uri: "models/candidate.onnx", sha256: String(repeating: "cd", count: 32), bytes: 1234,
          runtime: Tool(name: "onnx", version: "1.31.1"), provenance: ["z": "1", "a": "\u{1B}[31m"]),
        .champion: ModelRecord(uri: "git:origin/main:models/champion.onnx"),
      ],
      data: [
        "reference": DataRecord(uri: "data/train.csv", rows: 20000, columns: 9),
        "zone": DataRecord(uri: "data/zone.csv"), "extra": DataRecord(uri: "data/extra.csv"),
        "holdout": DataRecord(
          uri: "data/holdout.csv", sha256: String(repeating: "ef", count: 32), rows: 5000,
          columns: 9),
      ], checks: checks)
    report.multipleTesting = [
      MultipleTestingReport(
        family: "manifest", method: .holm,
        tests: [
          MultipleTestingReport.Test(
            check: "performance/log_loss", limit: "max", statement: .violated, pValue: 1.25e-5,
            adjustedPValue: 2.5e-5, level: 0.025, isDecided: true),
          MultipleTestingReport.Test(
            check: "performance/recall/sex=f", limit: "min", statement: .satisfied, pValue: 0.5,
            adjustedPValue: 1, level: 0.025, isDecided: false),
        ]),
      MultipleTestingReport(
        family: "champion", method: .by,
        tests: [0, 3, 4, 6].map { index in
          MultipleTestingReport.Test(
            check: checks[8 + index].id, limit: "max_drop", statement: .violated, pValue: 0.001,
            adjustedPValue: 0.002, level: 0.025, isDecided: true)
        }),
    ]
    report.timings = Timings(
      started: "2026-11-20T10:41:10Z",
      seconds: [.init(step: "score", seconds: 1.23456), .init(step: "judge", seconds: 1e-7)],
      gates: [.init(step: "performance", seconds: 0.0125)])
    return report
  }()

  /// Every outcome, blocking and advisory.
  private static func ordinary(at place: Location) -> [Check] {
    [
      Check(
        id: "performance/roc_auc", gate: "performance", outcome: .passed,
        message: "roc_auc is 0.8912, at least 0.85", metric: "roc_auc", model: .candidate,
        value: 0.8912345678901234, champion: 0.88, difference: 0.0112345678901234, n: 5000,
        interval: .init(low: 0.88, high: 0.9, level: 0.95, method: "delong"),
        limit: ["min": 0.85], location: place,
        evidence: ["b": .number(1), "a": .object([.init("z", .integer(1)), .init("y", .null)])]),
      Check(
        id: "performance/log_loss", gate: "performance", outcome: .failed,
        message: "log_loss is 1234567.891, above 0.35", metric: "log_loss", model: .candidate,
        value: 1234567.891, champion: 0.00001, n: 5000,
        limit: ["max": 0.35, "max_increase_relative": 0.01, "zeta": 2], location: place),
      Check(
        id: "performance/recall/sex=f", gate: "performance", outcome: .inconclusive,
        message: "40 more rows are needed", metric: "recall", slice: ["sex": "f"], value: 0.6,
        n: 60,
        limit: ["min": 0.6]),
      Check(
        id: "performance/recall/sex=m", gate: "performance", outcome: .error, message: "",
        metric: "recall", slice: ["sex": "m"], value: .nan, champion: .infinity,
        difference: -.infinity),
      Check(
        id: "drift/psi/age", gate: "drift", outcome: .skipped,
        message: "there is no reference table", metric: "psi"),
      Check(
        id: "fairness/demographic_parity_difference/region", gate: "fairness", outcome: .waived,
        message: "waived until 2027-01-31: the region opened in May", value: 0.12,
        limit: ["max": 0.1]),
      Check(
        id: "plugin/expectations", gate: "plugin", outcome: .failed, blocking: false,
        message: "3 expectations of 40 do not hold"),
      Check(
        id: "plugin/timeout", gate: "plugin", outcome: .error, blocking: false,
        message: "no answer within 30 seconds"),
    ]
  }

  /// Texts that try to be markup, commands or other characters than they are.
  private static func attacks(at place: Location) -> [Check] {
    let texts = [
      "nul \u{0} bell \u{7} escape \u{1B}[2J delete \u{7F} c1 \u{9B} line \u{2028} ffff \u{FFFF}",
      "]]> <![CDATA[ <script>alert('1' & \"2\")</script> &amp; <!-- --> <?xml?>",
      "##vso[task.complete result=Succeeded] ##[error]x ###[group] ##VSO[a]",
      "::error file=x::pwned\n::add-mask::e\r\n  ::stop-commands::x\r",
      "right\u{202E}to\u{2066}left \u{1F600} \u{1F468}\u{200D}\u{1F469} 日本語 e\u{301}",
      "=1+1 @everyone #1 | `code` [link](javascript:1) https://example.org/?a=b&c=d",
      String(repeating: "ten kilobytes of text, ", count: 450),
    ]
    return texts.enumerated().map { index, text in
      let label = index == 6 ? "long" : text
      return Check(
        id: "champion/accuracy/a=b/c=\(label)", gate: "champion",
        outcome: index % 2 == 0 ? .failed : .inconclusive, message: text, metric: "accuracy",
        slice: ["a=b/c": label, "\n::error::x": "\n::error::y"], value: 0.5, n: 10,
        limit: ["max_drop": 0.01], location: place, evidence: ["text\u{1}": .string(text)])
    }
  }
}
