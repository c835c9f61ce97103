import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What a row loses by a metric.
@Suite struct RowLossTests {
  /// A request of a gate with these metrics.
  static func requests(_ metrics: KeyValuePairs<String, Any>) throws -> [MetricRequest<Metric>] {
    try MetricRequest.read(
      GateSettings(
        id: "g", node: RunTests.node(RunTests.pairs(["metrics": metrics])), task: .binary,
        hasChampion: true), limits: Limit.Kind.allCases)
  }

  static func sample(_ scores: [Double], weights: [Double]? = nil) -> Sample {
    .binary(
      BinarySample(
        scores: scores, positives: [true, true, false, false, true], weights: weights))
  }

  static let candidate = sample([0.9, 0.2, 0.7, 0.1, 0.4])
  static let champion = sample([0.9, 0.8, 0.2, 0.6, 0.1])

  static func losses(
    _ metric: String, _ body: KeyValuePairs<String, Any> = ["max_drop": 0.1],
    comparing: Bool = true
  ) throws -> RowLosses {
    let kind = try #require(try requests([metric: RunTests.pairs(body)])[0].rowLoss)
    return try RowLosses(
      kind, candidate: candidate, champion: comparing ? champion : nil, clusters: nil)
  }

  @Test func `accuracy loses wrong decisions, at its own threshold`() throws {
    let losses = try Self.losses("accuracy")
    #expect(losses.candidate == [0, 1, 1, 0, 1] && losses.champion == [0, 0, 0, 1, 1])
    #expect(losses.isWrongOrRight && losses.isInUnit && losses.name == "wrong decisions")
    let low = try Self.losses("accuracy", ["max_drop": 0.1, "threshold": 0.15])
    #expect(low.candidate == [0, 0, 1, 0, 0])
  }

  @Test func `recall is of positive rows`() throws {
    let losses = try Self.losses("recall")
    #expect(losses.rows == [0, 1, 4])
    #expect(losses.candidate == [0, 1, 1] && losses.champion == [0, 0, 1])
    #expect(losses.isInUnit)
  }

  @Test func `precision is of rows that either decides positive`() throws {
    let losses = try Self.losses("precision")
    #expect(losses.rows == [0, 1, 2, 3])
    #expect(losses.candidate == [0, 0, 1, 0] && losses.champion == [0, 0, 0, 1])
    #expect(!losses.isInUnit)
    let alone = try Self.losses("precision", comparing: false)
    #expect(alone.rows == [0, 2] && alone.candidate == [0, 1] && alone.champion == nil)
  }

  @Test func `a rate that is better low loses what raises it`() throws {
    let losses = try Self.losses("specificity")
    #expect(losses.rows == [2, 3] && losses.candidate == [1, 0])
  }

  @Test func `mean losses and costs are themselves`() throws {
    let losses = try Self.losses("brier_score")
    #expect(
      zip(losses.candidate, [0.01, 0.64, 0.49, 0.01, 0.36]).allSatisfy { $0.isClose(to: $1) })
    #expect(!losses.isWrongOrRight && losses.name == "brier_score")
    let costs = try Self.losses("expected_cost", ["max_drop": 1, "cost_fp": 2, "cost_fn": 7])
    #expect(costs.candidate == [0, 7, 2, 0, 7])
  }

  @Test func `what is no mean over rows has no loss`() throws {
    for metric in ["roc_auc", "f1", "log_loss"] {
      let request = try Self.requests([metric: RunTests.pairs(["max_drop": 0.1])])[0]
      #expect((request.rowLoss == nil) == (metric != "log_loss"), "\(metric)")
    }
  }

  @Test func `the task's own is log loss of scores, else wrong decisions`() throws {
    let scores = try RowLosses(
      .standard, candidate: Self.candidate, champion: Self.champion, clusters: nil)
    #expect(scores.name == "log loss")
    #expect(scores.candidate[0].isClose(to: 0.105360515657826))
    let classes = Sample.binary(
      BinarySample(
        scores: [1, 0, 1, 0, 0], positives: [true, true, false, false, true], hasScores: false))
    let decisions = try RowLosses(
      .standard, candidate: Self.candidate, champion: classes, clusters: nil)
    #expect(decisions.name == "wrong decisions" && decisions.candidate == [0, 1, 1, 0, 1])
    let numbers = Sample.regression(RegressionSample(targets: [1, 2], predictions: [3, 2]))
    let errors = try RowLosses(.standard, candidate: numbers, champion: nil, clusters: nil)
    #expect(errors.name == "squared error" && errors.candidate == [4, 0])
  }

  @Test func `a loss too large to be squared is undefined`() {
    let numbers = Sample.regression(RegressionSample(targets: [1, 2], predictions: [1e160, 2]))
    #expect(throws: Undefined.self) {
      try RowLosses(.standard, candidate: numbers, champion: nil, clusters: nil)
    }
  }

  @Test func `rows without weight take no part`() throws {
    let weighted = Self.sample([0.9, 0.2, 0.7, 0.1, 0.4], weights: [1, 0, 2, 1, 3])
    let losses = try RowLosses(
      .decisions(threshold: nil), candidate: weighted, champion: nil, clusters: [7, 7, 8, 9, 9])
    #expect(losses.rows == [0, 2, 3, 4] && losses.weights == [1, 2, 1, 3])
    #expect(losses.clusters == [7, 8, 9, 9] && losses.candidate == [0, 1, 0, 1])
  }
}
