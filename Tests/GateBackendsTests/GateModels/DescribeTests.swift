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

/// What a model takes, and how much it makes of each input.
struct DescribeTests {
  private func describe(
    _ model: ModelSource, _ rows: any Table = FixtureTests.plain.rows
  ) throws -> ModelFeatures {
    try GateModels.describe(
      model, rows: rows, executable: Models.executable, temporary: Models.temporary)
  }

  @Test(arguments: Training.golden.gains.keys.sorted())
  func importancesAreTheLibrarysGains(_ name: String) throws {
    let gains = try #require(Training.golden.gains[name])
    let named = name == "nameless.xgboost.json" ? ["income", "age"] : nil
    let found = try describe(Models.source(name, features: named)).features
    guard let gains else {
      #expect(found.count == 2 && found.allSatisfy { $0.importance == nil })
      return
    }
    let sum = gains.reduce(0, +)
    #expect(found.map(\.name) == Array(["income", "age", "region", "joint"].prefix(gains.count)))
    #expect(found.map(\.sql) == found.map(\.name.sqlName))
    #expect(distance(found.compactMap(\.importance), gains.map { $0 / sum }) < 1e-7)
  }

  @Test func derivedInputsAreGivenTheirSQL() throws {
    let found = try describe(Models.source("mixed.onnx", derive: [("income", "income / 40")]))
    #expect(found.features.map(\.name) == ["region", "age", "joint", "income"])
    #expect(found.features.map(\.sql) == ["\"region\"", "\"age\"", "\"joint\"", "income / 40"])
    #expect(found.features.allSatisfy { $0.importance == nil }, "ONNX says nothing of importances")
  }

  @Test func inputsMustFitTheRows() throws {
    let strange = try problem {
      try describe(Models.source("matrix.onnx", features: ["a", "age"]))
    }
    #expect(strange.message.contains("takes 'a', and the rows have no such column"))
    let nameless = try problem { try describe(Models.source("nameless.xgboost.json")) }
    #expect(nameless.message.contains("does not name its 2 inputs"))
    let gone = try problem { try describe(Models.source("/nonexistent/model.onnx")) }
    #expect(gone.message.contains("cannot read the model"))
  }

  @Test func gainsThatAreNoNumbersAreNone() throws {
    let inputs = [
      ModelInput(name: "income", kind: .number), ModelInput(name: "age", kind: .number),
    ]
    for gains in [[1, .infinity], [1, -1], [1, .nan], [1]] {
      let description = ModelDescription(
        inputs: inputs, runtime: "x", runtimeVersion: "", importances: gains)
      #expect(description.importances == nil, "\(gains)")
    }
    // A worker that was taken over says them all the same, and is not believed.
    var lying = ModelDescription(inputs: inputs, runtime: "x", runtimeVersion: "")
    for gains in [[1, .infinity], [1, -1], [1, .nan], [1]] {
      lying.importances = gains
      let bytes = Message.described(lying).encoded
      #expect(throws: Diagnostic.self, "\(gains)") {
        try Message(kind: bytes[0], payload: bytes[Message.header...])
      }
    }
    lying.importances = [1, 0]
    let bytes = Message.described(lying).encoded
    let read = try Message(kind: bytes[0], payload: bytes[Message.header...])
    guard case .described(let description) = read else { throw Diagnostic("another message") }
    #expect(description == lying)
  }

  @Test(.enabled(if: Models.shared != nil)) func realModels() throws {
    let folder = (Models.shared ?? "") + "adult/"
    let files = ["holdout": folder + "holdout.parquet"]
    let database = try DuckDBDatabase.open(
      files.map { TableSource(name: $0, path: $1) }, files: files.mapValues { [$0] },
      resources: Resources(), temporary: Models.temporary)
    let rows = try database.table("holdout")
    for name in ["candidate.lightgbm.txt", "candidate-numeric.xgboost.json"] {
      let features = try describe(Models.source(folder + name), rows).features
      let shares = features.compactMap(\.importance)
      #expect(shares.count == features.count && abs(shares.reduce(0, +) - 1) < 1e-9)
      #expect(shares.allSatisfy { 0...1 ~= $0 } && Set(shares).count > 3)
    }
    let champion = try describe(
      Models.source(folder + "champion.onnx", derive: SharedDataTests.coalesced), rows)
    #expect(champion.features.first { $0.name == "sex" }?.sql == "coalesce(sex, 'missing')")
  }
}

/// `Fixtures/training.json`.
struct Training: Decodable {
  var gains: [String: [Double]?]
  var job: TrainingJob

  struct TrainingJob: Decodable {
    struct Feature: Decodable {
      var name: String
      var numbers: [Double?]?
      var codes: [Int32]?
    }
    var features: [Feature]
    var isCurrent: [Bool]
    var isScored: [Bool]
    var rounds: Int
    var leaves: Int
    var leafRows: Int
    var categoryRows: Int
    var seed: Int
    var scores: [Double]
    var gains: [Double]
  }

  static let golden: Training = try! JSONDecoder().decode(
    Training.self,
    from: Data(contentsOf: URL(fileURLWithPath: Models.folder + "training.json")))
}
