/// What makes two scores fall into one bin.
package enum BinStrategy: String {
  /// Bins of one width.
  case uniform
  /// Bins of as many rows each.
  case quantile
}

/// Rows whose scores are near each other, by weight.
package struct ScoreBin {
  /// All of them; above 0.
  package var weight: Double
  /// The positive ones.
  package var positive: Double
  /// The sum of label minus score.
  package var excess: Double
  /// Where its rows stand in the order of the sample.
  package var places: Range<Int>

  /// The share of positive rows.
  package var rate: Double { positive / weight }
  /// The mean score.
  package var meanScore: Double { (positive - excess) / weight }
}

/// A figure of how far the labels of bins are from their scores.
package enum BinError: Sendable, Hashable {
  /// The mean distance, by weight.
  case expected
  /// The distance in the bin where it is largest.
  case largest
  /// The mean squared distance, by weight.
  case squared
  /// The mean of what scores are above the labels, by weight; with `byScore` each times the mean score of its bin.
  case above(byScore: Bool)
  /// The mean of what scores are below the labels, by weight.
  case below
}

extension [ScoreBin] {
  /// A figure of these bins, of which there is one at least; 0 or more.
  package func value(_ error: BinError) -> Double {
    switch error {
    case .expected: mean { abs($0.excess) }
    case .largest: map { abs($0.excess) / $0.weight }.max() ?? 0
    case .squared: mean { $0.excess * $0.excess / $0.weight }
    case .above(let byScore): mean { Swift.max(0, -$0.excess) * (byScore ? $0.meanScore : 1) }
    case .below: mean { Swift.max(0, $0.excess) }
    }
  }

  /// How far their shares of positives are from the share of all, squared, by weight; 0 to 0.25.
  package var resolution: Double {
    let total = map(\.weight).sum
    let base = map(\.positive).sum / total
    let spread = map { $0.weight * ($0.rate - base) * ($0.rate - base) }.sum
    return (spread / total).clamped(to: 0...0.25)
  }

  /// The sum of `term` over the bins by their weight.
  private func mean(_ term: (ScoreBin) -> Double) -> Double { map(term).sum / map(\.weight).sum }
}

extension BinarySample {
  /// The bins that have rows, from the highest scores.
  package func scoreBins(_ bins: Int, _ strategy: BinStrategy) -> [ScoreBin] {
    let stretches =
      switch strategy {
      case .uniform: uniformStretches(bins)
      case .quantile: quantileStretches(bins)
      }
    return stretches.compactMap(scoreBin)
  }

  /// The bin of these places; nil: nothing in it weighs anything.
  func scoreBin(_ places: Range<Int>) -> ScoreBin? {
    let weight = weigh(places)
    let total = weight.positive + weight.negative
    guard total > 0 else { return nil }
    return ScoreBin(
      weight: total, positive: weight.positive, excess: excess(places), places: places)
  }

  /// Bins (lo, hi] of one width from 0 to 1; the rows of a bin stand together in the order.
  private func uniformStretches(_ bins: Int) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = 0
    for bin in stride(from: bins - 1, through: 0, by: -1) {
      let lower = Double(bin) / Double(bins)
      let end = bin == 0 ? count : scores.partitioningIndex { $0 <= lower }
      if end > start { stretches.append(start..<end) }
      start = end
    }
    return stretches
  }

  /// Bins by the share of the weight that scores less, equal scores together.
  private func quantileStretches(_ bins: Int) -> [Range<Int>] {
    guard weights != nil else { return countedStretches(bins) }
    var stretches: [Range<Int>] = []
    var (below, end, last) = (Sum(), count, 0)
    var place = count
    while place > 0 {
      let score = scores[place - 1]
      let bin = Swift.min(Int(below.value * Double(bins) / totalWeight), bins - 1)
      if bin != last {
        if end > place { stretches.append(place..<end) }
        (end, last) = (place, bin)
      }
      while place > 0, scores[place - 1] == score {
        below.add(weights?[place - 1] ?? 1)
        place -= 1
      }
    }
    if end > 0 { stretches.append(0..<end) }
    return stretches.reversed()
  }

  /// As `quantileStretches` of rows that count once each: their place says how many score less, so
  /// that each bin's end is searched for and no row is read in between.
  private func countedStretches(_ bins: Int) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var end = count
    while end > 0 {
      // The bin of the lowest score that is left, and the first place of all that are in it.
      let bin = Swift.min(Int(Double(count - end) * Double(bins) / Double(count)), bins - 1)
      let start = scores.partitioningIndex { score in
        guard bin < bins - 1 else { return true }
        let below = count - scores.partitioningIndex { $0 < score }
        return Int(Double(below) * Double(bins) / Double(count)) <= bin
      }
      stretches.append(start..<end)
      end = start
    }
    return stretches.reversed()
  }

  /// The weighted sum of label minus score over a stretch of the order.
  private func excess(_ places: Range<Int>) -> Double {
    scores.withUnsafeBufferPointer { scores in
      positives.withUnsafeBufferPointer { positives in
        var sum = Sum()
        guard let weights else {
          for place in places { sum.add(positives[place].number - scores[place]) }
          return sum.value
        }
        return weights.withUnsafeBufferPointer { weights in
          for place in places {
            sum.add(weights[place] * (positives[place].number - scores[place]))
          }
          return sum.value
        }
      }
    }
  }
}
