import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct DeLongTests {
  @Test func `agrees with the components taken pair by pair`() throws {
    let golden = try StatisticsGolden.read().areas
    #expect(golden.map(\.name) == ["random", "heavy ties", "ten rows", "1e-300"])
    for row in golden {
      let candidate = BinarySample(scores: row.first, positives: row.labels)
      let champion = BinarySample(scores: row.second, positives: row.labels)
      let pair = try DeLongDifference(candidate: candidate, champion: champion)
      #expect(agree(pair.candidate.auc, row.areas[0], 1e-12), "\(row.name)")
      #expect(agree(pair.champion.auc, row.areas[1], 1e-12), "\(row.name)")
      #expect(agree(pair.candidate.variance, row.variances[0]), "\(row.name)")
      #expect(agree(pair.champion.variance, row.variances[1]), "\(row.name)")
      #expect(agree(pair.variance, row.variance), "\(row.name)")
      #expect(agree(try pair.pValue, row.p), "\(row.name)")
      #expect(agree(try pair.candidate.logitInterval(confidence: 0.95), row.logit), "\(row.name)")
      #expect(agree(try pair.candidate.plainInterval(confidence: 0.95), row.plain), "\(row.name)")
      #expect(agree(try pair.plainInterval(confidence: 0.95), row.difference), "\(row.name)")
      let chosen = try pair.interval(confidence: 0.95)
      let isFew = row.labels.count == 10
      #expect(chosen.method == (isFew ? "Newcombe, hybrid" : "DeLong, Hall"))
      #expect(chosen.low <= row.difference[0] + 1e-9 && chosen.high >= row.difference[1] - 1e-9)
    }
  }

  /// DeLong, DeLong and Clarke-Pearson's own example.
  @Test func `agrees on the ovarian cancer data of 1988`() throws {
    for row in try StatisticsGolden.read().ovarian {
      let pair = try DeLongDifference(
        candidate: BinarySample(scores: row.first, positives: row.labels),
        champion: BinarySample(scores: row.second, positives: row.labels))
      #expect(agree(pair.candidate.auc, row.areas[0], 1e-12), "\(row.name)")
      #expect(agree(pair.champion.auc, row.areas[1], 1e-12), "\(row.name)")
      #expect(agree(pair.candidate.variance, row.variances[0]), "\(row.name)")
      #expect(agree(pair.variance, row.variance), "\(row.name)")
      #expect(agree(try pair.pValue, row.p), "\(row.name)")
    }
  }

  @Test func `Newcombe's bounds solve their equation, and stand in where rows are few`() throws {
    let row = try #require(try StatisticsGolden.read().areas.first { $0.name == "ten rows" })
    let few = try DeLong(BinarySample(scores: row.first, positives: row.labels))
    let interval = try few.interval(confidence: 0.95)
    #expect(interval.method == "Newcombe")
    let z = try StandardNormal.width(0.95)
    let (m, n) = (Double(few.positives), Double(few.negatives))
    for area in [interval.low, interval.high] {
      let q1 = area / (2 - area)
      let q2 = 2 * area * area / (1 + area)
      let middle = (m + n) / 2 - 1
      // Hanley and McNeil's variance, both classes' sizes less one replaced by their mean.
      let variance =
        (area * (1 - area) + middle * (q1 - area * area + q2 - area * area)) / (m * n)
      #expect(agree(abs(few.auc - area), z * variance.squareRoot(), 1e-8))
    }
    let many = try #require(try StatisticsGolden.read().areas.first)
    let enough = try DeLong(BinarySample(scores: many.first, positives: many.labels))
    #expect(try enough.interval(confidence: 0.95).method == "DeLong, logit")
  }

  @Test func `a perfect order leaves room below 1`() throws {
    let sample = BinarySample(
      scores: [5, 4, 3, 2, 1, 0], positives: [true, true, true, false, false, false])
    let perfect = try DeLong(sample)
    let interval = try perfect.interval(confidence: 0.95)
    #expect(perfect.auc == 1 && perfect.variance == 0)
    #expect(interval.high == 1 && interval.low > 0.3 && interval.low < 0.9)
    #expect(interval.method == "Newcombe")
    #expect(throws: Undefined.self) { try perfect.plainInterval(confidence: 0.95) }
  }

  @Test func `equal scores say nothing, and the interval is wide`() throws {
    let sample = BinarySample(
      scores: [1, 1, 1, 1], positives: [true, false, true, false])
    let equal = try DeLong(sample)
    let interval = try equal.interval(confidence: 0.95)
    #expect(equal.auc == 0.5)
    #expect(interval.low < 0.2 && interval.high > 0.8)
  }

  @Test func `a difference of areas near 1 is as unsure as the areas are`() throws {
    let labels = (0..<40).map { $0 < 20 }
    let scores = (0..<40).map { -Double($0) }
    var swapped = scores
    swapped.swapAt(19, 20)
    let pair = try DeLongDifference(
      candidate: BinarySample(scores: scores, positives: labels),
      champion: BinarySample(scores: swapped, positives: labels))
    let plain = try pair.plainInterval(confidence: 0.95)
    let chosen = try pair.interval(confidence: 0.95)
    #expect(abs(pair.difference - 1.0 / 400) < 1e-12)
    #expect(plain.low > -0.01)
    #expect(chosen.low < -0.03 && chosen.high > plain.high)
  }

  @Test func `two models of one order differ by no more than as many pairs allow`() throws {
    let labels = (0..<40).map { $0 % 4 == 0 }
    let candidate = BinarySample(scores: (0..<40).map { Double($0 % 7) }, positives: labels)
    let champion = BinarySample(scores: (0..<40).map { Double($0 % 7) * 2 }, positives: labels)
    let pair = try DeLongDifference(candidate: candidate, champion: champion)
    let z = try StandardNormal.width(0.95)
    let half = z * z / (10 + z * z)
    #expect(pair.variance == 0)
    #expect(try pair.pValue == 1)
    #expect(agree(try pair.interval(confidence: 0.95), [-half, half]))
  }

  @Test func `weights, one class and other rows are undefined`() throws {
    let weighted = BinarySample(
      scores: [1, 2, 3, 4], positives: [true, false, true, false], weights: [1, 1, 1, 1])
    #expect(throws: Undefined("DeLong's method does not take row weights")) {
      try DeLong(weighted)
    }
    #expect(throws: Undefined.self) {
      try DeLong(BinarySample(scores: [1, 2, 3], positives: [true, false, false]))
    }
    #expect(throws: Undefined.self) { try DeLong(BinarySample(scores: [], positives: [])) }
    let one = BinarySample(scores: [1, 2, 3, 4], positives: [true, false, true, false])
    let other = BinarySample(scores: [1, 2, 3, 4], positives: [false, true, true, false])
    let short = BinarySample(
      scores: [1, 2, 3, 4, 5], positives: [true, false, true, false, true])
    for champion in [other, short] {
      #expect(throws: Undefined("the two models were not scored on the same rows")) {
        try DeLongDifference(candidate: one, champion: champion)
      }
    }
  }
}
