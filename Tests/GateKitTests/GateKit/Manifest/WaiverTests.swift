import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What a waiver covers: no worse model than the one that was approved.
@Suite struct WaiverTests {
  /// A limit with a champion and a candidate that break it, one that breaks it a little more and one a little less.
  struct Broken: Sendable, CustomStringConvertible {
    let kind: Limit.Kind
    let bound: Double
    let direction: Metric.Direction
    let champion: Double
    /// The candidate's value as it was approved, a worse one and a better one that still fails.
    let seen: Double, worse: Double, better: Double
    var description: String { "\(kind.rawValue), \(direction.rawValue)" }
  }

  static let table: [Broken] = [
    .init(
      kind: .min, bound: 0.9, direction: .higherIsBetter, champion: 0.9, seen: 0.7, worse: 0.69,
      better: 0.71),
    .init(
      kind: .max, bound: 0.1, direction: .lowerIsBetter, champion: 0.1, seen: 0.3, worse: 0.31,
      better: 0.29),
    .init(
      kind: .maxDrop, bound: 0.01, direction: .higherIsBetter, champion: 0.9, seen: 0.7,
      worse: 0.69, better: 0.71),
    .init(
      kind: .maxDrop, bound: 0.01, direction: .lowerIsBetter, champion: 0.1, seen: 0.3, worse: 0.31,
      better: 0.29),
    .init(
      kind: .minGain, bound: 0.05, direction: .higherIsBetter, champion: 0.8, seen: 0.82,
      worse: 0.81, better: 0.83),
    .init(
      kind: .minGain, bound: 0.05, direction: .lowerIsBetter, champion: 0.3, seen: 0.28,
      worse: 0.29, better: 0.27),
    .init(
      kind: .minGain, bound: 0.05, direction: .higherIsBetter, champion: 0.8, seen: 0.78,
      worse: 0.7, better: 0.79),
    .init(
      kind: .maxIncrease, bound: 0.01, direction: .lowerIsBetter, champion: 0.1, seen: 0.3,
      worse: 0.31, better: 0.2),
    .init(
      kind: .maxIncrease, bound: 0.01, direction: .neither, champion: 0.1, seen: 0.3, worse: 0.31,
      better: 0.2),
    .init(
      kind: .maxDropRelative, bound: 0.01, direction: .higherIsBetter, champion: 0.9, seen: 0.7,
      worse: 0.69, better: 0.71),
    .init(
      kind: .maxDropRelative, bound: 0.01, direction: .lowerIsBetter, champion: 0.1, seen: 0.3,
      worse: 0.31, better: 0.29),
    .init(
      kind: .minGainRelative, bound: 0.05, direction: .higherIsBetter, champion: 0.8, seen: 0.82,
      worse: 0.81, better: 0.83),
    .init(
      kind: .minGainRelative, bound: 0.5, direction: .lowerIsBetter, champion: 0.3, seen: 0.28,
      worse: 0.29, better: 0.27),
    .init(
      kind: .maxIncreaseRelative, bound: 0.01, direction: .lowerIsBetter, champion: 0.1, seen: 0.3,
      worse: 0.31, better: 0.2),
  ]

  static func check(
    _ broken: Broken, _ value: Double, range: ClosedRange<Double> = -.infinity ... .infinity
  ) throws -> Check {
    let limit = Limit(broken.kind, broken.bound)
    let metric = Metric(
      "m", task: .binary, summary: "", direction: broken.direction, formula: "", source: "",
      measure: .sample { _, _ in 0 }, examples: [])
    var check = Check(
      id: "g/m", gate: "g", outcome: .failed, message: "m", metric: "m", value: value,
      champion: broken.champion, limit: [LimitName(broken.kind.rawValue): broken.bound])
    check.figures = [
      try limit.figure(
        value: value, champion: broken.champion, direction: metric.direction, range: range)
    ]
    return check
  }

  static func waiver(_ bound: String = "", check: String = "g/m", until: String = "2999-01-01")
    -> Waiver
  {
    var waiver = Waiver(
      Node(
        .mapping([]),
        at: Mark(source: Source(name: "gatewright.yaml", text: ""), line: 3, column: 5)))
    (waiver.check, waiver.reason, waiver.approvedBy, waiver.until) = (check, "r", "ann", until)
    return waiver
  }

