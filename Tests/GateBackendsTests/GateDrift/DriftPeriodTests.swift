import Testing

@testable import GateBackends
@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateGit
@testable import GateKit
@testable import GateMetrics
@testable import GateModels
@testable import GateSchema
@testable import GateSystem
@testable import GateTables
@testable import GateYAML

/// The current rows cut into periods.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct DriftPeriodTests {
  /// 200 rows a day for so many days from a day on, in no order of time.
  private static func rows(
    _ value: String, days: Int, from day: String, among wanted: String = "true"
  ) -> String {
    """
    SELECT * FROM (SELECT TIMESTAMP '\(day) 00:00:00' + INTERVAL 1 hour * (i % 24)
    + INTERVAL 1 day * (i // 200) AS moment, i // 200 AS d, \(value) AS x
    FROM range(\(days * 200)) t(i)) WHERE \(wanted) ORDER BY hash(moment), x
    """
  }

  private static let windows = "windows: {column: moment, every: day}\n"

  @Test func `each period is judged, and the report has the trend`() async throws {
    let fixture = try DriftFixture(
      reference: Self.rows("(i * 7919) % 100", days: 5, from: "2026-01-01"),
      current: Self.rows(
        "(i * 7919) % 100 + CASE WHEN i // 200 = 2 THEN 40 ELSE 0 END", days: 4, from: "2026-02-01")
    )
    let check = try await fixture.check(Self.windows + "features: {ks: {max: 0.2}}\ncolumns: [x]")
    #expect(check.outcome == .failed)
    #expect(check.message.contains("in 2026-02-03: ks"), "\(check.message)")
    guard case .array(let trend)? = check.evidence["trend"] else {
      Issue.record("no trend")
      return
    }
    #expect(trend.count == 4)
    #expect(check.n == 800)
  }

  @Test func `a period without rows cannot be judged, unless small ones may be left out`()
    async throws
  {
    let fixture = try DriftFixture(
      reference: Self.rows("(i * 7919) % 100", days: 5, from: "2026-01-01"),
      current: Self.rows("(i * 7919) % 100", days: 4, from: "2026-02-01", among: "d <> 1"))
    let rule = "features: {ks: {max: 0.2}}\ncolumns: [x]"
    let check = try await fixture.check(Self.windows + rule)
    #expect(check.outcome == .inconclusive)
    #expect(
      check.message.contains("in 2026-02-02: the current rows have 0 values"), "\(check.message)")
    let allowed = try await fixture.check(
      "windows: {column: moment, every: day, min_rows: 10}\n" + rule)
    #expect(allowed.outcome == .passed)
    #expect(allowed.message.contains("1 period left out"))
  }

  @Test func `limits are learned from the reference's own periods`() async throws {
    let fixture = try DriftFixture(
      reference: Self.rows(
        "(i * 7919 + (i // 200) * 31) % (90 + i // 200)", days: 10, from: "2026-01-01"),
      current: Self.rows("(i * 7919) % 90 + 30", days: 2, from: "2026-02-01"))
    let check = try await fixture.check(
      Self.windows + "features: {jensen_shannon: {max_deviations: 3}}\ncolumns: [x]")
    #expect(check.outcome == .failed)
    #expect(
      check.message.contains("the mean and 3 standard deviations of the reference's 10 periods"),
      "\(check.message)")
    #expect(check.evidence["learned"] != nil)
  }

  @Test func `a reference of one period teaches nothing`() async throws {
    let fixture = try DriftFixture(
      reference: Self.rows("i % 100", days: 1, from: "2026-01-01"),
      current: Self.rows("i % 100", days: 2, from: "2026-02-01"))
    let check = try await fixture.check(
      Self.windows + "features: {ks: {max_deviations: 3}}\ncolumns: [x]")
    #expect(check.outcome == .error)
    #expect(check.message.contains("the reference has 1 period"), "\(check.message)")
  }

  @Test func `a row without a moment, and a column that is none`() async throws {
    let good = Self.rows("i % 100", days: 2, from: "2026-01-01")
    let fixture = try DriftFixture(
      reference: good,
      current:
        "SELECT CASE WHEN i = 3 THEN NULL ELSE TIMESTAMP '2026-02-01' END AS moment, i % 100 AS x FROM range(200) t(i)"
    )
    await #expect(throws: Diagnostic.self) {
      _ = try await fixture.checks(Self.windows + "columns: [x]")
    }
    let other = try DriftFixture(reference: good, current: good)
    do {
      _ = try await other.checks("windows: {column: x}\ncolumns: [x]")
      Issue.record("a number was taken for a moment")
    } catch let mistake as Diagnostic {
      #expect(mistake.message.contains("'x' of current is BIGINT, wanted a timestamp or a date"))
      #expect(mistake.location != nil)
    }
  }
}
