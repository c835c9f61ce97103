import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Figures of 300,000 rows, which both sides make from SplitMix.
@Suite struct ManyRowsTests {
  /// Two models' scores on the golden file's rows.
  private static func models(_ rows: Int) -> (labels: [Bool], first: [Double], second: [Double]) {
    var (u, v, w, x) = (SplitMix(101), SplitMix(202), SplitMix(303), SplitMix(404))
    var labels: [Bool] = []
    var (first, second): ([Double], [Double]) = ([], [])
    for _ in 0..<rows {
      let isPositive = u.value() < 0.3
      let (place, other) = (v.value(), w.value())
      labels.append(isPositive)
      first.append(0.7 * place + (isPositive ? 0.25 : 0))
      second.append(0.7 * (x.value() < 0.05 ? other : place) + (isPositive ? 0.25 : 0))
    }
    return (labels, first, second)
  }

  @Test func `agree with scipy and statsmodels`() throws {
    let golden = try StatisticsGolden.read().large
    let (labels, first, second) = Self.models(golden.rows)
    let right = labels.indices.map {
      ((first[$0] >= 0.5) == labels[$0], (second[$0] >= 0.5) == labels[$0])
    }
    #expect(right.count { $0.0 } == golden.successes)
    #expect(right.count { $0.0 && !$0.1 } == golden.gained)
    #expect(right.count { !$0.0 && $0.1 } == golden.lost)
    let share = Double(golden.successes) / Double(golden.rows)
    let wilson = try ShareInterval.wilson(
      share: share, size: Double(golden.rows), confidence: 0.95)
    let exact = try ShareInterval.clopperPearson(
      successes: golden.successes, trials: golden.rows, confidence: 0.95)
    #expect(agree(wilson, golden.wilson) && agree(exact, golden.exact))
    let mcnemar = try McNemar.exact(gained: golden.gained, lost: golden.lost)
    #expect(agree(mcnemar.pValue, golden.mcnemar))
    let pair = try DeLongDifference(
      candidate: BinarySample(scores: first, positives: labels),
      champion: BinarySample(scores: second, positives: labels))
    #expect(agree(pair.candidate.auc, golden.areas[0]) && agree(pair.champion.auc, golden.areas[1]))
    #expect(agree(pair.candidate.variance, golden.variances[0]))
    #expect(agree(pair.champion.variance, golden.variances[1]))
    #expect(agree(pair.variance, golden.variance))
    let differences = labels.indices.map {
      let truth = labels[$0] ? 1.0 : 0
      return (first[$0] - truth) * (first[$0] - truth) - (second[$0] - truth) * (second[$0] - truth)
    }
    let t = try pairedT(differences)
    #expect(agree(t.statistic, golden.t[0]) && agree(t.pValue, golden.t[1], 1e-8))
    let wilcoxon = try Wilcoxon.test(differences)
    #expect(agree(wilcoxon.statistic, golden.wilcoxon[0]))
    #expect(agree(wilcoxon.pValue, golden.wilcoxon[1], 1e-8))
  }
}
