import FoundationEssentials
import Glibc
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

/// A folder of a test's own with the files it writes, removed at the end.
final class Fixture: Sendable {
  let folder: String

  init() throws {
    var template = Array("/tmp/gatewright-test-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    folder = String(cString: made)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Whether the engine is on this machine.
  static var hasEngine: Bool { (try? DuckDBLibrary.load()) != nil }

  /// Writes a file and gives its path.
  func write(_ name: String, _ text: String) throws -> String {
    let path = folder + "/" + name
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  /// Has an engine that is not locked write the result of a SELECT, and gives the path.
  func copy(_ sql: String, to name: String, _ options: String = "") throws -> String {
    let path = folder + "/" + name
    let connection = try DuckDBConnection(DuckDBInstance(DuckDBLibrary.load()))
    try connection.execute(
      "SET threads = 1; COPY (\(sql)) TO \(path.sqlText) \(options)", doing: "writing a fixture")
    return path
  }

  /// A database with the tables of `sources`, each over the files given.
  func open(
    _ sources: [(TableSource, [String])], threads: Int = 2, memory: Int? = nil
  ) throws -> DuckDBDatabase {
    try DuckDBDatabase.open(
      sources.map(\.0), files: Dictionary(uniqueKeysWithValues: sources.map { ($0.0.name, $0.1) }),
      resources: Resources(memory: memory, threads: threads), temporary: folder + "/spill")
  }

  /// The database over files as they were hashed.
  func open(_ sources: [TableSource], files: [String: [DataFile]]) throws -> DuckDBDatabase {
    try DuckDBDatabase.open(
      sources, files: files, resources: Resources(threads: 2), temporary: folder + "/spill")
  }

  /// The table `holdout` over the files given.
  func holdout(
    _ files: String..., types: ByName<String> = [:],
    derive: [(name: String, sql: String)] = [], format: String? = nil, threads: Int = 2
  ) throws -> any Table {
    let source = TableSource(
      name: "holdout", path: files[0], format: format, types: types, derive: derive)
    return try open([(source, files)], threads: threads).table("holdout")
  }
}

extension Column {
  /// The values as text, `null` where there is none.
  var shown: [String] {
    (0..<count).map { row in
      if isNull(row) { return "null" }
      switch values {
      case .doubles(let values): return "\(values[row])"
      case .integers(let values): return "\(values[row])"
      case .booleans(let values): return "\(values[row])"
      case .strings(let codes, let dictionary): return dictionary[Int(codes[row])]
      case .timestamps(let values): return "t\(values[row])"
      }
    }
  }
}

/// The `Diagnostic` a call throws; a failed test when it throws none.
func diagnostic(
  _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> Diagnostic {
  do {
    try body()
  } catch let error as Diagnostic {
    return error
  } catch {
    Issue.record("threw \(error), no Diagnostic", sourceLocation: location)
    return Diagnostic("")
  }
  Issue.record("threw nothing", sourceLocation: location)
  return Diagnostic("")
}
