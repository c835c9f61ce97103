extension Certainty {
  /// The intervals of a figure of one model's decisions, by its cells. Nil: the metric is no such figure.
  package func cells(_ measured: MetricCall, _ sample: Sample) async throws(Undefined)
    -> ConfidenceCurve?
  {
    guard let body = measured.cells, case .binary(let rows) = sample else { return nil }
    let arguments = measured.arguments
    let decided = sample.decidedByPlace(at: arguments["threshold"])
    let cells = decided.indices.map {
      PairedCells.cell(positive: rows.positives[$0], champion: false, candidate: decided[$0])
    }
    return try await curve(cells, PairedCells.own, sample) { mine, _ in try? body(mine, arguments) }
  }

  /// The intervals of the difference of a figure of both models' decisions. Nil: the metric is no such figure.
  package func cells(
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceCurve? {
    guard let body = measured.cells, case .binary(let rows) = candidate else { return nil }
    let arguments = measured.arguments
    let mine = candidate.decidedByPlace(at: arguments["threshold"])
    let other = champion.decidedByPlace(at: arguments["threshold"])
      .at(candidate.places(in: champion))
    let cells = mine.indices.map {
      PairedCells.cell(positive: rows.positives[$0], champion: other[$0], candidate: mine[$0])
    }
    return try await curve(cells, PairedCells.discordant, candidate) { candidate, champion in
      guard let mine = try? body(candidate, arguments), let other = try? body(champion, arguments)
      else { return nil }
      return relative ? (mine - other) / abs(other) : mine - other
    }
  }

  /// The intervals of a share of rows, each of which counts or does not: exact of rows that count once each and stand for
  /// themselves.
  ///
  /// `counts` says so of each place of the sample; nil: the row takes no part.
  package func share(_ counts: [Bool?], _ sample: Sample) async throws(Undefined) -> ConfidenceCurve
  {
    if sample.rowWeightsByPlace == nil, clusters == nil {
      let taking = counts.compactMap(\.self)
      guard !taking.isEmpty else { throw Undefined("there are no such rows") }
      return ConfidenceCurve(successes: taking.count { $0 }, trials: taking.count)
    }
    return try await curve(
      counts.map {
        $0.map { PairedCells.cell(positive: true, champion: false, candidate: $0) } ?? 0
      },
      [4, 5], sample
    ) { cells, _ in cells.truePositives / cells.positives }
  }

  /// The intervals of the difference of such a share between two models, place by place of the candidate's sample; exact of
  /// rows that count once each and stand for themselves. Nil: the models' shares are of other rows.
  package func share(
    _ counts: [Bool?], champion: [Bool?], _ sample: Sample, relative: Bool
  ) async throws(Undefined) -> ConfidenceCurve? {
    guard zip(counts, champion).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { return nil }
    if !relative, sample.rowWeightsByPlace == nil, clusters == nil {
      let pairs = zip(counts, champion).filter { $0.0 != nil }
      return ConfidenceCurve(
        try PairedShares(
          gained: pairs.count { $0.0 == true && $0.1 == false },
          lost: pairs.count { $0.0 == false && $0.1 == true }, rows: pairs.count))
    }
    let cells = zip(counts, champion).map { mine, other -> UInt8 in
      guard let mine, let other else { return 0 }
      return PairedCells.cell(positive: true, champion: other, candidate: mine)
    }
    return try await curve(cells, [5, 6], sample) { mine, other in
      let change = mine.truePositives - other.truePositives
      return change / (relative ? other.truePositives : mine.positives)
    }
  }

  /// The intervals of a figure of the cells that the rows of a sample fall into, place by place.
  private func curve(
    _ cells: [UInt8], _ places: [Int], _ sample: Sample, _ figure: @escaping PairedCells.Figure
  ) async throws(Undefined) -> ConfidenceCurve {
    let weights = sample.rowWeightsByPlace
    let drawn: PairedCells
    if clusters != nil {
      let resampling = resampling(of: sample)
      drawn = try await .clusters(
        cells, weights: weights, units: resampling.units(of: sample.rows),
        count: resampling.count, isOwn: places != PairedCells.discordant && places != [5, 6],
        replicates: replicates, seed: seed)
    } else {
      drawn = try .rows(cells, weights: weights, replicates: replicates, seed: seed)
    }
    return ConfidenceCurve(
      await drawn.bounds(places, isStratified: isStratified && clusters == nil, figure))
  }
}

extension ConfidenceCurve {
  /// Of a figure on draws of the rows with an imaginary one.
  package init(_ bounds: WorstRowBounds) {
    self.init(
      test: "Bayesian bootstrap and a row of the worst kind",
      smallestTail: 1 / Double(bounds.count + 1),
      interval: { confidence throws(Undefined) in try bounds.interval(confidence) })
  }
}
