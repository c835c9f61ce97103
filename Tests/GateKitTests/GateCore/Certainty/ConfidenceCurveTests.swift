import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The p-value of a bound, against the interval that decides and against the tests in closed form.
@Suite struct ConfidenceCurveTests {
  static let bounds = [0.3, 0.45, 0.5, 0.55, 0.6, 0.62, 0.65, 0.7, 0.75, 0.8, 0.9, 0.97]

  @Test(
    arguments: [
      "accuracy", "recall", "roc_auc", "log_loss", "brier_score", "f1", "average_precision",
      "matthews_corrcoef",
    ], [0.5, 0.8, 0.95, 0.99])
  func `a p-value is at most the level just when the interval shows it`(
    id: String, confidence: Double
  ) async throws {
    let sample = CertaintyTests.models(rows: 150).candidate
    let measured = try CertaintyTests.measured(id)
    let certainty = Certainty(confidence: confidence, replicates: 400, seed: 3)
    let curve = try await certainty.curve(measured, sample)
    let value = try #require(measured.value(sample))
    for bound in Self.bounds.flatMap({ [Decision.Bound.atLeast($0), .atMost($0)] }) {
      let decision = Decision(
        value: value, interval: try curve.interval(confidence), bound: bound, rows: 150)
      for isKept in [true, false] {
        let isShown = decision.outcome == (isKept ? .passed : .failed)
        let p = curve.pValue(
          that: bound, isKept: isKept, level: certainty.level, isShown: isShown)
        #expect((p <= certainty.level) == isShown, "\(bound) \(isKept): \(p)")
        #expect(p >= curve.smallestTail && p <= 0.5)
        // The interval a hair wider than the tail shows it, one a hair narrower does not.
        guard p > curve.smallestTail * 1.001, p < 0.49 else { continue }
        let wanted: Outcome = isKept ? .passed : .failed
        #expect(bound.outcome(of: try curve.interval(1 - 2 * p * 1.0001)) == wanted)
        #expect(bound.outcome(of: try curve.interval(1 - 2 * p * 0.999)) != wanted)
      }
    }
  }

  @Test func `whatever the confidence asked for, it is the same p-value`() async throws {
    let sample = CertaintyTests.models(rows: 150).candidate
    for id in ["recall", "roc_auc", "log_loss", "f1"] {
      let measured = try CertaintyTests.measured(id)
      var all: [Double] = []
      for confidence in [0.5, 0.9, 0.95, 0.99] {
        let certainty = Certainty(confidence: confidence, replicates: 999, seed: 3)
        let curve = try await certainty.curve(measured, sample)
        let bound = Decision.Bound.atLeast(0.55)
        let outcome = bound.outcome(of: try curve.interval(confidence))
        let isKept = try #require(measured.value(sample)) >= 0.55
        all.append(
          curve.pValue(
            that: bound, isKept: isKept, level: certainty.level,
            isShown: outcome != .inconclusive))
      }
      #expect((all.max() ?? 1) - (all.min() ?? 0) < 1e-6, "\(id): \(all)")
    }
  }

