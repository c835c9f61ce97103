extension Certainty {
  /// Rows that must carry a difference of scores in a class for the rows alone to say how sure it is.
  ///
  /// Simulated in `benchmarks/coverage.md`: below it a candidate whose few fallen positives no row of the holdout shows
  /// passes too often.
  private static let fewestCarriers = 8.0

  /// The bounds of the difference of a metric of scores where few rows of a class carry it, by a Bayesian bootstrap of the
  /// rows and one imaginary row of the worst kind: one that the better model puts first and the other last. Nil: enough
  /// rows do, or the metric is not one of a binary model's scores.
  ///
  /// A method that looks at the rows' own changes sees nothing of a fall that takes few rows and missed all of these.
  /// Throws `Undefined` for clusters that are fewer than eight.
  func worstRow(
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample, relative: Bool
  ) async throws(Undefined) -> WorstRowBounds? {
    guard case .binary(let mine) = candidate, case .binary(let other) = champion,
      measured.arguments.columns.isEmpty, mine.hasScores, other.hasScores
    else { return nil }
    let resampling = self.resampling(of: candidate)
    let units = try resampling.units(of: mine.rows)
    let classes = Self.sparse(mine, other, units, count: resampling.count)
    if classes.isEmpty { return nil }
    if clusters != nil, resampling.count < MeanInterval.fewestClusters {
      throw tooFewClusters(resampling.count)
    }
    let sizes = Self.sizes(mine, units, count: resampling.count)
    let size = sizes.reduce(0) { $0 + $1 * $1 } / max(sizes.reduce(0, +), .leastNormalMagnitude)
    let pair = ScoredPair(
      candidate: mine, champion: other, candidateUnits: units,
      championUnits: try resampling.units(of: other.rows))
    // A draw weighs all rows of both models four times.
    let draws = max(400, min(max(replicates, 4000), 40_000_000 / max(1, mine.count)))
    let seed = seed
    let change = Self.change(measured, relative: relative)
    let drawn = await inPieces(of: draws, size: 16) {
      { (draw: Int) -> [[Double?]] in
        var source = RandomSource(seed: seed, stream: 1 << 32 + UInt64(draw))
        let row = -logarithm(1 - source.uniform()) * size
        let weights = (0..<resampling.count).map { _ in -logarithm(1 - source.uniform()) }
        return [true, false].map { isLow in
          classes.map { isPositive in
            pair.value(
              weights, row: row, isPositive: isPositive, favoursChampion: isLow, change)
          }
        }
      }
    }
    let shares = clusters == nil ? nil : UnitShares(sizes)
    return WorstRowBounds(
      estimate: change(mine, other),
      places: [0, 1].flatMap { side in
        classes.indices.map { place in
          WorstRowBounds.Place(drawn.map { $0[side][place] ?? .nan }, shares: shares)
        }
      })
  }

  /// How far two models' values lie apart; nil: one is undefined.
  private static func change(
    _ measured: MetricCall, relative: Bool
  ) -> @Sendable (BinarySample, BinarySample) -> Double? {
    { mine, other in
      guard let mine = measured.value(.binary(mine)), let other = measured.value(.binary(other))
      else { return nil }
      return relative ? (mine - other) / abs(other) : mine - other
    }
  }

  /// The classes in which the changes of few units make up the difference: the share of the other class that a row stands
  /// above, by one model less by the other (DeLong's placements).
  private static func sparse(
    _ candidate: BinarySample, _ champion: BinarySample, _ units: [Int32], count: Int
  ) -> [Bool] {
    let theirs = champion.placements
    let places = Sample.binary(candidate).places(in: .binary(champion))
    let mine = candidate.placements
    return [true, false].filter { isPositive in
      var changes = [Double](repeating: 0, count: count)
      for place in mine.indices where candidate.positives[place] == isPositive {
        let change = mine[place] - theirs[Int(places[place])]
        changes[Int(units[place])] += (candidate.weights?[place] ?? 1) * change
      }
      let squares = changes.reduce(0) { $0 + $1 * $1 }
      let fourths = changes.reduce(0) { $0 + $1 * $1 * $1 * $1 }
      return !(squares * squares >= fewestCarriers * fourths && squares > 0)
    }
  }

  /// The weight of each unit.
  private static func sizes(
    _ sample: BinarySample, _ units: [Int32], count: Int
  ) -> [Double] {
    var sizes = [Double](repeating: 0, count: count)
    for place in units.indices { sizes[Int(units[place])] += sample.weights?[place] ?? 1 }
    return sizes
  }
}

/// Two models' scores of the same rows.
private struct ScoredPair: Sendable {
  package let candidate, champion: BinarySample
  let candidateUnits, championUnits: [Int32]

  /// The change on rows with these weights by unit, and one row of a class more that the champion (or the candidate)
  /// scores best and the other worst.
  package func value(
    _ weights: [Double], row: Double, isPositive: Bool, favoursChampion: Bool,
    _ change: (BinarySample, BinarySample) -> Double?
  ) -> Double? {
    // First is best for a positive row and worst for a negative one.
    let isFirstForChampion = favoursChampion == isPositive
    return change(
      candidate.adding(
        row, isPositive: isPositive, isFirst: !isFirstForChampion,
        candidateUnits.map { weights[Int($0)] }),
      champion.adding(
        row, isPositive: isPositive, isFirst: isFirstForChampion,
        championUnits.map { weights[Int($0)] }))
  }
}

extension BinarySample {
  /// The sample with each row's weight times a number, and one row more at either end of the scores.
  fileprivate func adding(
    _ weight: Double, isPositive: Bool, isFirst: Bool, _ factors: [Double]
  ) -> BinarySample {
    let own = weights.map { own in factors.indices.map { factors[$0] * own[$0] } } ?? factors
    // A probability stays one.
    let (highest, lowest) = (scores.first ?? 1, scores.last ?? 0)
    let isProbability = highest <= 1 && lowest >= 0
    let score =
      isFirst
      ? (isProbability ? 1 : highest + 1) : (isProbability ? 0 : lowest - 1)
    let row = (rows.max() ?? -1) + 1
    return BinarySample(
      scores: isFirst ? [score] + scores : scores + [score],
      positives: isFirst ? [isPositive] + positives : positives + [isPositive],
      weights: isFirst ? [weight] + own : own + [weight],
      rows: isFirst ? [row] + rows : rows + [row], threshold: threshold, hasScores: hasScores)
  }

  /// For each row the share of the other class, by weight, that it stands above, ties half.
  fileprivate var placements: [Double] {
    let whole = weigh(0..<count)
    var placements = [Double](repeating: 0, count: count)
    var above = (positive: 0.0, negative: 0.0)
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, scores[end] == scores[start] { end += 1 }
      let here = weigh(start..<end)
      let negatives = whole.negative - above.negative - here.negative / 2
      let positives = whole.positive - above.positive - here.positive / 2
      for place in start..<end {
        placements[place] =
          self.positives[place]
          ? negatives / max(whole.negative, .leastNonzeroMagnitude)
          : positives / max(whole.positive, .leastNonzeroMagnitude)
      }
      above = (above.positive + here.positive, above.negative + here.negative)
      start = end
    }
    return placements
  }
}
