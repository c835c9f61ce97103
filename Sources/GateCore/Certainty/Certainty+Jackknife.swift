extension Certainty {
  /// Units up to which each is left out in turn; of more the bootstrap has enough to draw from.
  private static let mostLeftOut = 2000

  /// The intervals of a smooth figure of rows with weights or in clusters, of which few may count: by a jackknife. Of the
  /// value, or with `champion` of the difference to it. Nil: the metric is none, the rows count alike, or they are many.
  ///
  /// Throws `Undefined` for fewer than eight clusters.
  func jackknife(
    _ measured: MetricCall, _ sample: Sample, champion: Sample? = nil
  ) async throws(Undefined) -> ConfidenceCurve? {
    guard case .smooth = measured.spread, sample.rowWeightsByPlace != nil || clusters != nil
    else { return nil }
    let resampling = resampling(of: sample)
    guard resampling.count <= Self.mostLeftOut else { return nil }
    var models: [(sample: Sample, units: [Int32])] = []
    for model in [sample, champion].compactMap(\.self) {
      models.append((model, try resampling.units(of: model.rows)))
    }
    var weights = [Double](repeating: 0, count: resampling.count)
    for (place, unit) in models[0].units.enumerated() {
      weights[Int(unit)] += sample.rowWeightsByPlace?[place] ?? 1
    }
    let used = weights.indices.filter { weights[$0] > 0 }
    guard clusters == nil || used.count >= MeanInterval.fewestClusters else {
      throw tooFewClusters(used.count)
    }
    let figure = Self.leavingOut(measured, models)
    guard let value = figure(nil) else { throw Undefined("it is undefined on these rows") }
    let found = await inPieces(of: used.count) { { figure(used[$0]) } }
    let without = found.compactMap(\.self)
    guard without.count == used.count,
      let estimate = try? JackknifeEstimate(
        value, without: without, weights: used.map { weights[$0] },
        scale: champion == nil ? .init(measured.metric.range) : .plain)
    else { return nil }
    return ConfidenceCurve(test: "jackknife t, Hall") { confidence throws(Undefined) in
      try estimate.interval(confidence)
    }
  }

  /// The figure without one unit, or of all: of the first model, less the second's.
  private static func leavingOut(
    _ measured: MetricCall, _ models: [(sample: Sample, units: [Int32])]
  ) -> @Sendable (Int?) -> Double? {
    { left in
      var value = 0.0
      for (index, model) in models.enumerated() {
        let own = model.sample.rowWeightsByPlace
        let kept = model.units.indices.map {
          left == Int(model.units[$0]) ? 0 : own?[$0] ?? 1
        }
        guard let found = measured.value(model.sample.body.weighing(kept).sample) else {
          return nil
        }
        value += index == 0 ? found : -found
      }
      return value
    }
  }
}
