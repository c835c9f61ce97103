/// A calibration error whose `max` chance can judge: never below 0, and above it by chance alone.
package enum JudgedError: Sendable {
  /// Of bins of scores.
  case binned(BinnedError)
  /// Of the line of a logistic recalibration.
  case logistic

  /// Whether a metric is one.
  package static func takes(_ metric: Metric) -> Bool {
    switch metric.calibration {
    case .bins, .line: true
    case .other, nil: false
    }
  }

  /// Throws `Undefined` for a metric that is none, or a strategy there is not.
  package init(_ metric: Metric, _ arguments: Arguments) throws(Undefined) {
    if metric.calibration == .line {
      self = .logistic
    } else if let binned = try BinnedError(metric, arguments) {
      self = .binned(binned)
    } else {
      throw Undefined("'\(metric.id)' is no error that chance judges")
    }
  }

  /// The figure of bins that it falls with the number of rows as.
  package var figure: BinError {
    if case .binned(let binned) = self { binned.error } else { .expected }
  }
}

extension Consistency {
  /// What the errors of calibrated scores are on these rows.
  package func errors(_ judged: JudgedError, _ sample: Sample) throws(Undefined) -> ChanceErrors {
    switch judged {
    case .binned(let binned): try errors(binned, sample)
    case .logistic: lines(try sample.plotted())
    }
  }

  /// What those of scores are that are off by just the bound; nil: an error that is kept passes as it is, for the line is
  /// there to find harm that is spread over all bins, not to rule out what lies beside the line.
  package func errors(
    _ judged: JudgedError, _ sample: Sample, offBy bound: Double
  ) throws(Undefined) -> [ChanceErrors]? {
    guard case .binned(let binned) = judged else { return nil }
    return try errors(binned, sample, offBy: bound)
  }

  /// The errors of lines through labels that are drawn with the scores for chances, rows of like log-odds together.
  private func lines(_ sample: BinarySample) -> ChanceErrors {
    let cells = sample.likeOdds
    let noises = cells.map { BinNoise(sample, $0.places) }
    let line = LogisticLine(cells.map(\.meanScore), cells.map(\.weight))
    return ChanceErrors(
      (0..<draws).map { draw in
        var random = RandomSource(seed: seed, stream: UInt64(draw))
        var sums = LogisticLine.Sums(positive: 0, moment: 0)
        for (index, noise) in noises.enumerated() {
          let cell = cells[index]
          let positive = cell.weight * cell.meanScore + noise.draw(sample, &random)
          sums.positive += positive
          sums.moment += positive * line.odds(index)
        }
        return line.error(sums)
      })
  }
}

extension BinarySample {
  /// Bins of scores whose log-odds differ by at most a tenth.
  fileprivate var likeOdds: [ScoreBin] {
    let edges = (-70...70).map { 1 / (1 + exponential(-Double($0) / 10)) }
    var bins: [ScoreBin] = []
    var end = count
    for edge in edges + [.infinity] where end > 0 {
      let start = scores.partitioningIndex { $0 < edge }
      if start < end, let bin = scoreBin(start..<end) { bins.append(bin) }
      end = min(end, start)
    }
    return bins
  }
}
