@testable import GateKit

/// Rows of a task made at random, with ties, that can be picked from and weighed.
struct Rows {
  var task: TaskKind
  var scores: [Double] = []
  var positives: [Bool] = []
  var probabilities: [[Double]] = []
  var labels: [Int32] = []
  var targets: [Double] = []
  var weights: [Double]?

  init(seed: UInt64, task: TaskKind, count: Int, weighted: Bool = false) {
    self.task = task
    var random = SplitMix(seed &* 1000 &+ 1)
    for _ in 0..<count {
      // Two digits only, so that scores tie.
      let score = (random.value() * 100).rounded() / 100
      scores.append(score)
      positives.append(random.value() < score)
      targets.append((score + random.value()) * 3 + 0.01)
      let raw = (0..<3).map { _ in (random.value() * 20).rounded() + 1 }
      let sum = raw.reduce(0, +)
      probabilities.append(raw.map { $0 / sum })
      let draw = random.value() * sum
      labels.append(draw < raw[0] ? 0 : draw < raw[0] + raw[1] ? 1 : 2)
    }
    if weighted { weights = scores.map { _ in random.value() } }
  }

  var indices: Range<Int> { scores.indices }

  var sample: Sample {
    switch task {
    case .binary: .binary(BinarySample(scores: scores, positives: positives, weights: weights))
    case .multiclass:
      .multiclass(
        MulticlassSample(
          classes: ["a", "b", "c"], probabilities: probabilities.flatMap(\.self), labels: labels,
          weights: weights))
    case .regression:
      // Above 0, as some deviances want them.
      .regression(
        RegressionSample(
          targets: targets, predictions: scores.map { $0 + 0.01 }, weights: weights))
    }
  }

  /// The rows at these places, in this order, as often as they are named.
  func picked(_ places: [Int]) -> Rows {
    var rows = self
    rows.scores = places.map { scores[$0] }
    rows.positives = places.map { positives[$0] }
    rows.probabilities = places.map { probabilities[$0] }
    rows.labels = places.map { labels[$0] }
    rows.targets = places.map { targets[$0] }
    rows.weights = weights.map { weights in places.map { weights[$0] } }
    return rows
  }

  /// The same rows, each weighing what `weight` says.
  func weighing(_ weight: (Int) -> Double) -> Rows {
    var rows = self
    rows.weights = indices.map(weight)
    return rows
  }
}

extension Sample {
  /// One sample a group, whatever the task.
  func partitioned(by codes: [Int32], groups: Int) -> [Sample] {
    switch self {
    case .binary(let sample):
      sample.partitioned(by: codes, groups: groups).map(Sample.binary)
    case .multiclass(let sample):
      sample.partitioned(by: codes, groups: groups).map(Sample.multiclass)
    case .regression(let sample):
      sample.partitioned(by: codes, groups: groups).map(Sample.regression)
    }
  }
}