  @Test(arguments: table)
  func `what was seen covers an equal or a better model and never a worse one`(
    broken: Broken
  ) throws {
    var waiver = Self.waiver()
    let seen = try Self.check(broken, broken.seen)
    waiver.seen = .one(seen.figures[0].value)
    let outcomes = try [broken.seen, broken.better, broken.worse].map {
      waiver.applied(to: try Self.check(broken, $0), today: "2026-01-01").outcome
    }
    #expect(outcomes == [.waived, .waived, .failed])
    waiver.seen = .byLimit([broken.kind.rawValue: seen.figures[0].value])
    #expect(waiver.applied(to: seen, today: "2026-01-01").outcome == .waived)
    waiver.seen = .byLimit([:])
    #expect(waiver.applied(to: seen, today: "2026-01-01").outcome == .failed)
  }

  @Test(arguments: table)
  func `a max_value bounds what the limit is on, where more of it is worse`(
    broken: Broken
  ) throws {
    var waiver = Self.waiver()
    let seen = try Self.check(broken, broken.seen)
    waiver.maxValue = seen.figures[0].value
    let outcomes = try [broken.seen, broken.better, broken.worse].map {
      waiver.applied(to: try Self.check(broken, $0), today: "2026-01-01").outcome
    }
    let wantsMore = broken.kind.wantsMore
    #expect(outcomes == (wantsMore ? [.failed, .failed, .failed] : [.waived, .waived, .failed]))
  }

  @Test(arguments: table)
  func `a limit without a bound is not covered, and the message says what to add`(
    broken: Broken
  ) throws {
    let check = Self.waiver().applied(to: try Self.check(broken, broken.seen), today: "2026-01-01")
    #expect(check.outcome == .failed)
    #expect(check.message.contains("add 'seen: "), "\(check.message)")
  }

  @Test(arguments: table)
  func `what the message says to add covers this model and none much worse`(
    broken: Broken
  ) throws {
    for value in [broken.seen, broken.seen / 3, broken.seen * 1.07 / 3] {
      let check = try Self.check(broken, value)
      guard !check.figures[0].holds else { continue }
      let told = Self.waiver().applied(to: check, today: "2026-01-01").message
      let text = try #require(told.components(separatedBy: "add 'seen: ").last?.dropLast())
      var waiver = Self.waiver()
      let seen = try #require(Double(text), "\(told)")
      waiver.seen = .one(seen)
      #expect(waiver.applied(to: check, today: "2026-01-01").outcome == .waived, "\(told)")
      #expect(text.filter(\.isNumber).count <= 3 + 3, "\(text)")
      let figure = check.figures[0].value
      #expect(abs(seen - figure) <= abs(figure) * 0.01, "\(told)")
    }
  }

