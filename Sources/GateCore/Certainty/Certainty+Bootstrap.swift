extension Certainty {
  /// The bootstrap of a statistic of values that are functions of sums over the rows, all samples on the same draws.
  package func summed(
    _ sums: [(parts: RowParts, total: @Sendable ([Double]) -> Double?)], _ samples: [Sample],
    _ statistic: @escaping @Sendable ([Double?]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = try resamplingOfEnough(samples[0])
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

  /// How the rows are drawn again; throws `Undefined` for clusters that are too few to tell how much they differ.
  private func resamplingOfEnough(_ sample: Sample) throws(Undefined) -> Resampling {
    let resampling = resampling(of: sample)
    if clusters != nil, resampling.count < MeanInterval.fewestClusters {
      throw tooFewClusters(resampling.count)
    }
    return resampling
  }

  /// How the rows are drawn again.
  package func resampling(of sample: Sample) -> Resampling {
    if let clusters { return .clusters(sample.rows, by: clusters, seed: seed) }
    if isStratified, let codes = sample.classesByRow {
      return .stratified(sample.rows, by: codes, seed: seed)
    }
    return .rows(sample.rows, seed: seed)
  }

  /// The bootstrap of a statistic of a metric's values on samples of the same rows, which take the same draws.
  package func resampled(
    _ measured: MetricCall, _ samples: [Sample],
    _ statistic: @escaping @Sendable ([Double?]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = try resamplingOfEnough(samples[0])
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
  package func resampled(
    groups: [[Sample]], of all: Sample, _ statistic: @escaping @Sendable ([[Sample]]) -> Double?
  ) async throws(Undefined) -> BootstrapValues {
    let resampling = try resamplingOfEnough(all)
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
