import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct VerdictTests {
  static func check(_ outcome: Outcome, blocking: Bool = true) -> Check {
    Check(id: "g/x", gate: "g", outcome: outcome, blocking: blocking, message: "")
  }

  @Test(
    arguments: [
      ([.passed], Verdict.passed, 0), ([.waived], .passed, 0), ([.passed, .skipped], .passed, 0),
      ([.passed, .failed, .error, .inconclusive], .failed, 1), ([.passed, .error], .error, 2),
      ([.error, .inconclusive], .error, 2), ([], .error, 2), ([.skipped], .error, 2),
      ([.passed, .inconclusive], .inconclusive, 3),
    ] as [([Outcome], Verdict, Int32)])
  func `the verdict is the worst of the blocking checks, and nothing judged is an error`(
    outcomes: [Outcome], verdict: Verdict, code: Int32
  ) {
    #expect(Verdict(of: outcomes.map { Self.check($0) }) == verdict)
    #expect(verdict.exitCode == code)
  }

  @Test(
    arguments: [
      ([("error", true)], 75), ([("error", true), ("passed", false)], 75),
      ([("error", true), ("error", false)], 2), ([("error", true), ("failed", false)], 1),
      ([("error", true), ("inconclusive", false)], 75), ([("skipped", false)], 2),
      ([("passed", false)], 0),
    ] as [([(String, Bool)], Int32)])
  func `a run that only a temporary cause kept from judging may be tried again`(
    outcomes: [(String, Bool)], code: Int32
  ) throws {
    let checks = try outcomes.map { word, isTemporary in
      var check = Self.check(try #require(Outcome(rawValue: word)))
      check.isTemporary = isTemporary
      return check
    }
    #expect(Verdict(of: checks).exitCode(of: checks) == code)
    var advisory = Self.check(.error, blocking: false)
    advisory.isTemporary = true
    #expect(Verdict(of: checks).exitCode(of: checks + [advisory]) == code)
  }

  @Test func `a check takes from its mistake whether trying again may help`() {
    let late = Self.check(.passed).failing(.error, Diagnostic("too late", temporary: true))
    #expect(late.isTemporary)
    #expect(!late.failing(.error, Diagnostic("wrong")).isTemporary)
  }

  @Test(arguments: Outcome.allCases)
  func `an advisory check never changes the verdict`(outcome: Outcome) {
    #expect(
      Verdict(of: [Self.check(.passed), Self.check(outcome, blocking: false)]) == .passed)
    #expect(Verdict(of: [Self.check(outcome, blocking: false)]) == .error)
  }
}