  @Test(arguments: table)
  func `a bound wider than what there is is told, and one that nothing can reach is refused`(
    broken: Broken
  ) throws {
    let check = try Self.check(broken, broken.seen, range: 0...1)
    let figure = check.figures[0]
    func applied(_ seen: Double) -> Check {
      var waiver = Self.waiver()
      waiver.seen = .one(seen)
      return waiver.applied(to: check, today: "2026-01-01")
    }
    let away = broken.kind.wantsMore ? -1.0 : 1.0
    #expect(!applied(figure.value).message.contains("covers a"))
    let wide = applied(figure.value + 0.1 * away)
    #expect(wide.outcome == .waived)
    #expect(
      wide.message.contains("; the waiver covers a \(figure.subject.rawValue) "), "\(wide.message)")
    let impossible = applied((broken.kind == .min ? 0 : 1) * away + 0.001 * away)
    #expect(impossible.outcome == .failed || broken.kind.isRelative, "\(impossible.message)")
    #expect(
      impossible.message.contains("which no \(figure.subject.rawValue) can be") == !broken.kind
        .isRelative)
  }

  @Test func `a waiver of several checks asks for one each, since no one bound fits them all`()
    throws
  {
    let check = Self.waiver(check: "g/*").applied(
      to: try Self.check(Self.table[2], 0.73), today: "2026-01-01")
    #expect(check.message.contains("give 'g/m' a waiver of its own, with 'seen: 0.17'"))
  }

  @Test func `a bound that was meant for the value of a metric covers no drop`() throws {
    let drop = Self.table[2]
    var waiver = Self.waiver()
    waiver.maxValue = 0.85
    let check = waiver.applied(to: try Self.check(drop, 0.73), today: "2026-01-01")
    #expect(check.outcome == .failed)
    #expect(check.message.contains("write 'seen: 0.17"), "\(check.message)")
  }

  @Test func `one number for several limits covers the value alone`() throws {
    let direction = Metric.Direction.lowerIsBetter
    func check(_ value: Double, _ champion: Double) throws -> Check {
      var check = Check(id: "g/m", gate: "g", outcome: .failed, message: "m", value: value)
      check.figures = try [Limit(.max, 0.1), Limit(.maxIncrease, 0.02)].map {
        try $0.figure(value: value, champion: champion, direction: direction)
      }
      return check
    }
    var waiver = Self.waiver()
    waiver.maxValue = 0.15
    func outcome(_ value: Double, _ champion: Double) throws -> Outcome {
      waiver.applied(to: try check(value, champion), today: "2026-01-01").outcome
    }
    #expect(try outcome(0.12, 0.12) == .waived)
    #expect(try outcome(0.16, 0.16) == .failed)
    #expect(try outcome(0.09, 0.01) == .failed)
    #expect(try outcome(0.12, 0.01) == .failed)
    waiver.maxValue = nil
    waiver.seen = .byLimit(["max": 0.12, "max_increase": 0.11])
    #expect(try outcome(0.12, 0.01) == .waived)
    #expect(try outcome(0.12, 0.0) == .failed)
  }

  @Test func `a p-value is worse the smaller, and a count the larger`() {
    func check(_ limit: [LimitName: Double], _ value: Double, _ evidence: [String: JSON] = [:])
      -> Check
    {
      Check(
        id: "g/m", gate: "g", outcome: .failed, message: "", value: value, limit: limit,
        evidence: evidence)
    }
    func covers(_ seen: Double, _ check: Check) -> Bool {
      var waiver = Self.waiver()
      waiver.seen = .one(seen)
      return waiver.applied(to: check, today: "2026-01-01").outcome == .waived
    }
    #expect(covers(0.001, check(["min_p_value": 0.01], 0.002)))
    #expect(!covers(0.001, check(["min_p_value": 0.01], 0.0005)))
    #expect(covers(12, check(["mostly": 1], 12)) && !covers(12, check(["mostly": 1], 13)))
    #expect(
      covers(
        0.2, check(["max": 0.1, "min_p_value": 0.01], 0.2, ["adjusted_p_value": .number(0.5)])))
    #expect(
      !covers(
        0.2, check(["max": 0.1, "min_p_value": 0.01], 0.2, ["adjusted_p_value": .number(0.001)])))
    #expect(!covers(3, check(["equal": 1], 4)) && covers(3, check(["equal": 1], 3)))
    var noValue = check([:], 0)
    noValue.value = nil
    #expect(!covers(1, noValue))
  }

  @Test(arguments: Outcome.allCases)
  func `only failures are covered`(outcome: Outcome) {
    let check = Check(id: "g/m", gate: "g", outcome: outcome, message: "")
    let waived = Self.waiver().applied(to: check, today: "2026-01-01")
    #expect(waived.outcome == (outcome == .failed ? .waived : outcome))
  }

  @Test(arguments: [("2026-01-31", true), ("2026-02-01", false), ("2025-12-31", true)])
  func `it holds through its last day`(today: String, holds: Bool) {
    let check = Check(id: "g/m", gate: "g", outcome: .failed, message: "")
    let waived = Self.waiver(until: "2026-01-31").applied(to: check, today: today)
    #expect((waived.outcome == .waived) == holds)
  }

  @Test(
    arguments: [
      ("g/*", ["g/m", "g/n"]), ("g/**", ["g/m", "g/n", "g/m/sex=*", "g/m/sex=f"]),
      ("g/m/sex=*", ["g/m/sex=*"]), ("g/m/*=f", ["g/m/sex=f"]), ("*", []), ("g", []), ("g/", []),
    ] as [(String, [String])])
  func `a star stays between slashes, and an id that is there is that check's alone`(
    pattern: String, covered: [String]
  ) {
    let ids = ["g/m", "g/n", "g/m/sex=*", "g/m/sex=f"]
    let waiver = Self.waiver(check: pattern)
    let known = Set(ids.map { ExactText($0) })
    let found = ids.filter { id in
      waiver.covers(Check(id: id, gate: "g", outcome: .failed, message: ""), among: known)
    }
    #expect(found == covered)
  }
}
