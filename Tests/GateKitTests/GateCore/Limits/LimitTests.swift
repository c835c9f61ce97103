import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct LimitTests {
  @Test(arguments: [
    (Limit.Kind.min, 0.85, 0.85, true), (.min, 0.85, 0.8499999, false), (.min, 0.85, .nan, false),
    (.max, 0.35, 0.35, true), (.max, 0.35, 0.3500001, false), (.max, 0.35, .nan, false),
  ])
  func `an absolute limit is inclusive, and NaN does not hold`(
    kind: Limit.Kind, bound: Double, value: Double, holds: Bool
  ) throws {
    let verdict = try Limit(kind, bound).verdict(
      value: value, champion: nil, direction: .higherIsBetter)
    #expect(verdict.holds == holds)
  }

  @Test(arguments: [
    // A drop in quality of a loss is a rise of its value.
    (Limit.Kind.maxDrop, 0.05, 0.90, 0.85, Metric.Direction.higherIsBetter, true),
    (.maxDrop, 0.05, 0.90, 0.84, .higherIsBetter, false),
    (.maxDrop, 0.05, 0.30, 0.35, .lowerIsBetter, true),
    (.maxDrop, 0.05, 0.30, 0.36, .lowerIsBetter, false),
    (.maxDrop, 0.0, 0.30, 0.20, .lowerIsBetter, true),
    (.minGain, 0.0, 0.90, 0.90, .higherIsBetter, true),
    (.minGain, 0.01, 0.90, 0.905, .higherIsBetter, false),
    (.minGain, 0.01, 0.30, 0.28, .lowerIsBetter, true),
    (.maxIncrease, 0.02, 0.10, 0.12, .higherIsBetter, true),
    (.maxIncrease, 0.02, 0.10, 0.13, .lowerIsBetter, false),
    (.maxDropRelative, 0.1, 0.50, 0.45, .higherIsBetter, true),
    (.maxDropRelative, 0.1, 0.50, 0.44, .higherIsBetter, false),
    // A negative champion keeps its sign out of the share.
    (.maxDropRelative, 0.1, -0.50, -0.54, .higherIsBetter, true),
    (.maxDropRelative, 0.1, -0.50, -0.56, .higherIsBetter, false),
    (.maxDrop, 0.005, 0.905, 0.9, .higherIsBetter, true),
    (.maxDrop, 0.1, .nan, 0.9, .higherIsBetter, false),
  ])
  func `a margin follows the metric's own direction`(
    kind: Limit.Kind, bound: Double, champion: Double, value: Double,
    direction: Metric.Direction, holds: Bool
  ) throws {
    let verdict = try Limit(kind, bound).verdict(
      value: value, champion: champion, direction: direction)
    #expect(verdict.holds == holds, "\(verdict.sentence)")
  }

  @Test func `a share of a champion of 0 is undefined`() {
    #expect(throws: Undefined.self) {
      try Limit(.maxDropRelative, 0.1).verdict(
        value: 0.1, champion: 0, direction: .higherIsBetter)
    }
  }

  @Test func `a value that is not the bound never reads like it`() throws {
    let verdict = try Limit(.min, 0.85).verdict(
      value: 0.8499999999, champion: nil, direction: .higherIsBetter)
    #expect(verdict.sentence == "0.8499999999 is below the min of 0.85")
  }

  @Test(arguments: [
    (0.0, "0"), (1, "1"), (-3, "-3"), (0.123456789, "0.123457"), (1234.5678, "1234.57"),
    (1e-7, "1e-07"), (123_456_789.5, "123457000"),
  ])
  func `numbers are brief for people`(value: Double, text: String) {
    #expect(value.brief == text)
  }
}
