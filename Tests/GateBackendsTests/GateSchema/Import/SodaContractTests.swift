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

/// The contract that Soda 4 verified, against what it found.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct SodaContractTests {
  /// Checks whose limit is no one interval: here a 0 or 1 is judged, which is no figure of Soda's.
  private let apart = [
    "addresses repeat", "the mean of whole thousands", "what is extra", "not one city",
  ]

  @Test(arguments: ["good", "bad"])
  func `the checks of a contract come out the same`(table: String) async throws {
    let golden = try GoldenSuite("contract.yml", tables: ["branches"])
    #expect(golden.imported.leftOver.map(\.message) == [])
    let checks = try await golden.checks(on: table, types: [:], now: "2026-03-01T00:00:00Z")
    let byId = Dictionary(uniqueKeysWithValues: checks.map { ($0.id, $0) })
    let names = golden.ids(by: "name")
    let results = try #require(GoldenSuite.results("contract-\(table).json") as? [[String: Any]])
    var (compared, counted) = (0, 0)
    for result in results {
      guard let name = result["check"] as? String else {
        #expect(result["errors"] as? [String] == [])
        continue
      }
      let ofColumns = ["present", "strict", "ordered", "of_type"]
      let mine =
        name == "the columns"
        ? checks.filter { ofColumns.contains($0.metric ?? "") }
        : (names[name] ?? []).compactMap { byId[$0] }
      #expect(!mine.isEmpty, "\(name)")
      let broken = mine.filter { $0.outcome != .passed }
      let found = broken.contains { $0.blocking } ? "FAILED" : broken.isEmpty ? "PASSED" : "WARN"
      #expect(found == result["outcome"] as? String, "\(name): \(mine.map(\.message))")
      compared += 1
      guard let value = result["value"] as? Double, let check = mine.first,
        name != "the columns", !apart.contains(name),
        !["unique", "freshness"].contains(check.metric ?? "")
      else { continue }
      let here = try #require(check.value, "\(name)")
      #expect(abs(here - value) <= 1e-12 * max(1, abs(value)), "\(name): \(check.message)")
      counted += 1
    }
    #expect(compared == 45)
    #expect(counted == 38)
  }
}
