import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

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
      let middle = try ShareInterval.midP(
        successes: row.successes, trials: row.trials, confidence: row.level)
      #expect(agree(middle.low, row.midP[0]) && agree(middle.high, row.midP[1]), "\(row)")
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
      let found = try shares.tangoInterval(confidence: 0.95)
      #expect(agree(found, row.interval, 1e-8), "\(row): \(found)")
    }
  }

  @Test func `models that agree on every row leave a difference of z^2 over n + z^2`() throws {
    let z = try StandardNormal.width(0.95)
    let found = try PairedShares(gained: 0, lost: 0, rows: 40).tangoInterval(confidence: 0.95)
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
      #expect(agree(try found.plainInterval(confidence: 0.95), wanted.interval))
      #expect(agree(try found.estimate.hallInterval(confidence: 0.95), wanted.hall))
    }
    #expect(agree(cases[2].0.mean, golden.weightedMean))
  }

  @Test(arguments: [1, 4, 20, 45])
  func `no share that is just not good enough passes more often than 2.5%`(rows: Int) throws {
    let intervals = try (0...rows).map {
      try ShareInterval.clopperPearson(successes: $0, trials: rows, confidence: 0.95)
    }
    // The worst true share is the one just below a bound that passes it.
    for bound in intervals.map(\.low) where bound > 0 {
      let binomial = Binomial(trials: rows, probability: bound - 1e-9)
      var passes = 0.0
      for (hits, interval) in intervals.enumerated() where interval.low >= bound {
        passes += try binomial.pmf(hits)
      }
      #expect(passes <= 0.025 && passes > 0)
    }
  }

  @Test func `a few rows gained show no more than McNemar's mid-p test`() throws {
    for (gained, lost) in [(4, 0), (5, 0), (6, 0), (8, 1), (9, 1), (12, 3), (30, 14), (40, 20)] {
      let shares = try PairedShares(gained: gained, lost: lost, rows: 200)
      let p =
        try McNemar.exact(gained: gained, lost: lost).pValue
        - Binomial(trials: gained + lost, probability: 0.5).pmf(gained)
      let low = try shares.interval(confidence: 0.95).low
      #expect(low <= 0 || p < 0.05, "\(gained) and \(lost): \(low), p \(p)")
    }
    let four = try PairedShares(gained: 4, lost: 0, rows: 200)
    #expect(try four.tangoInterval(confidence: 0.95).low > 0)
    #expect(try four.interval(confidence: 0.95).low < 0)
    #expect(try four.interval(confidence: 0.95).method == "Tango, mid-p")
  }

  @Test func `a difference of shares that is just not good enough seldom passes`() throws {
    let rows = 40
    var lows: [(gained: Int, lost: Int, low: Double)] = []
    for gained in 0...rows {
      for lost in 0...(rows - gained) where gained + lost < 30 {
        let shares = try PairedShares(gained: gained, lost: lost, rows: rows)
        lows.append((gained, lost, try shares.interval(confidence: 0.95).low))
      }
    }
    for (gain, loss) in [(0.01, 0.0), (0.02, 0.001), (0.05, 0.01), (0.1, 0.1), (0.01, 0.05)] {
      var passes = 0.0
      for (gained, lost, low) in lows where low >= gain - loss {
        passes +=
          try Binomial(trials: rows, probability: gain + loss).pmf(gained + lost)
          * Binomial(trials: gained + lost, probability: gain / (gain + loss)).pmf(gained)
      }
      #expect(passes <= 0.029, "\(gain) gained and \(loss) lost: \(passes)")
    }
  }

  @Test func `a skewed mean reaches farther where its tail is`() throws {
    let losses = try MeanInterval(of: [0, 0, 0, 0, 0, 0, 0, 0, 0, 9])
    let plain = try losses.plainInterval(confidence: 0.95)
    let hall = try losses.estimate.hallInterval(confidence: 0.95)
    let shown = try losses.interval(confidence: 0.95)
    #expect(hall.high > plain.high && hall.low > plain.low && hall.low < losses.mean)
    // Few degrees for a spread that one row carries, so that the bound shown is farther still.
    #expect(try shown.high == losses.shown.hallInterval(confidence: 0.95).high)
    #expect(shown.high > hall.high && shown.low < plain.low)
    for x in [-3, -0.5, 0.1, 2.2] {
      let (s, t) = (losses.skewness, losses.estimate.untransformed(x))
      #expect(agree(t + s * (t * t / 3 + 1.0 / 6) + s * s * t * t * t / 27, x))
    }
  }

  @Test func `rows without long tails have Student's interval`() throws {
    let even = try MeanInterval(of: [-3, -1, -1, 0, 1, 1, 3])
    let plain = try even.plainInterval(confidence: 0.95)
    #expect(agree(try even.interval(confidence: 0.95), [plain.low, plain.high]))
    #expect(degreesOfVariance(units: 7, kurtosis: 1) == 6)
    #expect(degreesOfVariance(units: 100, kurtosis: 21) == 10)
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
