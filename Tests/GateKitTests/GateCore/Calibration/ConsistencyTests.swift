import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

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

  /// The figures of bins.
  private static let binned = Metrics.binary.filter {
    if case .bins = $0.calibration { true } else { false }
  }.map(\.id)

  @Test(arguments: binned, ["uniform", "quantile"])
  func `the figure that is drawn is the metric's`(id: String, strategy: String) throws {
    let rows = Self.rows(400, seed: 5, up: 0.07, weighted: true)
    let both = [(TaskKind.binary, Sample.binary(rows)), (.multiclass, Self.several(rows))]
    for (task, sample) in both {
      guard let metric = Metrics.named(id, task: task) else {
        #expect(task == .multiclass)
        continue
      }
      var arguments = Arguments(["bins": 8])
      for parameter in metric.parameters where parameter.id == "strategy" {
        arguments.texts["strategy"] = strategy
      }
      guard let binned = try BinnedError(metric, arguments) else {
        // Of several classes it is a sum over all of them, of which no one set of bins shows it.
        #expect(task == .multiclass && id == "brier_reliability")
        continue
      }
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
    // So many that the normal distribution is drawn.
    (5000, 0.4...0.6, false),
  ])
  func `draws have the distribution of rows drawn one by one`(
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
      // A distribution of few values has steps: as many lie at the reach as draws have that value.
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
        value: value, bound: 0, errors: try consistency.errors(binned, sample), off: [],
        consistency: consistency, rows: 250, error: .expected)
      if reading.statement.outcome == .failed { failed += 1 }
    }
    // One in ten, with three standard errors to either side.
    #expect(failed > 7 && failed < 33, "\(failed)")
  }

  @Test func `reach, floor and p-values say the same`() {
    let errors = ChanceErrors((1...99).map(Double.init))
    #expect(errors.reach(0.05) == 95 && errors.floor(0.05) == 5 && errors.mean == 50)
    #expect(errors.pValue(atLeast: 95) == 0.06 && errors.pValue(atLeast: 96) == 0.05)
    #expect(errors.pValue(atMost: 5) == 0.06 && errors.pValue(atMost: 4) == 0.05)
    #expect(errors.reach(0.01) == 99 && errors.floor(0.01) == 1 && errors.smallestPValue == 0.01)
    #expect(errors.pValue(atLeast: 100) == 0.01 && errors.pValue(atMost: 0.5) == 0.01)
    #expect(errors.floor(0.005) == 0)
  }

  @Test(arguments: [
    // Of a value within the limit it is scores off by the limit that tell.
    (0.03, 0.045, Optional(0.04), Outcome.passed), (0.03, 0.06, 0.04, .passed),
    (0.04, 0.045, 0.04, .inconclusive), (0.04, 0.045, 0.02, .inconclusive),
    (0.05, 0.045, 0.04, .inconclusive), (0.03, 0.045, nil, .passed),
    // Of one above it calibrated scores.
    (0.06, 0.045, 0.06, .failed), (0.06, 0.055, 0.07, .failed), (0.06, 0.07, 0.04, .inconclusive),
  ])
  func `value, bound and what chance gives decide`(
    value: Double, reach: Double, floor: Double?, outcome: Outcome
  ) {
    func errors(_ value: Double) -> ChanceErrors {
      ChanceErrors([Double](repeating: value, count: 999))
    }
    let reading = Consistency.Reading(
      value: value, bound: 0.05, errors: errors(reach),
      off: floor.map { [errors(0.2), errors($0)] } ?? [],
      consistency: Consistency(level: 0.95, draws: 999, seed: 0), rows: 1000, error: .expected)
    #expect(reading.statement.outcome == outcome)
    let sentence = reading.statement.sentence
    #expect(sentence.contains("0.05"))
    #expect(sentence.contains("95 of 100") == (floor != nil))
    #expect(sentence.contains("decide") == (outcome == .inconclusive))
  }

  @Test func `rows that would decide allow for chance in the error`() throws {
    func growth(_ value: Double, _ bound: Double, off: [Double] = []) -> Double? {
      Consistency.Reading(
        value: value, bound: bound,
        // 0.04 on average, and in 95 of 100 at most 0.058.
        errors: ChanceErrors((0..<999).map { 0.02 + 0.04 * Double($0) / 998 }),
        off: off.isEmpty ? [] : [ChanceErrors(off)],
        consistency: Consistency(level: 0.95, draws: 999, seed: 0), rows: 1000, error: .expected
      ).growth
    }
    // One deviation is 0.018036 / 1.644854; (0.058036^2 - 0.04^2) / ((0.057 - 0.010965)^2 - 0.04^2).
    #expect(abs(try #require(growth(0.057, 0.02)) - 3.4054) < 0.001)
    // The true error may as well be below the bound, or above.
    #expect(growth(0.057, 0.03) == nil)
    let off = (0..<999).map { 0.04 + 0.06 * Double($0) / 998 }
    #expect(growth(0.06, 0.05, off: off) == nil)
    // The least factor with sqrt(0.05^2 + 0.04^2 / f) - 0.027054 / sqrt(f) >= sqrt(0.031582^2 + 0.04^2 / f) lies between 2.8
    // and 2.95, and the steps are of 5%.
    let kept = try #require(growth(0.04, 0.05, off: off))
    #expect(kept > 2.75 && kept < 3.1, "\(kept)")
  }

  /// Rows whose chances are off the scores in one way.
  private static func off(
    _ way: Off, by step: Double, _ count: Int, seed: UInt64, within: ClosedRange<Double>
  ) -> BinarySample {
    var random = RandomSource(seed: seed, stream: 0)
    let scores = (0..<count).map { _ in
      within.lowerBound + random.uniform() * (within.upperBound - within.lowerBound)
    }
    return BinarySample(
      scores: scores, positives: scores.map { random.uniform() < way.chance($0, step) })
  }

  @Test(arguments: [
    ("expected_calibration_error", Off.above, 400, 0.0...0.9, 0.1),
    ("expected_calibration_error", .below, 60, 0.4...0.6, 0.2),
    // Few rows of rare events, which most often show no event at all.
    ("expected_calibration_error", .above, 20, 0.01...0.01, 0.05),
    ("adaptive_calibration_error", .within, 300, 0.0...1, 0.1),
    ("maximum_calibration_error", .above, 300, 0.3...0.5, 0.2),
    ("underconfidence_error", .above, 200, 0.5...0.8, 0.1),
  ])
  func `scores off by the limit pass as seldom as the level says`(
    id: String, way: Off, count: Int, within: ClosedRange<Double>, step: Double
  ) throws {
    let metric = try #require(Metrics.named(id, task: .binary))
    let binned = try #require(try BinnedError(metric, Arguments()))
    var passed = 0
    let runs = 150
    for run in 0..<runs {
      let sample = Sample.binary(
        Self.off(way, by: step, count, seed: UInt64(2000 + run), within: within))
      let consistency = Consistency(level: 0.9, draws: 199, seed: UInt64(run))
      let value = try metric.value(on: sample, Arguments())
      guard value <= step else { continue }
      let reading = Consistency.Reading(
        value: value, bound: step, errors: try consistency.errors(binned, sample),
        off: try consistency.errors(binned, sample, offBy: step), consistency: consistency,
        rows: count, error: binned.error)
      if reading.statement.outcome == .passed { passed += 1 }
    }
    // One in ten, with three standard errors.
    #expect(passed <= 26, "\(passed)")
  }

  @Test(arguments: binned, [0.02, 0.1])
  func `scores are off by just the limit`(id: String, bound: Double) throws {
    let metric = try #require(Metrics.named(id, task: .binary))
    let binned = try #require(try BinnedError(metric, Arguments()))
    // So many rows that chance adds next to nothing.
    let sample = Sample.binary(
      Self.off(.above, by: 0, 60_000, seed: 5, within: 0.05...0.95))
    let found = try Consistency(level: 0.9, draws: 30, seed: 0).errors(
      binned, sample, offBy: bound)
    #expect(!found.isEmpty)
    for errors in found { #expect(abs(errors.mean - bound) < 0.15 * bound, "\(errors.mean)") }
  }

  @Test func `scores that cannot be off by the limit pass`() throws {
    // No decision can be right more often than always.
    let metric = Metric.Binary.underconfidenceError
    let binned = try #require(try BinnedError(metric, Arguments()))
    let sample = Sample.binary(Self.off(.above, by: 0, 30, seed: 1, within: 0.97...0.99))
    let consistency = Consistency(level: 0.95, draws: 199, seed: 0)
    #expect(try consistency.errors(binned, sample, offBy: 0.05).isEmpty)
    #expect(try !consistency.errors(binned, sample, offBy: 0.005).isEmpty)
  }
}
