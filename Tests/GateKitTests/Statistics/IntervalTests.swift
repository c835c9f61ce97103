import Testing

@testable import GateKit

@Suite struct IntervalTests {
  @Test func `Wilson and Clopper-Pearson agree with statsmodels and scipy`() throws {
    let golden = try StatisticsGolden.read().shares
    #expect(golden.count == 18)
    for row in golden {
      let share = Double(row.successes) / Double(row.trials)
      let wilson = try ShareInterval.wilson(
        share: share, size: Double(row.trials), confidence: row.level)
      #expect(agree(wilson, row.wilson), "\(row): \(wilson)")
      let exact = try ShareInterval.clopperPearson(
        successes: row.successes, trials: row.trials, confidence: row.level)
      #expect(agree(exact, row.exact), "\(row): \(exact)")
    }
  }

  @Test func `Newcombe agrees with statsmodels`() throws {
    let golden = try StatisticsGolden.read().newcombe
    #expect(!golden.isEmpty)
    for row in golden {
      let found = try ShareInterval.newcombe(
        (row.first[0] / row.first[1], row.first[1]), (row.second[0] / row.second[1], row.second[1]),
        confidence: 0.95)
      #expect(agree(found, row.interval), "\(row): \(found)")
    }
  }

  @Test func `Tango agrees with a search for the likeliest shares`() throws {
    let golden = try StatisticsGolden.read().tango
    #expect(!golden.isEmpty)
    for row in golden {
      let shares = try PairedShares(gained: row.counts[0], lost: row.counts[1], rows: row.counts[2])
      let found = try shares.interval(confidence: 0.95)
      #expect(agree(found, row.interval, 1e-8), "\(row): \(found)")
    }
  }

  @Test func `models that agree on every row leave a difference of z^2 over n + z^2`() throws {
    let z = try StandardNormal.width(0.95)
    let found = try PairedShares(gained: 0, lost: 0, rows: 40).interval(confidence: 0.95)
    #expect(agree(found, [-z * z / (40 + z * z), z * z / (40 + z * z)]))
    let all = try PairedShares(gained: 7, lost: 0, rows: 7).interval(confidence: 0.95)
    #expect(all.high == 1 && all.low > 0 && all.low < 1)
  }

  @Test func `means agree with scipy, weighted and clustered with the linearised variance`() throws
  {
    let golden = try StatisticsGolden.read().means
    let ones = [Double](repeating: 3, count: golden.values.count)
    let cases: [(MeanInterval, StatisticsGolden.Mean)] = [
      (try MeanInterval(of: golden.values), golden.plain),
      (try MeanInterval(of: golden.values, weights: ones), golden.plain),
      (try MeanInterval(of: golden.values, weights: golden.weights), golden.weighted),
      (
        try MeanInterval(
          of: golden.values, weights: golden.weights, clusters: golden.clusters),
        golden.clustered
      ),
    ]
    for (found, wanted) in cases {
      #expect(agree(found.mean, wanted.mean))
      #expect(agree(found.standardError, wanted.error))
      #expect(agree(try found.interval(confidence: 0.95), wanted.interval))
    }
    #expect(agree(cases[2].0.mean, golden.weightedMean))
  }

  @Test func `an interval that cannot be is undefined, with its reason`() throws {
    #expect(throws: Undefined("a share of no rows has no interval")) {
      try ShareInterval.wilson(share: 0, size: 0, confidence: 0.95)
    }
    #expect(throws: Undefined.self) {
      try ShareInterval.wilson(share: 1.1, size: 5, confidence: 0.95)
    }
    for confidence in [0, 1, -1, 2, .nan] {
      #expect(throws: Undefined.self) {
        try ShareInterval.wilson(share: 0.5, size: 5, confidence: confidence)
      }
      #expect(throws: Undefined.self) {
        try ShareInterval.clopperPearson(successes: 1, trials: 2, confidence: confidence)
      }
    }
    #expect(throws: Undefined.self) { try PairedShares(gained: 3, lost: 3, rows: 5) }
    #expect(throws: Undefined.self) { try MeanInterval(of: [1]) }
    #expect(throws: Undefined.self) { try MeanInterval(of: [1, 2], weights: [1, 0]) }
    #expect(throws: Undefined.self) { try MeanInterval(of: [1, .infinity, 3]) }
    #expect(throws: Undefined.self) { try MeanInterval(of: [1, 2, 3], clusters: [4, 4, 4]) }
    #expect(throws: Undefined.self) {
      try MeanInterval(of: [2, 2, 2]).interval(confidence: 0.95)
    }
  }

  @Test func `the effective size is the count for equal weights and 1 for one heavy row`() {
    #expect(effectiveSize(of: [2, 2, 2, 2]) == 4)
    #expect(effectiveSize(of: [5, 0, 0]) == 1)
    #expect(effectiveSize(of: [1, 3]) == 1.6)
    #expect(effectiveSize(of: []) == 0)
  }
}
