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

/// A suite of another tool in the golden folder, imported and run by the engine.
struct GoldenSuite {
  /// The folder of suites and of what the tools themselves found.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Schema").path

  let imported: ImportedSchema
  let schema: TableSchema

  /// Imports a suite by its file's name.
  init(_ name: String, tables: [String] = []) throws {
    let path = Self.folder + "/" + name
    let source = try readSuite(
      Array(Data(contentsOf: URL(filePath: path))), name: name,
      tables: tables.map { ($0, $0 + ".csv") })
    imported = try Importers.read(source)
    let yaml = try imported.checkedYAML(from: name)
    schema = try TableSchema(parseYAML(Array(yaml.utf8), name: "schema.yaml", limits: Self.limits))
  }

  static let limits = YAMLLimits(bytes: 1 << 26, nodes: 1_000_000, scalar: 1 << 20)

  /// What a tool found, as JSON.
  static func results(_ name: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: folder + "/" + name)))
  }

  /// The columns of good.csv and bad.csv as pandas reads them: text is text, a whole number with a null a double.
  static func pandas(_ table: String) -> [String: String] {
    var types = [
      "applied_on": "VARCHAR", "decided_at": "TIMESTAMP", "funded": "DOUBLE",
      "years_employed": "DOUBLE", "legacy_code": "VARCHAR", "is_joint": "BOOLEAN",
      "service": table == "good" ? "DOUBLE" : "VARCHAR", "co_income": "DOUBLE",
      "income": "DOUBLE", "reference": "VARCHAR",
    ]
    if table == "bad" {
      types["pct_other"] = "DOUBLE"
      types["defaulted"] = "DOUBLE"
    }
    return types
  }

  /// Every check on good.csv or bad.csv, with the reference the other one or none.
  func checks(
    on table: String, types: [String: String], environment: String? = nil,
    derive: [(name: String, sql: String)] = [], reference: String? = nil,
    now: String = "2026-04-01T00:00:00Z"
  ) async throws -> [Check] {
    let fixture = try Fixture()
    func source(_ name: String, _ file: String) -> (TableSource, [String]) {
      let path = file.hasPrefix("/") ? file : "\(Self.folder)/\(file).csv"
      return (TableSource(name: name, path: path, types: [:]), [path])
    }
    let path = table.hasPrefix("/") ? table : "\(Self.folder)/\(table).csv"
    var sources = [
      (
        TableSource(
          name: "current", path: path, types: ByName(types.map { ($0, $1) }), derive: derive),
        [path]
      )
    ]
    if let reference { sources.append(source("reference", reference)) }
    for (name, _) in imported.tables {
      let file =
        name == "thousand"
        ? try fixture.write(
          "thousand.csv", "x\n" + (0..<1000).map { "\($0)" }.joined(separator: "\n") + "\n") : name
      sources.append(source(name, file))
    }
    let database = try fixture.open(sources)
    var others: [String: any Table] = [:]
    for (name, _) in imported.tables { others[name] = try database.table(name) }
    let subject = SchemaSubject(
      gate: "schema", schema: schema, environment: environment,
      table: try database.table("current"),
      reference: reference == nil ? nil : try database.table("reference"), others: others,
      roles: ColumnRoles(), now: now)
    return await subject.checks()
  }

  /// The ids of the checks that come of each part of the suite, by what their `meta` says.
  func ids(by key: String) -> [String: [String]] {
    var ids: [String: [String]] = [:]
    func add(_ check: ImportedCheck, _ prefix: String) {
      guard let value = check.meta.first(where: { $0.key == key })?.value else { return }
      ids[value, default: []].append("schema/\(prefix)\(check.name)")
    }
    for column in imported.columns {
      for check in column.checks { add(check, "\(column.name.idPart)/") }
    }
    for check in imported.checks { add(check, "") }
    return ids
  }
}
