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

/// Models trained on public data give the scores their Python libraries give.
@Suite(.enabled(if: Models.shared != nil))
struct SharedDataTests {
  let folder = Models.shared ?? ""
  static let coalesced = [
    "workclass", "education", "marital_status", "occupation", "relationship", "race", "sex",
    "native_country",
  ].map { (name: $0, sql: "coalesce(\($0), 'missing')") }
  static let adult = [
    "age", "education_num", "capital_gain", "capital_loss", "hours_per_week",
  ]
  static let wine = [
    "fixed_acidity", "volatile_acidity", "citric_acid", "residual_sugar", "chlorides", "free_so2",
    "total_so2", "density", "pH", "sulphates", "alcohol",
  ]

  /// One model of one data set, and the columns its scores should equal.
  struct Case: CustomTestStringConvertible, Sendable {
    var model: String
    var columns: [String]
    var task = TaskKind.binary
    var features: [String]?
    var derive: [(name: String, sql: String)] = []
    var within = 1e-5
    var testDescription: String { model }
  }

  static let cases: [Case] = [
    Case(model: "adult/champion.onnx", columns: ["champion"], derive: coalesced),
    Case(model: "adult/candidate.lightgbm.txt", columns: ["candidate"], within: 1e-12),
    Case(
      model: "adult/candidate-regressed.onnx", columns: ["candidate_regressed"],
      derive: [coalesced[0]]),
    Case(model: "adult/candidate-numeric.xgboost.json", columns: ["candidate_numeric_xgboost"]),
    Case(model: "adult/candidate-numeric.xgboost.ubj", columns: ["candidate_numeric_xgboost"]),
    Case(
      model: "adult/candidate-numeric.onnx", columns: ["candidate_numeric_onnx"], features: adult),
    Case(
      model: "titanic/champion.onnx", columns: ["champion"],
      derive: [("Embarked", "coalesce(Embarked, 'S')")]),
    Case(
      model: "titanic/candidate.lightgbm.txt", columns: ["candidate"],
      derive: [("male", "Sex = 'male'")], within: 1e-12),
    Case(
      model: "wine-red/champion.onnx", columns: ["champion"], task: .regression, features: wine),
    Case(
      model: "wine-red/candidate.onnx", columns: ["candidate"], task: .regression, features: wine),
    Case(
      model: "wine-red/grade-champion.onnx",
      columns: ["champion_low", "champion_mid", "champion_high"], task: .multiclass),
    Case(
      model: "wine-red/grade-candidate.onnx",
      columns: ["candidate_low", "candidate_mid", "candidate_high"], task: .multiclass,
      features: wine),
  ]

  @Test(arguments: cases) func givesTheReferenceScores(_ test: Case) throws {
    let set = folder + test.model.split(separator: "/")[0]
    let parquet = set + "/holdout.parquet"
    let holdout =
      FileManager.default.fileExists(atPath: parquet) ? parquet : set + "/holdout.csv"
    let files = ["holdout": holdout, "expected": set + "/predictions.csv"]
    let database = try DuckDBDatabase.open(
      files.map { TableSource(name: $0, path: $1) }, files: files.mapValues { [$0] },
      resources: Resources(), temporary: Models.temporary)
    let classes = [TaskKind.binary: ["0", "1"], .multiclass: ["low", "mid", "high"]]
    let model = Models.source(
      folder + test.model, task: test.task, classes: classes[test.task] ?? [],
      features: test.features, derive: test.derive)
    let rows = try database.table("holdout")
    let start = ContinuousClock.now
    let scores = try Models.score(model, rows).numbers
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let columns = try database.table("expected").columns(test.columns.map(\.sqlName))
    let numbers = columns.map { $0.doubles ?? [] }
    let wanted = (0..<rows.rows).flatMap { row in numbers.map { $0[row] } }
    let found = distance(scores, wanted)
    #expect(found <= test.within)
    if ProcessInfo.processInfo.environment["GATEWRIGHT_TEST_FIGURES"] != nil {
      print("figures", test.model, found, rows.rows, "rows", seconds, "s")
    }
  }
}
