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

/// What the drift gate finds where a manifest asks for nothing, and how it tells one kind of damage from another.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct DriftStandardTests {
  /// A share of its own for every row and number.
  private static func share(_ number: Int) -> String {
    "((hash(i + \(number)000000007) + 1e0) / 18446744073709551617e0)"
  }

  /// A normal number of mean 100 and deviation 15, to a tenth.
  private static func normal(_ number: Int) -> String {
    "round(100 + 15 * sqrt(-2 * ln(\(share(number)))) * cos(2 * pi() * \(share(number + 1))), 1)"
  }

  /// The checks of a column of 1,500 rows a side that is damaged, beside one that is not.
  private func checks(
    _ reference: String, _ current: String, _ yaml: String = ""
  ) async throws -> [Check] {
    func rows(_ column: String, _ number: Int) -> String {
      "SELECT \(column) AS x, \(Self.normal(number)) AS y FROM range(1500) t(i)"
    }
    return try await DriftFixture(reference: rows(reference, 50), current: rows(current, 60))
      .checks(yaml)
  }

  @Test(arguments: [
    ("CASE WHEN i % 50 = 0 THEN 1000 ELSE 1 END * \(normal(3))", "far_out", "another unit"),
    (
      "CASE WHEN i % 50 = 0 THEN 1000 ELSE 1 END * \(normal(3))", "tail_share",
      "of the rows are at least"
    ),
    ("100 + sqrt(1.5) * (\(normal(3)) - 100)", "scale_shift", "nine rows of ten lie from"),
    ("\(normal(3)) + 3", "mann_whitney", "the rows lie higher than the reference's in 5"),
    (
      "CASE WHEN i % 50 = 0 THEN -999 ELSE \(normal(3)) END", "value_share",
      "'-999' went from 0.0% to 2.0%"
    ),
    ("CASE WHEN i % 50 = 0 THEN 100.05 ELSE \(normal(3)) END", "value_share", "'100.05' went from"),
    ("least(\(normal(3)), 119)", "clipping", "the rows end at 119, which"),
    (
      "CASE WHEN i % 20 = 0 THEN NULL ELSE \(normal(3)) END", "null_share",
      "nulls went from 0.0% to 5.0% of the rows"
    ),
  ]) func `damage of numbers is found, and told apart`(
    current: String, test: String, message: String
  ) async throws {
    let checks = try await checks(Self.normal(1), current)
    let check = try #require(checks.first { $0.id == "drift/\(test)/x" })
    #expect(check.outcome == .failed, "\(check.message)")
    #expect(check.message.contains(message), "\(check.message)")
    #expect(check.evidence["rows"] != nil)
    #expect(checks.filter { $0.id.hasSuffix("/y") }.allSatisfy { $0.outcome == .passed })
  }

  @Test func `rows that did not move pass, and say what both sides look like once`() async throws {
    let checks = try await checks(Self.normal(1), Self.normal(3))
    #expect(checks.allSatisfy { $0.outcome == .passed }, "\(checks.map(\.message))")
    #expect(
      checks.filter { $0.evidence["quantiles"] != nil }.map(\.id) == [
        "drift/ks/x", "drift/null_share/x", "drift/ks/y", "drift/null_share/y",
      ])
  }

  @Test func `a new category of three rows in a hundred is found`() async throws {
    let usual = "'w' || floor(6 * \(Self.share(1)))"
    let checks = try await checks(
      usual, "CASE WHEN i % 33 = 0 THEN 'elsewhere' ELSE 'w' || floor(6 * \(Self.share(4))) END")
    let check = try #require(checks.first { $0.id == "drift/new_value/x" })
    #expect(check.outcome == .failed)
    #expect(
      check.message.contains("'elsewhere', which the reference lacks, has 3.1% of the rows"),
      "\(check.message)")
  }

  @Test func `unseen values are named, with how many rows they have`() async throws {
    let usual = "'w' || floor(6 * \(Self.share(1)))"
    let checks = try await checks(
      usual,
      "CASE WHEN i % 33 = 0 THEN 'else' || i % 2 ELSE 'w' || floor(6 * \(Self.share(4))) END")
    let check = try #require(checks.first { $0.id == "drift/unseen_share/x" })
    #expect(check.outcome == .failed)
    #expect(
      check.message.contains("the reference lacks 'else0' (23 rows), 'else1' (23 rows)"),
      "\(check.message)")
  }

  @Test func `a spread of the same ends is told by another figure`() async throws {
    // One row in six lies at either end on both sides; only the middle ones have moved outward.
    func rows(_ inner: Int) -> String {
      "CASE WHEN i % 6 = 0 THEN 22 WHEN i % 6 = 1 THEN 42 ELSE 32 + \(inner) * (i % 4 - 1.5) END"
    }
    let checks = try await checks(rows(1), rows(5))
    let check = try #require(checks.first { $0.id == "drift/scale_shift/x" })
    #expect(check.outcome == .failed)
    #expect(check.message.contains("half of the rows lie from"), "\(check.message)")
  }

  @Test(arguments: [0.30, 0.36, 0.39, 0.42])
  func `the verdict does not depend on how two values are coded`(share: Double) async throws {
    let before = "(\(Self.share(1)) < 0.3)"
    let after = "(\(Self.share(4)) < \(share))"
    var found: [[String: Check]] = []
    for coding in ["%::INT", "%", "CASE WHEN % THEN 'a' ELSE 'b' END", "%::INT * 7.5 - 3"] {
      func coded(_ flag: String) -> String { coding.replacing("%", with: flag) }
      let checks = try await checks(coded(before), coded(after))
      found.append(
        Dictionary(
          uniqueKeysWithValues: checks.filter { $0.id.hasSuffix("/x") }.map { ($0.id, $0) }))
    }
    for other in found {
      #expect(other.keys.sorted() == found[0].keys.sorted())
      for (id, check) in other {
        let first = try #require(found[0][id])
        #expect(check.outcome == first.outcome, "\(id)")
        for (one, two) in [
          (check.value, first.value), (check.number("p_value"), first.number("p_value")),
        ] { #expect(abs((one ?? 0) - (two ?? 0)) <= 1e-12 + 1e-9 * abs(two ?? 0), "\(id)") }
      }
    }
    #expect(found[0].keys.contains("drift/total_variation/x"))
  }

  @Test func `a number of few values is tested as a category, and by its order besides`()
    async throws
  {
    let checks = try await checks(
      "floor(5 * \(Self.share(1)))", "floor(5 * pow(\(Self.share(4)), 1.25))")
    #expect(
      checks.filter { $0.id.hasSuffix("/x") }.map(\.id) == [
        "drift/total_variation/x", "drift/mann_whitney/x", "drift/scale_shift/x",
        "drift/value_share/x", "drift/new_value/x", "drift/unseen_share/x",
        "drift/null_share/x",
      ])
    #expect(checks.first { $0.id == "drift/total_variation/x" }?.outcome == .failed)
    #expect(checks.first { $0.id == "drift/mann_whitney/x" }?.outcome == .failed)
  }

  @Test func `a standard test can have another limit, or be switched off`() async throws {
    let yaml = "standard: {far_out: false, tail_share: {max: 0.05}, scale_shift: {blocking: false}}"
    let damaged = "CASE WHEN i % 50 = 0 THEN 1000 ELSE 1 END * \(Self.normal(3))"
    let checks = try await checks(Self.normal(1), damaged, yaml)
    #expect(!checks.contains { $0.id == "drift/far_out/x" })
    let tails = try #require(checks.first { $0.id == "drift/tail_share/x" })
    #expect(tails.outcome == .passed)
    #expect(tails.limit == ["max": 0.05, "or.tail_share.min_p_value": 0.01])
    #expect(checks.first { $0.id == "drift/scale_shift/x" }?.blocking == false)
  }

  @Test(arguments: [
    ("standard: {far_out: false}\nfeatures: {ks: {max: 0.1}}", "the gate has 'features'"),
    ("standard: {psi: false}", "unknown key 'psi'"),
    ("standard: {far_out: {min_p_value: 0.1}}", "unknown key 'min_p_value'"),
    ("standard: {tail_share: {max: 2}}", "wanted a number from 0"),
  ]) func `mistakes are found`(yaml: String, message: String) async throws {
    do {
      _ = try await checks("1", "1", yaml)
      Issue.record("nothing was refused")
    } catch let error as Diagnostics {
      #expect(error.all.contains { $0.message.contains(message) }, "\(error.all.map(\.message))")
    }
  }
}

extension Check {
  /// A number of the evidence.
  fileprivate func number(_ key: String) -> Double? {
    guard case .number(let number)? = evidence[key] else { return nil }
    return number
  }
}
