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

/// Data that cannot be judged as they are: each is said to be so, and nothing passes for want of a figure.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct DriftBadInputTests {
  private func checks(
    _ reference: String, _ current: String, _ yaml: String = ""
  ) async throws -> [Check] {
    try await DriftFixture(
      reference: "SELECT \(reference) FROM range(300) t(i)",
      current: "SELECT \(current) FROM range(200) t(i)"
    ).checks(yaml)
  }

  @Test func `a column that the reference lacks`() async throws {
    let checks = try await checks("i AS age", "i AS age, i AS income", "columns: [age, income]")
    let check = try #require(checks.last)
    #expect(check.id == "drift/columns/income")
    #expect(check.outcome == .error)
    #expect(check.message.contains("the reference has no column 'income'"), "\(check.message)")
  }

  @Test func `a column of two types`() async throws {
    let check = try #require(try await checks("i AS x", "i::VARCHAR AS x").first)
    #expect(check.outcome == .error)
    #expect(check.message.contains("'x' is BIGINT in the reference and VARCHAR in"))
  }

  @Test func `an all-null column`() async throws {
    let checks = try await checks("i AS x", "NULL::BIGINT AS x")
    #expect(checks.first?.id == "drift/ks/x")
    #expect(checks.last?.id == "drift/null_share/x")
    #expect(checks.dropLast().allSatisfy { $0.outcome == .error })
    #expect(checks.last?.outcome == .failed)
    #expect(checks[0].message.contains("the current rows have no value but nulls"))
    let both = try await self.checks("NULL::BIGINT AS x", "NULL::BIGINT AS x")
    #expect(both.dropLast().allSatisfy { $0.outcome == .error })
    #expect(both.last?.outcome == .passed)
  }

  @Test func `one distinct value`() async throws {
    let same = try await checks("7 AS x, 'a' AS y", "7 AS x, 'a' AS y")
    #expect(same.allSatisfy { $0.outcome == .passed }, "\(same.map(\.message))")
    let moved = try await checks("7 AS x, 'a' AS y", "8 AS x, 'b' AS y")
    #expect(
      Set(moved.filter { $0.outcome == .failed }.map(\.id)) == [
        "drift/total_variation/x", "drift/value_share/x", "drift/new_value/x",
        "drift/total_variation/y", "drift/value_share/y", "drift/new_value/y",
        "drift/unseen_share/x", "drift/unseen_share/y",
      ])
  }

  @Test func `infinite values`() async throws {
    let infinite = "CASE WHEN i % 50 = 0 THEN 'Infinity'::DOUBLE ELSE i % 17 END AS x"
    let checks = try await checks(
      infinite, infinite, "features: {ks: {max: 0.1}, psi: {max: 0.2}, wasserstein: {max: 1}}")
    #expect(checks.map(\.outcome) == [.passed, .passed, .error])
    #expect(
      checks[2].message.contains("10 values of both sides are infinite"), "\(checks[2].message)")
  }

  @Test func `not-a-number counts as no value`() async throws {
    let checks = try await checks(
      "i::DOUBLE AS x", "CASE WHEN i % 2 = 0 THEN 'NaN'::DOUBLE ELSE i END AS x")
    #expect(checks.first { $0.id == "drift/null_share/x" }?.outcome == .failed)
  }

  @Test func `200,000 categories are judged, and do not alarm`() async throws {
    let fixture = try DriftFixture(
      reference: "SELECT 'c' || (hash(i) % 200000) AS x FROM range(400000) t(i)",
      current: "SELECT 'c' || (hash(i + 1000000) % 200000) AS x FROM range(300000) t(i)")
    let checks = try await fixture.checks("")
    #expect(checks.allSatisfy { $0.outcome == .passed }, "\(checks.map(\.message))")
    #expect(checks[0].value ?? 0 > 0.02)
  }

  @Test func `embeddings of two lengths, empty, or holding what is no number`() async throws {
    let good = "[i % 7, i % 5, i % 3]::DOUBLE[] AS v"
    func message(_ current: String) async throws -> String {
      let check = try #require(try await checks(good, current).first)
      #expect(check.outcome == .error)
      return check.message
    }
    #expect(
      try await message("[i % 7, i % 5]::DOUBLE[] AS v").contains(
        "vectors have 3 numbers in the reference and 2 numbers in the current rows"))
    #expect(
      try await message("CASE WHEN i = 9 THEN [1.0::DOUBLE] ELSE [1.0::DOUBLE, 2, 3] END AS v")
        .contains(
          "have 3 numbers in row 1 and 1 in row 10"))
    #expect(
      try await message("[]::DOUBLE[] AS v").contains("the vector in row 1 of current is empty"))
    #expect(
      try await message("[1, NULL, 2]::DOUBLE[] AS v").contains("holds a null, NaN or infinity"))
  }

  @Test func `a type that nothing is measured on`() async throws {
    let types = "i AS x, DATE '2026-01-01' + i::INT AS day, {'a': i} AS record"
    let checks = try await checks(types, types, "columns: [x, record]")
    #expect(checks.last?.outcome == .error)
    #expect(checks.last?.message.contains("which no drift test is for") == true)
    let all = try await self.checks(types, types)
    #expect(
      all.filter { $0.outcome == .skipped }.map(\.id) == [
        "drift/columns/day", "drift/columns/record",
      ])
  }

  @Test func `a kind that a column cannot be`() async throws {
    let checks = try await checks("i % 3 AS zip", "i % 3 AS zip", "kinds: {zip: category}")
    #expect(
      checks.map(\.id) == [
        "drift/total_variation/zip", "drift/value_share/zip", "drift/new_value/zip",
        "drift/unseen_share/zip", "drift/null_share/zip",
      ])
    let wrong = try await self.checks("'a' AS x", "'a' AS x", "kinds: {x: number}")
    #expect(wrong.first?.message.contains("cannot be taken as numbers") == true)
    let strange = try await self.checks("'a' AS x", "'a' AS x", "kinds: {y: category}")
    #expect(strange.contains { $0.outcome == .error && $0.message.contains("'y'") })
  }
}
