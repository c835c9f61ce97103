import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Drawing each class for itself, and the metrics it is right for.
@Suite struct StratifiedTests {
  @Test(
    arguments: Metrics.all.filter { [.binary, .multiclass].contains($0.task) }.map(Named.init))
  func `a metric is by class just when more rows of one class leave its value`(
    _ named: Named
  ) throws {
    var rows = Rows(seed: 11, task: named.metric.task, count: 200)
    rows.weights = rows.scores.map { _ in 1 }
    let before = try #require(try named.value(on: rows))
    let classes = named.metric.task == .binary ? 2 : 3
    let isLeft = try (0..<classes).allSatisfy { several in
      rows.weights = rows.indices.map { row in
        let label = classes == 2 ? (rows.positives[row] ? 1 : 0) : Int(rows.labels[row])
        return label == several ? 3 : 1
      }
      let after = try named.value(on: rows)
      return after.map { abs($0 - before) < 1e-9 * max(1, abs(before)) } ?? false
    }
    #expect(isLeft == named.metric.isByClass)
  }

  @Test(arguments: ["gini", "informedness", "roc_auc", "diagnostic_odds_ratio"])
  func `it keeps the sizes of the classes, and nearly the interval of all rows`(
    id: String
  ) async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 400)
    let measured = try CertaintyTests.measured(id)
    let byRow = Certainty(confidence: 0.9, replicates: 2000, seed: 5)
    let byClass = Certainty(confidence: 0.9, replicates: 2000, seed: 5, isStratified: true)
    let one = try await byRow.interval(measured, candidate)
    let two = try await byClass.interval(measured, candidate)
    if measured.cells != nil {
      // A figure of decisions within the classes has the same draws however many rows of each class they hold.
      let slack = 1e-9 * max(1, abs(one.high))
      #expect(abs(one.low - two.low) < slack && abs(one.high - two.high) < slack)
    } else {
      #expect(id == "roc_auc" || one != two)
    }
    #expect(abs((two.high - two.low) / (one.high - one.low) - 1) < 0.15)
    let between = try await byClass.interval(
      measured, candidate: candidate, champion: champion, relative: false)
    let plain = try await byRow.interval(
      measured, candidate: candidate, champion: champion, relative: false)
    #expect(abs((between.high - between.low) / (plain.high - plain.low) - 1) < 0.15)
  }

  @Test func `where few rows are positive, every draw has as many`() async throws {
    // Two positive rows: one draw of all rows in seven has none, and gini is undefined there.
    let scores = (0..<60).map { Double($0 * 37 % 60) / 60 }
    let positives = (0..<60).map { $0 == 9 || $0 == 30 }
    let sample = Sample.binary(
      BinarySample(scores: scores, positives: positives))
    let measured = try CertaintyTests.measured("gini")
    let byRow = Certainty(confidence: 0.9)
    await #expect(throws: Undefined.self) { try await byRow.interval(measured, sample) }
    let byClass = Certainty(confidence: 0.9, isStratified: true)
    let interval = try await byClass.interval(measured, sample)
    #expect(interval.low < interval.high)
  }
}
