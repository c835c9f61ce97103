extension Certainty {
  /// The bootstrap of a statistic of values that are functions of sums over the rows, all samples on the same draws.
  func summed(
    _ sums: [(parts: RowParts, total: @Sendable ([Double]) -> Double?)], _ samples: [Sample],
    _ statistic: @escaping @Sendable ([Double?]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = resampling(of: samples[0])
    var models: [(@Sendable (Draw) -> Double?)] = []
    for (sums, sample) in zip(sums, samples) {
      let units = try resampling.units(of: sample.rows)
      let weights = sample.rowWeightsByPlace
      models.append { sums.total(sums.parts.sums($0, units, weights: weights)) }
    }
    let measures = models
    return await bootstrap(
      resampling, replicates: replicates, groups: groups(samples)
    ) { { draw in [statistic(measures.map { $0(draw) })] } }[0]
  }

  /// Groups of a jackknife; a difference takes from it how few rows carry it, not a skewness, and of many rows half as
  /// many groups tell that.
  private func groups(_ samples: [Sample]) -> Int {
    samples.count == 1 || samples[0].count <= 10_000 ? 200 : 100
  }

  /// How the rows are drawn again.
  private func resampling(of sample: Sample) -> Resampling {
    if let clusters { return .clusters(sample.rows, by: clusters, seed: seed) }
    if isStratified, let codes = sample.classesByRow {
      return .stratified(sample.rows, by: codes, seed: seed)
    }
    return .rows(sample.rows, seed: seed)
  }

  /// The bootstrap of a metric of the confusion matrix on rows without weights, which needs the counts of its cells
  /// only: of one model, or of the difference between two, from the joint counts of both. Nil: it is no such metric.
  func cells(
    _ measured: Measured, _ samples: [Sample], relative: Bool = false
  ) async throws(Undefined) -> BootstrapValues? {
    guard let body = measured.cells,
      clusters == nil, samples.allSatisfy({ $0.rowWeightsByPlace == nil }),
      case .binary(let first)? = samples.first
    else { return nil }
    let decisions = samples.map { $0.decidedByPlace(at: measured.arguments["threshold"]) }
    let joint = decisions.count == 1 ? [] : decisions[1].at(samples[0].places(in: samples[1]))
    // The positive rows' cells are the last half, so that each class is a stratum.
    let half = joint.isEmpty ? 2 : 4
    var counts = [Int](repeating: 0, count: 2 * half)
    for place in first.positives.indices {
      let other = joint.isEmpty ? 0 : joint[place] ? 2 : 0
      counts[(first.positives[place] ? half : 0) + other + (decisions[0][place] ? 1 : 0)] += 1
    }
    let arguments = measured.arguments
    let resampling = try CellResampling(
      cells: counts, strata: isStratified ? [0..<half, half..<(2 * half)] : nil, seed: seed)
    let values = await bootstrap(resampling, replicates: replicates) { counts in
      let mine = try? body(Confusion(ofCells: counts, decided: 1), arguments)
      guard counts.count == 8 else { return [mine] }
      guard let mine, let other = try? body(Confusion(ofCells: counts, decided: 2), arguments)
      else { return [nil] }
      return [relative ? (mine - other) / abs(other) : mine - other]
    }
    return values[0]
  }

  /// The bootstrap of a statistic of a metric's values on samples of the same rows, which take the same draws.
  func resampled(
    _ measured: Measured, _ samples: [Sample],
    _ statistic: @escaping @Sendable ([Double?]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = resampling(of: samples[0])
    let groups = groups(samples)
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
      var samples = samples
      if case .resampledInOrder = measured.spread { samples = samples.map(\.inOrder) }
      let models = samples
      values = await bootstrap(resampling, replicates: replicates, groups: groups) {
        { draw in
          [statistic(zip(models, places).map { measured.value($0.reweighted(by: draw, $1)) })]
        }
      }
    }
    return values[0]
  }

  /// The bootstrap of a statistic of groups of rows, by model: all groups of all models take the same draws of `all`, the
  /// rows of the groups together.
  func resampled(
    groups: [[Sample]], of all: Sample, _ statistic: @escaping @Sendable ([[Sample]]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = resampling(of: all)
    var units: [[[Int32]]] = []
    for model in groups {
      units.append(
        try model.map { sample throws(Undefined) in try resampling.units(of: sample.rows) })
    }
    let places = units
    return await bootstrap(resampling, replicates: replicates, groups: self.groups([all])) {
      { draw in
        [
          statistic(
            zip(groups, places).map { zip($0, $1).map { $0.reweighted(by: draw, $1) } })
        ]
      }
    }[0]
  }
}

extension Sample {
  /// The class of each row of the holdout's label, 0 for rows that are not of the sample; nil: it has no classes.
  fileprivate var classesByRow: [Int32]? {
    let classes: [Int32]
    switch self {
    case .binary(let sample): classes = sample.positives.map { $0 ? 1 : 0 }
    case .multiclass(let sample): classes = sample.labels.map { Int32(truncatingIfNeeded: $0) }
    default: return nil
    }
    var codes = [Int32](repeating: 0, count: Int(rows.max() ?? -1) + 1)
    for (place, row) in rows.enumerated() { codes[Int(row)] = classes[place] }
    return codes
  }
}

extension Confusion {
  /// The matrix out of counts, those of the positive rows in the last half, whose place has `decided` for a positive
  /// decision.
  fileprivate init(ofCells counts: [Int], decided: Int) {
    let half = counts.count / 2
    func count(_ positive: Bool, _ predicted: Bool) -> Double {
      Double(
        counts.indices.reduce(0) {
          ($1 >= half) == positive && ($1 & decided != 0) == predicted ? $0 + counts[$1] : $0
        })
    }
    self.init(
      truePositives: count(true, true), falsePositives: count(false, true),
      falseNegatives: count(true, false), trueNegatives: count(false, false))
  }
}
