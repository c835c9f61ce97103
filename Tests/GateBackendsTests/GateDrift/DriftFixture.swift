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

/// A drift gate over two tables that SQL makes.
struct DriftFixture {
  let fixture: Fixture
  let tables: [String: any Table]

  /// `reference` and `current` are SELECTs over DuckDB.
  init(reference: String, current: String) throws {
    fixture = try Fixture()
    var tables: [String: any Table] = [:]
    var sources: [(TableSource, [String])] = []
    for (name, sql) in [("reference", reference), ("current", current)] {
      let file = try fixture.copy(sql, to: "\(name).parquet", "(FORMAT parquet)")
      sources.append((TableSource(name: name, path: file), [file]))
    }
    let database = try fixture.open(sources)
    for name in ["reference", "current"] { tables[name] = try database.table(name) }
    self.tables = tables
  }

  /// The checks of a gate; `yaml` is what stands beside `gate: drift`.
  func checks(
    _ yaml: String, task: TaskKind = .binary, features: ModelFeatures? = nil,
    predictions: [String: Result<[PredictedColumn], Diagnostic>] = [:],
    roles: ColumnRoles = ColumnRoles()
  ) async throws -> [Check] {
    let text = "gate: drift\n\(yaml)\n"
    let node = try parseYAML(Array(text.utf8), name: "gatewright.yaml")
    let shape = Shape.record(
      [Parameter("gate", "Which.", .text), ErrorControl.parameter]
        + DriftGate.parameters(task: task, metrics: []))
    let mistakes = shape.mistakes(in: node)
    if !mistakes.isEmpty { throw Diagnostics(mistakes) }
    let gate = try DriftGate(
      GateSettings(id: "drift", node: node, task: task, hasChampion: false, tables: ["reference"]))
    let bench = Workbench(
      task: task, hasChampion: false, rows: 0, samples: [:],
      tables: tables.mapValues { .success($0) },
      roles: roles, features: .success(features), predictions: predictions)
    return try await gate.checks(on: bench)
  }

  /// The one check of a gate.
  func check(_ yaml: String, _ id: String? = nil) async throws -> Check {
    let checks = try await checks(yaml)
    guard let id else { return try #require(checks.first) }
    return try #require(checks.first { $0.id == id }, "\(checks.map(\.id))")
  }
}
