extension Certainty {
  /// The interval of a metric's value on one sample.
  ///
  /// Throws `Undefined` where no method is fit for these rows, with the reason.
  ///
  /// `champion`: the other model's sample, for a metric of both.
  package func interval(
    _ measured: MetricCall, _ sample: Sample, champion: Sample? = nil
  ) async throws(Undefined) -> ConfidenceInterval {
    try await curve(measured, sample, champion: champion).interval(confidence)
  }

  /// The interval of the candidate's value minus the champion's, on the same rows; as a share of the champion's with
  /// `relative`.
  ///
  /// Throws `Undefined` where no method is fit for these rows, with the reason.
  package func interval(
    _ measured: MetricCall, candidate: Sample, champion: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceInterval {
    try await curve(measured, candidate: candidate, champion: champion, relative: relative)
      .interval(confidence)
  }

  /// The intervals of a metric's value on one sample; throws as `interval`.
  package func curve(
    _ measured: MetricCall, _ sample: Sample, champion: Sample? = nil
  ) async throws(Undefined) -> ConfidenceCurve {
    if case .unfit(let reason) = measured.spread { throw Undefined(reason) }
    if isOneModel, measured.metric.comparesModels, let champion, sample.isSame(as: champion) {
      let value = try measured.metric.value(on: sample, measured.arguments, champion: champion)
      return ConfidenceCurve(test: "identical predictions", smallestTail: 0) {
        confidence throws(Undefined) in
        ConfidenceInterval(
          low: value, high: value, level: confidence, method: "identical predictions")
      }
    }
    let curve = try await unbounded(measured, sample, champion: champion)
    return curve.within(measured.metric.range)
  }

  /// The intervals of the difference between both models; throws as `interval`.
  package func curve(
    _ measured: MetricCall, candidate: Sample, champion: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceCurve {
    if case .unfit(let reason) = measured.spread { throw Undefined(reason) }
    if isOneModel, candidate.isSame(as: champion) {
      return ConfidenceCurve(test: "identical predictions", smallestTail: 0) {
        confidence throws(Undefined) in
        ConfidenceInterval(low: 0, high: 0, level: confidence, method: "identical predictions")
      }
    }
    let curve = try await unbounded(measured, candidate, champion, relative: relative)
    if relative { return curve }
    let range = measured.metric.range
    let most = range.upperBound - range.lowerBound
    return curve.within(-most...most)
  }

  /// Of a value, whatever values there may be.
  private func unbounded(
    _ measured: MetricCall, _ sample: Sample, champion: Sample?
  ) async throws(Undefined) -> ConfidenceCurve {
    if let curve = try analytic(measured, sample) { return curve }
    if let curve = try await cells(measured, sample) { return curve }
    if let curve = try await jackknife(measured, sample) { return curve }
    if !measured.spread.isShare, let curve = try await classes(measured, sample) { return curve }
    let sums = try measured.sums(sample, champion)
    if let counts = try measured.shareRows(sample, sums?.parts) {
      return try await share(counts, sample)
    }
    let values: BootstrapValues
    if let sums {
      if sums.parts.isMean { return try mean(sums.parts, sample) }
      values = try await summed([sums], [sample]) { $0[0] }
    } else {
      values = try await resampled(measured, [sample]) { $0[0] }
    }
    return ConfidenceCurve(values, method: "bootstrap, BCa") {
      values, confidence throws(Undefined) in
      try values.bcaInterval(confidence: confidence)
    }
  }

  /// Of a difference, whatever values there may be: of decisions by what allows for rows that were not seen, of scores by
  /// what the rows' changes tell, and where few of them carry it by a row of the worst kind too.
  private func unbounded(
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceCurve {
    if let curve = try rightRows(measured, candidate, champion, relative: relative) { return curve }
    if let curve = try await cells(measured, candidate, champion, relative: relative) {
      return curve
    }
    if let mine = try measured.shareRows(candidate, measured.sums(candidate)?.parts),
      let other = try measured.shareRows(champion, measured.sums(champion)?.parts),
      let curve = try await share(
        mine, champion: other.at(candidate.places(in: champion)), candidate, relative: relative)
    {
      return curve
    }
    if !measured.spread.isShare,
      let curve = try await classes(measured, candidate, champion: champion, relative: relative)
    {
      return curve
    }
    if !relative, let curve = try await jackknife(measured, candidate, champion: champion) {
      return curve
    }
    if !relative, let curve = try unseenRow(measured, candidate, champion) { return curve }
    if !relative, case .meanLoss = measured.spread,
      let curve = try analytic(measured, candidate, champion)
    {
      return curve
    }
    let worst = try await worstRow(measured, candidate, champion, relative: relative)
    do throws(Undefined) {
      let curve = try await curveOfRows(measured, candidate, champion, relative: relative)
      return worst.map { curve.widened(by: ConfidenceCurve($0)) } ?? curve
    } catch {
      guard let worst else { throw error }
      return ConfidenceCurve(worst)
    }
  }

  /// Of shares of right rows, or of wrong ones, that count once each and stand for themselves: the exact form.
  private func rightRows(
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample, relative: Bool
  ) throws(Undefined) -> ConfidenceCurve? {
    guard !relative, candidate.rowWeightsByPlace == nil, clusters == nil,
      let mine = measured.rightRows(candidate), let theirs = measured.rightRows(champion)
    else { return nil }
    let other = theirs.at(candidate.places(in: champion))
    let curve = ConfidenceCurve(
      try PairedShares(
        gained: mine.indices.count { mine[$0] && !other[$0] },
        lost: mine.indices.count { !mine[$0] && other[$0] }, rows: mine.count))
    if case .wrongRows = measured.spread { return curve.turned }
    return curve
  }

  /// The intervals of the difference as far as the rows' own changes tell; throws as `interval`.
  private func curveOfRows(
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceCurve {
    if !relative, let curve = try analytic(measured, candidate, champion) { return curve }
    let change: @Sendable ([Double?]) -> Double? = { values in
      guard let mine = values[0], let other = values[1] else { return nil }
      return relative ? (mine - other) / abs(other) : mine - other
    }
    let both = [candidate, champion]
    let values: BootstrapValues
    if let mine = try measured.sums(candidate), let other = try measured.sums(champion) {
      values = try await summed([mine, other], both, change)
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
    _ measured: MetricCall, _ sample: Sample
  ) throws(Undefined) -> ConfidenceCurve? {
    // Clopper and Pearson's and DeLong's are of rows that count once each and stand for themselves.
    let isPlain = sample.rowWeightsByPlace == nil && clusters == nil
    switch (measured.spread, sample) {
    case (.areaUnderCurve, .binary(let sample)) where isPlain:
      return ConfidenceCurve(try DeLong(sample))
    case (.rightRows, _), (.wrongRows, _):
      guard isPlain, let right = measured.rightRows(sample) else { return nil }
      let isRight = if case .rightRows = measured.spread { true } else { false }
      return ConfidenceCurve(successes: right.count { $0 == isRight }, trials: right.count)
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
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample
  ) throws(Undefined) -> ConfidenceCurve? {
    let isPlain = candidate.rowWeightsByPlace == nil && clusters == nil
    switch (measured.spread, candidate, champion) {
    case (.areaUnderCurve, .binary(let candidate), .binary(let champion)) where isPlain:
      return ConfidenceCurve(try DeLongDifference(candidate: candidate, champion: champion))
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
  package func changes(from champion: Sample) -> (gained: Int, lost: Int) {
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
  package init(successes: Int, trials: Int) {
    self.init(
      test: "binomial, exact", statistic: { _ in Double(successes) },
      interval: { confidence throws(Undefined) in
        try ShareInterval.clopperPearson(
          successes: successes, trials: trials, confidence: confidence)
      })
  }

  /// Of a difference of shares of the same rows.
  package init(_ shares: PairedShares) {
    self.init(
      test: "Tango score z, mid-p",
      statistic: { bound in
        let score = shares.score(bound)
        return score.isFinite ? score : nil
      },
      interval: { confidence throws(Undefined) in try shares.interval(confidence: confidence) })
  }

  /// Of a mean.
  package init(_ mean: MeanInterval) {
    self.init(
      test: "t, Hall",
      statistic: { bound in
        mean.standardError > 0 ? (mean.mean - bound) / mean.standardError : nil
      },
      interval: { confidence throws(Undefined) in try mean.interval(confidence: confidence) })
  }
}
