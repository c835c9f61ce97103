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

/// The cases on tiny tables that Pandera ran, where a definition is easily got wrong.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct PanderaEdgeTests {
  /// Cases that differ, and why.
  private let known = [
    "no type, text": "a set of numbers only is a mistake where the column holds texts"
  ]

  @Test func `the same checks fail`() async throws {
    let cases = try #require(GoldenSuite.results("pandera-edges.json") as? [[String: Any]])
    var differences: [String] = []
    var compared = 0
    for one in cases {
      let name = one["case"] as? String ?? ""
      guard known[name] == nil, let (failed, messages) = try await judged(one) else { continue }
      compared += 1
      let failures = try #require(one["failures"] as? [[String: Any]])
      if failed == failures.isEmpty {
        differences.append("\(name): \(failures.map { $0["check"] ?? "" }) there; \(messages)")
      }
    }
    #expect(differences == [])
    #expect(compared >= 20)
  }

  /// Whether a case fails here, and why; nil: it has no counterpart.
  private func judged(_ one: [String: Any]) async throws -> (failed: Bool, messages: [String])? {
    let text = try #require(one["schema"] as? String)
    let values = try #require(one["values"] as? [Any])
    let imported = try Importers.read(readSuite(Array(text.utf8), name: "case.yaml"))
    guard imported.leftOver.isEmpty else { return nil }
    let yaml = try imported.checkedYAML(from: "case.yaml")
    let fixture = try Fixture()
    let lines = try values.map { value in
      String(decoding: try JSONSerialization.data(withJSONObject: ["x": value]), as: UTF8.self)
    }
    let path = try fixture.write("case.jsonl", lines.joined(separator: "\n") + "\n")
    let database = try fixture.open([
      (TableSource(name: "current", path: path, types: ["x": declared(values)]), [path])
    ])
    let subject = SchemaSubject(
      gate: "schema", schema: try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml")),
      environment: nil, table: try database.table("current"), reference: nil,
      roles: ColumnRoles(), now: "2026-01-01T00:00:00Z")
    let broken = await subject.checks().filter {
      $0.blocking && $0.outcome != .passed && $0.outcome != .skipped
    }
    return (!broken.isEmpty, broken.map(\.message))
  }

  /// The type of a column of JSON values, as pandas has it.
  private func declared(_ values: [Any]) -> String {
    let found = values.filter { !($0 is NSNull) }
    if found.allSatisfy({ $0 is String }) { return "VARCHAR" }
    if found.allSatisfy({ ($0 as? NSNumber).map { $0.objCType.pointee == 0x63 } ?? false }) {
      return "BOOLEAN"
    }
    let isWhole = found.allSatisfy {
      ($0 as? NSNumber).map { $0.objCType.pointee != 0x64 } ?? false
    }
    return isWhole && found.count == values.count ? "BIGINT" : "DOUBLE"
  }
}
