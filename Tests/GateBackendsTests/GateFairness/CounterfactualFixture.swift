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

/// A run over 240 applications that SQL makes, with the small models of `Fixtures`.
struct CounterfactualFixture {
  let workshop: Workshop
  let fixture: Fixture

  /// `region` is what `binary.lightgbm.txt` takes as a category; `sex` is what nothing takes by itself.
  static let applications = """
    SELECT i AS id, 20 + (i * 7) % 45 + 0.25 AS income, 20 + (i * 11) % 50 AS age,
    CASE WHEN i = 17 THEN NULL ELSE ['north', 'south', 'east'][1 + i % 3] END AS region,
    i % 7 = 0 AS joint, CASE WHEN i % 5 < 2 THEN 'f' ELSE 'm' END AS sex, (i * 13) % 10 < 4 AS y,
    'v' || (i % 30) AS many FROM range(240) t(i)
    """

  init(_ rows: String = applications) throws {
    (workshop, fixture) = (try Workshop(), try Fixture())
    let file = try fixture.copy(rows, to: "holdout.parquet", "(FORMAT parquet)")
    try workshop.run("cp '\(file)' holdout.parquet")
    for model in ["binary.lightgbm.txt", "matrix.onnx", "classes.lightgbm.txt", "regression.onnx"] {
      try workshop.run("cp '\(Models.folder)\(model)' .")
    }
  }

  /// The checks of a fairness gate; `gate` is what stands beside `gate: fairness`.
  func checks(
    _ gate: String, models: String = "candidate: {from: binary.lightgbm.txt}",
    data: String = "", task: String = "task: binary", label: String = "y"
  ) async throws -> [Check] {
    let manifest = try manifest(gate, models: models, data: data, task: task, label: label)
    let backends = Backends.live(
      folder: workshop.path, temporary: try TemporaryFolder(), executable: Models.executable)
    return await run(
      manifest,
      record: .init(
        name: "loan", path: "gatewright.yaml", sha256: "", source: .init(kind: "worktree")),
      tool: .init(name: "gatewright", version: "0"), with: backends
    ).report.checks
  }

  /// The manifest; throws its mistakes.
  func manifest(
    _ gate: String, models: String, data: String, task: String, label: String
  ) throws -> Manifest {
    let indented = gate.split(separator: "\n").joined(separator: "\n    ")
    let text = """
      version: 1
      name: loan
      \(task)
      data:
        holdout: {path: holdout.parquet, label: \(label)}
        \(data)
      models:
        \(models.split(separator: "\n").joined(separator: "\n  "))
      gates:
        - gate: fairness
          \(indented)
      """
    return try Manifest(try parseYAML(Array(text.utf8), name: "gatewright.yaml"), in: .live)
  }

  /// What `binary.lightgbm.txt` decides on the rows with columns given by SQL.
  func decisions(
    _ replaced: [String: String], derive: [(name: String, sql: String)] = []
  ) throws -> [Bool] {
    let items = replaced.sorted { $0.key < $1.key }.map { "\($0.value) AS \($0.key)" }
    let file = try fixture.copy(
      "SELECT * REPLACE (\(items.joined(separator: ", "))) FROM (\(Self.applications))",
      to: "replaced.parquet", "(FORMAT parquet)")
    let model = Models.source(
      "binary.lightgbm.txt", classes: ["false", "true"], derive: derive)
    return try Models.score(model, fixture.holdout(file)).numbers.map { $0 >= 0.5 }
  }

  /// The rows, counted from 0, that some other value of a column decides otherwise, by scoring files in which it is
  /// replaced; rows without a value are none of them.
  func flips(
    _ column: String, _ values: [String], derive: [(name: String, sql: String)] = []
  ) throws -> [Int] {
    let table = try fixture.holdout(workshop.path + "/holdout.parquet")
    let own = try table.columns(["CAST(\(column) AS VARCHAR)"])[0].shown
    let now = try decisions([column: column], derive: derive)
    var flips: Set<Int> = []
    for value in values {
      let other = try decisions([column: "'\(value)'"], derive: derive)
      flips.formUnion(
        now.indices.filter { own[$0] != "null" && own[$0] != value && other[$0] != now[$0] })
    }
    return flips.sorted()
  }
}

extension Check {
  /// A list of numbers in its evidence, of a group where one is named.
  func numbers(_ key: String, group: String? = nil) -> [Int] {
    guard case .array(let items)? = group.map({ line($0)?[key] }) ?? evidence[key] else {
      return []
    }
    return items.compactMap { if case .integer(let number) = $0 { number } else { nil } }
  }

  /// A group's line in its evidence.
  func line(_ group: String) -> [String: JSON]? {
    guard case .array(let lines)? = evidence["groups"] else { return nil }
    return lines.lazy.compactMap { line -> [String: JSON]? in
      guard case .object(let members) = line else { return nil }
      let found = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
      return found["group"] == .string(group) ? found : nil
    }.first
  }
}
