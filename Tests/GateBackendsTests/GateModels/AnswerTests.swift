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

/// What a model answers is what its library's own user gets, or is refused; the figures are of
/// `Fixtures/make_answers.py`.
struct AnswerTests {
  struct Expected: Decodable {
    struct Rows: Decodable {
      var a: [Double]
      var b: [Double]
      var region: [String]
      var grade: [Int64]
    }
    var rows: Rows
    var scores: [String: [Double]]
    var classes: [String: [String]]
    var rounds: [Int]
  }

  static let expected: Expected = try! JSONDecoder().decode(
    Expected.self,
    from: Data(contentsOf: URL(fileURLWithPath: Models.folder + "answers.json")))

  static var rows: Rows {
    var rows = Rows()
    rows.add("a", .doubles(expected.rows.a))
    rows.add("b", .doubles(expected.rows.b))
    rows.add("region", texts: expected.rows.region)
    rows.add("grade", .integers(expected.rows.grade))
    return rows
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var model: String
    var task = TaskKind.binary
    var classes = ["0", "1"]
    var kind = ColumnType.Kind.integer
    var order: [String]?
    var features: [String]?
    var options = ModelOptions()
    var scores: String?
    var scoring: [String: String] = [:]
    var testDescription: String { scores ?? model }

    var source: ModelSource {
      var source = Models.source(model, task: task, classes: classes, features: features)
      (source.labelKind, source.order, source.options) = (kind, order, options)
      return source
    }
  }

  static func texts(
    _ model: String, _ classes: [String], kind: ColumnType.Kind = .string, order: [String]? = nil,
    options: ModelOptions = ModelOptions(), scores: String? = nil, scoring: [String: String] = [:]
  ) -> Case {
    Case(
      model: model, task: .multiclass, classes: classes, kind: kind, order: order,
      features: ["a", "b"], options: options, scores: scores, scoring: scoring)
  }

  static let cases: [Case] = [
    texts("texts.onnx", ["10", "9", "b"]),
    texts("texts-columns.onnx", ["10", "9", "b"]),
    texts("accents.onnx", ["B", "b", "é"]),
    texts("blanks.onnx", ["", " a", "a"]),
    texts(
      "margins.onnx", ["10", "9", "b"], options: ModelOptions(link: .softmax),
      scoring: ["link": "softmax"]),
    Case(model: "early.xgboost.json", scoring: ["iterations": "1 of 5"]),
    Case(
      model: "early.xgboost.json", options: ModelOptions(iterations: .all),
      scores: "early.xgboost.json all", scoring: ["iterations": "5 of 5"]),
    Case(model: "categories.xgboost.ubj", scoring: ["iterations": "4 of 4"]),
    Case(
      model: "flags.xgboost.json", task: .multilabel, classes: ["bad", "rich"],
      scoring: ["iterations": "3 of 3"]),
    Case(
      model: "flags-zipmap.onnx", task: .multilabel, classes: ["bad", "rich"],
      features: ["a", "b"]),
    Case(model: "mixed.lightgbm.txt", scoring: ["iterations": "4 of 4"]),
    Case(model: "ordered.lightgbm.txt", scoring: ["iterations": "4 of 4"]),
    Case(
      model: "ordered-beside.lightgbm.txt",
      options: ModelOptions(categories: ["grade", "region"]), scoring: ["iterations": "4 of 4"]),
    Case(
      model: "custom.lightgbm.txt", options: ModelOptions(link: .sigmoid),
      scoring: ["iterations": "4 of 4", "link": "sigmoid"]),
    Case(
      model: "custom.lightgbm.txt", options: ModelOptions(link: .sigmoid, iterations: .first(2)),
      scores: "custom.lightgbm.txt 2", scoring: ["iterations": "2 of 4", "link": "sigmoid"]),
    Case(
      model: "ranking.lightgbm.txt", task: .ranking, classes: [],
      scoring: ["iterations": "3 of 3"]),
    Case(model: "unsigned.onnx"),
  ]

  @Test(arguments: cases) func givesWhatThePackageGives(_ test: Case) throws {
    let answer = try Models.score(test.source, Self.rows)
    let wanted = try #require(Self.expected.scores[test.scores ?? test.model])
    #expect(distance(answer.numbers, wanted) < 1e-6)
    let scorer = test.model.hasSuffix(".onnx") ? [:] : ["scorer": "trees"]
    #expect(answer.scoring == test.scoring.merging(scorer) { first, _ in first })
  }

