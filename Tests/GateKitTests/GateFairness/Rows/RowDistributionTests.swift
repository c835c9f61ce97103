import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// How a mean of a number a row would vary, and what it says where it is undefined.
@Suite struct RowDistributionTests {
  /// So many rows of which the first `flips` would be decided otherwise.
  static func flipping(
    _ flips: Int, of rows: Int, weights: [Double]? = nil, missing: Int = 0
  ) -> RowMeasure {
    let scores = (0..<rows).map { $0 % 2 == 0 ? 0.8 : 0.2 }
    let other = (0..<rows).map { $0 < flips ? 1 - scores[$0] : scores[$0] }
    let codes = (0..<rows).map { $0 < missing ? -1 : Int32($0 / 2 % 2) }
    return RowMeasure(
      sample: .binary(
        BinarySample(
          scores: scores, positives: scores.map { $0 > 0.5 }, weights: weights)),
      groups: (0..<rows).map { $0 / 2 % 2 == 0 ? "a" : "b" },
      counterfactuals: Counterfactuals(
        values: ["a", "b"], codes: codes, inputs: ["sex"],
        answers: [.numbers(other), .numbers(other)]))
  }

  @Test func `a share without weights has the exact interval`() async throws {
    let (_, distribution) = try await Self.flipping(7, of: 200).distribution(
      "counterfactual_flip_rate", Arguments())
    #expect(distribution.value(0) == 0.035)
    let interval = try await distribution.curve(.value).interval(0.95)
    let exact = try ShareInterval.clopperPearson(successes: 7, trials: 200, confidence: 0.95)
    #expect(interval == exact)
  }

