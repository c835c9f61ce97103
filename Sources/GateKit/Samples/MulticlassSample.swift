/// Labels of several classes with a row of probabilities, in row order.
public struct MulticlassSample: Sendable {
  /// Names of the classes, in the order of the probabilities.
  public let classes: [String]
  /// A row of `classes.count` after another; empty when the model gives classes only.
  public let probabilities: [Double]
  /// The true class of each row, an index into `classes`.
  public let labels: [Int32]
  /// The decided class: the first of the highest probability.
  public let decisions: [Int32]
  /// Nil: every row counts once.
  public let weights: [Double]?
  public let totalWeight: Double
  /// Weighted counts, row-major: true class times `classes.count` plus decided class.
  public let confusion: [Double]

  /// Throws nothing: `probabilities` has `labels.count * classes.count` values, or none when `decisions` are given.
  public init(
    classes: [String], probabilities: [Double], labels: [Int32], decisions: [Int32]? = nil,
    weights: [Double]? = nil
  ) {
    let width = classes.count
    self.classes = classes
    self.probabilities = probabilities
    self.labels = labels
    self.weights = weights
    let decided =
      decisions
      ?? labels.indices.map { row in
        let start = row * width
        var best = 0
        for k in 1..<width where probabilities[start + k] > probabilities[start + best] { best = k }
        return Int32(best)
      }
    self.decisions = decided
    totalWeight = weights.map { $0.reduce(0, +) } ?? Double(labels.count)
    var confusion = [Double](repeating: 0, count: width * width)
    for row in labels.indices {
      confusion[Int(labels[row]) * width + Int(decided[row])] += weights?[row] ?? 1
    }
    self.confusion = confusion
  }

  public var count: Int { labels.count }
  public var hasScores: Bool { !probabilities.isEmpty }

  /// One sample a group, where `codes[row]` says which group (negative: none) a row is of.
  public func partitioned(by codes: [Int32], groups: Int) -> [MulticlassSample] {
    let width = classes.count
    return rowsByGroup(codes, groups: groups).map { rows in
      MulticlassSample(
        classes: classes,
        probabilities: hasScores
          ? rows.flatMap { probabilities[($0 * width)..<(($0 + 1) * width)] } : [],
        labels: rows.map { labels[$0] }, decisions: rows.map { decisions[$0] },
        weights: weights.map { weights in rows.map { weights[$0] } })
    }
  }
}

/// The rows of each group, in row order; a negative code is of no group.
func rowsByGroup(_ codes: [Int32], groups: Int) -> [[Int]] {
  var rows = [[Int]](repeating: [], count: groups)
  for row in codes.indices where codes[row] >= 0 { rows[Int(codes[row])].append(row) }
  return rows
}
