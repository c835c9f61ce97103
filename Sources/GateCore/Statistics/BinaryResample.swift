/// A binary sample that is measured again and again on draws of its rows, without sorting again.
///
/// Two models on the same rows share one `Resampling` and so the same draws.
package struct BinaryResample: Sendable {
  /// The rows as they are.
  package let sample: BinarySample
  /// In the sample's order: the row's unit, times four; plus two for the last row of its score;
  /// plus one for a positive. Four bytes a row, read once a draw, because reading is what a
  /// replicate's time goes to.
  private let entries: [UInt32]
  /// The positive rows among them.
  private let hits: [Hit]
  /// Units that `entries` name.
  private let units: Int

  /// A positive row in the order.
  private struct Hit {
    /// The row's unit, times two; plus one for the last positive row of its score.
    package var unit: UInt32
    /// The place after the last row of its score.
    package var end: UInt32
  }

  /// Throws `Undefined` for a row that `resampling` does not draw, or 2^30 units.
  package init(_ sample: BinarySample, _ resampling: Resampling) throws(Undefined) {
    guard resampling.count < 1 << 30 else { throw Undefined("there are too many rows") }
    let rows = try resampling.units(of: sample.rows)
    self.sample = sample
    units = resampling.count
    entries = rows.indices.map { index in
      let isLast =
        index + 1 == rows.count || sample.scores[index + 1] != sample.scores[index]
      return UInt32(rows[index]) << 2 | (isLast ? 2 : 0) | (sample.positives[index] ? 1 : 0)
    }
    hits = Self.hits(entries)
  }

  /// The positive rows among the entries.
  private static func hits(_ entries: [UInt32]) -> [Hit] {
    var hits: [Hit] = []
    var tied = 0
    for (place, entry) in entries.enumerated() {
      if entry & 1 == 1 { hits.append(Hit(unit: (entry >> 2) << 1, end: 0)) }
      guard entry & 2 == 2, tied < hits.count else { continue }
      for hit in tied..<hits.count { hits[hit].end = UInt32(place + 1) }
      hits[hits.count - 1].unit |= 1
      tied = hits.count
    }
    return hits
  }

  /// The average precision of a draw: scikit-learn's `average_precision_score` with the counts as
  /// weights.
  ///
  /// Nil: the draw has no positive row (of a weight), or is of another resampling.
  package func averagePrecision(_ draw: Draw) -> Double? {
    guard draw.counts.count == units else { return nil }
    guard let weights = sample.weights else { return countedPrecision(draw) }
    return weights.withUnsafeBufferPointer { weights in
      weightedPrecision(draw, weights)
    }
  }

  /// The area under the ROC curve of a draw, ties half: scikit-learn's `roc_auc_score`, counts as
  /// weights.
  ///
  /// Nil: the draw has rows of one class only, or is of another resampling.
  package func rocAUC(_ draw: Draw) -> Double? {
    guard draw.counts.count == units else { return nil }
    guard let weights = sample.weights else { return area(draw) { _, count in Int(count) } }
    return weights.withUnsafeBufferPointer { weights in
      area(draw) { index, count in weights[index] * Double(count) }
    }
  }

  /// The weighted mean over a draw of `values`, in the sample's order: log loss, Brier score.
  ///
  /// Nil: the weights of the draw sum to 0, `values` are of other rows, or the draw of another
  /// resampling.
  package func mean(of values: [Double], _ draw: Draw) -> Double? {
    guard draw.counts.count == units, values.count == entries.count else { return nil }
    var (sum, total) = (0.0, 0.0)
    draw.counts.withUnsafeBufferPointer { counts in
      entries.withUnsafeBufferPointer { entries in
        for index in 0..<entries.count {
          let count = counts[Int(entries[index] >> 2)]
          guard count > 0 else { continue }
          let weight = Double(count) * (sample.weights?[index] ?? 1)
          total += weight
          sum += weight * values[index]
        }
      }
    }
    return total > 0 ? sum / total : nil
  }

  /// The sample with its weights times the counts of a draw, for any metric; rows not drawn have a
  /// weight of 0.
  ///
  /// `weights` is room to reuse: the caller keeps it from draw to draw and lets go of the sample
  /// before the next.
  package func reweighted(_ draw: Draw, reusing weights: inout [Double]) -> BinarySample? {
    guard draw.counts.count == units else { return nil }
    if weights.count != entries.count {
      weights = [Double](repeating: 0, count: entries.count)
    }
    let own = sample.weights
    draw.counts.withUnsafeBufferPointer { counts in
      entries.withUnsafeBufferPointer { entries in
        for index in 0..<entries.count {
          weights[index] = (own?[index] ?? 1) * Double(counts[Int(entries[index] >> 2)])
        }
      }
    }
    return BinarySample(
      scores: sample.scores, positives: sample.positives, weights: weights, rows: sample.rows,
      threshold: sample.threshold, hasScores: sample.hasScores)
  }
}

