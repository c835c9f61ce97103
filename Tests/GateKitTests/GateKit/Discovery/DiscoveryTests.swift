import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The search for slices where a candidate is worse: what it names, what it leaves, and what it refuses.
@Suite struct DiscoveryTests {
  static var metrics: KeyValuePairs<String, Any> {
    RunTests.pairs(["accuracy": RunTests.pairs(["max_drop": 0.02])])
  }
  static var lowest: KeyValuePairs<String, Any> {
    RunTests.pairs(["accuracy": RunTests.pairs(["min": 0.1])])
  }

  @Test func `a planted pair of conditions is named as a predicate with its figures`() async throws
  {
    let rows = PlantedRows(20_000, seed: 1, harm: 0.25)
    let check = try await PlantedRows.check(
      rows.bench(), ["metrics": Self.metrics, "discover": true])
    #expect(check.outcome == .failed)
    let first = try #require(check.discovered.first)
    let sql = try #require(check.predicates.first)
    #expect(sql.contains("\"region\" = 'r2'") && sql.contains("\"age\" >= "), "\(sql)")
    #expect(check.message.contains(sql))
    let candidate = try #require(first["candidate"]?.double)
    let champion = try #require(first["champion"]?.double)
    #expect(abs(candidate - 0.4) < 0.08 && abs(champion - 0.15) < 0.06)
    #expect(first["difference"]?.double == candidate - champion)
    #expect(check.value == candidate - champion)
    let p = try #require(first["p_value"]?.double)
    let adjusted = try #require(first["adjusted_p_value"]?.double)
    #expect(p <= adjusted && adjusted <= 0.05)
    #expect(first["n"]?.double ?? 0 > first["rows_tested"]?.double ?? .infinity)
    #expect(
      first["paste"]
        == .string(
          "- {name: discovered-1, where: \"\(sql.replacing("\"", with: "\\\""))\"}"))
  }

  @Test func `weak rows of the candidate alone are named in a performance gate`() async throws {
    let rows = PlantedRows(20_000, seed: 2, harm: 0.3)
    let check = try await PlantedRows.check(
      rows.bench(), comparing: false, ["metrics": Self.lowest, "discover": true])
    #expect(check.outcome == .failed)
    let first = try #require(check.discovered.first)
    #expect(check.predicates[0].contains("\"region\" = 'r2'"), "\(check.predicates)")
    #expect(first["champion"] == nil && first["other_rows"]?.double ?? 1 < 0.25)
    #expect(check.message.contains("worse than on the other rows"))
  }

  @Test func `models as good everywhere pass`() async throws {
    var named = 0
    for seed in 10..<16 {
      let rows = PlantedRows(3000, seed: UInt64(seed), harm: 0)
      for comparing in [true, false] {
        let check = try await PlantedRows.check(
          rows.bench(), comparing: comparing,
          ["metrics": comparing ? Self.metrics : Self.lowest, "discover": true])
        #expect([.passed, .failed].contains(check.outcome))
        named += check.outcome == .failed ? 1 : 0
      }
    }
    // Twelve searches at a level of 0.05: three or more would be named once in fifty runs.
    #expect(named <= 2)
  }

  @Test func `one model twice passes`() async throws {
    var rows = PlantedRows(2000, seed: 3, harm: 0.3)
    rows = PlantedRows(rows, candidate: rows.champion)
    let check = try await PlantedRows.check(rows.bench(), ["discover": true])
    #expect(check.outcome == .passed, "\(check.message)")
  }

  @Test func `equal weights and clusters of one row find what rows by themselves do`() async throws
  {
    let rows = PlantedRows(8000, seed: 4, harm: 0.3)
    let plain = try await PlantedRows.check(
      rows.bench(), ["metrics": Self.metrics, "discover": true])
    let weighted = try await PlantedRows.check(
      rows.bench(weights: [Double](repeating: 2, count: 8000)),
      ["metrics": Self.metrics, "discover": true])
    #expect(plain.predicates.first == weighted.predicates.first)
    let clustered = try await PlantedRows.check(
      rows.bench(clusters: (0..<8000).map { Int32($0) }),
      ["metrics": Self.metrics, "discover": true])
    #expect(plain.predicates.first == clustered.predicates.first)
    #expect(clustered.discovered.first?["test"] == "Student's t, Hall, one-sided")
  }

  @Test func `rows of a cluster count once`() async throws {
    // Every row eight times: as many rows, but no more knowledge.
    let few = PlantedRows(400, seed: 5, harm: 0.15)
    let many = PlantedRows(repeating: few, 8)
    let clusters = (0..<3200).map { Int32($0 % 400) }
    let check = try await PlantedRows.check(
      many.bench(clusters: clusters), ["metrics": Self.metrics, "discover": true])
    #expect(check.outcome == .passed, "\(check.message)")
  }

  @Test func `the same seed finds the same, another cuts other halves`() async throws {
    let rows = PlantedRows(4000, seed: 6, harm: 0.4)
    func check(_ seed: Int) async throws -> Check {
      try await PlantedRows.check(
        rows.bench(),
        ["metrics": Self.metrics, "discover": RunTests.pairs(["seed": seed])])
    }
    let (one, again, other) = (try await check(1), try await check(1), try await check(2))
    #expect(one.evidence == again.evidence && one.message == again.message)
    #expect(one.evidence["rows_searched"] != other.evidence["rows_searched"])
  }

  @Test(arguments: [1, 2, 3]) func `no slice has more conditions than the depth`(_ depth: Int)
    async throws
  {
    let rows = PlantedRows(6000, seed: 7, harm: 0.5)
    let check = try await PlantedRows.check(
      rows.bench(), ["metrics": Self.metrics, "discover": RunTests.pairs(["depth": depth])])
    #expect(!check.predicates.isEmpty)
    for sql in check.predicates {
      let columns = Set(
        sql.components(between: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element))
      #expect(columns.count <= depth, "\(sql)")
    }
  }
}

extension PlantedRows {
  /// The same rows with other decisions of the candidate.
  init(_ rows: PlantedRows, candidate: [Bool]) {
    (table, positives, champion) = (rows.table, rows.positives, rows.champion)
    (self.candidate, planted) = (candidate, rows.planted)
  }

  /// The rows one after another so many times.
  init(repeating rows: PlantedRows, _ times: Int) {
    func repeated(_ values: [Bool]) -> [Bool] { (0..<times).flatMap { _ in values } }
    table = MemoryTable(
      rows.table.held.map { column in
        let validity = column.validity.map(repeated)
        switch column.values {
        case .strings(let codes, let dictionary):
          return Column(
            name: column.name,
            values: .strings(codes: (0..<times).flatMap { _ in codes }, dictionary: dictionary),
            validity: validity)
        default:
          return Column(
            name: column.name,
            values: .doubles((0..<times).flatMap { _ in column.doubles ?? [] }), validity: validity)
        }
      })
    (positives, champion) = (repeated(rows.positives), repeated(rows.champion))
    (candidate, planted) = (repeated(rows.candidate), repeated(rows.planted))
  }
}

extension String {
  /// The parts between one text and the next.
  func components(between separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
