/// How sure a verdict must be, and what the resampling that shows it depends on.
public struct Certainty: Sendable, Hashable {
  /// Of the two-sided interval; a wrong pass has half of what is left.
  public var confidence: Double
  public var replicates: Int
  public var seed: UInt64
  /// Which cluster each row of the holdout is of: rows of one are drawn together, and a method that takes every row to
  /// stand for itself is left. Nil: every row does.
  public var clusters: [Int32]?

  public init(confidence: Double, replicates: Int = 1000, seed: UInt64 = 0) {
    self.confidence = confidence
    self.replicates = replicates
    self.seed = seed
  }

  /// What a gate, or one metric, may write.
  static let parameter = Parameter(
    "confidence", "Judge on the interval at this confidence: passed, failed or inconclusive.",
    .number(0.5...0.999999))

  /// What a gate may write beside it.
  static let parameters = [
    parameter,
    Parameter(
      "replicates", "Draws of a bootstrap.", .integer(200...100_000), standard: "1000"),
    Parameter("seed", "What the draws depend on.", .integer(0...Int.max), standard: "0"),
  ]
}

/// A metric with what a manifest gave for its parameters.
struct Measured: Sendable {
  let metric: Metric
  let arguments: Arguments

  /// The value; nil: undefined.
  func value(_ sample: Sample) -> Double? { try? metric.value(on: sample, arguments) }

  /// What each row adds to the sums of a metric that is a function of them, and that function.
  func sums(
    _ sample: Sample, _ champion: Sample? = nil
  ) throws(Undefined) -> (parts: RowParts, total: @Sendable ([Double]) -> Double?)? {
    let (metric, arguments) = (metric, arguments)
    switch (metric.measure, champion) {
    case (.sums(let sums), _), (.confusionOrSums(_, let sums), _):
      if case .confusionOrSums = metric.measure, arguments.columns.isEmpty { return nil }
      return (try sums.parts(sample, arguments), { try? sums.total($0, arguments) })
    case (.pair(let sums), let champion?):
      return (try sums.parts(sample, champion, arguments), { try? sums.total($0, arguments) })
    default: return nil
    }
  }

  /// The value from the four cells, where with these arguments they are all that it needs.
  var cells: (@Sendable (Confusion, Arguments) throws(Undefined) -> Double)? {
    guard case .confusionOrSums(let body, _) = metric.measure else { return metric.cells }
    return arguments.columns.isEmpty ? body : nil
  }

  /// What takes the value from a draw of the rows as they lie.
  var kernel: (@Sendable (BinaryResample, Draw) -> Double?)? {
    guard metric.task == .binary, arguments.numbers.isEmpty else { return nil }
    return switch metric.spread {
    case .drawn(let kernel): kernel
    case .areaUnderCurve: { $0.rocAUC($1) }
    default: nil
    }
  }

  /// The analytic method; a parameter that changes what is measured leaves the bootstrap.
  var spread: Spread {
    if case .areaUnderCurve = metric.spread, !arguments.numbers.isEmpty { return .resampled }
    return metric.spread
  }
}

extension Certainty {
  /// The interval of a metric's value on one sample.
  ///
  /// Throws `Undefined` where no method is fit for these rows, with the reason.
  ///
  /// `champion`: the other model's sample, for a metric of both.
  func interval(
    _ measured: Measured, _ sample: Sample, champion: Sample? = nil
  ) async throws(Undefined) -> Check.Interval {
    // Wilson's and DeLong's are of rows that count once each and stand for themselves.
    let isPlain = sample.rowWeightsByPlace == nil && clusters == nil
    switch (measured.spread, sample) {
    case (.areaUnderCurve, .binary(let sample)) where isPlain:
      return try DeLong(sample).interval(confidence: confidence)
    case (.rightRows, _) where isPlain && measured.arguments.numbers.isEmpty:
      let right = sample.rightByPlace
      let share = Double(right.count { $0 }) / Double(right.count)
      return try ShareInterval.wilson(
        share: share, size: Double(right.count), confidence: confidence)
    case (.share(let parts), .binary(let binary)) where isPlain:
      let (part, whole) = parts(binary.confusion(at: measured.arguments["threshold"]))
      guard whole > 0 else { throw Undefined("there are no such rows") }
      return try ShareInterval.wilson(share: part / whole, size: whole, confidence: confidence)
    case (.meanLoss(let loss), _):
      guard let losses = sample.losses(loss) else { break }
      return try MeanInterval(
        of: losses, weights: sample.rowWeightsByPlace, clusters: clusters?.at(sample.rows)
      ).interval(confidence: confidence)
    default: break
    }
    if let sums = try measured.sums(sample, champion) {
      if case .rowShare = measured.spread, isPlain {
        let totals = sums.parts.sums(weights: nil)
        return try ShareInterval.wilson(
          share: totals[0] / totals[1], size: totals[1], confidence: confidence)
      }
      if sums.parts.isMean, let interval = try mean(sums.parts, sample) { return interval }
      let values = try await summed([sums], [sample]) { $0[0] }
      return try values.bcaInterval(confidence: confidence)
    }
    if let values = try await cells(measured, [sample]) {
      return try values.bcaInterval(confidence: confidence)
    }
    let values = try await resampled(measured, [sample]) { $0[0] }
    return try values.bcaInterval(confidence: confidence)
  }

