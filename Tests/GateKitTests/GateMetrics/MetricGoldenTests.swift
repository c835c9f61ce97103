import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every figure of the golden files, which scikit-learn made, case by case.
@Suite struct MetricGoldenTests {
  @Test(arguments: try Golden<BinaryInputs>.cases("binary"))
  func binary(_ golden: Golden<BinaryInputs>) throws {
    let sample = try golden.inputs.sample()
    let cells = sample.confusion()
    let counts = [
      "tp": cells.truePositives, "fp": cells.falsePositives, "fn": cells.falseNegatives,
      "tn": cells.trueNegatives,
    ]
    for (name, count) in counts {
      guard case .number(let number)? = golden.expected[name] else {
        Issue.record("\(golden.name) has no '\(name)'")
        continue
      }
      #expect(agree(count, number, relative: 1e-12), "\(golden.name), \(name)")
    }
    check(
      .binary(sample), task: .binary, gives: golden.expected, leaving: Set(counts.keys),
      golden.name)
  }

  @Test(arguments: try Golden<MulticlassInputs>.cases("multiclass"))
  func multiclass(_ golden: Golden<MulticlassInputs>) throws {
    check(
      .multiclass(try golden.inputs.sample()), task: .multiclass, gives: golden.expected,
      golden.name)
  }

  /// scikit-learn's own figure where a target is 0 stands in the file for the record only.
  @Test(arguments: try Golden<RegressionInputs>.cases("regression"))
  func regression(_ golden: Golden<RegressionInputs>) throws {
    check(
      .regression(golden.inputs.sample), task: .regression, gives: golden.expected,
      leaving: ["mean_absolute_percentage_error_sklearn"], golden.name)
  }

  /// A key that means nothing would otherwise let a case pass unread.
  @Test func unknownKeysNameNothing() {
    #expect(Figure.named("roc_auk", task: .binary).isEmpty)
    #expect(Figure.named("f_beta_x", task: .binary).isEmpty)
    #expect(Figure.named("roc_auc_ovr_macro", task: .multiclass).count == 2)
    #expect(Figure.named("precision_class_a", task: .multiclass).count == 1)
  }
}

/// One case of a golden file.
struct Golden<Inputs: Decodable & Sendable>: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var inputs: Inputs
  var expected: [String: Expectation]

  var testDescription: String { name }

  static func cases(_ file: String) throws -> [Golden] {
    let url = try #require(
      Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Golden"))
    let cases = try JSONDecoder().decode([Golden].self, from: Data(contentsOf: url))
    try #require(cases.count > 20)
    return cases
  }
}

/// Arrays, or how to make them.
struct BinaryInputs: Decodable, Sendable {
  var labels: [Int]?
  var scores: [Double]?
  var weights: [Double]?
  var threshold: Double
  var generate: Recipe?

  /// `score_i = value(2 i)`, `label_i = value(2 i + 1) < score_i`, `weight_i = value(2 n + i)`.
  struct Recipe: Decodable, Sendable {
    var seed: UInt64
    var n: Int
    var weights: String?
    var firstValues: [Double]

    private enum CodingKeys: String, CodingKey {
      case seed, n, weights
      case firstValues = "first_values"
    }
  }

  func sample() throws -> BinarySample {
    guard let generate else {
      let labels = try #require(labels)
      return BinarySample(
        scores: try #require(scores), positives: labels.map { $0 == 1 }, weights: weights,
        threshold: threshold)
    }
    var random = SplitMix(generate.seed)
    let pairs = (0..<(2 * generate.n)).map { _ in random.value() }
    try #require(Array(pairs.prefix(4)) == generate.firstValues)
    let scores = (0..<generate.n).map { pairs[2 * $0] }
    return BinarySample(
      scores: scores, positives: scores.indices.map { pairs[2 * $0 + 1] < scores[$0] },
      weights: generate.weights.map { _ in scores.map { _ in random.value() } },
      threshold: threshold)
  }
}

/// Labels by name and a row of probabilities each.
struct MulticlassInputs: Decodable, Sendable {
  var classes: [String]
  var labels: [String]
  var probabilities: [[Double]]
  var weights: [Double]?

  func sample() throws -> MulticlassSample {
    MulticlassSample(
      classes: classes, probabilities: probabilities.flatMap(\.self),
      labels: try labels.map { Int32(try #require(classes.firstIndex(of: $0))) }, weights: weights)
  }
}

/// Targets and predictions.
struct RegressionInputs: Decodable, Sendable {
  var targets: [Double]
  var predictions: [Double]
  var weights: [Double]?

  var sample: RegressionSample {
    RegressionSample(targets: targets, predictions: predictions, weights: weights)
  }
}
