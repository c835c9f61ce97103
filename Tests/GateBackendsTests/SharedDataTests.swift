import Foundation
import GateKit
import Testing

@testable import GateBackends

/// Models trained on public data give the scores their Python libraries give.
@Suite(.enabled(if: Models.shared != nil))
struct SharedDataTests {
  let folder = Models.shared ?? ""
  static let texts = [
    "workclass", "education", "marital_status", "occupation", "relationship", "race", "sex",
    "native_country",
  ]
  static let numbers = ["age", "education_num", "capital_gain", "capital_loss", "hours_per_week"]

  /// Checks one model against the column of the reference's scores.
  func check(
    _ model: ModelSource, _ rows: Rows, _ reference: [String], of set: String, within: Double
  ) throws {
    let expected = try Rows(csv: folder + set + "/predictions.csv")
    let start = ContinuousClock.now
    let scores = try Models.score(model, rows).numbers
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let columns = reference.map { expected[$0].doubles ?? [] }
    let wanted = (0..<rows.rows).flatMap { row in columns.map { $0[row] } }
    let found = distance(scores, wanted)
    #expect(found <= within)
    print(
      "accuracy", model.artifact.uri.split(separator: "/").suffix(2).joined(separator: "/"),
      found, "rows", rows.rows, "seconds", seconds)
  }

  @Test func adult() throws {
    var rows = try Rows(csv: folder + "adult/holdout.csv")
    var derive: [(name: String, sql: String)] = []
    for name in Self.texts {
      let sql = "coalesce(\(name), 'missing')"
      derive.append((name, sql))
      rows.derived[sql] = rows[name].filled("missing")
    }
    let at = folder + "adult/"
    try check(
      Models.source(at + "champion.onnx", derive: derive), rows, ["champion"], of: "adult",
      within: 1e-5)
    try check(
      Models.source(at + "candidate.lightgbm.txt"), rows, ["candidate"], of: "adult", within: 1e-9)
    for name in ["candidate-numeric.xgboost.json", "candidate-numeric.xgboost.ubj"] {
      try check(
        Models.source(at + name), rows, ["candidate_numeric_xgboost"], of: "adult", within: 1e-5)
    }
    try check(
      Models.source(at + "candidate-numeric.onnx", features: Self.numbers), rows,
      ["candidate_numeric_onnx"], of: "adult", within: 1e-5)
    try check(
      Models.source(at + "candidate-regressed.onnx", derive: [derive[0]]), rows,
      ["candidate_regressed"],
      of: "adult", within: 1e-5)
  }

  @Test func titanic() throws {
    var rows = try Rows(csv: folder + "titanic/holdout.csv")
    rows.derived["coalesce(Embarked, 'S')"] = rows["Embarked"].filled("S")
    guard case .strings(let codes, let dictionary) = rows["Sex"].values else { return }
    rows.derived["Sex = 'male'"] = Column(
      name: "male", values: .booleans(codes.map { dictionary[Int($0)] == "male" }))
    try check(
      Models.source(
        folder + "titanic/champion.onnx", derive: [("Embarked", "coalesce(Embarked, 'S')")]),
      rows, ["champion"], of: "titanic", within: 1e-5)
    try check(
      Models.source(
        folder + "titanic/candidate.lightgbm.txt", derive: [("male", "Sex = 'male'")]),
      rows, ["candidate"], of: "titanic", within: 1e-9)
  }
}