  /// The interval of the candidate's value minus the champion's, on the same rows; as a share of the champion's with
  /// `relative`.
  ///
  /// Throws `Undefined` where no method is fit for these rows, with the reason.
  func interval(
    _ measured: Measured, candidate: Sample, champion: Sample, relative: Bool
  ) async throws(Undefined) -> Check.Interval {
    if candidate.isSame(as: champion) {
      return Check.Interval(low: 0, high: 0, level: confidence, method: "identical predictions")
    }
    if !relative, let interval = try analytic(measured, candidate, champion) { return interval }
    if let mine = try measured.sums(candidate), let other = try measured.sums(champion) {
      let values = try await summed([mine, other], [candidate, champion]) { values in
        guard let mine = values[0], let other = values[1] else { return nil }
        return relative ? (mine - other) / abs(other) : mine - other
      }
      return try values.percentileInterval(confidence: confidence)
    }
    if let values = try await cells(measured, [candidate, champion], relative: relative) {
      return try values.percentileInterval(confidence: confidence)
    }
    let values = try await resampled(measured, [candidate, champion]) { values in
      guard let mine = values[0], let other = values[1] else { return nil }
      return relative ? (mine - other) / abs(other) : mine - other
    }
    return try values.percentileInterval(confidence: confidence)
  }

  private func analytic(
    _ measured: Measured, _ candidate: Sample, _ champion: Sample
  ) throws(Undefined) -> Check.Interval? {
    let isPlain = candidate.rowWeightsByPlace == nil && clusters == nil
    switch (measured.spread, candidate, champion) {
    case (.areaUnderCurve, .binary(let candidate), .binary(let champion)) where isPlain:
      return try DeLongDifference(candidate: candidate, champion: champion)
        .interval(confidence: confidence)
    case (.rightRows, _, _) where isPlain && measured.arguments.numbers.isEmpty:
      let mine = candidate.rightByPlace
      let other = champion.rightByPlace.at(candidate.places(in: champion))
      let gained = mine.indices.count { mine[$0] && !other[$0] }
      let lost = mine.indices.count { !mine[$0] && other[$0] }
      return try PairedShares(gained: gained, lost: lost, rows: mine.count)
        .interval(confidence: confidence)
    case (.meanLoss(let loss), _, _):
      guard let mine = candidate.losses(loss), let losses = champion.losses(loss) else {
        return nil
      }
      let other = losses.at(candidate.places(in: champion))
      return try MeanInterval(
        of: mine.indices.map { mine[$0] - other[$0] }, weights: candidate.rowWeightsByPlace,
        clusters: clusters?.at(candidate.rows)
      ).interval(confidence: confidence)
    default: return nil
    }
  }

  /// Student's interval of a mean of what takes part; nil where weights and clusters leave none.
  private func mean(
    _ parts: RowParts, _ sample: Sample
  ) throws(Undefined) -> Check.Interval? {
    let places = sample.rows.indices
    let own = sample.rowWeightsByPlace
    return try MeanInterval(
      of: places.map { parts.values[2 * $0] },
      weights: places.map { parts.values[2 * $0 + 1] * (own?[$0] ?? 1) },
      clusters: clusters?.at(sample.rows)
    ).interval(confidence: confidence)
  }

