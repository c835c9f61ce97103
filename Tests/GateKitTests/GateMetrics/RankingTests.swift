import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What only metrics of queries have: the order of equal scores, the weight of a query, its interval.
@Suite struct RankingTests {
  /// The mean over all orders of equal scores, each told apart by a little.
  @Test(arguments: [
    Figure(metric: Metric.Ranking.ndcg), Figure(metric: Metric.Ranking.dcg),
    Figure(metric: Metric.Ranking.ndcg, arguments: Arguments(["k": 3])),
    Figure(metric: Metric.Ranking.meanAveragePrecision),
    Figure(metric: Metric.Ranking.meanAveragePrecision, arguments: Arguments(["k": 3])),
    Figure(metric: Metric.Ranking.meanReciprocalRank),
    Figure(metric: Metric.Ranking.meanReciprocalRank, arguments: Arguments(["k": 2])),
    Figure(metric: Metric.Ranking.precisionAtK, arguments: Arguments(["k": 3])),
    Figure(metric: Metric.Ranking.recallAtK, arguments: Arguments(["k": 3])),
    Figure(metric: Metric.Ranking.hitRateAtK, arguments: Arguments(["k": 2])),
    Figure(metric: Metric.Ranking.expectedReciprocalRank, arguments: Arguments(["max_grade": 3])),
    Figure(
      metric: Metric.Ranking.expectedReciprocalRank, arguments: Arguments(["max_grade": 3, "k": 4])),
    Figure(metric: Metric.Ranking.groupedRocAuc),
  ])
  func tiesAreTheMeanOfTheirOrders(_ figure: Figure) throws {
    let relevance: [Double] = [3, 0, 1, 0, 2, 1]
    let scores: [Double] = [0.9, 0.4, 0.4, 0.4, 0.4, 0.1]
    let queries = [Int32](repeating: 0, count: 6)
    func value(_ scores: [Double]) throws -> Double {
      try figure.metric.value(
        on: .ranking(relevance, scores: scores, queries: queries), figure.arguments)
    }
    var values: [Double] = []
    for order in orders([1, 2, 3, 4]) {
      var apart = scores
      for (place, row) in order.enumerated() { apart[row] -= Double(place) / 1000 }
      values.append(try value(apart))
    }
    #expect(values.count == 24)
    #expect(agree(try value(scores), values.sum / 24, relative: 1e-14), "\(figure.metric.id)")
  }

  /// A group of many equal scores takes time in proportion to its rows.
  @Test func manyTiesAreQuick() throws {
    let count = 200_000
    let sample = Sample.ranking(
      (0..<count).map { Double($0 % 4) }, scores: [Double](repeating: 0.5, count: count),
      queries: [Int32](repeating: 0, count: count))
    let clock = ContinuousClock()
    for metric in Metrics.ranking where !metric.parameters.contains(where: \.isColumn) {
      let arguments = Arguments(["k": 10, "max_grade": 3])
      var value = 0.0
      let time = try clock.measure { value = try metric.value(on: sample, arguments) }
      #expect(metric.range.contains(value))
      #expect(time < .seconds(5), "\(metric.id) took \(time)")
    }
  }

  /// With all of a query tied, each rank is as any: the expected reciprocal rank of equal grades is in closed form.
  @Test func equalGradesHaveNoOrder() throws {
    let arguments = Arguments(["max_grade": 2])
    for grade in [1.0, 2.0] {
      let miss = 1 - (raised(2, to: grade) - 1) / 4
      let wanted = (1...50).reduce(0) { sum, rank in
        sum + (1 - miss) * raised(miss, to: Double(rank - 1)) / Double(rank)
      }
      let tied = Sample.ranking(
        [Double](repeating: grade, count: 50), scores: [Double](repeating: 1, count: 50),
        queries: [Int32](repeating: 0, count: 50))
      let value = try Metric.Ranking.expectedReciprocalRank.figure(on: tied, arguments)
      #expect(agree(value, wanted, relative: 1e-14))
    }
  }

  @Test func aQueryHasOneWeight() {
    let error = #expect(throws: Undefined.self) {
      try Metric.Ranking.ndcg.value(on: .unevenlyWeighed, Arguments())
    }
    #expect(error?.reason.contains("weigh 1 and 2 (row 2)") == true, "\(error as Any)")
  }

  /// The rows of an item's second appearance are named as the user named it.
  @Test func anItemTwiceIsRefused() {
    let arguments = Arguments(
      ["k": 2], columns: ["item": .codes([0, 0, 1, 0, 1, 1], ["loan", "card"])])
    let error = #expect(throws: Undefined.self) {
      try Metric.Ranking.coverage.value(on: .offers, arguments)
    }
    #expect(error?.reason.contains("'loan' stands twice") == true, "\(error as Any)")
  }

  /// Student's interval over the queries, not over their rows.
  @Test func theIntervalIsOverQueries() async throws {
    let rows = Rows(seed: 4, task: .ranking, count: 600)
    var certainty = Certainty(confidence: 0.95)
    certainty.clusters = rows.queries
    let measured = MetricCall(metric: Metric.Ranking.ndcg, arguments: Arguments())
    let interval = try await certainty.interval(measured, rows.sample)
    var values: [Double] = []
    for query in 0..<100 {
      let one = rows.picked(rows.indices.filter { rows.queries[$0] == query }).sample
      if let value = measured.value(one) { values.append(value) }
    }
    let wanted = try MeanInterval(of: values).interval(confidence: 0.95)
    #expect(interval.method == "Student's t, Hall")
    #expect(agree(interval.low, wanted.low, relative: 1e-12))
    #expect(agree(interval.high, wanted.high, relative: 1e-12))
  }

  /// A draw leaves queries out, and so items: no interval rather than a wrong one.
  @Test func coverageHasNoInterval() async throws {
    let rows = Rows(seed: 4, task: .ranking, count: 300)
    var certainty = Certainty(confidence: 0.9, replicates: 200)
    certainty.clusters = rows.queries
    let limits = certainty
    let codes = rows.indices.map { Int32($0 % 150) }
    let arguments = Arguments(["k": 1], columns: ["item": .codes(codes, [])])
    let measured = MetricCall(metric: Metric.Ranking.coverage, arguments: arguments)
    await #expect(throws: Undefined.self) { try await limits.interval(measured, rows.sample) }
  }

  /// What the means over queries need of a sample of a million rows; run in release with GATEWRIGHT_COVERAGE=1.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["GATEWRIGHT_COVERAGE"] == "1"))
  func aMillionRowsAreQuick() throws {
    var random = SplitMix(1)
    let count = 1_000_000
    let sample = Sample.ranking(
      (0..<count).map { _ in (random.value() * 4).rounded(.down) },
      scores: (0..<count).map { _ in random.value() }, queries: (0..<count).map { Int32($0 / 20) })
    let time = try ContinuousClock().measure {
      _ = try Metric.Ranking.ndcg.value(on: sample, Arguments(["k": 10]))
    }
    print("ndcg@10 of a million rows in 50,000 queries: \(time)")
    #if !DEBUG
      #expect(time < .seconds(1))
    #endif
  }
}

extension Parameter {
  /// Whether its value is a column of the holdout.
  var isColumn: Bool { shape.rowContent != nil && required }
}

/// Every order of the elements.
private func orders(_ elements: [Int]) -> [[Int]] {
  guard let last = elements.last else { return [[]] }
  return orders(Array(elements.dropLast())).flatMap { order in
    (0...order.count).map { Array(order[..<$0]) + [last] + Array(order[$0...]) }
  }
}