  @Test func `it is the p-value of the test that the interval inverts`() async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 300)
    let certainty = CertaintyTests.certainty
    func p(_ curve: ConfidenceCurve, _ bound: Double) throws -> Double {
      let interval = try curve.interval(0.95)
      let middle = (interval.low + interval.high) / 2
      let said: Decision.Bound = .atLeast(bound)
      return curve.pValue(
        that: said, isKept: middle >= bound, level: 0.025,
        isShown: said.outcome(of: interval) != .inconclusive)
    }
    let log = try await certainty.curve(try CertaintyTests.measured("log_loss"), candidate)
    let t = try #require(log.statistic(0.6))
    #expect(log.test == "t, Hall")
    #expect(abs(t) > 0.5 && abs(t) < 9)
    guard case .binary(let mine) = candidate, case .binary(let other) = champion else { return }
    let areas = try DeLongDifference(candidate: mine, champion: other)
    let difference = try await certainty.curve(
      try CertaintyTests.measured("roc_auc"), candidate: candidate, champion: champion,
      relative: false)
    #expect(difference.test == "DeLong z, Hall")
    for bound in [-0.05, -0.01, 0, 0.03] {
      let z = (areas.difference - bound) / areas.variance.squareRoot()
      #expect(try #require(difference.statistic(bound)) == z)
      let edge = try areas.interval(confidence: 1 - 2 * (try p(difference, bound)))
      #expect(abs((z > 0 ? edge.low : edge.high) - bound) < 1e-6)
    }
    let right = try await certainty.curve(
      try CertaintyTests.measured("accuracy"), candidate: candidate, champion: champion,
      relative: false)
    let (gained, lost) = candidate.changes(from: champion)
    let shares = try PairedShares(gained: gained, lost: lost, rows: 300)
    #expect(right.statistic(-0.02) == shares.score(-0.02))
  }

  @Test func `a bootstrap tells no tail below one in its replicates and the rows`() async throws {
    let sample = CertaintyTests.models(rows: 400).candidate
    let certainty = Certainty(confidence: 0.95, replicates: 499, seed: 1)
    let curve = try await certainty.curve(try CertaintyTests.measured("average_precision"), sample)
    #expect(curve.smallestTail == 1.0 / 500)
    #expect(curve.statistic(0.1) == nil && curve.test == "bootstrap, BCa")
    let p = curve.pValue(that: .atLeast(0.01), isKept: true, level: 0.025, isShown: true)
    #expect(p == 1.0 / 500)
  }

  @Test func `a turned curve says the same of minus the bound`() async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 300)
    let curve = try await CertaintyTests.certainty.curve(
      try CertaintyTests.measured("log_loss"), candidate: candidate, champion: champion,
      relative: false)
    let (plain, turned) = (try curve.interval(0.9), try curve.turned.interval(0.9))
    #expect(turned.low == -plain.high && turned.high == -plain.low)
    #expect(curve.turned.statistic(0.01) == curve.statistic(-0.01).map { -$0 })
  }

  @Test func `identical predictions are certain`() async throws {
    let sample = CertaintyTests.models(rows: 50).candidate
    let curve = try await CertaintyTests.certainty.curve(
      try CertaintyTests.measured("f1"), candidate: sample, champion: sample, relative: false)
    #expect(curve.pValue(that: .atLeast(0), isKept: true, level: 0.025, isShown: true) == 0)
  }
}

/// The interval of the difference of two means of a number a row.
@Suite struct PairedMeanTests {
  /// The mean of the scores of the rows above `floor`.
  private static func metric(above floor: Double) -> MetricCall {
    let metric = Metric(
      "mean_score", task: .binary, summary: "A mean.", direction: .higherIsBetter, formula: "mean",
      source: "none",
      measure: .sums(
        .mean { sample, _ throws(Undefined) in
          guard case .binary(let sample) = sample else { return [] }
          return sample.scores.map { $0 >= floor ? $0 : nil }
        }), spread: .mean, examples: [])
    return MetricCall(metric: metric, arguments: Arguments())
  }

  @Test func `it is Student's of the differences when both take part in the same rows`()
    async throws
  {
    let (candidate, champion) = CertaintyTests.models(rows: 200)
    let interval = try await CertaintyTests.certainty.interval(
      Self.metric(above: 0), candidate: candidate, champion: champion, relative: false)
    guard case .binary(let mine) = candidate, case .binary(let other) = champion else { return }
    var byRow = [Double](repeating: 0, count: 200)
    for (place, row) in other.rows.enumerated() { byRow[Int(row)] = other.scores[place] }
    let differences = mine.rows.indices.map { mine.scores[$0] - byRow[Int(mine.rows[$0])] }
    #expect(try interval == MeanInterval(of: differences).interval(confidence: 0.95))
  }

  @Test func `it is the bootstrap when they do not`() async throws {
    let (candidate, champion) = CertaintyTests.models(rows: 200)
    let interval = try await CertaintyTests.certainty.interval(
      Self.metric(above: 0.5), candidate: candidate, champion: champion, relative: false)
    #expect(interval.method == "bootstrap, percentile")
  }
}
