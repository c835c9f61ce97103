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

/// The suites that Pandera and Soda ran, against what they found, and that of SageMaker against its page.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct OtherToolsTests {
  @Test(arguments: ["good", "bad"])
  func `the same checks of Pandera fail, with the same counts`(table: String) async throws {
    let golden = try GoldenSuite("pandera.yaml")
    let report = try #require(GoldenSuite.results("pandera-\(table).json") as? [String: Any])
    var types = GoldenSuite.pandas(table)
    if table == "good" { types["legacy_code"] = "DOUBLE" }
    let checks = try await golden.checks(on: table, types: types)
    let failed = checks.filter { $0.blocking && $0.outcome != .passed && $0.outcome != .skipped }
    let missing = Set(failed.filter { $0.metric == "present" }.map(\.column))
    let sources = golden.ids(by: "source")
    let places = golden.ids(by: "place")
    var mine: [String: Double?] = [:]
    for check in failed where !missing.contains(check.column) || check.metric == "present" {
      let source = sources.first { $0.value.contains(check.id) }?.key ?? check.metric ?? ""
      let place = places.first { $0.value.contains(check.id) }?.key ?? check.column
      mine["\(place) \(source) \(check.id.hasSuffix("-2") ? 2 : 1)"] = check.value
    }
    var theirs: [String: Int] = [:]
    for failure in try #require(report["failures"] as? [[String: Any]]) {
      let check = failure["check"] as? String ?? ""
      let column = failure["column"] as? String ?? ""
      // Columns that a pattern names were left over.
      if column.hasPrefix("pct_") { continue }
      theirs[name(check, column, failure["cases"] as? [String])] = failure["failures"] as? Int
    }
    #expect(Set(mine.keys) == Set(theirs.keys))
    var counted = 0
    for (key, count) in theirs {
      // A type and a set are one failure here; a comparison of texts with a number is none of rows.
      if ["dtype", "unique_values_eq", "present", "strict", "ordered"].contains(where: key.contains)
        || key == "service greater_than_or_equal_to 1"
      {
        continue
      }
      #expect(mine[key] == Double(count), "\(key)")
      counted += 1
    }
    #expect(table == "good" || counted >= 30)
    #expect(golden.imported.leftOver.map(\.message).count == 1)
  }

  /// What a failure of Pandera is called here.
  private func name(_ check: String, _ column: String, _ cases: [String]?) -> String {
    let word = String(check.prefix { $0 != "(" })
    switch word {
    case "field_uniqueness": return "\(column) unique 1"
    case "not_nullable": return "\(column) nullable 1"
    case "multiple_fields_uniqueness": return "unique unique 1"
    case "column_in_dataframe": return "\(cases?.first ?? "") present 1"
    case "column_in_schema": return " strict 1"
    case "column_ordered": return " ordered 1"
    default:
      // The second of two checks of one kind of a column.
      let isSecond =
        check == "str_length(None, 80)" || check == "less_than(88.88)"
        || check == "less_than_or_equal_to(850)" || check == "less_than(200000)"
        || check == "str_contains('2025')" || check == "not_equal_to(0)"
      return "\(column) \(word) \(isSecond ? 2 : 1)"
    }
  }

  @Test(arguments: ["good", "bad"])
  func `the checks of Soda come out the same`(table: String) async throws {
    let golden = try GoldenSuite("soda.yml", tables: ["branches", "thousand"])
    let checks = try await golden.checks(
      on: table, types: [:], derive: [("applied_on_text", "CAST(applied_on AS VARCHAR)")],
      now: "2026-03-01T00:00:00Z")
    let byId = Dictionary(uniqueKeysWithValues: checks.map { ($0.id, $0) })
    let lines = golden.ids(by: "source")
    let names = golden.ids(by: "name")
    let results = try #require(GoldenSuite.results("soda-\(table).json") as? [[String: Any]])
    var (compared, counted) = (0, 0)
    for result in results {
      guard let line = result["check"] as? String, let outcome = result["outcome"] as? String else {
        continue
      }
      let plain = line.split(separator: " fail when").first.map(String.init) ?? line
      var ids = names[line] ?? lines[plain] ?? []
      if names[line] == nil { ids.removeAll { id in names.values.contains { $0.contains(id) } } }
      let mine = ids.compactMap { byId[$0] }
      #expect(!mine.isEmpty, "\(line)")
      let broken = mine.filter { $0.outcome != .passed }
      let found = broken.contains { $0.blocking } ? "fail" : broken.isEmpty ? "pass" : "warn"
      #expect(found == outcome, "\(line): \(mine.map(\.message))")
      compared += 1
      guard let value = result["value"] as? Double, let check = mine.first,
        !["unique", "freshness"].contains(check.metric ?? "")
      else { continue }
      let here = try #require(check.value, "\(line)")
      #expect(abs(here - value) <= 1e-9 * max(1, abs(value)), "\(line): \(check.message)")
      counted += 1
    }
    #expect(compared >= 55)
    #expect(counted >= 45)
    #expect(golden.imported.leftOver.count == 3)
  }

  @Test func `the constraints of SageMaker are violated as its page says`() async throws {
    let golden = try GoldenSuite("constraints.json")
    let good = try await golden.checks(on: "good", types: [:])
    #expect(good.filter { $0.outcome != .passed }.map(\.message) == [])
    let bad = try await golden.checks(on: "bad", types: [:])
    let missing = bad.filter { $0.metric == "present" && $0.outcome == .failed }.map(\.column)
    #expect(missing == ["currency"])
    let failed = bad.filter { $0.outcome != .passed && $0.column != "currency" }
    // Counted from the file by the documented rules.
    #expect(
      Set(failed.filter { $0.metric == "non_null_share" }.map(\.column))
        == [
          "email", "branch", "purpose", "income", "pct_other", "second_contact", "extra",
          "defaulted",
        ])
    #expect(failed.filter { $0.metric == "in_set" }.map(\.column) == ["region"])
    #expect(failed.filter { $0.metric == "strict" }.count == 1)
    let negative = failed.filter { $0.metric == "between" }
    // `service` has a text, so that its numbers cannot be compared at all.
    #expect(Set(negative.map(\.column)) == ["amount", "rate", "years_employed", "service"])
    #expect(negative.allSatisfy { !$0.blocking && $0.value == ($0.column == "service" ? nil : 3) })
    #expect(failed.count == 14)
  }
}