  /// Turned round, the classes of the manifest take their columns with them.
  @Test func theOrderOfTheManifestIsOfNames() throws {
    for name in ["texts.onnx", "accents.onnx", "blanks.onnx"] {
      let classes = try #require(Self.expected.classes[name])
      let turned = Array(classes.reversed())
      // Written under `classes` too: the model's labels show that its columns are sorted.
      for order in [nil, turned] {
        let answer = try Models.score(
          Self.texts(name, turned, order: order).source, Self.rows
        ).numbers
        let wanted = try #require(Self.expected.scores[name])
        var back: [Double] = []
        for row in stride(from: 0, to: answer.count, by: 3) {
          back += answer[row..<row + 3].reversed()
        }
        #expect(distance(back, wanted) < 1e-6, "\(name)")
      }
    }
  }

  @Test func quantilesOfAModel() throws {
    var source = Models.source("quantiles.xgboost.json", task: .regression, classes: [])
    let failure = Models.failure(source, Self.rows)
    #expect(failure?.contains("quantiles: [0.1, 0.5, 0.9]") == true, "\(failure ?? "")")
    source.options.quantiles = [0.1, 0.5, 0.9]
    let other = Models.failure(source, Self.rows)
    #expect(other?.contains("quantiles: [0.9, 0.5, 0.1]") == true, "\(other ?? "")")
    source.options.quantiles = [0.9, 0.5, 0.1]
    let answer = try Models.score(source, Self.rows)
    let wanted = try #require(Self.expected.scores["quantiles.xgboost.json"])
    let columns = (0..<3).map { place in
      stride(from: place, to: wanted.count, by: 3).map { wanted[$0] }
    }
    #expect(distance(answer.numbers, columns[1]) < 1e-5)
    let spread = try #require(answer.spread)
    #expect(spread.levels == [0.1, 0.5, 0.9])
    #expect(distance(spread.quantiles[0], columns[2]) < 1e-5)
    #expect(distance(spread.quantiles[2], columns[0]) < 1e-5)
  }

  @Test func codesFollowWhatIsWritten() throws {
    let wanted = try #require(FixtureTests.expected.scores["classes.xgboost.json"])
    var source = Models.source(
      "classes.xgboost.json", task: .multiclass, classes: ["low", "mid", "high"])
    source.labelKind = .string
    let sorted = try Models.score(source, FixtureTests.gaps.rows)
    #expect(sorted.scoring["classes"] == "0 = 'high', 1 = 'low', 2 = 'mid'")
    #expect(abs(sorted.numbers[2] - wanted[0]) < 1e-6)
    source.order = ["low", "mid", "high"]
    let written = try Models.score(source, FixtureTests.gaps.rows)
    #expect(written.scoring["classes"] == "0 = 'low', 1 = 'mid', 2 = 'high'")
    #expect(distance(written.numbers, wanted) < 1e-6)
  }

