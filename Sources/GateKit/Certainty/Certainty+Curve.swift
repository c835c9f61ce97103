extension Certainty {
  /// The interval of a metric's value on one sample.
  ///
  /// Throws `Undefined` where no method is fit for these rows, with the reason.
  ///
  /// `champion`: the other model's sample, for a metric of both.
  func interval(
    _ measured: Measured, _ sample: Sample, champion: Sample? = nil
  ) async throws(Undefined) -> Check.Interval {
    try await curve(measured, sample, champion: champion).interval(confidence)
  }

  /// The interval of the candidate's value minus the champion's, on the same rows; as a share of the champion's with
  /// `relative`.
  ///
  /// Throws `Undefined` where no method is fit for these rows, with the reason.
  func interval(
    _ measured: Measured, candidate: Sample, champion: Sample, relative: Bool
  ) async throws(Undefined) -> Check.Interval {
    try await curve(measured, candidate: candidate, champion: champion, relative: relative)
      .interval(confidence)
  }

  /// The intervals of a metric's value on one sample; throws as `interval`.
  func curve(
    _ measured: Measured, _ sample: Sample, champion: Sample? = nil
  ) async throws(Undefined) -> ConfidenceCurve {
    if case .unfit(let reason) = measured.spread { throw Undefined(reason) }
    if let curve = try analytic(measured, sample) { return curve }
    let values: BootstrapValues
    if let sums = try measured.sums(sample, champion) {
      if measured.spread.isShare, let share = sums.parts.share, sample.rowWeightsByPlace == nil,
        clusters == nil
      {
        return ConfidenceCurve(successes: share.part, trials: share.whole)
      }
      if sums.parts.isMean { return try mean(sums.parts, sample) }
      values = try await summed([sums], [sample]) { $0[0] }
    } else if let cells = try await cells(measured, [sample]) {
      values = cells
    } else {
      values = try await resampled(measured, [sample]) { $0[0] }
    }
    return ConfidenceCurve(values, method: "bootstrap, BCa") {
      values, confidence throws(Undefined) in
      try values.bcaInterval(confidence: confidence)
    }
  }

  /// The intervals of the difference between both models; throws as `interval`.
  func curve(
    _ measured: Measured, candidate: Sample, champion: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceCurve {
    if case .unfit(let reason) = measured.spread { throw Undefined(reason) }
    if candidate.isSame(as: champion) {
      return ConfidenceCurve(test: "identical predictions", smallestTail: 0) {
        confidence throws(Undefined) in
        Check.Interval(low: 0, high: 0, level: confidence, method: "identical predictions")
      }
    }
    if !relative, let curve = try analytic(measured, candidate, champion) { return curve }
    let change: @Sendable ([Double?]) -> Double? = { values in
      guard let mine = values[0], let other = values[1] else { return nil }
      return relative ? (mine - other) / abs(other) : mine - other
    }
    let both = [candidate, champion]
    let values: BootstrapValues
    if let mine = try measured.sums(candidate), let other = try measured.sums(champion) {
      values = try await summed([mine, other], both, change)
    } else if let cells = try await cells(measured, both, relative: relative) {
      values = cells
    } else {
      values = try await resampled(measured, both, change)
    }
    return ConfidenceCurve(values, method: "bootstrap, percentile") {
      values, confidence throws(Undefined) in
      try values.percentileInterval(confidence: confidence)
    }
  }

  /// By the formula that is proven for the metric; nil: there is none, or not for such rows.
  private func analytic(
    _ measured: Measured, _ sample: Sample
  ) throws(Undefined) -> ConfidenceCurve? {
    // Clopper and Pearson's and DeLong's are of rows that count once each and stand for themselves.
    let isPlain = sample.rowWeightsByPlace == nil && clusters == nil
    switch (measured.spread, sample) {
    case (.areaUnderCurve, .binary(let sample)) where isPlain:
      return ConfidenceCurve(try DeLong(sample))
    case (.rightRows, _) where isPlain && measured.arguments == Arguments():
      let right = sample.rightByPlace
      return ConfidenceCurve(successes: right.count { $0 }, trials: right.count)
    case (.share(let parts), .binary(let binary)) where isPlain:
      let (part, whole) = parts(binary.confusion(at: measured.arguments["threshold"]))
      guard whole > 0 else { throw Undefined("there are no such rows") }
      return ConfidenceCurve(successes: Int(part), trials: Int(whole))
    case (.quantile(let parameter), _) where isPlain:
      guard let level = measured.arguments[parameter] else { return nil }
      let sorted = sample.numbers.sorted()
      return ConfidenceCurve(test: "order statistics") { confidence throws(Undefined) in
        try sorted.quantileInterval(level, confidence: confidence)
      }
    case (.meanLoss(let loss), _):
      guard let losses = sample.losses(loss) else { return nil }
      return ConfidenceCurve(
        try MeanInterval(
          of: losses, weights: sample.rowWeightsByPlace, clusters: clusters?.at(sample.rows)))
    default: return nil
    }
  }

  /// The same of the difference between both models.
  private func analytic(
    _ measured: Measured, _ candidate: Sample, _ champion: Sample
  ) throws(Undefined) -> ConfidenceCurve? {
    let isPlain = candidate.rowWeightsByPlace == nil && clusters == nil
    switch (measured.spread, candidate, champion) {
    case (.areaUnderCurve, .binary(let candidate), .binary(let champion)) where isPlain:
      return ConfidenceCurve(try DeLongDifference(candidate: candidate, champion: champion))
    case (.rightRows, _, _) where isPlain && measured.arguments == Arguments():
      let (gained, lost) = candidate.changes(from: champion)
      return ConfidenceCurve(
        try PairedShares(gained: gained, lost: lost, rows: candidate.count))
    default:
      guard let (values, weights) = try measured.differences(candidate, champion) else {
        return nil
      }
      return ConfidenceCurve(
        try MeanInterval(of: values, weights: weights, clusters: clusters?.at(candidate.rows)))
    }
  }

  /// Student's of a mean of what takes part.
  private func mean(_ parts: RowParts, _ sample: Sample) throws(Undefined) -> ConfidenceCurve {
    let places = sample.rows.indices
    let own = sample.rowWeightsByPlace
    return ConfidenceCurve(
      try MeanInterval(
        of: places.map { parts.values[2 * $0] },
        weights: places.map { parts.values[2 * $0 + 1] * (own?[$0] ?? 1) },
        clusters: clusters?.at(sample.rows)))
  }
}

extension Sample {
  /// Rows that the candidate, this, gets right and the champion wrong, and the other way round.
  func changes(from champion: Sample) -> (gained: Int, lost: Int) {
    let mine = rightByPlace
    let other = champion.rightByPlace.at(places(in: champion))
    return (
      mine.indices.count { mine[$0] && !other[$0] }, mine.indices.count { !mine[$0] && other[$0] }
    )
  }
}

extension ConfidenceCurve {
  /// Of an area under the ROC curve: z on the scale on which the interval is made.
  fileprivate init(_ area: DeLong) {
    let isPlain = !area.isSparse && area.variance > 0
    self.init(
      test: isPlain ? "DeLong z, logit" : "Newcombe",
      statistic: { bound in
        guard isPlain, bound > 0, bound < 1 else { return nil }
        let auc = area.auc
        let distance = logarithm(auc / (1 - auc)) - logarithm(bound / (1 - bound))
        return distance * auc * (1 - auc) / area.variance.squareRoot()
      },
      interval: { confidence throws(Undefined) in try area.interval(confidence: confidence) })
  }

  /// Of the difference of two areas.
  fileprivate init(_ areas: DeLongDifference) {
    let isPlain = areas.variance > 0 && !areas.candidate.isSparse && !areas.champion.isSparse
    self.init(
      test: isPlain ? "DeLong z, Hall" : areas.variance > 0 ? "Newcombe, hybrid" : "Wilson",
      statistic: { bound in
        isPlain ? (areas.difference - bound) / areas.variance.squareRoot() : nil
      },
      interval: { confidence throws(Undefined) in try areas.interval(confidence: confidence) })
  }

  /// Of a share of rows: the exact test, whose statistic is the number of successes.
  init(successes: Int, trials: Int) {
    self.init(
      test: "binomial, exact", statistic: { _ in Double(successes) },
      interval: { confidence throws(Undefined) in
        try ShareInterval.clopperPearson(
          successes: successes, trials: trials, confidence: confidence)
      })
  }

  /// Of a difference of shares of the same rows.
  init(_ shares: PairedShares) {
    self.init(
      test: "Tango score z, exact shares",
      statistic: { bound in
        let score = shares.score(bound)
        return score.isFinite ? score : nil
      },
      interval: { confidence throws(Undefined) in try shares.interval(confidence: confidence) })
  }

  /// Of a mean.
  init(_ mean: MeanInterval) {
    self.init(
      test: "t, Hall",
      statistic: { bound in
        mean.standardError > 0 ? (mean.mean - bound) / mean.standardError : nil
      },
      interval: { confidence throws(Undefined) in try mean.interval(confidence: confidence) })
  }
}
