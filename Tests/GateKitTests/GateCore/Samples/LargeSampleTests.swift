import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What is done otherwise with many rows than with few.
@Suite struct LargeSampleTests {
  /// Rows whose labels come about by their scores' log-odds, stretched and shifted.
  private func rows(
    _ count: Int, slope: Double, intercept: Double, places: Double = 1e9
  ) -> (scores: [Double], positives: [Bool]) {
    var random = SplitMix(11)
    let scores = (0..<count).map { _ in
      min(max((random.value() * places).rounded() / places, 1e-6), 1 - 1e-6)
    }
    let positives = scores.map { score in
      random.value() < 1 / (1 + exp(-intercept - slope * log(score / (1 - score))))
    }
    return (scores, positives)
  }

  /// At the maximum of the likelihood its slopes are 0, which nothing else is: it is concave.
  @Test(arguments: [false, true])
  func `the calibration of many rows is where the likelihood is highest`(isWeighted: Bool) throws {
    let (scores, positives) = rows(120_000, slope: 0.8, intercept: -0.5)
    let weights = isWeighted ? scores.indices.map { Double($0 % 5) } : nil
    let sample = Sample.binary(
      BinarySample(scores: scores, positives: positives, weights: weights))
    func slopes(_ intercept: Double, _ slope: Double) -> (Double, Double) {
      var sums = (0.0, 0.0)
      for row in scores.indices {
        let odds = log(scores[row] / (1 - scores[row]))
        let expected = 1 / (1 + exp(-intercept - slope * odds))
        let gap = (weights?[row] ?? 1) * ((positives[row] ? 1 : 0) - expected)
        sums = (sums.0 + gap, sums.1 + gap * odds)
      }
      return (sums.0 / sample.totalWeight, sums.1 / sample.totalWeight)
    }
    let shift = try #require(Metrics.named("calibration_intercept", task: .binary))
      .value(on: sample, Arguments())
    #expect(abs(slopes(shift, 1).0) < 1e-11)
    let slope = try #require(Metrics.named("calibration_slope", task: .binary))
      .value(on: sample, Arguments())
    #expect(abs(slope - 0.8) < 0.02)
    // The intercept that goes with it, by halving.
    var (low, high) = (-5.0, 5.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if slopes(middle, slope).0 > 0 { low = middle } else { high = middle }
    }
    #expect(abs(slopes(low, slope).1) < 1e-11)
  }

  /// So few are positive that of the rows a start is taken from none is.
  @Test func `a class of a few rows among many has its calibration`() throws {
    var random = SplitMix(5)
    let scores = (0..<100_000).map { _ in 0.001 + 0.998 * random.value() }
    let positives = scores.indices.map { $0 == 70 || $0 == 4711 }
    let sample = Sample.binary(BinarySample(scores: scores, positives: positives))
    let shift = try #require(Metrics.named("calibration_intercept", task: .binary))
      .value(on: sample, Arguments())
    let expected = scores.reduce(0) { $0 + 1 / (1 + exp(-shift - log($1 / (1 - $1)))) }
    #expect(abs(expected - 2) < 1e-8)
  }

  @Test(arguments: [1023, 1024, 1025, 2048, 5000])
  func `cells are what counting every row gives`(count: Int) {
    let (scores, positives) = rows(count, slope: 1, intercept: 0, places: 300)
    let sample = BinarySample(scores: scores, positives: positives)
    for threshold in [-1, 0, 0.1, 0.5, 0.77, 1, 2] {
      let cells = sample.confusion(at: threshold)
      func number(_ isPositive: Bool, _ isDecided: Bool) -> Double {
        Double(
          scores.indices.count {
            positives[$0] == isPositive && (scores[$0] >= threshold) == isDecided
          })
      }
      #expect(cells.truePositives == number(true, true))
      #expect(cells.falsePositives == number(false, true))
      #expect(cells.falseNegatives == number(true, false))
      #expect(cells.trueNegatives == number(false, false))
    }
  }

  @Test(arguments: [50.0, 1e9])
  func `a draw of many rows is measured as their weights would be`(places: Double) throws {
    let (scores, positives) = rows(5000, slope: 1, intercept: -1, places: places)
    let sample = BinarySample(scores: scores, positives: positives)
    let resampling = Resampling.rows(sample.rows, seed: 3)
    let resample = try BinaryResample(sample, resampling)
    var draw = resampling.asIs
    var weights: [Double] = []
    for replicate in 0..<20 {
      resampling.draw(replicate, into: &draw)
      let weighed = try #require(resample.reweighted(draw, reusing: &weights))
      let expected = try weighed.averagePrecision(.positive)
      #expect(agree(resample.averagePrecision(draw) ?? .nan, expected))
      #expect(agree(resample.rocAUC(draw) ?? .nan, try weighed.areaUnderCurve()))
    }
  }

  @Test func `a class's order serves every weighing of the rows`() throws {
    var random = SplitMix(8)
    let labels = (0..<300).map { _ in Int32(random.next() % 3) }
    let probabilities = labels.flatMap { _ in
      let parts = (0..<3).map { _ in (random.value() * 8).rounded() + 0.1 }
      return parts.map { $0 / parts.reduce(0, +) }
    }
    let sample = MulticlassSample(
      classes: ["low", "mid", "high"], probabilities: probabilities, labels: labels)
    let weights = labels.indices.map { Double($0 % 4) }
    let fresh = MulticlassSample(
      classes: sample.classes, probabilities: probabilities, labels: labels, weights: weights)
    guard case .multiclass(let ordered) = Sample.multiclass(sample).inOrder else {
      Issue.record("another sample")
      return
    }
    for index in 0..<3 {
      let kept = ordered.weighing(weights).oneVersusRest(index)
      let made = fresh.oneVersusRest(index)
      #expect(kept.scores == made.scores)
      #expect(kept.positives == made.positives)
      #expect(kept.weights == made.weights)
      #expect(kept.rows == made.rows)
    }
  }
}
