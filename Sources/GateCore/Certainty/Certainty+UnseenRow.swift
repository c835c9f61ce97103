extension Certainty {
  /// The intervals of a difference of means that is 0 in every row, of two models that are not one: as far as one row of
  /// the worst kind seen would move it, of which the rows may hold none. Nil: some row differs, or the metric is no mean.
  ///
  /// Source: the chance that none of n rows is of a share p of all is (1 - p)^n; at the tail a the share is 1 - a^(1/n), and
  /// each such row moves the mean by no more than the metric's range or, where that has no end, the range of the numbers seen. Rows with weights count as Kish counts them.
  package func unseenRow(
    _ measured: MetricCall, _ candidate: Sample, _ champion: Sample
  ) throws(Undefined) -> ConfidenceCurve? {
    guard let (differences, weights) = try measured.differences(candidate, champion),
      differences.allSatisfy({ $0 == 0 })
    else { return nil }
    var values: [Double] = []
    if case .meanLoss(let loss) = measured.spread {
      values = candidate.losses(loss) ?? []
    } else if let parts = try measured.sums(candidate)?.parts {
      values = candidate.rows.indices.filter { parts.values[2 * $0 + 1] > 0 }
        .map { parts.values[2 * $0] }
    }
    let range = measured.metric.range
    let isBounded = (range.upperBound - range.lowerBound).isFinite
    let (low, high) =
      isBounded
      ? (range.lowerBound, range.upperBound) : (values.min() ?? 0, values.max() ?? 0)
    let reach = high - low
    // Equal numbers leave a reach of rounding behind.
    guard isBounded || reach > 8 * high.ulp else {
      throw Undefined("no row differs, so the rows do not show how far off the difference may be")
    }
    let resampling = resampling(of: candidate)
    var sizes = [Double](repeating: 0, count: resampling.count)
    for (place, unit) in try resampling.units(of: candidate.rows).enumerated() {
      sizes[Int(unit)] += weights?[place] ?? 1
    }
    let used = sizes.count { $0 > 0 }
    guard clusters == nil || used >= MeanInterval.fewestClusters else {
      throw tooFewClusters(used)
    }
    let total = sizes.reduce(0, +)
    let count = total * total / sizes.reduce(0) { $0 + $1 * $1 }
    return .unseenRow(reach: reach, count: count)
  }
}

extension ConfidenceCurve {
  /// Of a difference of means of `count` rows that is 0 in every one, each of which may move it by `reach`.
  package static func unseenRow(reach: Double, count: Double) -> ConfidenceCurve {
    ConfidenceCurve(test: "a row of the worst kind seen") { confidence throws(Undefined) in
      let half = reach * unseenShare(count, confidence)
      return ConfidenceInterval(
        low: -half, high: half, level: confidence, method: "a row of the worst kind seen")
    }
  }
}

/// The largest share of all rows that `count` of them may show none of, at the tail of a confidence: the chance that none
/// is seen of a share p is (1 - p)^count.
package func unseenShare(_ count: Double, _ confidence: Double) -> Double {
  1 - exponential(logarithm((1 - confidence) / 2) / count)
}
