import CTrees
import Foundation
import Testing

@testable import GateCore
@testable import GateModels

/// The library judges the trees, and scores what is not known or differs.
@Suite struct TreeScorerTests {
  private let columns = TreeModelTests.rows(900, seed: 8).enumerated().map {
    Column(name: "\($0)", values: .doubles($1))
  }

  /// What the trees of a model give, taken for its library.
  private func library(_ forest: Forest) throws -> ([Column], Range<Int>) -> [Double] {
    let ready = try ReadyForest(forest)
    return { columns, rows in
      ready.sums(columns.map { $0.doubles ?? [] }, rows: rows) ?? []
    }
  }

  @Test(
    "one bit in one row sends the model to the library", arguments: [0, 499, 1, 250], [true, false])
  func bit(row: Int, isHard: Bool) throws {
    let forest = try TreeModelTests.forest("regression.lightgbm.txt")
    let library = try library(forest)
    let scorer = TreeScorer { (forest, .none) }
    var calls = 0
    let other: TreeScorer.Library = { columns, rows in
      var answers = library(columns, rows)
      // The first call has rows of the data, the second those that are made to be hard.
      if calls == (isHard ? 1 : 0) { answers[row] = answers[row].nextUp }
      calls += 1
      return answers
    }
    let answers = try scorer.score(columns, rows: 0..<900, by: other)
    #expect(answers == library(columns, 0..<900))
    #expect(calls == 3)
    #expect(
      scorer.words
        == "library: its trees gave other bits for 1 number of the rows that were compared")
  }

  @Test("without a difference the library scores no more than the rows it judges") func same()
    throws
  {
    let forest = try TreeModelTests.forest("regression.lightgbm.txt")
    let library = try library(forest)
    let scorer = TreeScorer { (forest, .none) }
    var rows: [Int] = []
    for _ in 0..<3 {
      let answers = try scorer.score(columns, rows: 0..<900) { columns, range in
        rows.append(range.count)
        return library(columns, range)
      }
      #expect(answers == library(columns, 0..<900))
    }
    #expect(rows == [500, 500] && scorer.words == "trees")
  }

  @Test("a library that refuses hard rows scores by itself") func refusal() throws {
    let forest = try TreeModelTests.forest("regression.lightgbm.txt")
    let library = try library(forest)
    let scorer = TreeScorer { (forest, .none) }
    var calls = 0
    let answers = try scorer.score(columns, rows: 0..<900) { columns, rows throws(Diagnostic) in
      calls += 1
      if calls == 2 { throw Diagnostic("no") }
      return library(columns, rows)
    }
    #expect(answers.count == 900 && scorer.words.hasPrefix("library: "))
  }

  @Test(
    "what is not known in LightGBM's text is left to the library",
    arguments: [
      (
        "objective=regression", "objective=regression_of_mine",
        "its objective is 'regression_of_mine'"
      ),
      ("objective=regression", "objective=huber sqrt", "its objective is 'huber sqrt'"),
      ("decision_type=", "decision_type=14 ", "a tree has other splits than it says"),
      (
        "decision_type=2 ", "decision_type=14 ", "a split treats missing values in a way of its own"
      ),
      ("left_child=1 ", "left_child=0 ", "a split is below two others"),
      ("leaf_value=", "leaf_value=0x1g ", "a number of a tree is written in a way of its own"),
      ("max_feature_idx=5", "max_feature_idx=x", "its head does not say how many"),
    ])
  func unknown(_ text: String, _ other: String, _ why: String) throws {
    let path = TreeModelTests.folder + "regression.lightgbm.txt"
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    let place = try #require(whole.range(of: text))
    let changed = whole.replacingCharacters(in: place, with: other)
    let scorer = TreeScorer { () throws(NotScoredHere) in
      let read = try LightGBMForest(Array(changed.utf8), rounds: nil)
      return (read.forest, read.link)
    }
    #expect(scorer.words.hasPrefix("library: " + why), "\(scorer.words)")
  }

  @Test(
    "what is not known in XGBoost's json is left to the library",
    arguments: [
      ("\"base_score\":\"", "\"base_score\":\"[x]", "its base score is"),
      ("\"default_left\":[", "\"default_left\":[0,", "its trees are not alike"),
    ])
  func unknownToXGBoost(_ text: String, _ other: String, _ why: String) throws {
    let path = TreeModelTests.folder + "binary.xgboost.json"
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    let place = try #require(whole.range(of: text))
    let changed = whole.replacingCharacters(in: place, with: other)
    let parts = try XGBoostFile.check(Array(changed.utf8), name: "m").parts
    let scorer = TreeScorer { () throws(NotScoredHere) in
      try parts.ready(objective: "binary:logistic", features: 6, end: 0)
    }
    #expect(scorer.words.hasPrefix("library: " + why), "\(scorer.words)")
  }

  @Test("an objective that is not known is named") func survival() throws {
    let path = TreeModelTests.folder + "binary.xgboost.json"
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let parts = try XGBoostFile.check(bytes, name: "m").parts
    let scorer = TreeScorer { () throws(NotScoredHere) in
      try parts.ready(objective: "survival:aft", features: 6, end: 0)
    }
    #expect(scorer.words == "library: its objective is 'survival:aft'")
  }

  @Test("damaged files are refused or scored, and never crash") func damage() throws {
    var source = RandomSource(seed: 12, stream: 0)
    var (scored, refused) = (0, 0)
    for name in ["categories.lightgbm.txt", "linear.lightgbm.txt", "categories.xgboost.ubj"] {
      let whole = Array(try Data(contentsOf: URL(fileURLWithPath: TreeModelTests.folder + name)))
      for _ in 0..<150 {
        var bytes = whole
        for _ in 0..<(1 + source.index(below: 3)) {
          let place = source.index(below: UInt32(bytes.count))
          // In a text a digit for a digit, or its numbers would be none.
          let isDigit = 0x30...0x39 ~= bytes[place]
          bytes[place] = UInt8(isDigit ? 0x30 + source.index(below: 10) : source.index(below: 256))
        }
        let read = bytes
        let scorer = TreeScorer { () throws(NotScoredHere) in
          if name.hasSuffix(".txt") {
            let model = try LightGBMForest(read, rounds: nil)
            return (model.forest, model.link)
          }
          guard let parts = try? XGBoostFile.check(read, name: name).parts else {
            throw NotScoredHere("it is damaged")
          }
          return try parts.ready(objective: "binary:logistic", features: 6, end: 0)
        }
        scored += scorer.reason == nil ? 1 : 0
        refused += scorer.reason == nil ? 0 : 1
        _ = try scorer.score(columns, rows: 0..<70) { _, rows in
          [Double](repeating: 0, count: rows.count)
        }
      }
    }
    #expect(scored > 30 && refused > 30, "\(scored) scored, \(refused) refused")
  }
}
