import Testing

@testable import GateKit

@Suite struct VerdictTests {
  static func check(_ outcome: Check.Outcome, blocking: Bool = true) -> Check {
    Check(id: "g/x", gate: "g", outcome: outcome, blocking: blocking, message: "")
  }

  @Test(
    arguments: [
      ([.passed], Verdict.passed, 0), ([.waived], .passed, 0), ([.passed, .skipped], .passed, 0),
      ([.passed, .failed, .error, .inconclusive], .failed, 1), ([.passed, .error], .error, 2),
      ([.error, .inconclusive], .error, 2), ([], .error, 2), ([.skipped], .error, 2),
      ([.passed, .inconclusive], .inconclusive, 3),
    ] as [([Check.Outcome], Verdict, Int32)])
  func `the verdict is the worst of the blocking checks, and nothing judged is an error`(
    outcomes: [Check.Outcome], verdict: Verdict, code: Int32
  ) {
    #expect(Verdict(of: outcomes.map { Self.check($0) }) == verdict)
    #expect(verdict.exitCode == code)
  }

  @Test(arguments: Check.Outcome.allCases)
  func `an advisory check never changes the verdict`(outcome: Check.Outcome) {
    #expect(
      Verdict(of: [Self.check(.passed), Self.check(outcome, blocking: false)]) == .passed)
    #expect(Verdict(of: [Self.check(outcome, blocking: false)]) == .error)
  }
}
