/// A way for the true chances of rows to be off their scores.
///
/// Of all models whose true error is so much, one that is off by as much in every row is the hardest to tell by a mean over
/// bins: chance adds the most to bins whose gap is small, and a gap larger than what chance gives shows as it is.
enum Off: Sendable, CaseIterable {
  /// Labels come true more often than scores say.
  case above
  /// Less often.
  case below
  /// More often where scores are below a half, less often elsewhere: so they can be off by the most.
  case within

  /// A row's true chance where it is off by `step`, as far as there are chances.
  package func chance(_ score: Double, _ step: Double) -> Double {
    let isAbove =
      switch self {
      case .above: true
      case .below: false
      case .within: score < 0.5
      }
    return isAbove ? min(1, score + step) : max(0, score - step)
  }
}

extension BinError {
  /// The ways in which scores can have such an error.
  fileprivate var ways: [Off] {
    switch self {
    case .expected, .squared: Off.allCases
    case .largest: [.above, .below]
    case .above: [.below]
    case .below: [.above]
    }
  }
}

extension Consistency {
  /// What the errors of scores are on these rows whose true error is `bound`, in each way in which it can be; none: it
  /// cannot be, whatever the labels.
  package func errors(
    _ binned: BinnedError, _ sample: Sample, offBy bound: Double
  ) throws(Undefined) -> [ChanceErrors] {
    let (scored, bins) = try binned.bins(sample)
    if binned.error == .largest { return worstBins(scored, bins, bound) }
    return binned.error.ways.compactMap { way in
      guard let step = scored.step(of: way, bins, binned.error, bound) else { return nil }
      let drawing = Drawing(scored, bins, way, step)
      return ChanceErrors(
        (0..<draws).map { draw in
          var random = RandomSource(seed: seed, stream: UInt64(draw))
          return drawing.draw(&random).value(binned.error)
        })
    }
  }

  /// The largest gap where one bin is off by `bound` and all others are calibrated, which is the hardest to tell.
  private func worstBins(
    _ sample: BinarySample, _ bins: [ScoreBin], _ bound: Double
  ) -> [ChanceErrors] {
    let calibrated = Drawing(sample, bins, .above, 0)
    let others = (0..<draws).map { draw in
      var random = RandomSource(seed: seed, stream: UInt64(draw))
      return TopTwo(calibrated.draw(&random).map { [$0].value(.largest) })
    }
    return bins.indices.flatMap { index in
      BinError.largest.ways.compactMap { way in
        let bin = [bins[index]]
        guard let step = sample.step(of: way, bin, .largest, bound) else { return nil }
        let drawing = Drawing(sample, bin, way, step)
        return ChanceErrors(
          (0..<draws).map { draw in
            var random = RandomSource(seed: seed, stream: UInt64(draw) | UInt64(index + 1) << 32)
            return max(drawing.draw(&random).value(.largest), others[draw].most(without: index))
          })
      }
    }
  }
}

/// The two largest of some numbers.
private struct TopTwo {
  private var place = -1
  private var first = 0.0
  private var second = 0.0

  package init(_ values: [Double]) {
    for (index, value) in values.enumerated() {
      if value > first || place < 0 {
        (place, first, second) = (index, value, place < 0 ? 0 : first)
      } else {
        second = max(second, value)
      }
    }
  }

  /// The largest of all but one; 0 where that is the only one.
  package func most(without index: Int) -> Double { index == place ? second : first }
}

/// Bins whose labels are drawn with chances that are off the scores.
private struct Drawing {
  /// One bin.
  private struct Part {
    package let bin: ScoreBin
    /// Its rows, with their chances for scores.
    package let rows: BinarySample
    package let noise: BinNoise
    /// By how much chances are above the scores, summed by weight.
    package let gap: Double
  }

  private let parts: [Part]

  package init(_ sample: BinarySample, _ bins: [ScoreBin], _ way: Off, _ step: Double) {
    parts = bins.map { bin in
      let rows = BinarySample(
        scores: sample.scores[bin.places].map { way.chance($0.clamped(to: 0...1), step) },
        positives: Array(sample.positives[bin.places]),
        weights: sample.weights.map { Array($0[bin.places]) },
        rows: Array(sample.rows[bin.places]), threshold: sample.threshold, hasScores: true)
      return Part(
        bin: bin, rows: rows, noise: BinNoise(rows, 0..<rows.count),
        gap: sample.gap(of: way, bin, step))
    }
  }

  /// The bins of one draw.
  package func draw(_ random: inout RandomSource) -> [ScoreBin] {
    parts.map { $0.bin.labelled(excess: $0.gap + $0.noise.draw($0.rows, &random)) }
  }
}

extension ScoreBin {
  /// The same rows with other labels.
  package func labelled(excess: Double) -> ScoreBin {
    var bin = self
    (bin.positive, bin.excess) = (weight * meanScore + excess, excess)
    return bin
  }
}

extension BinarySample {
  /// By how much chances are above the scores in a bin, summed by weight.
  fileprivate func gap(of way: Off, _ bin: ScoreBin, _ step: Double) -> Double {
    var sum = Sum()
    for place in bin.places {
      let score = scores[place].clamped(to: 0...1)
      sum.add((weights?[place] ?? 1) * (way.chance(score, step) - score))
    }
    return sum.value
  }

  /// By how much each row must be off for bins to have an error of `bound`; nil: they cannot.
  fileprivate func step(
    of way: Off, _ bins: [ScoreBin], _ error: BinError, _ bound: Double
  ) -> Double? {
    func found(_ step: Double) -> Double {
      bins.map { $0.labelled(excess: gap(of: way, $0, step)) }.value(error)
    }
    var low = (step: 0.0, off: -bound)
    var high = (step: 1.0, off: found(1) - bound)
    guard high.off >= -1e-12 * bound else { return nil }
    var step = bound
    var wasLow: Bool?
    // The Illinois variant of false position: the end that stays weighs half.
    for _ in 0..<60 {
      let off = found(step) - bound
      if abs(off) <= 1e-9 * bound { break }
      let isLow = off < 0
      if isLow {
        low = (step, off)
        if wasLow == true { high.off /= 2 }
      } else {
        high = (step, off)
        if wasLow == false { low.off /= 2 }
      }
      wasLow = isLow
      step = low.step - low.off * (high.step - low.step) / (high.off - low.off)
    }
    return step
  }
}
