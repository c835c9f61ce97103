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

/// The cases on tiny tables that Great Expectations ran, where a definition is easily got wrong.
@Suite(.enabled(if: Fixture.hasEngine, "the engine is missing"))
struct EdgeTests {
  /// Cases that differ, and why.
  private let known = [
    15: "a share of no values is undefined here, and 0 there",
    100: "truth is 'true' here, and 'True' in Python",
    106: "a byte order mark is lost where this test's table is written",
    113: "texts have an order here",
  ]

  @Test func `the edges agree`() async throws {
    let cases = try #require(GoldenSuite.results("edges.json") as? [[String: Any]])
    var differences: [String] = []
    var compared = 0
    for (index, one) in cases.enumerated() {
      guard let (success, count, message) = try await judged(one) else { continue }
      compared += 1
      let wanted = one["success"] as? Bool
      let type = one["type"] as? String ?? ""
      var broken = success != wanted
      if let unexpected = one["unexpected_count"] as? Int, let count {
        let missing = type.contains("distinct") ? one["missing_count"] as? Int ?? 0 : 0
        broken = broken || count != Double(unexpected + missing)
      }
      if known[index] != nil {
        #expect(broken, "\(index) agrees by now")
        continue
      }
      guard broken else { continue }
      differences.append(
        "\(index) '\(one["case"] as? String ?? "")' \(type) \(one["kwargs"] ?? ""): "
          + "\(wanted == true) \(one["unexpected_count"] ?? "-") there; \(success) \(count ?? -1) \(message)"
      )
    }
    #expect(differences == [])
    #expect(compared >= 159)
  }

  /// Whether a case holds here, what it counts and says; nil: it has no counterpart, or its table no rows.
  private func judged(_ one: [String: Any]) async throws -> (Bool, Double?, String)? {
    let columns = try #require(one["columns"] as? [String: [Any]])
    let type = try #require(one["type"] as? String)
    guard let rows = columns.values.first?.count, rows > 0 else { return nil }
    let suite: [String: Any] = [
      "expectations": [["type": type, "kwargs": one["kwargs"] ?? [:]]]
    ]
    let bytes = try JSONSerialization.data(withJSONObject: suite)
    guard
      let imported = try? Importers.read(readSuite(Array(bytes), name: "case.json")),
      imported.leftOver.isEmpty
    else { return nil }
    let yaml = try imported.checkedYAML(from: "case.json")
    let fixture = try Fixture()
    let lines = try (0..<rows).map { row in
      let values = columns.mapValues { $0[row] }
      return String(
        decoding: try JSONSerialization.data(withJSONObject: values, options: .sortedKeys),
        as: UTF8.self)
    }
    let path = try fixture.write("case.jsonl", lines.joined(separator: "\n") + "\n")
    let floats = Set(one["floats"] as? [String] ?? [])
    let types = columns.reduce(into: [String: String]()) { types, column in
      types[column.key] = floats.contains(column.key) ? "DOUBLE" : declared(column.value)
    }
    let database = try fixture.open([
      (TableSource(name: "current", path: path, types: ByName(types.map { ($0, $1) })), [path])
    ])
    let subject = SchemaSubject(
      gate: "schema", schema: try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml")),
      environment: nil, table: try database.table("current"), reference: nil,
      roles: ColumnRoles(), now: "2026-01-01T00:00:00Z")
    let checks = await subject.checks()
    let asked = checks.filter { $0.metric != "present" }
    let wanted = type == "expect_column_to_exist" ? checks : asked
    return (
      // What asks for nothing is recorded here, and a success there.
      wanted.allSatisfy { $0.outcome == .passed || $0.outcome == .skipped } && !wanted.isEmpty,
      asked.first?.outcome == .skipped ? nil : asked.first?.value,
      asked.map(\.message).joined(separator: "; ")
    )
  }

  /// The type of a column of JSON values.
  private func declared(_ values: [Any]) -> String {
    let found = values.filter { !($0 is NSNull) }
    if found.allSatisfy({ $0 is String }) { return "VARCHAR" }
    if found.allSatisfy({ ($0 as? NSNumber).map { $0.objCType.pointee == 0x63 } ?? false }) {
      return "BOOLEAN"
    }
    return found.allSatisfy { ($0 as? NSNumber)?.stringValue.contains(".") == false }
      ? "BIGINT" : "DOUBLE"
  }
}