extension BinaryResample {
  /// The sum over scores of the share of positives found there times the precision down to there.
  ///
  /// The rows down to each place are counted for a stretch of places, then its positive rows are
  /// gone through: only these need a division.
  private func countedPrecision(_ draw: Draw) -> Double? {
    draw.counts.withUnsafeBufferPointer { counts in
      entries.withUnsafeBufferPointer { entries in
        hits.withUnsafeBufferPointer { hits in
          withUnsafeTemporaryAllocation(of: Int.self, capacity: 2048) { down in
            var (total, found, foundBefore, hit) = (0, 0, 0, 0)
            var sum = 0.0
            for start in stride(from: 0, to: entries.count, by: down.count) {
              let end = min(start + down.count, entries.count)
              for place in start..<end {
                total &+= Int(counts[Int(entries[place] >> 2)])
                down[place &- start] = total
              }
              while hit < hits.count, hits[hit].end <= end {
                let unit = hits[hit].unit
                found &+= Int(counts[Int(unit >> 1)])
                if unit & 1 == 1 {
                  let rows = max(1, down[Int(hits[hit].end) &- 1 &- start])
                  sum += Double(found &- foundBefore) * (Double(found) / Double(rows))
                  foundBefore = found
                }
                hit &+= 1
              }
            }
            return found > 0 ? sum / Double(found) : nil
          }
        }
      }
    }
  }

  /// As `countedPrecision`, by weight.
  private func weightedPrecision(
    _ draw: Draw, _ weights: UnsafeBufferPointer<Double>
  ) -> Double? {
    var (found, foundBefore, total) = (0.0, 0.0, 0.0)
    var sum = 0.0
    draw.counts.withUnsafeBufferPointer { counts in
      entries.withUnsafeBufferPointer { entries in
        for index in 0..<entries.count {
          let entry = entries[index]
          let weight = weights[index] * Double(counts[Int(entry >> 2)])
          total += weight
          found += entry & 1 == 1 ? weight : 0
          // A division for every score is cheaper than a branch the processor cannot foresee.
          guard entry & 2 == 2 else { continue }
          sum += (found - foundBefore) * (found / (total > 0 ? total : 1))
          foundBefore = found
        }
      }
    }
    return found > 0 ? sum / found : nil
  }

  /// The pairs ordered rightly, twice counted, over all pairs.
  @inline(__always)
  private func area<Weight: Countable>(
    _ draw: Draw, _ weigh: (Int, UInt8) -> Weight
  ) -> Double? {
    var (positives, positivesBefore) = (Weight.zero, Weight.zero)
    var (negatives, negativesBefore) = (Weight.zero, Weight.zero)
    var pairs = Weight.zero
    draw.counts.withUnsafeBufferPointer { counts in
      entries.withUnsafeBufferPointer { entries in
        for index in 0..<entries.count {
          let entry = entries[index]
          let weight = weigh(index, counts[Int(entry >> 2)])
          positives += entry & 1 == 1 ? weight : .zero
          negatives += entry & 1 == 1 ? .zero : weight
          guard entry & 2 == 2 else { continue }
          pairs += (negatives - negativesBefore) * (positives + positivesBefore)
          positivesBefore = positives
          negativesBefore = negatives
        }
      }
    }
    guard positives > .zero, negatives > .zero else { return nil }
    return pairs.double / 2 / positives.double / negatives.double
  }
}

/// A weight: a whole number of draws, exact, or that times a row's own.
private protocol Countable: Comparable, Numeric {
  var double: Double { get }
}

extension Int: Countable {
  fileprivate var double: Double { Double(self) }
}

extension Double: Countable {
  fileprivate var double: Double { self }
}
