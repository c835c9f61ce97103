import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Figures of intervals, quantiles and many rows, which scoringrules, MAPIE and scikit-learn made;
/// calibration errors, which netcal did.
@Suite struct IntervalGoldenTests {
  @Test(arguments: try LaterGolden<SpreadInputs>.cases("regression-intervals"))
  func regression(_ golden: LaterGolden<SpreadInputs>) throws {
    let (sample, naive) = try golden.inputs.sample()
    golden.check(.regression(sample), task: .regression, columns: ["naive": .numbers(naive)])
  }

  @Test(arguments: try LaterGolden<BinaryInputs>.cases("calibration"))
  func calibration(_ golden: LaterGolden<BinaryInputs>) throws {
    golden.check(.binary(try golden.inputs.sample()), task: .binary)
  }

  @Test(arguments: try LaterGolden<MulticlassInputs>.cases("calibration-multiclass"))
  func topLabel(_ golden: LaterGolden<MulticlassInputs>) throws {
    golden.check(.multiclass(try golden.inputs.sample()), task: .multiclass)
  }

  /// A row of a group finds its own interval and quantiles, whatever its place there.
  @Test func groupsFindTheirRows() throws {
    let parts = Sample.intervals.partitioned(by: [1, 0, 0, 1], groups: 2)
    let values = try parts.map { try Metric.Regression.intervalCoverage.value(on: $0, Arguments()) }
    #expect(values == [0.5, 1])
  }
}

/// One case of a golden file with its rows.
struct LaterGolden<Inputs: Decodable & Sendable>: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var inputs: Inputs
  var expected: [String: Expectation]

  var testDescription: String { name }

  static func cases(_ file: String) throws -> [LaterGolden] {
    let url = try #require(
      Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Golden"))
    let cases = try JSONDecoder().decode([LaterGolden].self, from: Data(contentsOf: url))
    try #require(!cases.isEmpty)
    return cases
  }

  /// Compares every figure; a key that names no metric fails.
  func check(_ sample: Sample, task: TaskKind, columns: [String: Arguments.RowValues] = [:]) {
    #expect(!expected.isEmpty)
    for (key, expectation) in expected.sorted(by: { $0.key < $1.key }) {
      let figures = Figure.written(key, task: task)
      #expect(!figures.isEmpty, "\(name): '\(key)' names no metric")
      for var figure in figures {
        for (column, values) in columns where figure.arguments.text(column) != nil {
          figure.arguments.texts[column] = nil
          figure.arguments.columns[column] = values
        }
        figure.check(sample, gives: expectation, "\(name), \(key) by \(figure.metric.id)")
      }
    }
  }
}

/// How to make rows by the generator of the golden files.
struct Generated: Decodable, Sendable {
  var seed: UInt64
  var n: Int
  var weights: Bool
  var firstValues: [Double]

  private enum CodingKeys: String, CodingKey {
    case seed, n, weights
    case firstValues = "first_values"
  }

  /// `width` numbers a row, and a weight a row where there are weights.
  func values(_ width: Int) throws -> (values: [Double], weights: [Double]?) {
    var random = SplitMix(seed)
    let values = (0..<(width * n)).map { _ in random.value() }
    try #require(Array(values.prefix(4)) == firstValues)
    return (values, weights ? (0..<n).map { _ in random.value() } : nil)
  }
}

/// Labels and scores of several labels a row.
struct MultilabelInputs: Decodable, Sendable {
  var names: [String]
  var labels: [[Int]]?
  var scores: [[Double]]?
  var weights: [Double]?
  var generate: Generated?

  func sample() throws -> MultilabelSample {
    guard let generate else {
      return MultilabelSample(
        names: names, scores: try #require(scores).flatMap(\.self),
        labels: try #require(labels).flatMap { $0.map { $0 == 1 } }, weights: weights)
    }
    let (values, weights) = try generate.values(2 * names.count)
    let cells = 0..<(values.count / 2)
    return MultilabelSample(
      names: names, scores: cells.map { values[2 * $0] },
      labels: cells.map { values[2 * $0 + 1] < values[2 * $0] }, weights: weights)
  }
}

/// Targets, predictions, intervals and quantiles.
struct SpreadInputs: Decodable, Sendable {
  var targets: [Double]?
  var predictions: [Double]?
  var weights: [Double]?
  var low: [Double]?
  var high: [Double]?
  var levels: [Double]?
  var quantiles: [[Double]]?
  var naive: [Double]?
  var generate: Generated?

  func sample() throws -> (RegressionSample, naive: [Double]) {
    guard let generate else {
      let spread = RegressionSample.Quantiles(
        low: try #require(low), high: try #require(high), levels: try #require(levels),
        quantiles: try #require(quantiles))
      let sample = RegressionSample(
        targets: try #require(targets), predictions: try #require(predictions), spread: spread,
        weights: weights)
      return (sample, try #require(naive))
    }
    let (values, weights) = try generate.values(4)
    let rows = 0..<generate.n
    let predictions = rows.map { values[4 * $0 + 1] }
    let spread = RegressionSample.Quantiles(
      low: rows.map { predictions[$0] - values[4 * $0 + 2] / 4 },
      high: rows.map { predictions[$0] + values[4 * $0 + 3] / 4 }, levels: [0.1, 0.5, 0.9],
      quantiles: [-0.25, 0.0625, 0.375].map { gap in predictions.map { $0 + gap } })
    let sample = RegressionSample(
      targets: rows.map { values[4 * $0] }, predictions: predictions, spread: spread,
      weights: weights)
    return (sample, rows.map { _ in 0.5 })
  }
}
