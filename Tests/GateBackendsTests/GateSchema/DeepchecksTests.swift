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

/// The figures of the hygiene checks that are defined as Deepchecks defines them are Deepchecks' own.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct DeepchecksTests {
  /// What Deepchecks measured; `Schema/make_deepchecks.py` writes it.
  struct Recorded: Decodable {
    /// By the check's name here.
    var figures: [String: Double]
    /// Pairs of categories.
    var correlations: [String: Double]
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Schema")

  @Test func `figures agree`() async throws {
    let data = try Data(contentsOf: Self.folder.appending(path: "deepchecks.json"))
    let recorded = try JSONDecoder().decode(Recorded.self, from: data)
    #expect(recorded.figures.count == 13)
    let checks = try await checks(
      recorded.figures.keys.sorted().map { "  \($0): true" }
        + [
          "checks:", "  - check: feature_correlation", "    above: 0",
          "    columns: [region, note, status, income]",
        ])
    for (name, figure) in recorded.figures {
      let check = try #require(checks.first { $0.metric == name })
      let value = try #require(check.value, "\(name): \(check.message)")
      #expect(abs(value - figure) < 1e-12, "\(name): \(check.message), Deepchecks \(figure)")
    }
    let pairs = try #require(checks.first { $0.metric == "feature_correlation" })
    guard case .array(let found)? = pairs.evidence["pairs"] else {
      Issue.record("no pairs: \(pairs.message)")
      return
    }
    #expect(found.count == recorded.correlations.count)
    for case .object(let members) in found {
      guard case .string(let name)? = members.first(where: { $0.key == "pair" })?.value,
        case .number(let value)? = members.first(where: { $0.key == "value" })?.value
      else {
        Issue.record("a pair without a value")
        continue
      }
      let figure = try #require(recorded.correlations[name], "\(name)")
      #expect(abs(value - figure) < 1e-9, "\(name): \(value), Deepchecks \(figure)")
    }
  }

  /// What the checks on the whole table find.
  private func checks(_ lines: [String]) async throws -> [Check] {
    let paths = ["holdout", "train"].map {
      Self.folder.appending(path: "hygiene-\($0).csv").path
    }
    let database = try Fixture().open([
      (TableSource(name: "current", path: paths[0]), [paths[0]]),
      (TableSource(name: "reference", path: paths[1]), [paths[1]]),
    ])
    let yaml = (["version: 1", "table:"] + lines).joined(separator: "\n") + "\n"
    return await SchemaSubject(
      gate: "schema", schema: try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml")),
      environment: nil, table: try database.table("current"),
      reference: try database.table("reference"),
      roles: ColumnRoles(label: "y", id: "id"), now: "2026-11-20T10:41:10Z"
    ).checks()
  }
}
