/// The bootstrap of one or more statistics on the same draws.
///
/// `statistic` is called once for every piece of work and gives a closure that may keep buffers of
/// its own, which gives the statistics of a draw, always the same number of them; nil: undefined on
/// that draw. A paired comparison gives the candidate's value, the champion's and the difference of
/// one draw.
///
/// The pieces run on all cores; the values depend on the seed alone. O((replicates + groups) * n)
/// time. `groups`, at most 200, tell how much single rows carry; 0 leaves that out.
/// Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993.
package func bootstrap(
  _ resampling: Resampling, replicates: Int = 1000, groups: Int = 200,
  statistic: @escaping @Sendable () -> (Draw) -> [Double?]
) async -> [BootstrapValues] {
  let groups = min(groups, 200, resampling.count)
  let results = await inPieces(of: 1 + replicates + groups) {
    let body = statistic()
    var draw = resampling.asIs
    return { job in
      if job > replicates {
        resampling.omit(group: job - replicates - 1, of: groups, into: &draw)
      } else if job > 0 {
        resampling.draw(job - 1, into: &draw)
      }
      return body(draw)
    }
  }
  let weights = [Double](repeating: 1, count: groups)
  return BootstrapValues.split(
    results, replicates: replicates, units: resampling.count, jackknifeWeights: weights)
}

/// What `work` gives for each of 0..<`count`, in order, whatever the number of threads.
///
/// `work` is called once a piece, so that a piece has its own buffers. Pieces of `size` are small
/// enough to share evenly and large enough that making the buffers does not count.
func inPieces<Value: Sendable>(
  of count: Int, size: Int = 32, _ work: @escaping @Sendable () -> (Int) -> Value
) async -> [Value] {
  let starts = Array(stride(from: 0, to: count, by: max(1, size)))
  let pieces = await starts.concurrentMap { start in
    let body = work()
    return (start..<min(count, start + max(1, size))).map(body)
  }
  return pieces.flatMap { $0 }
}

/// One statistic on the rows as they are, on every replicate, and with groups of rows left out.
package struct BootstrapValues: Sendable {
  /// On the rows as they are; nil: undefined.
  package let estimate: Double?
  /// In the order of the replicates, those left out in which the statistic is undefined.
  package let replicates: [Double]
  /// Replicates in which it is undefined.
  package let undefined: Int
  /// Rows, or clusters, that are drawn.
  package let units: Int
  /// With a group of rows left out each, where it is defined.
  let jackknife: [Double]
  /// How often each of `jackknife` counts.
  let jackknifeWeights: [Double]

  /// Takes what was computed; a value that is not finite is undefined.
  package init(
    estimate: Double?, replicates: [Double?], units: Int, jackknife: [Double?] = [],
    jackknifeWeights: [Double] = []
  ) {
    self.units = units
    self.estimate = estimate.flatMap { $0.isFinite ? $0 : nil }
    let defined = replicates.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } }
    self.replicates = defined
    undefined = replicates.count - defined.count
    let kept = zip(jackknife, jackknifeWeights).compactMap { value, weight in
      value.flatMap { $0.isFinite ? ($0, weight) : nil }
    }
    self.jackknife = kept.map(\.0)
    self.jackknifeWeights = kept.map(\.1)
  }

  /// One value a statistic, from rows of statistics: the estimate's, the replicates', the
  /// jackknife's.
  package static func split(
    _ results: [[Double?]], replicates: Int, units: Int, jackknifeWeights: [Double]
  ) -> [BootstrapValues] {
    (results.first ?? []).indices.map { index in
      let column = results.map { $0.indices.contains(index) ? $0[index] : nil }
      return BootstrapValues(
        estimate: column[0], replicates: Array(column[1...].prefix(replicates)), units: units,
        jackknife: Array(column[1...].dropFirst(replicates)), jackknifeWeights: jackknifeWeights)
    }
  }
}
