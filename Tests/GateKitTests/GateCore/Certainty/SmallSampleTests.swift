import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Intervals where few rows count: uneven weights, few clusters, rare classes.
@Suite struct SmallSampleTests {
  static let certainty = Certainty(confidence: 0.95, replicates: 400, seed: 5)

  /// Targets, predictions off by normal errors, and weights whose logarithm is normal.
  static func regression(_ count: Int, seed: UInt64, isWeighted: Bool = true) -> RegressionSample {
    var source = RandomSource(seed: 11, stream: seed)
    var (targets, predictions, weights): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<count {
      let (target, error) = source.normals()
      targets.append(target)
      predictions.append(target + error / 2)
      weights.append(exponential(source.normals().0))
    }
    return RegressionSample(
      targets: targets, predictions: predictions, weights: isWeighted ? weights : nil)
  }

  static func measured(_ id: String, _ task: TaskKind) throws -> MetricCall {
    MetricCall(metric: try #require(Metrics.named(id, task: task)), arguments: Arguments())
  }

  @Test(arguments: [
    ("root_mean_squared_error", 0.5), ("r2", 0.75), ("mean_absolute_error", 0.3989422804),
    ("pearson", 0.8944271910),
  ])
  func `of 150 rows with weights of long tails few intervals miss`(id: String, truth: Double)
    async throws
  {
    let measured = try Self.measured(id, .regression)
    var misses = 0
    for seed in 0..<40 {
      let sample = Sample.regression(Self.regression(150, seed: UInt64(seed)))
      let found = try await Self.certainty.interval(measured, sample)
      if found.low > truth || found.high < truth { misses += 1 }
      if id != "mean_absolute_error" { #expect(found.method == "jackknife t, Hall") }
      #expect(found.low >= measured.metric.range.lowerBound)
      #expect(found.high <= measured.metric.range.upperBound)
    }
    // More than 6 of 40 have a chance of 1 in 290 at 95%.
    #expect(misses <= 6, "\(misses) of 40")
  }

  @Test func `without weights and clusters the bootstrap stays`() async throws {
    let sample = Sample.regression(Self.regression(150, seed: 1, isWeighted: false))
    let found = try await Self.certainty.interval(Self.measured("r2", .regression), sample)
    #expect(found.method == "bootstrap, BCa")
    var few = Self.certainty
    few.clusters = (0..<150).map { Int32($0 % 6) }
    let certainty = few
    let error = await #expect(throws: Undefined.self) {
      try await certainty.interval(Self.measured("r2", .regression), sample)
    }
    #expect(error?.reason.contains("6 clusters are too few") == true)
  }

  @Test func `the jackknife of a weighted mean is the mean's own`() throws {
    let sample = Self.regression(60, seed: 2)
    let weights = try #require(sample.weights)
    let losses = sample.targets.indices.map { abs(sample.targets[$0] - sample.predictions[$0]) }
    let mean = try MeanInterval(of: losses, weights: weights)
    let total = weights.reduce(0, +)
    let without = losses.indices.map {
      (mean.mean * total - weights[$0] * losses[$0]) / (total - weights[$0])
    }
    let found = try JackknifeEstimate(
      mean.mean, without: without, weights: weights, scale: .plain
    ).interval(0.95)
    let wanted = try mean.interval(confidence: 0.95)
    #expect(abs(found.low - wanted.low) < 1e-9 && abs(found.high - wanted.high) < 1e-9)
    for scale in [JackknifeEstimate.Scale.logarithm, .logarithmOfRest, .fisher, .plain] {
      #expect(abs(scale.back(scale.from(0.3)) - 0.3) < 1e-12)
      #expect(scale.from(0.4) > scale.from(0.3))
    }
  }

  /// Three classes of which one is rare; the candidate's decisions differ from the champion's in `flipped` rows.
  static func classes(flipped: Int) -> (candidate: Sample, champion: Sample) {
    let labels = (0..<150).map { Int32($0 < 3 ? 0 : $0 < 45 ? 1 : 2) }
    let other = labels.enumerated().map { $0 % 5 == 0 ? ($1 + 1) % 3 : $1 }
    var mine = other
    for row in 0..<flipped { mine[row * 7 + 3] = labels[row * 7 + 3] }
    func scored(_ decisions: [Int32], _ height: Double) -> Sample {
      let scores = decisions.flatMap { decided in
        (0..<3).map { Int32($0) == decided ? height : (1 - height) / 2 }
      }
      return .multiclass(
        MulticlassSample(classes: ["a", "b", "c"], probabilities: scores, labels: labels))
    }
    return (scored(mine, 0.8), scored(other, 0.7))
  }

  @Test(arguments: ["f1_macro", "balanced_accuracy", "precision_macro", "matthews_corrcoef"])
  func `a rare class leaves an interval as wide as its rows`(id: String) async throws {
    let measured = try Self.measured(id, .multiclass)
    let (candidate, champion) = Self.classes(flipped: 0)
    let value = try #require(measured.value(candidate))
    let own = try await Self.certainty.interval(measured, candidate)
    #expect(own.low < value && value < own.high)
    #expect(own.method == "Bayesian bootstrap and a row of the worst kind")
    // No decision differs, and yet the three rows of the rare class may.
    let none = try await Self.certainty.interval(
      measured, candidate: candidate, champion: champion, relative: false)
    #expect(none.low < 0 && none.high > 0 && none.low > -0.5)
    let one = try await Self.certainty.interval(
      measured, candidate: Self.classes(flipped: 1).candidate, champion: champion, relative: false)
    #expect(one.low <= 0)
  }

  @Test func `in clusters too, each class by its own`() async throws {
    let measured = try Self.measured("balanced_accuracy", .multiclass)
    let (candidate, champion) = Self.classes(flipped: 0)
    let rows = try await Self.certainty.interval(measured, candidate)
    var single = Self.certainty
    single.clusters = (0..<150).map { Int32($0) }
    // The rare class has three rows, so three clusters.
    let certainty = single
    let error = await #expect(throws: Undefined.self) {
      try await certainty.interval(measured, candidate)
    }
    #expect(error?.reason.contains("with 'a' rows") == true, "\(error?.reason ?? "")")
    guard case .multiclass(let all) = candidate, case .multiclass(let others) = champion else {
      return
    }
    // Without it every row is a cluster of its own, which is nearly no cluster at all.
    let kept = (3..<150).map { $0 }
    func two(_ sample: MulticlassSample) -> Sample {
      .multiclass(
        MulticlassSample(
          classes: ["b", "c"], probabilities: [], labels: kept.map { sample.labels[$0] - 1 },
          decisions: kept.map { max(0, sample.decisions[$0] - 1) }))
    }
    var alone = Self.certainty
    let plain = try await alone.interval(measured, two(all))
    alone.clusters = kept.indices.map { Int32($0) }
    let clustered = try await alone.interval(measured, two(all))
    #expect(clustered.method == "Bayesian bootstrap of clusters and a row of the worst kind")
    #expect(abs(clustered.low - plain.low) < 0.02 && abs(clustered.high - plain.high) < 0.02)
    // Of clusters of seven rows that differ in none, the imaginary row is a cluster's.
    alone.clusters = kept.indices.map { Int32($0 / 7) }
    let none = try await alone.interval(
      measured, candidate: two(all), champion: two(others), relative: false)
    alone.clusters = nil
    let free = try await alone.interval(
      measured, candidate: two(all), champion: two(others), relative: false)
    #expect(none.method == "identical predictions" || none.low < free.low)
    #expect(rows.low < rows.high)
  }

  @Test func `a metric of scores is not taken for one of decisions`() async throws {
    let (candidate, _) = Self.classes(flipped: 0)
    for id in ["log_loss", "roc_auc_ovr"] {
      let measured = try Self.measured(id, .multiclass)
      let found = try? await Self.certainty.interval(measured, candidate)
      #expect(found?.method != "Bayesian bootstrap and a row of the worst kind")
    }
  }
}
