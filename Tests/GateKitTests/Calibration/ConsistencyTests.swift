import Testing

@testable import GateKit

/// What calibrated scores give by chance.
@Suite struct ConsistencyTests {
  /// Rows whose labels are drawn with the scores for chances, the scores moved `up` afterwards.
  static func rows(
    _ count: Int, seed: UInt64, up: Double = 0, within: ClosedRange<Double> = 0...1,
    weighted: Bool = false
  ) -> BinarySample {
    var random = RandomSource(seed: seed, stream: 0)
    var scores: [Double] = []
    var positives: [Bool] = []
    var weights: [Double] = []
    for _ in 0..<count {
      let share = random.uniform() * random.uniform()
      let score = within.lowerBound + share * (within.upperBound - within.lowerBound)
      scores.append(min(1, score + up))
      positives.append(random.uniform() < score)
      weights.append(1 + 3 * random.uniform())
    }
    return BinarySample(
      scores: scores, positives: positives, weights: weighted ? weights : nil)
  }

  private static func several(_ sample: BinarySample) -> Sample {
    .multiclass(
      MulticlassSample(
        classes: ["no", "yes"], probabilities: sample.scores.flatMap { [1 - $0, $0] },
        labels: sample.positives.map { $0 ? 1 : 0 }, weights: sample.weights))
  }

  @Test(arguments: BinnedError.names, ["uniform", "quantile"])
  func `the figure that is drawn is the metric's`(id: String, strategy: String) throws {
    let rows = Self.rows(400, seed: 5, up: 0.07, weighted: true)
    let both = [(TaskKind.binary, Sample.binary(rows)), (.multiclass, Self.several(rows))]
    for (task, sample) in both {
      guard let metric = Metrics.named(id, task: task) else {
        #expect(task == .multiclass)
        continue
      }
      guard BinnedError.takes(metric) else {
        // Of several classes it is a sum over all of them, of which no one set of bins shows it.
        #expect(task == .multiclass && id == "brier_reliability")
        #expect(try BinnedError(metric, Arguments()) == nil)
        continue
      }
      var arguments = Arguments(["bins": 8])
      for parameter in metric.parameters where parameter.id == "strategy" {
        arguments.texts["strategy"] = strategy
      }
      let binned = try #require(try BinnedError(metric, arguments))
      let value = try metric.value(on: sample, arguments)
      #expect(agree(try binned.bins(sample).bins.value(binned.error), value, relative: 1e-12))
    }
  }

  @Test func `a metric that is no figure of bins is none`() throws {
    let metric = try #require(Metrics.named("log_loss", task: .binary))
    #expect(try BinnedError(metric, Arguments()) == nil)
  }

  /// Rows drawn one by one, the straight way.
  private static func straight(_ sample: BinarySample, draws: Int) -> [Double] {
    let bins = sample.scoreBins(10, .uniform)
    return (0..<draws).map { draw in
      var random = RandomSource(seed: 99, stream: UInt64(draw))
      var drawn = bins
      for index in bins.indices {
        var excess = 0.0
        for place in bins[index].places {
          let label = random.uniform() < sample.scores[place] ? 1.0 : 0
          excess += (sample.weights?[place] ?? 1) * (label - sample.scores[place])
        }
        drawn[index].excess = excess
      }
      return drawn.value(.expected)
    }
  }

  @Test(arguments: [
    (40, 0.0...1, false), (300, 0.0...1, true), (1500, 0.0...1, false), (1500, 0.0...0.002, false),
    (1500, 0.98...1, true),
    // So many that the normal law is drawn.
    (5000, 0.4...0.6, false),
  ])
  func `draws have the law of rows drawn one by one`(
    count: Int, within: ClosedRange<Double>, weighted: Bool
  ) throws {
    let sample = Self.rows(count, seed: 8, within: within, weighted: weighted)
    let binned = try #require(
      try BinnedError(Metric.Binary.expectedCalibrationError, Arguments()))
    let draws = count > 2000 ? 600 : 2000
    let found = try Consistency(level: 0.95, draws: 2000, seed: 1).errors(binned, .binary(sample))
    let straight = Self.straight(sample, draws: draws)
    let other = ChanceErrors(straight)
    let deviation =
      (straight.map { ($0 - other.mean) * ($0 - other.mean) }.sum / Double(draws)).squareRoot()
    // Four standard errors of the difference of two means.
    let slack = 4 * deviation * (1 / Double(draws) + 1.0 / 2000).squareRoot()
    #expect(abs(found.mean - other.mean) < slack)
    for beyond in [0.05, 0.25, 0.5] {
      let reach = found.reach(beyond)
      let share = Double(straight.count { $0 > reach * (1 + 1e-9) }) / Double(draws)
      let noise = 4 * (beyond * (1 - beyond) * (1 / Double(draws) + 1.0 / 2000)).squareRoot()
      // A law of few values has steps: as many lie at the reach as draws have that value.
      let ties = Double(straight.count { abs($0 - reach) <= reach * 1e-9 }) / Double(draws)
      #expect(share < beyond + noise && share + ties > beyond - noise)
    }
  }

  @Test func `calibrated scores fail as seldom as the level says`() throws {
    let runs = 200
    var failed = 0
    for run in 0..<runs {
      let sample = Sample.binary(Self.rows(250, seed: UInt64(1000 + run)))
      let binned = try #require(
        try BinnedError(Metric.Binary.expectedCalibrationError, Arguments()))
      let value = try binned.bins(sample).bins.value(.expected)
      let consistency = Consistency(level: 0.9, draws: 199, seed: UInt64(run))
      let reading = Consistency.Reading(
        value: value, bound: 0, errors: try consistency.errors(binned, sample),
        consistency: consistency, rows: 250, rate: 0.5)
      if reading.statement.outcome == .failed { failed += 1 }
    }
    // One in ten, with three standard errors to either side.
    #expect(failed > 7 && failed < 33, "\(failed)")
  }

  @Test func `reach and p-value say the same`() {
    let errors = ChanceErrors((1...99).map(Double.init))
    #expect(errors.reach(0.05) == 95 && errors.mean == 50)
    #expect(errors.pValue(above: 95) == 0.05 && errors.pValue(atLeast: 96) == 0.05)
    #expect(errors.pValue(above: 94) == 0.06 && errors.smallestPValue == 0.01)
    #expect(errors.reach(0.01) == 99 && errors.pValue(above: 99) == 0.01)
  }

  @Test(arguments: [
    (0.04, 0.05, 0.045, Check.Outcome.passed), (0.04, 0.05, 0.06, .inconclusive),
    (0.06, 0.05, 0.045, .failed), (0.06, 0.05, 0.055, .failed), (0.06, 0.05, 0.07, .inconclusive),
  ])
  func `value, bound and what chance gives decide`(
    value: Double, bound: Double, reach: Double, outcome: Check.Outcome
  ) {
    let errors = ChanceErrors([Double](repeating: reach, count: 999))
    let reading = Consistency.Reading(
      value: value, bound: bound, errors: errors,
      consistency: Consistency(level: 0.95, draws: 999, seed: 0), rows: 1000, rate: 0.5)
    #expect(reading.statement.outcome == outcome)
    let sentence = reading.statement.sentence
    #expect(sentence.contains("0.05") && sentence.contains("95 of 100"))
    #expect(sentence.contains("rows would decide") == (outcome == .inconclusive))
    if value < bound, outcome == .inconclusive { #expect(sentence.contains("about 1440 rows")) }
  }
}
