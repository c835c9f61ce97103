import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every figure of the second golden files, whose cases take their rows from the first.
@Suite struct MetricMoreGoldenTests {
  @Test(arguments: try MoreGolden<BinaryInputs>.cases("binary"))
  func binary(_ golden: MoreGolden<BinaryInputs>) throws {
    golden.check(.binary(try golden.inputs.sample()), task: .binary)
  }

  @Test(arguments: try MoreGolden<MulticlassInputs>.cases("multiclass"))
  func multiclass(_ golden: MoreGolden<MulticlassInputs>) throws {
    golden.check(.multiclass(try golden.inputs.sample()), task: .multiclass)
  }

  @Test(arguments: try MoreGolden<RegressionInputs>.cases("regression"))
  func regression(_ golden: MoreGolden<RegressionInputs>) {
    golden.check(.regression(golden.inputs.sample), task: .regression)
  }

  /// A metric without a figure would otherwise go unnoticed.
  @Test(arguments: [TaskKind.binary, .multiclass, .regression])
  func everyMetricHasAFigure(_ task: TaskKind) throws {
    let keys =
      switch task {
      case .binary: Set(try MoreGolden<BinaryInputs>.cases("binary").flatMap(\.expected.keys))
      case .multiclass:
        Set(try MoreGolden<MulticlassInputs>.cases("multiclass").flatMap(\.expected.keys))
      case .regression:
        Set(try MoreGolden<RegressionInputs>.cases("regression").flatMap(\.expected.keys))
          .union(
            try LaterGolden<SpreadInputs>.cases("regression-intervals").flatMap(\.expected.keys))
      case .multilabel, .ranking, .text: Set<String>()
      }
    let named = Set(keys.flatMap { Figure.written($0, task: task).map(\.metric.id) })
    let first: Set<String>
    switch task {
    case .binary:
      first = Set(try Golden<BinaryInputs>.cases("binary").flatMap(\.expected.keys))
    case .multiclass:
      first = Set(try Golden<MulticlassInputs>.cases("multiclass").flatMap(\.expected.keys))
    case .regression:
      first = Set(try Golden<RegressionInputs>.cases("regression").flatMap(\.expected.keys))
    case .multilabel, .ranking, .text: first = []
    }
    let before = Set(first.flatMap { Figure.named($0, task: task).map(\.metric.id) })
    // Of several classes these two have no figure of scikit-learn's with these averages.
    let without = Set(["average_precision", "f_beta", "specificity"])
    // Metrics of both models, of columns and of decided classes have golden files of their own.
    let own = ["expected_value", "overconfidence_error", "underconfidence_error"]
    let ofSeveral =
      task == .multiclass
      ? try LaterGolden<MulticlassInputs>.cases("calibration-confidence").flatMap {
        $0.expected.keys.flatMap { Figure.written($0, task: task).map(\.metric.id) }
      } : []
    let ownFile = { (metric: Metric) in
      metric.comparesModels || own.contains(metric.id) || ofSeveral.contains(metric.id)
    }
    for metric in Metrics.all
    where metric.task == task && !without.contains(metric.id) && !ownFile(metric) {
      #expect(named.contains(metric.id) || before.contains(metric.id), "\(metric.id)")
    }
  }
}

/// One case of a second golden file, its rows found.
struct MoreGolden<Inputs: Decodable & Sendable>: Sendable, CustomTestStringConvertible {
  var name: String
  var inputs: Inputs
  var expected: [String: Expectation]

  var testDescription: String { name }

  /// As it stands in the file.
  private struct Written: Decodable {
    var name: String
    var inputs: Inputs?
    var expected: [String: Expectation]
  }

  /// The cases of `<file>-more.json`, with the rows of `<file>.json` where they have none.
  static func cases(_ file: String) throws -> [MoreGolden] {
    let url = try #require(
      Bundle.module.url(
        forResource: file + "-more", withExtension: "json", subdirectory: "Golden"))
    let written = try JSONDecoder().decode([Written].self, from: Data(contentsOf: url))
    let first = try Golden<Inputs>.cases(file)
    return try written.map { one in
      let inputs = try #require(one.inputs ?? first.first { $0.name == one.name }?.inputs)
      return MoreGolden(name: one.name, inputs: inputs, expected: one.expected)
    }
  }

  /// Compares every figure; a key that names no metric fails.
  func check(_ sample: Sample, task: TaskKind) {
    #expect(!expected.isEmpty)
    for (key, expectation) in expected.sorted(by: { $0.key < $1.key }) {
      let figures = Figure.written(key, task: task)
      #expect(!figures.isEmpty, "\(name): '\(key)' names no metric")
      for figure in figures {
        figure.check(sample, gives: expectation, "\(name), \(key) by \(figure.metric.id)")
      }
    }
  }
}

extension Figure {
  /// A metric's name and its arguments, as "roc_auc max_fpr=0.2"; empty where there is none such.
  static func written(_ key: String, task: TaskKind) -> [Figure] {
    let words = key.split(separator: " ").map(String.init)
    guard words.count > 1 else { return named(key, task: task) }
    guard let metric = Metrics.named(words[0], task: task) else { return [] }
    var arguments = Arguments()
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, metric.parameters.contains(where: { $0.id == parts[0] }) else {
        return []
      }
      if let number = Double(parts[1]) {
        arguments.numbers[parts[0]] = number
      } else {
        arguments.texts[parts[0]] = parts[1]
      }
    }
    return [Figure(metric: metric, arguments: arguments)]
  }
}