  /// What cannot be the model's answer is refused with what to do.
  @Test func refusals() {
    func expect(_ test: Case, _ parts: String..., line: Int = #line) {
      let error = Models.failure(test.source, Self.rows) ?? "no error"
      for part in parts { #expect(error.contains(part), "line \(line): \(error)") }
    }
    expect(
      Case(model: "flags.xgboost.json"), "is a multilabel model: it answers 2 targets",
      "'task: multilabel'")
    expect(
      Case(model: "flags.xgboost.json", task: .multiclass), "is a multilabel model",
      "one column of labels")
    expect(Self.texts("margins.onnx", ["10", "9", "b"]), "not a probability", "'link: softmax'")
    expect(
      Case(model: "custom.lightgbm.txt"), "trained with an objective of its own",
      "'link: none' where they are probabilities", "'link: sigmoid' where they are margins")
    expect(
      Case(model: "custom.lightgbm.txt", options: ModelOptions(link: ModelOptions.Link.none)),
      "not a probability", "'link: sigmoid'")
    expect(
      Case(model: "quantiles.xgboost.json"), "the objective 'reg:quantileerror'", "link: none")
    expect(
      Self.texts("accents.onnx", ["B", "b", "e\u{301}"]), "has no class 'e\u{301}'; it has 'B'")
    expect(Self.texts("texts.onnx", ["10", "9", "c"]), "has no class 'c'")
    expect(
      Case(model: "early.xgboost.json", options: ModelOptions(iterations: .first(6))),
      "has 5 rounds", "'iterations: all'")
    expect(
      Case(model: "early.xgboost.json", options: ModelOptions(output: "p")),
      "'output' is for onnx, and candidate is xgboost")
    expect(
      Case(model: "unsigned.onnx", options: ModelOptions(iterations: .all)),
      "'iterations' is for lightgbm and xgboost")
    var rows = Self.rows
    rows.columnsByName.removeLast()
    rows.add("grade", .integers(Self.expected.rows.grade.map { $0 * 100 }))
    let beyond = Models.failure(Models.source("unsigned.onnx"), rows)
    #expect(beyond?.contains("beyond the uint8 its input takes") == true, "\(beyond ?? "")")
  }

  /// Columns that do not sum to 1 are no classes; of an objective that scores each by itself that is said.
  @Test func columnsOfClassesSumToOne() {
    for (objective, says) in [(nil, "'task: multilabel'"), ("multiclassova", "'multiclassova'")] {
      var description = AnswerDescription()
      description.objective = objective
      var answers = OutputDecoder(model: Models.source("any.onnx"), description: description)
      let mistake = diagnostic {
        try answers.append(.numbers([0.75, 0.5], width: 2, labels: nil), from: 0)
      }
      #expect(mistake.message.contains("that sum to 1.25"))
      #expect(mistake.hint?.contains(says) == true, "\(mistake)")
      #expect(objective == nil || mistake.hint?.contains("multilabel") == false)
    }
  }

  /// Texts that look like numbers have another order than the numbers have, and so other codes.
  @Test func codesOfNumbersInQuotes() throws {
    var source = Models.source("early.xgboost.json", classes: ["10", "9"])
    (source.labelKind, source.isPositiveQuoted) = (.integer, true)
    let failure = Models.failure(source, Self.rows)
    #expect(failure?.contains("'positive' is the text '9', and the labels are numbers") == true)
    #expect(failure?.contains("classes: [10, 9], or classes: [9, 10]") == true, "\(failure ?? "")")
    source.order = ["9", "10"]
    let numbers = try Models.score(source, Self.rows).numbers
    source.order = ["10", "9"]
    let texts = try Models.score(source, Self.rows).numbers
    #expect(distance(numbers, texts.map { 1 - $0 }) < 1e-6)
    (source.order, source.isPositiveQuoted) = (nil, false)
    #expect(try Models.score(source, Self.rows).numbers == numbers)
    // Of texts and of numbers the order is one.
    source = Models.source("early.xgboost.json", classes: ["0", "1"])
    (source.labelKind, source.isPositiveQuoted) = (.integer, true)
    #expect(try Models.score(source, Self.rows).numbers.count == 40)
  }

  @Test func unseenCategoriesAreBounded() throws {
    func rows(_ strange: Int) -> Rows {
      var rows = Self.rows
      rows.columnsByName.removeAll { $0.name == "region" }
      rows.add(
        "region", texts: Self.expected.rows.region.enumerated().map { $0 < strange ? "x" : $1 })
      return rows
    }
    var tree = Models.source("mixed.lightgbm.txt")
    #expect(
      try Models.score(tree, rows(2)).scoring["unseen/region"] == "2 of 40 rows, first 'x' in row 1"
    )
    let many = Models.failure(tree, rows(3))
    #expect(
      many?.contains("in 3 of 40 rows, first 'x' in row 1, and at most 0.05 of them may") == true,
      "\(many ?? "")")
    #expect(many?.contains("'unseen: 0.08'") == true, "\(many ?? "")")
    tree.options.unseen = 0.08
    #expect(try Models.score(tree, rows(3)).numbers.count == 40)
    var forest = Models.source("categories.xgboost.ubj")
    #expect(Models.failure(forest, rows(1))?.contains("never seen what 'region' holds") == true)
    forest.options.unseen = 0.5
    #expect(try Models.score(forest, rows(1)).numbers.count == 40)
  }

  @Test func theLabelIsNoInput() throws {
    var source = Models.source("early.xgboost.json")
    source.labels = ["b"]
    let error = Models.failure(source, Self.rows)
    #expect(error?.contains("takes the label 'b' as an input") == true, "\(error ?? "")")
    source.options.mayReadLabel = true
    #expect(try Models.score(source, Self.rows).numbers.count == 40)
  }
}
