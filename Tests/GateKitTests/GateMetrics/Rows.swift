@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Rows of a task made at random, with ties, that can be picked from and weighed.
struct Rows {
  var task: TaskKind
  var scores: [Double] = []
  var positives: [Bool] = []
  var probabilities: [[Double]] = []
  var labels: [Int32] = []
  var targets: [Double] = []
  var queries: [Int32] = []
  /// Which item a row is of, no two rows of a query of one.
  var items: [Int32] = []
  var weights: [Double]?

  init(seed: UInt64, task: TaskKind, count: Int, weighted: Bool = false) {
    self.task = task
    var random = SplitMix(seed &* 1000 &+ 1)
    for row in 0..<count {
      queries.append(Int32(row / 6))
      items.append(Int32((row / 6 * 11 + row % 6) % 40))
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
    if weighted {
      let weights = scores.map { _ in random.value() }
      // The rows of a query have one weight.
      self.weights = task == .ranking ? weights.indices.map { weights[$0 / 6 * 6] } : weights
    }
  }

  var indices: Range<Int> { scores.indices }

  /// What a weight is of: the row, or its query where rows are ranked within them.
  func unit(_ row: Int) -> Int { task == .ranking ? Int(queries[row]) : row }

  /// Columns of the holdout that metrics read.
  var columns: [String: Arguments.RowValues] {
    [
      "item": .codes(items, (0..<40).map { "item \($0)" }),
      "popularity": .numbers(items.map { 1 / Double(2 + $0) }),
      "by": .codes(labels, ["a", "b", "c"]),
      "propensity": .numbers(scores.map { 0.1 + 0.9 * $0 }),
      "shown": .numbers(positives.map(\.number)),
    ]
  }

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
          targets: targets, predictions: scores.map { $0 + 0.01 }, spread: spread,
          weights: weights))
    case .multilabel:
      .multilabel(
        MultilabelSample(
          names: ["a", "b", "c"], scores: probabilities.flatMap(\.self),
          labels: labels.indices.flatMap { row in
            (0..<3).map { ($0 == Int(labels[row])) != (positives[row] && $0 == 1) }
          }, threshold: 0.35, weights: weights))
    case .ranking:
      .ranking(
        RankingSample(
          relevance: labels.map { Double(2 - $0) }, scores: scores, queries: queries,
          weights: weights))
    case .text:
      .text(
        TextSample(
          references: labels.map { Self.phrases[Int($0)] },
          predictions: scores.map { Self.phrases[Int($0 * 100) % Self.phrases.count] },
          weights: weights))
    }
  }

  /// Texts to pick from.
  private static let phrases = [
    "the loan was repaid in full", "the loan was late by two months", "the loan defaulted",
    "The loan, in full, was repaid.", "nothing is known of it",
  ]

  /// An interval about the prediction and three quantiles.
  private var spread: RegressionSample.Quantiles {
    RegressionSample.Quantiles(
      low: scores.map { $0 - 0.5 }, high: scores.map { $0 + 2 }, levels: [0.1, 0.5, 0.9],
      quantiles: [-0.3, 0.2, 1.5].map { gap in scores.map { $0 + gap } })
  }

  /// The rows at these places, in this order, as often as they are named.
  func picked(_ places: [Int]) -> Rows {
    var rows = self
    rows.scores = places.map { scores[$0] }
    rows.positives = places.map { positives[$0] }
    rows.probabilities = places.map { probabilities[$0] }
    rows.labels = places.map { labels[$0] }
    rows.queries = places.map { queries[$0] }
    rows.items = places.map { items[$0] }
    rows.targets = places.map { targets[$0] }
    rows.weights = weights.map { weights in places.map { weights[$0] } }
    return rows
  }

  /// Every row twice, where rows are ranked within queries every query.
  var twice: Rows {
    var rows = picked(indices.flatMap { [$0, $0] })
    if task == .ranking {
      for place in rows.indices where place % 2 == 1 { rows.queries[place] += 1_000_000 }
    }
    return rows
  }

  /// The same rows, each weighing what `weight` says.
  func weighing(_ weight: (Int) -> Double) -> Rows {
    var rows = self
    rows.weights = indices.map(weight)
    return rows
  }
}
