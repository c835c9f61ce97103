import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

/// A way to make rows, and what is asked of them: the true values are known.
struct Scenario: Sendable {
  /// One row: what was true, what both models said of it, and what it weighs.
  struct Row: Sendable {
    /// The label's number, or the value.
    var target: Double
    /// A score, a value, or a probability a class.
    var candidate: [Double]
    /// Beside `candidate`.
    var champion: [Double]
    /// At least 0.
    var weight = 1.0
    /// Which cluster it is of, where there are any.
    var cluster: Int32 = 0
  }

  /// For the table.
  var name: String
  let task: TaskKind
  /// Uniform numbers a row that all rows of a cluster share.
  var shared = 0
  /// Uniform numbers a row that are its own.
  let own: Int
  /// Rows a cluster; 1: every row stands for itself.
  var clusterSize = 1
  /// Clusters of unequal size, the logarithm of which is normal; 0: `clusterSize` says it.
  var clusters = 0
  /// Whether the rows' weights count.
  var isWeighted = false
  /// Of all random rows; another one shows whether what was found while building holds.
  var seed: UInt64 = 20_260_301
  /// The decision threshold.
  var threshold = 0.5
  /// A row out of uniform numbers, the shared ones first.
  let row: @Sendable ([Double]) -> Row
  var questions: [Question]
}

/// A metric and its limit: what a gate is asked.
struct Question: Sendable {
  /// Its id.
  let metric: String
  /// `min`, or one that compares with the champion.
  let limit: Limit.Kind
  /// What stands beside the limit.
  var parameters: [String: String] = [:]
  /// The value where the rows of a population would only come near it.
  var truth: Double?
  /// Simulations at 200 and at 5,000 rows; 0: not asked at that size.
  var simulations = [200: 2000, 5000: 2000]
  /// Draws of a bootstrap, at either size.
  var replicates = [200: 1000, 5000: 1000]
}

extension Scenario {
  /// The rows of a sample of a population: random ones, drawn by `seed`.
  func sample(_ count: Int, seed: UInt64) -> [Row] {
    var source = RandomSource(seed: self.seed, stream: seed)
    var common: [Double] = []
    var number: Int32 = -1
    let starts = starts(count, &source)
    return (0..<count).map { index in
      if starts.map({ $0.contains(index) }) ?? (index % clusterSize == 0) {
        common = (0..<shared).map { _ in source.uniform() }
        number += 1
      }
      var row = row(common + (0..<own).map { _ in source.uniform() })
      row.cluster = number
      return row
    }
  }

  /// The first row of each cluster of unequal size, every one a row at least; nil: they are of one size.
  private func starts(_ count: Int, _ source: inout RandomSource) -> Set<Int>? {
    guard clusters > 0 else { return nil }
    let sizes = (0..<clusters).map { _ in
      exponential(0.7 * normal(source.uniform(), source.uniform()))
    }
    let total = sizes.reduce(0, +)
    var (starts, below): (Set<Int>, Double) = ([], 0)
    for (number, size) in sizes.enumerated() {
      starts.insert(number + Int(below / total * Double(count - clusters)))
      below += size
    }
    return starts
  }

  /// The population itself: rows that fill the unit cube evenly, so that the metric of them is its true value to about
  /// one in 100,000, a hundredth of the standard error of 5,000 random rows.
  ///
  /// Source: Martin Roberts's R sequence, a Kronecker sequence of the powers of the generalised golden ratio.
  func population(_ count: Int) -> [Row] {
    let dimensions = shared + own
    var ratio = 2.0
    for _ in 0..<64 { ratio = power(1 + ratio, 1 / Double(dimensions + 1)) }
    let steps = (1...dimensions).map { power(ratio, -Double($0)) }
    return (0..<count).map { index in
      row(
        steps.map { step in
          let place = 0.5 + step * Double(index + 1)
          return place - place.rounded(.down)
        })
    }
  }

  /// What a gate reads of these rows.
  func bench(_ rows: [Row]) throws -> Workbench {
    let weights = isWeighted ? rows.map(\.weight) : nil
    func sample(_ answers: (Row) -> [Double]) -> Result<Sample, Diagnostic> {
      switch task {
      case .binary:
        .success(
          .binary(
            BinarySample(
              scores: rows.map { answers($0)[0] }, positives: rows.map { $0.target == 1 },
              weights: weights, threshold: threshold)))
      case .regression:
        .success(
          .regression(
            RegressionSample(
              targets: rows.map(\.target), predictions: rows.map { answers($0)[0] },
              weights: weights)))
      default:
        .success(
          .multiclass(
            MulticlassSample(
              classes: ["high", "low", "mid"], probabilities: rows.flatMap(answers),
              labels: rows.map { Int32($0.target) }, weights: weights)))
      }
    }
    return Workbench(
      task: task, hasChampion: true, rows: rows.count,
      samples: [.candidate: sample(\.candidate), .champion: sample(\.champion)],
      clusters: clusterSize == 1 && clusters == 0 ? nil : rows.map(\.cluster))
  }
}
