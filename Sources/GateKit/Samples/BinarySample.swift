/// Binary labels with scores, in descending order of score; rows of one score stand in row order.
///
/// Sorted once a model: every slice of it is taken in this order and needs no sort of its own.
public struct BinarySample: Sendable {
  /// Descending. A model that gives classes only has 1 for the positive class, 0 for the other.
  public let scores: [Double]
  /// Whether the row is of the positive class, beside its score.
  public let positives: [Bool]
  /// Nil: every row counts once.
  public let weights: [Double]?
  /// The row of the holdout each stands for.
  public let rows: [Int32]
  /// A score of at least this is a positive decision.
  public let threshold: Double
  /// Whether the model gave scores, or only classes.
  public let hasScores: Bool
  public let totalWeight: Double

  /// Sorts. `scores`, `positives` and `weights` are in row order, without NaN.
  public init(
    scores: [Double], positives: [Bool], weights: [Double]? = nil, threshold: Double = 0.5,
    hasScores: Bool = true
  ) {
    let order = descendingOrder(of: scores)
    self.init(
      scores: order.map { scores[Int($0)] }, positives: order.map { positives[Int($0)] },
      weights: weights.map { weights in order.map { weights[Int($0)] } }, rows: order,
      threshold: threshold, hasScores: hasScores)
  }

  /// Takes what is in descending order already.
  init(
    scores: [Double], positives: [Bool], weights: [Double]?, rows: [Int32], threshold: Double,
    hasScores: Bool
  ) {
    self.scores = scores
    self.positives = positives
    self.weights = weights
    self.rows = rows
    self.threshold = threshold
    self.hasScores = hasScores
    totalWeight = weights.map { $0.reduce(0, +) } ?? Double(scores.count)
  }

  public var count: Int { scores.count }

  /// The confusion matrix at `threshold`, or at the sample's own.
  public func confusion(at threshold: Double? = nil) -> Confusion {
    let threshold = threshold ?? self.threshold
    var truePositives = 0.0
    var falsePositives = 0.0
    var falseNegatives = 0.0
    var trueNegatives = 0.0
    let split = scores.partitioningIndex { $0 < threshold }
    for row in 0..<count {
      let weight = weights?[row] ?? 1
      switch (row < split, positives[row]) {
      case (true, true): truePositives += weight
      case (true, false): falsePositives += weight
      case (false, true): falseNegatives += weight
      case (false, false): trueNegatives += weight
      }
    }
    return Confusion(
      truePositives: truePositives, falsePositives: falsePositives,
      falseNegatives: falseNegatives, trueNegatives: trueNegatives)
  }

  /// One sample a group, where `codes[row]` says which group (negative: none) a holdout row is of.
  public func partitioned(by codes: [Int32], groups: Int) -> [BinarySample] {
    var sizes = [Int](repeating: 0, count: groups)
    for row in rows where codes[Int(row)] >= 0 { sizes[Int(codes[Int(row)])] += 1 }
    var parts = sizes.map { Part(capacity: $0, weighted: weights != nil) }
    for index in rows.indices {
      let code = Int(codes[Int(rows[index])])
      guard code >= 0 else { continue }
      parts[code].scores.append(scores[index])
      parts[code].positives.append(positives[index])
      parts[code].rows.append(rows[index])
      if let weights { parts[code].weights?.append(weights[index]) }
    }
    return parts.map {
      BinarySample(
        scores: $0.scores, positives: $0.positives, weights: $0.weights, rows: $0.rows,
        threshold: threshold, hasScores: hasScores)
    }
  }

  /// A group while its rows are gathered.
  private struct Part {
    var scores: [Double] = []
    var positives: [Bool] = []
    var weights: [Double]?
    var rows: [Int32] = []

    init(capacity: Int, weighted: Bool) {
      scores.reserveCapacity(capacity)
      positives.reserveCapacity(capacity)
      rows.reserveCapacity(capacity)
      if weighted {
        weights = []
        weights?.reserveCapacity(capacity)
      }
    }
  }
}

/// Weighted counts of decisions against labels; without weights, whole numbers.
public struct Confusion: Sendable, Hashable {
  public var truePositives: Double
  public var falsePositives: Double
  public var falseNegatives: Double
  public var trueNegatives: Double

  public init(
    truePositives: Double, falsePositives: Double, falseNegatives: Double, trueNegatives: Double
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  public var positives: Double { truePositives + falseNegatives }
  public var negatives: Double { trueNegatives + falsePositives }
  public var predictedPositives: Double { truePositives + falsePositives }
  public var predictedNegatives: Double { trueNegatives + falseNegatives }
  public var total: Double { positives + negatives }
}

extension Array {
  /// The first index whose element satisfies `belongs`, in an array whose elements that do stand last.
  func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