  /// The bootstrap of a statistic of values that are functions of sums over the rows, all samples on the same draws.
  private func summed(
    _ sums: [(parts: RowParts, total: @Sendable ([Double]) -> Double?)], _ samples: [Sample],
    _ statistic: @escaping @Sendable ([Double?]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = resampling(of: samples[0].rows)
    var models: [(@Sendable (Draw) -> Double?)] = []
    for (sums, sample) in zip(sums, samples) {
      let units = try resampling.units(of: sample.rows)
      let weights = sample.rowWeightsByPlace
      models.append { sums.total(sums.parts.sums($0, units, weights: weights)) }
    }
    let measures = models
    return await bootstrap(
      resampling, replicates: replicates, groups: samples.count == 1 ? 200 : 0
    ) { { draw in [statistic(measures.map { $0(draw) })] } }[0]
  }

  /// How the rows are drawn again.
  private func resampling(of rows: [Int32]) -> Resampling {
    clusters.map { Resampling.clusters(rows, by: $0, seed: seed) }
      ?? Resampling.rows(rows, seed: seed)
  }

  /// The bootstrap of a metric of the confusion matrix on rows without weights, which needs the counts of its cells
  /// only: of one model, or of the difference between two, from the joint counts of both. Nil: it is no such metric.
  private func cells(
    _ measured: Measured, _ samples: [Sample], relative: Bool = false
  ) async throws(Undefined) -> BootstrapValues? {
    guard let body = measured.cells,
      clusters == nil, samples.allSatisfy({ $0.rowWeightsByPlace == nil }),
      case .binary(let first)? = samples.first
    else { return nil }
    let decisions = samples.map { $0.decidedByPlace(at: measured.arguments["threshold"]) }
    let joint = decisions.count == 1 ? [] : decisions[1].at(samples[0].places(in: samples[1]))
    var counts = [Int](repeating: 0, count: decisions.count == 1 ? 4 : 8)
    for place in first.positives.indices {
      let other = joint.isEmpty ? 0 : joint[place] ? 4 : 0
      counts[other + (first.positives[place] ? 2 : 0) + (decisions[0][place] ? 1 : 0)] += 1
    }
    let arguments = measured.arguments
    let resampling = try CellResampling(cells: counts, seed: seed)
    let values = await bootstrap(resampling, replicates: replicates) { counts in
      let mine = try? body(Confusion(ofCells: counts, decided: 1), arguments)
      guard counts.count == 8 else { return [mine] }
      guard let mine, let other = try? body(Confusion(ofCells: counts, decided: 4), arguments)
      else { return [nil] }
      return [relative ? (mine - other) / abs(other) : mine - other]
    }
    return values[0]
  }

  /// The bootstrap of a statistic of a metric's values on samples of the same rows, which take the same draws.
  private func resampled(
    _ measured: Measured, _ samples: [Sample],
    _ statistic: @escaping @Sendable ([Double?]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = resampling(of: samples[0].rows)
    // The jackknife serves BCa, which a difference does not use.
    let groups = samples.count == 1 ? 200 : 0
    let values: [BootstrapValues]
    if let kernel = measured.kernel {
      var drawn: [BinaryResample] = []
      for case .binary(let sample) in samples {
        drawn.append(try BinaryResample(sample, resampling))
      }
      let models = drawn
      values = await bootstrap(resampling, replicates: replicates, groups: groups) {
        { draw in [statistic(models.map { kernel($0, draw) })] }
      }
    } else {
      var units: [[Int32]] = []
      for sample in samples { units.append(try resampling.units(of: sample.rows)) }
      let places = units
      values = await bootstrap(resampling, replicates: replicates, groups: groups) {
        { draw in
          [statistic(zip(samples, places).map { measured.value($0.reweighted(by: draw, $1)) })]
        }
      }
    }
    return values[0]
  }
}

extension Confusion {
  /// The matrix out of counts whose place has 2 for a positive row, and `decided` for a positive decision.
  fileprivate init(ofCells counts: [Int], decided: Int) {
    func count(_ positive: Bool, _ predicted: Bool) -> Double {
      Double(
        counts.indices.reduce(0) {
          ($1 & 2 != 0) == positive && ($1 & decided != 0) == predicted ? $0 + counts[$1] : $0
        })
    }
    self.init(
      truePositives: count(true, true), falsePositives: count(false, true),
      falseNegatives: count(true, false), trueNegatives: count(false, false))
  }
}