  @Test func `no flip in many rows is shown, also of weighted ones and of clusters`() async throws {
    var none = Self.flipping(0, of: 400)
    let plain = try await none.distribution("counterfactual_flip_rate", Arguments()).distribution
      .curve(.value)
    #expect(try plain.interval(0.95).high < 0.01)
    none = Self.flipping(0, of: 400, weights: (0..<400).map { $0 % 2 == 0 ? 1 : 3 })
    let weighted = try await none.distribution("counterfactual_flip_rate", Arguments()).distribution
      .curve(.value)
    // Kish: (400 + 400)^2 / (200 + 200 * 9) = 320 rows.
    #expect(
      try weighted.interval(0.95)
        == ShareInterval.clopperPearson(successes: 0, trials: 320, confidence: 0.95))
    none = Self.flipping(0, of: 400)
    none.clusters = (0..<400).map { Int32($0 / 10) }
    let clustered = try await none.distribution("counterfactual_flip_rate", Arguments())
      .distribution.curve(.value)
    #expect(
      try clustered.interval(0.95)
        == ShareInterval.clopperPearson(successes: 0, trials: 40, confidence: 0.95))
  }

  @Test func `weights count, and rows without a value take no part`() async throws {
    let weights = (0..<10).map { Double($0 + 1) }
    let all = Self.flipping(4, of: 10, weights: weights)
    #expect(abs(try await all.value("counterfactual_flip_rate") - 10 / 55.0) < 1e-15)
    let some = Self.flipping(4, of: 10, weights: weights, missing: 2)
    #expect(abs(try await some.value("counterfactual_flip_rate") - 7 / 52.0) < 1e-15)
    let (terms, _) = try await some.distribution("counterfactual_flip_rate", Arguments())
    #expect(terms.note.contains("2 rows without a value left out"))
    await #expect(throws: Undefined("no row has a value of the attribute")) {
      try await Self.flipping(4, of: 10, missing: 10).value("counterfactual_flip_rate")
    }
  }

  @Test func `a mean has Student's interval, by clusters where there are any`() async throws {
    let rows = 400
    var random = RandomSource(seed: 3, stream: 0)
    let scores = (0..<rows).map { _ in Double(random.index(below: 1000)) / 1000 }
    let line = (0..<rows).map { Double($0 / 20) + Double(random.index(below: 100)) / 1000 }
    var measure = RowMeasure(
      sample: .binary(BinarySample(scores: scores, positives: scores.map { $0 > 0.4 })),
      groups: (0..<rows).map { $0 % 2 == 0 ? "a" : "b" }, features: [line])
    let byTwenty = (0..<rows).map { Int32($0 / 20) }
    for clusters in [nil, byTwenty] {
      measure.clusters = clusters
      let (terms, distribution) = try await measure.distribution("consistency", Arguments())
      let found = try await distribution.curve(.value).interval(0.95)
      let wanted = try MeanInterval(of: terms.values[0], clusters: clusters)
        .interval(confidence: 0.95)
      #expect(abs(found.low - wanted.low) < 1e-12 && abs(found.high - wanted.high) < 1e-12)
    }
  }

  @Test func `the difference to the champion is of the same rows`() async throws {
    var measure = Self.flipping(20, of: 200)
    let other = Self.flipping(8, of: 200)
    // The champion's scores differ a little, its decisions do not.
    guard case .binary(let sample) = other.sample else { return }
    measure.champion = .binary(
      BinarySample(
        scores: sample.byPlace { $0 * 0.99 }, positives: sample.byPositive))
    measure.championCounterfactuals = other.counterfactuals
    let (_, distribution) = try await measure.distribution("counterfactual_flip_rate", Arguments())
    #expect(distribution.value(0) == 0.1 && distribution.value(1) == 0.04)
    let difference = try await distribution.curve(.difference).interval(0.95)
    #expect(
      try difference
        == PairedShares(gained: 12, lost: 0, rows: 200).interval(confidence: 0.95))
    let relative = try await distribution.curve(.relativeDifference).interval(0.95)
    #expect(relative.low < 1.5 && relative.high > 1.5, "\(relative)")
  }

  @Test func `what no input of the model shows is certain`() async throws {
    var measure = Self.flipping(0, of: 10)
    measure.counterfactuals = Counterfactuals(
      values: ["a", "b"], codes: measure.counterfactuals?.codes ?? [], inputs: [], answers: [])
    let (terms, distribution) = try await measure.distribution(
      "counterfactual_flip_rate", Arguments())
    #expect(distribution.value(0) == 0 && terms.note.contains("0 by construction"))
    let interval = try await distribution.curve(.value).interval(0.95)
    #expect(interval.low == 0 && interval.high == 0)
  }

  @Test func `nulls are an error that names column and row, or left out`() async throws {
    var measure = RowMeasure(
      sample: .binary(
        BinarySample(
          scores: [0.9, 0.1, 0.8, 0.2], positives: [true, false, true, false])),
      groups: ["a", "a", "b", "b"], features: [[1, 2, 3, 4], [1, .nan, .nan, 1]])
    do {
      _ = try await measure.value("consistency", Arguments(["neighbours": 2]))
      Issue.record("a null was read")
    } catch let error as Undefined {
      #expect(error.reason.contains("'x1' is null or NaN in row 2, and 2 rows"), "\(error.reason)")
    }
    let skipping = Arguments(["neighbours": 2], texts: ["nulls": "skip"])
    let (terms, distribution) = try await measure.distribution("consistency", skipping)
    #expect(terms.rows == [0, 3] && distribution.value(0) == 0.5)
    #expect(terms.note == "; 2 rows with nulls left out")
    #expect(terms.evidence["rows_with_nulls"] == .integer(2))
    measure.features = [[1, 2, 3, 1e200]]
    await #expect(throws: Undefined.self) {
      try await measure.value(
        "consistency", Arguments(["neighbours": 2], texts: ["scaling": "none"]))
    }
    #expect(try await measure.value("consistency", Arguments(["neighbours": 2])) < 1)
  }

  @Test func `of many rows some are drawn by the seed, and the evidence says so`() async throws {
    let rows = 300
    let scores = (0..<rows).map { Double($0 * 7919 % 1000) / 1000 }
    let measure = RowMeasure(
      sample: .binary(BinarySample(scores: scores, positives: scores.map { $0 > 0.4 })),
      groups: (0..<rows).map { $0 % 2 == 0 ? "a" : "b" }, features: [scores])
    let (terms, _) = try await measure.distribution(
      "consistency", Arguments(["rows": 100, "seed": 5]))
    #expect(terms.rows.count == 100 && terms.rows == terms.rows.sorted())
    #expect(
      terms.evidence["rows_drawn"] == [
        "rows": .integer(100), "of": .integer(300), "seed": .integer(5),
      ])
    let again = try await measure.distribution("consistency", Arguments(["rows": 100, "seed": 5]))
      .terms
    let other = try await measure.distribution("consistency", Arguments(["rows": 100, "seed": 6]))
      .terms
    #expect(again.rows == terms.rows && other.rows != terms.rows)
  }

  @Test func `the flip test says nothing of weights`() async throws {
    var measure = RowMeasure(
      sample: .binary(
        BinarySample(
          scores: [0.9, 0.1, 0.8, 0.2], positives: [true, false, true, false],
          weights: [1, 2, 1, 1])),
      groups: ["a", "a", "b", "b"], reference: "a", features: [[1, 2, 3, 4]])
    await #expect(throws: Undefined.self) {
      try await measure.value("flip_test@clarify", Arguments(["neighbours": 1]))
    }
    measure.reference = nil
    await #expect(throws: Undefined.self) {
      try await measure.value("flip_test@clarify", Arguments(["neighbours": 1]))
    }
  }
}

extension BinarySample {
  /// Scores in row order, made others.
  fileprivate func byPlace(_ change: (Double) -> Double) -> [Double] {
    Sample.binary(self).byRow(scores.map(change), else: 0)
  }

  /// Labels in row order.
  fileprivate var byPositive: [Bool] { Sample.binary(self).byRow(positives, else: false) }
}
