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

/// What the drift gate says of two tables.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct DriftGateTests {
  /// Applications: income moved by half of its spread, region by a tenth of the rows; age did not move.
  static let reference = """
    SELECT 20 + (i * 7919) % 50 AS age, (i * 104729 % 10007) / 10.0 AS income,
    CASE WHEN i % 10 < 6 THEN 'north' ELSE 'south' END AS region, i % 2 = 0 AS married,
    CASE WHEN i % 4 = 0 THEN NULL ELSE i % 9 END AS months, i % 2 AS defaulted FROM range(3000) t(i)
    """
  static let current = """
    SELECT 20 + (i * 6007) % 50 AS age, 150 + (i * 15485863 % 10007) / 10.0 AS income,
    CASE WHEN i % 10 < 5 THEN 'north' ELSE 'south' END AS region, i % 2 = 0 AS married,
    CASE WHEN i % 2 = 0 THEN NULL ELSE i % 9 END AS months, i % 2 AS defaulted FROM range(2000) t(i)
    """

  static func moved() throws -> DriftFixture {
    try DriftFixture(reference: reference, current: current)
  }

  static func outcomes(_ checks: [Check]) -> [String: Outcome] {
    Dictionary(checks.map { ($0.id, $0.outcome) }) { first, _ in first }
  }

  @Test func `the standard rules find what moved, and nothing else`() async throws {
    let roles = ColumnRoles(label: "defaulted", labels: ["defaulted"])
    let checks = try await Self.moved().checks("", roles: roles)
    #expect(
      checks.filter { $0.outcome == .failed }.map(\.id).sorted() == [
        "drift/ks/income", "drift/mann_whitney/income", "drift/null_share/months",
        "drift/tail_share/income", "drift/total_variation/region", "drift/value_share/region",
      ])
    #expect(checks.filter { ![.failed, .passed].contains($0.outcome) }.map(\.id) == [])
    #expect(!checks.contains { $0.id.hasSuffix("/defaulted") })
    let income = try #require(checks.first { $0.id == "drift/ks/income" })
    #expect(income.message.contains("the share of rows of at most"), "\(income.message)")
    #expect(income.evidence["bins"] != nil && income.evidence["p_value"] != nil)
    let region = try #require(checks.first { $0.id == "drift/total_variation/region" })
    #expect(region.message.contains("went from 60.0% to 50.0%"), "\(region.message)")
  }

  @Test func `the rows of a share of nulls are all rows, not those with a value`() async throws {
    let moved = try Self.moved()
    let nulls = try await moved.check("features: {null_share: {max: 1}}\ncolumns: [months]")
    let values = try await moved.check("features: {ks: {max: 1}}\ncolumns: [months]")
    #expect(nulls.n == 2000 && values.n == 1000)
  }

  @Test func `an effect without significance passes, and says so`() async throws {
    let few = try DriftFixture(
      reference:
        "SELECT random_value AS x FROM (SELECT (i * 7919 % 101) AS random_value FROM range(120) t(i))",
      current: "SELECT 3 + (i * 7919 % 101) AS x FROM range(110) t(i)")
    let check = try await few.check("features: {ks: {max: 0.001}, and: {ks: {min_p_value: 0.01}}}")
    #expect(check.outcome == .passed)
    #expect(check.message.contains("is above the max of 0.001, but the p-value of ks is"))
    #expect(check.limit == ["max": 0.001, "or.ks.min_p_value": 0.01])
    #expect(check.limitWords == "<= 0.001 or p value >= 0.01")
    #expect(check.alternatives.map(\.name) == ["p"])
    #expect(check.alternatives.allSatisfy { $0.value >= 0.01 })
    let alone = try await few.check("features: {ks: {max: 0.001}}")
    #expect(alone.outcome == .failed)
  }

  @Test func `p-values are corrected over all columns and tests`() async throws {
    let yaml =
      "features: {ks: {min_p_value: 0.01}, chi_square: {min_p_value: 0.01}}\ncolumns: [age, income, region]"
    let checks = try await Self.moved().checks(yaml)
    let age = try #require(checks.first { $0.id == "drift/ks/age" })
    guard case .number(let raw)? = age.evidence["p_value"],
      case .number(let adjusted)? = age.evidence["adjusted_p_value"]
    else {
      Issue.record("no p-values: \(age.evidence)")
      return
    }
    #expect(adjusted >= raw)
    #expect(age.value == adjusted)
    #expect(age.evidence["tests"] == .integer(5))
    let none = try await Self.moved().checks(yaml + "\nerror_control: none")
    #expect(none.first { $0.id == "drift/ks/age" }?.value == raw)
  }

  @Test func `a test that does not fit is skipped, and a named column that none fits is an error`()
    async throws
  {
    let checks = try await Self.moved().checks(
      "features: {ks: {max: 0.5}}\ncolumns: [income, region]")
    #expect(
      Self.outcomes(checks) == [
        "drift/ks/income": .passed, "drift/columns/region": .error,
      ])
    #expect(
      checks.last?.message.contains("no test here is for 'region', which holds categories") == true)
    let all = try await Self.moved().checks("features: {ks: {max: 0.5}}")
    #expect(Self.outcomes(all)["drift/ks/region"] == .skipped)
  }

  @Test func `too few rows are inconclusive`() async throws {
    let few = try DriftFixture(
      reference: "SELECT i AS x FROM range(500) t(i)", current: "SELECT i AS x FROM range(40) t(i)")
    let check = try await few.check("features: {psi: {max: 0.2}}")
    #expect(check.outcome == .inconclusive)
    #expect(check.message.contains("the current rows have 40 values, 60 short of min_rows: 100"))
    #expect(try await few.check("features: {psi: {max: 100}}\nmin_rows: 40").outcome == .passed)
  }

  @Test
  func
    `the share of drifted features counts those that fail, and doubts those that cannot be judged`()
    async throws
  {
    let yaml =
      "features: {ks: {max: 0.02}, total_variation: {max: 0.02}}\ncolumns: [age, income, region, married]\n"
    let checks = try await Self.moved().checks(yaml + "share_drifted: {max: 0.5}")
    let share = try #require(checks.last)
    #expect(share.id == "drift/share_drifted")
    #expect(share.value == 0.5)
    #expect(share.outcome == .passed)
    #expect(share.message.contains("2 of 4 features drifted"))
    let absent = try await Self.moved().checks(
      "features: none\ncolumns: [age, income, region, absent]\nshare_drifted: {max: 0.5}")
    #expect(absent.map(\.id) == ["drift/share_drifted"])
    #expect(absent[0].outcome == .inconclusive, "\(absent[0].message)")
  }

  @Test func `features are ranked by drift times importance`() async throws {
    let features = ModelFeatures(features: [
      .init(name: "age", sql: "\"age\"", importance: 0.9),
      .init(name: "income", sql: "\"income\"", importance: 0.05),
      .init(name: "debt", sql: "income / nullif(age, 0)", importance: 0.05),
    ])
    let checks = try await Self.moved().checks(
      "features: none\nshare_drifted: {max: 1}", features: features)
    guard case .array(let rows)? = checks[0].evidence["features"] else {
      Issue.record("no ranking")
      return
    }
    #expect(rows.count == 3)
    guard case .object(let last)? = rows.last else { return }
    #expect(last.first { $0.key == "feature" }?.value == .string("age"))
  }

  @Test func `labels and predictions drift too`() async throws {
    let roles = ColumnRoles(label: "defaulted", labels: ["defaulted"])
    let fixture = try DriftFixture(
      reference: "SELECT i % 2 AS defaulted FROM range(1000) t(i)",
      current: "SELECT (i % 5 = 0)::INT AS defaulted FROM range(1000) t(i)")
    let checks = try await fixture.checks(
      "features: none\nlabel: {total_variation: {max: 0.1}}\nprediction: {ks: {max: 0.1}}",
      predictions: [
        "reference": .success([
          PredictedColumn(name: nil, values: .numbers((0..<1000).map { Double($0) / 1000 }))
        ]),
        "current": .success([
          PredictedColumn(name: nil, values: .numbers((0..<1000).map { Double($0) / 900 }))
        ]),
      ], roles: roles)
    #expect(
      Self.outcomes(checks) == [
        "drift/label/total_variation": .failed, "drift/prediction/ks": .passed,
      ])
    #expect(checks.contains { $0.model == .candidate })
  }

  @Test(arguments: [
    ("features: {psi: {}}", "'psi' has no limit"),
    ("features: {psi: {max: -1}}", "wanted a number of at least 0"),
    ("features: {ks: {max: 2}}", "wanted a number from 0"),
    ("features: {and: {ks: {max: 0.1}}}", "there is no drift test here"),
    ("features: {ks: {max: 0.1, max_deviations: 3}}", "the gate has no 'windows'"),
    ("features: {kss: {max: 0.1}}", "unknown key 'kss'"),
    (
      "features: {psi: {min_p_value: 0.0001}}", "999 permutations cannot show a p-value below 0.001"
    ),
    ("features: [{ks: {max: 0.1}}, {ks: {max: 0.2}}]", "'ks' is asked of the same columns twice"),
    ("features: none\nprediction: {ks: {max: 0.1}}\ncolumns: [a]", "the gate tests none"),
    ("features: none", "it would judge nothing"),
    ("features: no\nlabel: {ks: {max: 0.1}}", "one of: none"),
    ("features: {ks: {max: 0.1, id: a/b}}", "a name without '/'"),
    ("windows: {every: day}", "'column' is missing"),
  ]) func `mistakes are found before any row is read`(yaml: String, message: String) async throws {
    let fixture = try DriftFixture(reference: "SELECT 1 AS a", current: "SELECT 1 AS a")
    do {
      _ = try await fixture.checks(yaml)
      Issue.record("nothing was refused")
    } catch let error as Diagnostics {
      #expect(error.all.contains { $0.message.contains(message) }, "\(error.all.map(\.message))")
      #expect(error.all.allSatisfy { $0.location != nil })
    }
  }
}
