/// Binary labels with scores, in descending order of score; rows of one score stand in row order.
///
/// Sorted once a model: every slice of it is taken in this order and needs no sort of its own.
package struct BinarySample: Sendable {
  /// Descending. A model that gives classes only has 1 for the positive class, 0 for the other.
  package let scores: [Double]
  /// Whether the row is of the positive class, beside its score.
  package let positives: [Bool]
  /// Nil: every row counts once.
  package let weights: [Double]?
  /// The row of the holdout each stands for.
  package let rows: [Int32]
  /// A score of at least this is a positive decision.
  package let threshold: Double
  /// Whether the model gave scores, or only classes.
  package let hasScores: Bool
  /// The sum of the weights, or the number of rows where there are none.
  package let totalWeight: Double
  /// Positive rows before every 1024th place, so that rows are counted once a sample and
  /// not once a metric; empty where rows have weights.
  private let positivesBefore: [Int]

  /// Sorts. `scores`, `positives` and `weights` are in row order, without NaN.
  package init(
    scores: [Double], positives: [Bool], weights: [Double]? = nil, threshold: Double = 0.5,
    hasScores: Bool = true
  ) {
    let order = descendingOrder(of: scores)
    self.init(
      scores: scores.at(order), positives: positives.at(order), weights: weights?.at(order),
      rows: order, threshold: threshold, hasScores: hasScores)
  }

  /// Takes what is in descending order already.
  package init(
    scores: [Double], positives: [Bool], weights: [Double]?, rows: [Int32], threshold: Double,
    hasScores: Bool
  ) {
    self.scores = scores
    self.positives = positives
    self.weights = weights
    self.rows = rows
    self.threshold = threshold
    self.hasScores = hasScores
    totalWeight = weights?.sum ?? Double(scores.count)
    positivesBefore = weights == nil ? positives.counted(every: Self.stretch) : []
  }

  /// Places from one of `positivesBefore` to the next.
  private static let stretch = 1024

  /// Rows.
  package var count: Int { scores.count }

  /// The confusion matrix at `threshold`, or at the sample's own.
  package func confusion(at threshold: Double? = nil) -> Confusion {
    let threshold = threshold ?? self.threshold
    let split = scores.partitioningIndex { $0 < threshold }
    let above = weigh(0..<split)
    let below = weigh(split..<count)
    return Confusion(
      truePositives: above.positive, falsePositives: above.negative,
      falseNegatives: below.positive, trueNegatives: below.negative)
  }

  /// The weights of the positive and of the negative rows among those at `places` of the order.
  package func weigh(_ places: Range<Int>) -> (positive: Double, negative: Double) {
    guard let weights else {
      let count =
        countPositives(before: places.upperBound) - countPositives(before: places.lowerBound)
      return (Double(count), Double(places.count - count))
    }
    return positives.withUnsafeBufferPointer { positives in
      weights.withUnsafeBufferPointer { weights in
        var positive = Sum()
        var negative = Sum()
        for place in places {
          let weight = weights[place]
          positive.add(positives[place] ? weight : 0)
          negative.add(positives[place] ? 0 : weight)
        }
        return (positive.value, negative.value)
      }
    }
  }

  /// Positive rows before a place of the order, of rows without weights.
  private func countPositives(before place: Int) -> Int {
    let known = place / Self.stretch
    return positives[(known * Self.stretch)..<place].reduce(positivesBefore[known]) {
      $0 + ($1 ? 1 : 0)
    }
  }

  /// One sample a group, where `codes[row]` says which group (negative: none) a holdout row is of.
  package func partitioned(by codes: [Int32], groups: Int) -> [BinarySample] {
    let grouping = Grouping(codes.at(rows), groups: groups)
    return (0..<groups).map { group in
      let places = grouping.places(of: group)
      return BinarySample(
        scores: scores.at(places), positives: positives.at(places), weights: weights?.at(places),
        rows: rows.at(places), threshold: threshold, hasScores: hasScores)
    }
  }
}

extension BinarySample: SampleRows {
  package var right: [Bool] { scores.indices.map { (scores[$0] >= threshold) == positives[$0] } }

  package var sample: Sample { .binary(self) }

  package var words: String { "scores \(scores), positives \(positives.map { $0 ? 1 : 0 })" }

  package func weighing(_ weights: [Double]) -> BinarySample {
    BinarySample(
      scores: scores, positives: positives, weights: weights, rows: rows, threshold: threshold,
      hasScores: hasScores)
  }

  package func isSame(as other: BinarySample) -> Bool {
    scores == other.scores && rows == other.rows && threshold == other.threshold
  }
}

/// Weighted counts of decisions against labels; without weights, whole numbers.
package struct Confusion: Sendable, Hashable {
  /// Positive rows decided positive.
  package var truePositives: Double
  /// Negative rows decided positive.
  package var falsePositives: Double
  /// Positive rows decided negative.
  package var falseNegatives: Double
  /// Negative rows decided negative.
  package var trueNegatives: Double

  /// Takes the four cells.
  package init(
    truePositives: Double, falsePositives: Double, falseNegatives: Double, trueNegatives: Double
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// Rows that are positive.
  package var positives: Double { truePositives + falseNegatives }
  /// Rows that are negative.
  package var negatives: Double { trueNegatives + falsePositives }
  /// Rows decided positive.
  package var predictedPositives: Double { truePositives + falsePositives }
  /// Rows decided negative.
  package var predictedNegatives: Double { trueNegatives + falseNegatives }
  /// All rows.
  package var total: Double { positives + negatives }
}

extension [Bool] {
  /// How many elements before every `stretch`-th are true.
  fileprivate func counted(every stretch: Int) -> [Int] {
    withUnsafeBufferPointer { values in
      var counts = [0]
      counts.reserveCapacity(count / stretch + 1)
      for start in Swift.stride(from: 0, through: count - stretch, by: stretch) {
        var found = 0
        for place in start..<(start + stretch) { found += values[place] ? 1 : 0 }
        counts.append(counts[counts.count - 1] + found)
      }
      return counts
    }
  }
}

extension Array {
  /// The first index whose element satisfies `belongs`, in an array whose elements that do stand
  /// last.
  package func partitioningIndex(_ belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
