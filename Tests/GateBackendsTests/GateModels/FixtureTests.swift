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

/// The small models of `Fixtures` give the scores the reference libraries gave when they were made.
struct FixtureTests {
  /// `Fixtures/expected.json`.
  struct Expected: Decodable {
    struct Rows: Decodable {
      var income: [Double?]
      var age: [Int64]
      var region: [String?]
      var joint: [Bool]
    }
    struct Plain: Decodable {
      var income: [Double]
      var region: [String]
    }
    var rows: Rows
    var plain: Plain
    var scores: [String: [Double]]
  }

  static let expected: Expected = try! JSONDecoder().decode(
    Expected.self,
    from: Data(contentsOf: URL(fileURLWithPath: Models.folder + "expected.json")))

  /// The rows without nulls.
  static var plain: FixtureRows { FixtureRows(nulls: false) }
  /// The rows with a null number, a null category and a category no model has seen.
  static var gaps: FixtureRows { FixtureRows(nulls: true) }
  static let grades = ["low", "mid", "high"]

  struct Case: CustomTestStringConvertible, Sendable {
    var model: String
    var task = TaskKind.binary
    var classes = ["0", "1"]
    var features: [String]?
    var nulls = false
    var within = 1e-5
    var testDescription: String { model }
  }

  static let cases: [Case] = [
    Case(model: "matrix.onnx", features: ["income", "age"]),
    Case(model: "zipmap.onnx", features: ["income", "age"]),
    Case(
      model: "classes.onnx", task: .multiclass, classes: ["high", "low", "mid"],
      features: ["income", "age"]),
    Case(
      model: "classes-zipmap.onnx", task: .multiclass, classes: ["high", "low", "mid"],
      features: ["income", "age"]),
    Case(model: "regression.onnx", task: .regression, classes: [], features: ["income", "age"]),
    Case(model: "labels.onnx"),
    Case(model: "single.onnx"), Case(model: "seven.onnx"),
    Case(model: "binary.lightgbm.txt", nulls: true, within: 1e-12),
    Case(
      model: "classes.lightgbm.txt", task: .multiclass, classes: ["high", "low", "mid"],
      nulls: true, within: 1e-12),
    Case(model: "binary.xgboost.json", nulls: true),
    Case(model: "binary.xgboost.ubj", nulls: true),
    Case(
      model: "classes.xgboost.json", task: .multiclass, classes: ["high", "low", "mid"],
      nulls: true),
  ]

  @Test(arguments: cases) func givesTheReferenceScores(_ test: Case) throws {
    let model = Models.source(
      test.model, task: test.task, classes: test.classes, features: test.features)
    let answer = try Models.score(model, (test.nulls ? Self.gaps : Self.plain).rows)
    let wanted = try #require(Self.expected.scores[test.model])
    #expect(distance(answer.numbers, wanted) <= test.within)
    #expect(answer.numbers.contains { $0 != answer.numbers[0] })
  }

  @Test func takesEachTypeAndDerivedColumns() throws {
    var rows = Self.plain.rows
    let scaled = Self.expected.plain.income.map { $0 / 40 }
    rows.derived["income / 40"] = Column(name: "income", values: .doubles(scaled))
    let answer = try Models.score(
      Models.source("mixed.onnx", derive: [("income", "income / 40")]), rows)
    #expect(distance(answer.numbers, Self.expected.scores["mixed.onnx"] ?? []) < 1e-6)
    #expect(answer.features == ["region", "age", "joint", "income"])
    #expect(answer.runtime == "onnx" && answer.runtimeVersion.contains("."))
  }

  @Test func ordersClassesAsTheManifestDoes() throws {
    let wanted = try #require(Self.expected.scores["classes.onnx"])
    for model in ["classes.onnx", "classes-zipmap.onnx"] {
      let answer = try Models.score(
        Models.source(
          model, task: .multiclass, classes: Self.grades, features: ["income", "age"]),
        Self.plain.rows)
      var moved: [Double] = []
      for row in stride(from: 0, to: wanted.count, by: 3) {
        moved += [wanted[row + 1], wanted[row + 2], wanted[row]]
      }
      #expect(distance(answer.numbers, moved) < 1e-5)
    }
  }

  @Test(arguments: ["matrix.onnx", "zipmap.onnx", "binary.xgboost.json"])
  func turnsRoundWhenThePositiveClassSortsFirst(_ name: String) throws {
    let model = Models.source(
      name, classes: ["1", "0"], features: name.hasSuffix("onnx") ? ["income", "age"] : nil)
    let nulls = !name.hasSuffix("onnx")
    let answer = try Models.score(model, (nulls ? Self.gaps : Self.plain).rows)
    let wanted = try #require(Self.expected.scores[name]).map { 1 - $0 }
    #expect(distance(answer.numbers, wanted) < 1e-5)
  }

  @Test func batchesDoNotShow() throws {
    var rows = Rows()
    let income = (0..<40_000).map { Double($0 % 97) + 0.5 }
    rows.add("income", .doubles(income))
    rows.add("age", .integers(income.map { Int64($0) }))
    let answer = try Models.score(
      Models.source("matrix.onnx", features: ["income", "age"]), rows)
    #expect(answer.numbers.count == 40_000)
    #expect((97..<40_000).allSatisfy { answer.numbers[$0] == answer.numbers[$0 - 97] })
  }

  @Test func timesSingleRows() throws {
    let times = try timeModels(
      [Models.source("matrix.onnx", features: ["income", "age"])],
      TimingPlan(rounds: 3, rows: 10, seed: 1), of: Self.plain.rows,
      executable: Models.executable, temporary: Models.temporary)
    let found = try #require(times[.candidate])
    #expect(found.rounds.count == 3)
    #expect(found.rounds.allSatisfy { $0.count == 10 && $0.allSatisfy { $0 > 0 } })
    #expect(found.loadSeconds > 0 && found.firstSeconds > 0)
  }
}

/// The forty rows of `expected.json`.
struct FixtureRows {
  var rows = Rows()

  /// With or without gaps.
  init(nulls: Bool) {
    let expected = FixtureTests.expected
    let income = expected.rows.income
    if nulls {
      rows.add(
        "income", .doubles(income.map { $0 ?? 0 }), validity: income.map { $0 != nil })
      rows.add("region", texts: expected.rows.region)
    } else {
      rows.add("income", .doubles(expected.plain.income))
      rows.add("region", texts: expected.plain.region)
    }
    rows.add("age", .integers(expected.rows.age))
    rows.add("joint", .booleans(expected.rows.joint))
  }
}
