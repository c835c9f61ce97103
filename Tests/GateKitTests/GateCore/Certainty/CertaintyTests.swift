import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The method each metric's interval comes from, and what a verdict rests on.
@Suite struct CertaintyTests {
  static let certainty = Certainty(confidence: 0.95, replicates: 1000, seed: 7)

  /// Labels and two models' scores, the candidate's better by `edge`.
  static func models(rows: Int, edge: Double = 0.1) -> (candidate: Sample, champion: Sample) {
    var source = RandomSource(seed: 3, stream: 0)
    var positives: [Bool] = []
    var mine: [Double] = []
    var other: [Double] = []
    for _ in 0..<rows {
      let isPositive = source.uniform() < 0.4
      positives.append(isPositive)
      let lift = isPositive ? 0.15 : -0.15
      other.append(min(1, max(0, 0.5 + lift + (source.uniform() - 0.5) * 0.8)))
      mine.append(min(1, max(0, 0.5 + lift * (1 + edge) + (source.uniform() - 0.5) * 0.8)))
    }
    return (
      .binary(BinarySample(scores: mine, positives: positives)),
      .binary(BinarySample(scores: other, positives: positives))
    )
  }

  static func measured(_ id: String, _ arguments: Arguments = Arguments()) throws -> MetricCall {
    MetricCall(metric: try #require(Metrics.named(id, task: .binary)), arguments: arguments)
  }

  @Test(arguments: [
    ("accuracy", "Clopper-Pearson"), ("precision", "Clopper-Pearson"),
    ("recall", "Clopper-Pearson"),
    ("specificity", "Clopper-Pearson"), ("roc_auc", "DeLong, logit"),
    ("log_loss", "Student's t, Hall"),
    ("brier_score", "Student's t, Hall"), ("f1", "Bayesian bootstrap and a row of the worst kind"),
    ("average_precision", "bootstrap, BCa"),
    ("matthews_corrcoef", "Bayesian bootstrap and a row of the worst kind"),
    ("false_positive_rate", "Clopper-Pearson"), ("zero_one_loss", "Clopper-Pearson"),
  ])
  func `each metric has its method, and the value lies within`(id: String, method: String)
    async throws
  {
    let sample = Self.models(rows: 400).candidate
    let measured = try Self.measured(id)
    let interval = try await Self.certainty.interval(measured, sample)
    #expect(interval.method == method)
    let value = try #require(measured.value(sample))
    #expect(interval.low < value && value < interval.high)
  }

  @Test(arguments: [
    "hosmer_lemeshow", "hosmer_lemeshow_p_value", "maximum_calibration_error", "ks_separation",
  ])
  func `a metric that no interval fits says why, and what to do`(id: String) async throws {
    let sample = Self.models(rows: 400).candidate
    let measured = try Self.measured(id)
    let error = await #expect(throws: Undefined.self) {
      try await Self.certainty.interval(measured, sample)
    }
    #expect(error?.reason.contains("limit ") == true)
    #expect(error?.reason.contains("without 'confidence'") == true)
  }

  @Test func `both models' rows are paired whatever order their scores put them in`() async throws {
    let (candidate, champion) = Self.models(rows: 300)
    func right(_ sample: Sample) -> [Bool] {
      zip(sample.rows, sample.rightByPlace).sorted { $0.0 < $1.0 }.map(\.1)
    }
    let (mine, other) = (right(candidate), right(champion))
    let gained = mine.indices.count { mine[$0] && !other[$0] }
    let lost = mine.indices.count { !mine[$0] && other[$0] }
    let wanted = try PairedShares(gained: gained, lost: lost, rows: 300)
      .interval(confidence: 0.95)
    let interval = try await Self.certainty.interval(
      Self.measured("accuracy"), candidate: candidate, champion: champion, relative: false)
    #expect(interval == wanted)
  }

  @Test func `drawing cells is drawing rows`() async throws {
    let (candidate, champion) = Self.models(rows: 2000)
    let f1 = try Self.measured("f1")
    let byCells = try await Self.certainty.interval(
      f1, candidate: candidate, champion: champion, relative: false)
    // A weight of 1 a row takes the way over rows.
    func weighted(_ sample: Sample) -> Sample {
      guard case .binary(let sample) = sample else { return sample }
      return .binary(
        BinarySample(
          scores: sample.scores, positives: sample.positives,
          weights: [Double](repeating: 1, count: sample.count), rows: sample.rows,
          threshold: sample.threshold, hasScores: true))
    }
    let byRows = try await Self.certainty.interval(
      f1, candidate: weighted(candidate), champion: weighted(champion), relative: false)
    let width = byRows.high - byRows.low
    #expect(abs(byCells.low - byRows.low) < 0.1 * width)
    #expect(abs(byCells.high - byRows.high) < 0.1 * width)
  }

