import Foundation
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

/// The suites that Great Expectations ran, against what it found.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct GreatExpectationsImportTests {
  @Test(arguments: ["good", "bad"])
  func `every expectation of 1.24 agrees`(table: String) async throws {
    let agreement = try await Agreement("suite.json", "results-\(table).json", on: table)
    #expect(agreement.differences == [])
    #expect(agreement.compared == 132)
    #expect(agreement.counts >= 60)
    // dateutil guesses what a date is.
    #expect(agreement.leftOver == ["expect_column_values_to_be_dateutil_parseable"])
  }

  @Test(
    arguments: [
      "expect_column_pair_values_A_to_be_greater_than_B",
      "expect_column_pair_values_a_to_be_greater_than_b",
      "ExpectColumnPairValuesAToBeGreaterThanB",
    ])
  func `a name is the same whatever its case`(type: String) throws {
    let suite = """
      {"expectations": [{"expectation_type": "\(type)",
      "kwargs": {"column_A": "a", "column_B": "b"}}]}
      """
    let schema = try Importers.read(readSuite(Array(suite.utf8), name: "suite.json"))
    #expect(schema.leftOver.isEmpty, "\(schema.leftOver.map(\.message))")
  }

  @Test(arguments: ["good", "bad"])
  func `every expectation of 0.18 agrees`(table: String) async throws {
    let agreement = try await Agreement("suite-0.18.json", "results-0.18-\(table).json", on: table)
    // Its strict row counts are not looked at, strict lengths, moments in order and conditions of another parser are
    // exceptions under pandas 2, and a type of texts is counted value by value.
    let odd = table == "good" ? [49, 79, 132] : [7, 69, 74, 79, 132]
    #expect(agreement.different == odd, "\(agreement.differences)")
    #expect(agreement.compared >= 130)
  }

  @Test(arguments: ["good", "bad"])
  func `every expectation of SQL agrees`(table: String) async throws {
    let agreement = try await Agreement(
      "suite-sql.json", "results-sql-\(table).json", on: table, tables: ["branches", "thousand"])
    // SQLite's LIKE does not tell capitals from small letters.
    #expect(
      agreement.different == (table == "good" ? [] : [0, 1, 3, 4]), "\(agreement.differences)")
    #expect(agreement.compared == 14)
    #expect(agreement.leftOver == [])
  }
}

/// What a suite says here against what it said there.
private struct Agreement {
  /// 'index type: what differs'.
  var differences: [String] = []
  /// Their indices.
  var different: [Int] = []
  /// Expectations compared, and those of them that tell a count.
  var compared = 0
  var counts = 0
  var leftOver: [String] = []

  init(_ suite: String, _ results: String, on table: String, tables: [String] = []) async throws {
    let golden = try GoldenSuite(suite, tables: tables)
    let found = try #require(GoldenSuite.results(results) as? [[String: Any]])
    let checks = try await golden.checks(on: table, types: GoldenSuite.pandas(table))
    let byId = Dictionary(uniqueKeysWithValues: checks.map { ($0.id, $0) })
    let ids = golden.ids(by: "place")
    leftOver = golden.imported.leftOver.compactMap { gap in
      gap.message.split(separator: "'").first.map(String.init)
    }
    for (index, result) in found.enumerated() {
      let type = result["type"] as? String ?? ""
      var mine = (ids["expectations[\(index)]"] ?? []).compactMap { byId[$0] }
      if type == "expect_column_to_exist" {
        let column = (result["kwargs"] as? [String: Any])?["column"] as? String ?? ""
        mine += [byId["schema/\(column.idPart)/present"]].compactMap(\.self)
      }
      guard !mine.isEmpty else { continue }
      compared += 1
      let success = result["success"] as? Bool
      if mine.allSatisfy({ $0.outcome == .passed }) != success {
        different.append(index)
        differences.append(
          "\(index) \(type): \(success == true) there; \(mine.map { "\($0.outcome) \($0.message)" })"
        )
      }
      guard let count = result["unexpected_count"] as? Int else { continue }
      counts += 1
      let missing = type.contains("distinct") ? result["missing_count"] as? Int ?? 0 : 0
      if mine[0].value ?? 0 != Double(count + missing) {
        if different.last != index { different.append(index) }
        differences.append(
          "\(index) \(type): \(count + missing) there; \(mine[0].value ?? -1) \(mine[0].message)")
      }
    }
  }
}
