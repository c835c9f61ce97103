/// Rows of both sides for a classifier that is to tell them apart.
package struct DomainClassifierRequest: Sendable {
  package var rows: DriftRows
  /// The most rows of a side that it is made of, drawn by the seed.
  package var mostRows: Int
  /// Trees.
  package var rounds: Int
  /// The most leaves of a tree.
  package var leaves: Int
  package var seed: UInt64
  /// The limits of each of the two processes that train.
  package var limits: ModelLimits

  package init(
    rows: DriftRows, mostRows: Int = 100_000, rounds: Int = 100, leaves: Int = 31, seed: UInt64 = 0,
    limits: ModelLimits = ModelLimits()
  ) {
    (self.rows, self.mostRows, self.rounds) = (rows, mostRows, rounds)
    (self.leaves, self.seed, self.limits) = (leaves, seed, limits)
  }

  /// By how much of what it would mend each tree changes the scores.
  package static let learningRate = 0.1
}

/// Which rows a classifier is made of, and which half of them each is in.
package struct DomainClassifierHalves: Sendable {
  /// Rows of the reference that are taken, rising, then those of the current rows.
  package let reference: [Int32]
  package let current: [Int32]
  /// For every row, those of the reference first, whether it is in the second half.
  package let isSecond: [Bool]

  /// Draws rows and halves by the seed and the number of each side's rows alone, so that neither the values nor the number
  /// of threads matters; each half has as many rows of a side as the other, or the second one more.
  ///
  /// Throws `Undefined` where a side has fewer than two rows, since a half is learned from and the other judged on.
  package init(_ request: DomainClassifierRequest) throws(Undefined) {
    let (n, m) = request.rows.counts
    for (count, side) in [(n, "the reference has"), (m, "the current rows have")] where count < 2 {
      throw Undefined(
        "\(side) \(count.counted("row")); a classifier learns from one and is judged on another")
    }
    let most = max(2, request.mostRows)
    var isSecond: [Bool] = []
    func drawn(_ count: Int, _ stream: UInt64) -> [Int32] {
      let rows = RandomSource.sample(most, of: count, seed: request.seed, stream: stream)
      var half = [Bool](repeating: true, count: rows.count)
      let first = RandomSource.sample(
        rows.count / 2, of: rows.count, seed: request.seed, stream: stream + 2)
      for place in first { half[Int(place)] = false }
      isSecond += half
      return rows
    }
    reference = drawn(n, 0)
    current = drawn(m, 1)
    self.isSecond = isSecond
  }

  /// For every row, whether it is of the current side.
  package var isCurrent: [Bool] {
    [Bool](repeating: false, count: reference.count)
      + [Bool](repeating: true, count: current.count)
  }
}

/// How well a classifier told the current rows from the reference, on rows that it was not trained on.
package struct DomainClassifierResult: Sendable {
  /// The halves of the rows, each scored by a classifier that the other half trained.
  package var folds: [Fold]
  /// In the order of the request.
  package var features: [Feature]
  /// What trained, and how, for the report.
  package var settings: [JSON.Member]

  package init(folds: [Fold], features: [Feature], settings: [JSON.Member]) {
    (self.folds, self.features, self.settings) = (folds, features, settings)
  }

  /// One half.
  package struct Fold: Sendable {
    /// How likely each row is of the current side.
    package var scores: [Double]
    package var isCurrent: [Bool]

    package init(scores: [Double], isCurrent: [Bool]) {
      (self.scores, self.isCurrent) = (scores, isCurrent)
    }
  }

  /// What one feature did.
  package struct Feature: Sendable {
    package var name: String
    /// Its share of the gain of all splits of both classifiers, in 0...1; all 0 where neither found a split.
    package var share: Double

    package init(_ name: String, share: Double) { (self.name, self.share) = (name, share) }
  }
}
