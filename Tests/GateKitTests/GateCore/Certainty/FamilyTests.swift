import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Which limits are held together in a run.
@Suite struct FamilyTests {
  /// 60 rows, half positive, the scores right but for every tenth.
  private static func report(
    manifest control: ErrorControl, gate own: [String]
  ) async throws -> Report {
    func gate(_ id: String, _ metrics: KeyValuePairs<String, Any>, _ own: String?) -> Any {
      let common: KeyValuePairs<String, Any> = [
        "gate": "performance", "id": id, "confidence": 0.95, "metrics": metrics,
      ]
      guard let own else { return common }
      return RunTests.pairs([
        "gate": "performance", "id": id, "confidence": 0.95, "metrics": metrics,
        "error_control": own,
      ])
    }
    let limits = RunTests.pairs([
      "recall": RunTests.pairs(["min": 0.75]),
      "specificity": RunTests.pairs(["min": 0.5, "max": 0.99]),
    ])
    var manifest = try RunTests.manifest(gates: [
      gate("one", limits, nil),
      gate("two", RunTests.pairs(["accuracy": RunTests.pairs(["min": 0.5])]), own.first),
      gate("three", RunTests.pairs(["brier_score": RunTests.pairs(["max": 0.5])]), nil),
    ])
    manifest.errorControl = control
    let labels = (0..<60).map { Optional(Double($0 % 2)) }
    let backends = RunTests.backends(table: MemoryTable([.numbers("y", labels)])) { _ in
      (0..<60).map { $0 % 10 == 3 ? 0.1 : $0 % 2 == 1 ? 0.9 : 0.1 }
    }
    return await RunTests.report(manifest, backends)
  }

  @Test func `the manifest's family is of the gates without their own`() async throws {
    let report = try await Self.report(manifest: .holm, gate: ["bonferroni"])
    #expect(report.multipleTesting.map(\.family) == ["manifest", "two"])
    #expect(report.multipleTesting.map(\.method) == [.holm, .bonferroni])
    #expect(
      report.multipleTesting[0].tests.map { "\($0.check) \($0.limit)" } == [
        "one/recall min", "one/specificity min", "one/specificity max", "three/brier_score max",
      ])
    #expect(report.multipleTesting[1].tests.map(\.check) == ["two/accuracy"])
    let none = try await Self.report(manifest: .holm, gate: ["none"])
    #expect(none.multipleTesting.map(\.family) == ["manifest"])
    #expect(none.multipleTesting[0].tests.count == 4)
    let all = try await Self.report(manifest: .by, gate: [])
    #expect(all.multipleTesting.map { $0.tests.count } == [5])
    let nothing = try await Self.report(manifest: .none, gate: [])
    #expect(nothing.multipleTesting.isEmpty)
  }

  @Test func `what is decided is in the corrected, and nothing else passes or fails`() async throws
  {
    for control in ErrorControl.allCases where control != .none {
      let report = try await Self.report(manifest: control, gate: [])
      for check in report.checks {
        let tests = report.multipleTesting[0].tests.filter { $0.check == check.id }
        #expect(!tests.isEmpty)
        let wanted: Outcome =
          tests.contains { $0.isDecided && $0.statement == .violated }
          ? .failed : tests.allSatisfy(\.isDecided) ? .passed : .inconclusive
        #expect(check.outcome == wanted, "\(control) \(check.id)")
      }
    }
  }

  @Test func `a limit without an interval counts, with a p-value of 1`() async throws {
    var manifest = try RunTests.manifest(gates: [
      RunTests.pairs([
        "gate": "performance", "confidence": 0.95, "error_control": "bonferroni",
        "metrics": RunTests.pairs([
          "brier_score": RunTests.pairs(["max": 0.9]), "recall": RunTests.pairs(["min": 0.5]),
        ]),
      ])
    ])
    manifest.errorControl = .none
    let labels = (0..<60).map { Optional(Double($0 % 2)) }
    // Every row's loss is the same, so their mean has no interval.
    let report = await RunTests.report(
      manifest,
      RunTests.backends(table: MemoryTable([.numbers("y", labels)])) { _ in
        [Double](repeating: 0.5, count: 60)
      })
    let tests = try #require(report.multipleTesting.first).tests
    #expect(tests.map(\.pValue).first == 1)
    #expect(tests[0].statement == .satisfied && !tests[0].isDecided)
    #expect(tests[1].isDecided)
    #expect(abs(tests[1].adjustedPValue / tests[1].pValue - 2) < 1e-12)
    #expect(report.checks[0].outcome == .inconclusive)
    #expect(
      report.checks[0].message.hasPrefix("brier_score 0.25 has no interval: all values are equal"))
    #expect(report.checks[0].message.hasSuffix("judges the value itself"))
  }

  @Test func `the plan says what is controlled`() throws {
    var manifest = try RunTests.manifest(gates: [
      RunTests.pairs([
        "gate": "performance", "confidence": 0.9, "error_control": "by",
        "metrics": RunTests.pairs(["accuracy": RunTests.pairs(["min": 0.5])]),
      ])
    ])
    manifest.errorControl = .holm
    #expect(manifest.plan.contains("    error control over the limits of this gate: by\n"))
    #expect(
      manifest.plan.contains(
        "  error control over the limits of all gates without their own: holm\n"))
  }
}
