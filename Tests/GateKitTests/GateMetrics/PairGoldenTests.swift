import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Every figure of two models on the same rows, as numpy, scipy and scikit-learn have them.
@Suite struct PairGoldenTests {
  @Test(arguments: try PairCase.all)
  func figures(_ golden: PairCase) throws {
    let (now, before) = try golden.samples()
    for (key, expectation) in golden.expected.sorted(by: { $0.key < $1.key }) {
      let figures = Figure.written(key, task: now.task)
      #expect(figures.count == 1, "\(golden.name): '\(key)' names no metric")
      figures.first?.check(
        now, champion: before, gives: expectation, "\(golden.name), \(key)")
    }
  }

  @Test func `every metric of both models has a figure, whatever its task`() throws {
    let cases = try PairCase.all
    for metric in Metrics.pairs where metric.task != .text {
      #expect(
        cases.contains { $0.task == metric.task.rawValue && $0.expected[metric.id] != nil },
        "\(metric.task) \(metric.id)")
    }
  }

  @Test func `a metric of both models has a method for its interval, and the value lies in it`()
    async throws
  {
    let certainty = Certainty(confidence: 0.95, replicates: 400, seed: 1)
    for golden in try PairCase.all where golden.name.contains("250 rows") {
      let (now, before) = try golden.samples()
      let weighted = now.rowWeightsByPlace != nil
      for metric in Metrics.pairs where metric.task == now.task {
        let measured = MetricCall(metric: metric, arguments: Arguments())
        let interval = try await certainty.interval(measured, now, champion: before)
        let value = try metric.value(on: now, Arguments(), champion: before)
        #expect(interval.low < value && value < interval.high, "\(golden.name), \(metric.id)")
        switch metric.spread {
        case .rowShare where !weighted: #expect(interval.method == "Clopper-Pearson")
        case .rowShare: #expect(interval.method.hasPrefix("Bayesian bootstrap and a row"))
        case .mean: #expect(interval.method.hasPrefix("Student's t"))
        default: #expect(interval.method == "bootstrap, BCa")
        }
      }
    }
  }
}

/// One case of pair.json.
struct PairCase: Decodable, Sendable, CustomTestStringConvertible {
  var task: String
  var name: String
  var truth: Table
  var candidate: Table
  var champion: Table
  var weights: [Double]?
  var expected: [String: Expectation]

  var testDescription: String { name }

  /// A number a row, or several.
  enum Table: Decodable, Sendable {
    case column([Double])
    case rows([[Double]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let column = try? container.decode([Double].self) {
        self = .column(column)
      } else {
        self = .rows(try container.decode([[Double]].self))
      }
    }

    var numbers: [Double] {
      switch self {
      case .column(let numbers): numbers
      case .rows(let rows): rows.flatMap(\.self)
      }
    }
  }

  static var all: [PairCase] {
    get throws {
      let url = try #require(
        Bundle.module.url(forResource: "pair", withExtension: "json", subdirectory: "Golden"))
      let cases = try JSONDecoder().decode([PairCase].self, from: Data(contentsOf: url))
      try #require(cases.count > 20)
      return cases
    }
  }

  /// The candidate's sample and the champion's.
  func samples() throws -> (Sample, Sample) {
    (try sample(candidate.numbers), try sample(champion.numbers))
  }

  private func sample(_ answers: [Double]) throws -> Sample {
    let truth = truth.numbers
    switch task {
    case "binary":
      return .binary(
        BinarySample(scores: answers, positives: truth.map { $0 == 1 }, weights: weights))
    case "multiclass":
      return .multiclass(
        MulticlassSample(
          classes: ["a", "b", "c", "d"], probabilities: answers, labels: truth.map { Int32($0) },
          weights: weights))
    case "multilabel":
      return .multilabel(
        MultilabelSample(
          names: ["a", "b", "c"], scores: answers, labels: truth.map { $0 == 1 }, weights: weights))
    default:
      try #require(task == "regression")
      return .regression(
        RegressionSample(targets: truth, predictions: answers, weights: weights))
    }
  }
}

extension Sample {
  /// The task whose metrics measure it.
  fileprivate var task: TaskKind {
    switch self {
    case .binary: .binary
    case .multiclass: .multiclass
    case .multilabel: .multilabel
    case .regression: .regression
    case .ranking: .ranking
    case .text: .text
    }
  }
}