  @Test func `the same predictions are certain not to differ`() async throws {
    let candidate = Self.models(rows: 50).candidate
    for id in ["roc_auc", "accuracy", "f1", "log_loss"] {
      let interval = try await Self.certainty.interval(
        Self.measured(id), candidate: candidate, champion: candidate, relative: false)
      #expect(interval.low == 0 && interval.high == 0)
    }
  }

  @Test func `a relative difference is the difference as a share of the champion's value`()
    async throws
  {
    let (candidate, champion) = Self.models(rows: 3000, edge: 0.5)
    let f1 = try Self.measured("f1")
    let absolute = try await Self.certainty.interval(
      f1, candidate: candidate, champion: champion, relative: false)
    let relative = try await Self.certainty.interval(
      f1, candidate: candidate, champion: champion, relative: true)
    let value = try #require(f1.value(champion))
    #expect(abs(relative.low - absolute.low / value) < 0.03)
    #expect(abs(relative.high - absolute.high / value) < 0.03)
  }

  @Test(arguments: [
    (400, "min", 0.5, Outcome.passed), (400, "min", 0.95, .failed),
    (30, "min", 0.7, .inconclusive), (4000, "max_drop", 0.05, .passed),
    (40, "max_drop", 0.001, .inconclusive), (4000, "min_gain", 0.3, .failed),
    (4000, "max_drop_relative", 0.05, .passed),
  ])
  func `the interval's bound decides`(
    rows: Int, limit: String, bound: Double, outcome: Outcome
  ) async throws {
    let kind = try #require(Limit.Kind(rawValue: limit))
    let (candidate, champion) = Self.models(rows: rows)
    let gate = kind.comparesModels ? "champion" : "performance"
    let node = RunTests.node(
      RunTests.pairs([
        "gate": gate, "confidence": "0.95",
        "metrics": RunTests.pairs(["accuracy": RunTests.pairs([limit: bound])]),
      ]))
    let settings = GateSettings(
      id: gate, node: node, task: .binary, slices: [], hasChampion: true)
    let bench = Workbench(
      task: .binary, hasChampion: true, rows: rows,
      samples: [.candidate: .success(candidate), .champion: .success(champion)])
    let checks =
      kind.comparesModels
      ? try await ChampionGate(settings).checks(on: bench)
      : try await PerformanceGate(settings).checks(on: bench)
    #expect(checks.map(\.outcome) == [outcome], "\(checks[0].message)")
    #expect(checks[0].interval?.level == 0.95)
    if outcome == .inconclusive { #expect(checks[0].message.contains("decide")) }
  }
}

/// Rows that belong together.
@Suite struct ClusterTests {
  @Test(arguments: ["roc_auc", "accuracy", "log_loss", "f1", "average_precision"])
  func `rows that stand five times over in clusters are as uncertain as they are once`(id: String)
    async throws
  {
    guard case .binary(let once) = CertaintyTests.models(rows: 400).candidate else { return }
    let byRow = once.rows.map(Int.init)
    var scores = [Double](repeating: 0, count: 2000)
    var positives = [Bool](repeating: false, count: 2000)
    for (place, row) in byRow.enumerated() {
      for copy in 0..<5 {
        scores[row * 5 + copy] = once.scores[place]
        positives[row * 5 + copy] = once.positives[place]
      }
    }
    let five = Sample.binary(BinarySample(scores: scores, positives: positives))
    let measured = try CertaintyTests.measured(id)
    var certainty = CertaintyTests.certainty
    let plain = try await certainty.interval(measured, .binary(once))
    let careless = try await certainty.interval(measured, five)
    certainty.clusters = (0..<2000).map { Int32($0 / 5) }
    let careful = try await certainty.interval(measured, five)
    let width = plain.high - plain.low
    #expect(abs((careful.high - careful.low) / width - 1) < 0.15)
    #expect(careless.high - careless.low < 0.6 * width)
  }
}
