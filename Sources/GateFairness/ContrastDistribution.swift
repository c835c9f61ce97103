import GateCore

/// How far an aggregate of groups may be off: the interval of the largest (or least) of many comparisons.
///
/// The largest of noisy differences is too large, the more so the smaller and the more numerous the groups are, and a
/// bootstrap about it adds the same again. So every comparison gets its own interval, of both groups' own (MOVER: for
/// shares Wilson's, which holds for small groups). No comparison is larger than what was found of the one that is truly the
/// largest, so the upper end is the largest upper end, each at its own confidence. For the lower end the largest lower end
/// may be one by chance, so that they must hold together: for as many comparisons as there are among those that may be the
/// largest, by draws of the groups' noise. They do not share the tail alike: a comparison's part falls as the cube of what its
/// groups' rows can tell (`ContrastParts`), so that many small groups, whose comparisons seldom show anything, do not drown what
/// a few large ones do.
///
/// Where several comparisons may be the largest the upper end all but never errs, so the lower may do so a little more often
/// than its tail, and the interval still holds the truth more often than not asked for.
/// Source: Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24, 1982 (the upper end); Chernozhukov, Lee, Rosen,
/// "Intersection bounds", Econometrica 81, 2013 (those that may be the largest); Tukey's range for equal groups.
struct ContrastDistribution: Sendable {
  private let estimates: [GroupEstimate]
  private let contrasts: Contrasts
  /// What part of the tail each comparison has.
  private let parts: ContrastParts
  /// As many comparisons that do not depend on each other as those that may be the largest are worth.
  private let worth: Double
  /// What is rejected at the near end, in tails: of both directions together where groups may be equal.
  private let tails: Double
  private let aggregate: Aggregate
  /// What was found, where an infinite ratio counts as a number, which no interval of ratios need hold.
  private let found: Double?

  /// What is rejected at the near end, in tails, where several may be the largest: a tenth more than one.
  private static let tailsOfSeveral = 1.1
  /// Standard errors up to which a comparison may be the largest.
  private static let reach = 2.0

  /// Draws where there are several that may be the largest.
  package init(_ distribution: AggregateDistribution, confidence: Double) throws(Undefined) {
    let estimates = distribution.estimates.flatMap { $0 }
    let contrasts = Contrasts(distribution)
    (self.estimates, self.contrasts) = (estimates, contrasts)
    aggregate = distribution.aggregate
    found = try distribution.aggregate.infinite.map { _ throws(Undefined) in
      try distribution.aggregate.value(
        distribution.estimates.map { $0.map(\.value) }, overall: distribution.overall)
    }
    let contending = Self.contending(contrasts, estimates)
    let isSpread = [.difference, .ratio].contains(distribution.aggregate.kind)
    let mayBeEqual =
      isSpread && Self.hasReverse(contending, contrasts, estimates)
    let tail = (1 - confidence) / 2
    let parts = ContrastParts(contrasts.all, estimates, contending)
    self.parts = parts
    var worth = 1.0
    if contending.count > 1 {
      worth = try Self.worth(
        contending.map { contrasts.all[$0] }, contending.map { parts.level[$0] }, estimates,
        tail: tail, distribution.draws, distribution.seed)
    }
    // Of groups that are not compared because there are so many, all are counted.
    for groups in distribution.estimates where Contrasts.leavesOut(groups) {
      worth = max(worth, parts.sum(of: groups))
    }
    // Comparisons that say the same are one.
    let isOne = worth < 1.1
    self.worth = isOne ? 1 : worth
    tails = isOne ? 1 : mayBeEqual ? 2 * Self.tailsOfSeveral : Self.tailsOfSeveral
  }

  /// Those that may be the largest (the least).
  private static func contending(_ contrasts: Contrasts, _ estimates: [GroupEstimate]) -> [Int] {
    let bounds = ContrastBounds(estimates, z: reach)
    let ends = contrasts.all.map { $0.bounds(bounds) }
    if contrasts.isLargest {
      let most = ends.map(\.low).max() ?? 0
      return ends.indices.filter { !(ends[$0].high < most) }
    }
    let least = ends.map(\.high).min() ?? 0
    return ends.indices.filter { !(ends[$0].low > least) }
  }

  /// Whether the one found to be the largest may as well be turned round.
  private static func hasReverse(
    _ contending: [Int], _ contrasts: Contrasts, _ estimates: [GroupEstimate]
  ) -> Bool {
    let bounds = ContrastBounds(estimates, z: reach)
    let ends = contending.map { contrasts.all[$0].bounds(bounds) }
    let isEqual = contrasts.all.first?.singles.first?.over == nil ? 0.0 : 1.0
    return contrasts.isLargest
      ? !ends.contains { $0.low > isEqual } : !ends.contains { $0.high < isEqual }
  }

  /// The number m of comparisons that do not depend on each other of which one shows as little as these do in a share
  /// `tail` of draws, each held against its part of the tail: 1 - (1 - p)^m = tail, p the least of theirs at that place.
  private static func worth(
    _ contrasts: [Contrast], _ levels: [Int], _ estimates: [GroupEstimate], tail: Double,
    _ draws: Int, _ seed: UInt64
  ) throws(Undefined) -> Double {
    let values = estimates.map(\.smoothed)
    let gradients = contrasts.map { contrast in
      Self.standardised(contrast.singles.flatMap { $0.gradient(values) }, estimates)
    }
    var normals = [Double](repeating: 0, count: estimates.count)
    var least: [Double] = []
    for draw in 0..<max(draws, 1000) {
      var source = RandomSource(seed: seed, stream: UInt64(truncatingIfNeeded: draw))
      for place in normals.indices { normals[place] = source.normals().0 }
      var largest = [Double](repeating: -.infinity, count: (levels.max() ?? 0) + 1)
      for (terms, level) in zip(gradients, levels) {
        largest[level] = max(
          largest[level], terms.reduce(0) { $0 + $1.factor * normals[$1.place] })
      }
      var share = 1.0
      for (level, most) in largest.enumerated() where most > -.infinity {
        share = min(share, try StandardNormal.survival(most) / ContrastParts.part(level))
      }
      least.append(share)
    }
    least.sort()
    let one = least[min(least.count - 1, Int(tail * Double(least.count)))]
    return max(1, logarithm(1 - tail) / logarithm(1 - one))
  }

  /// Factors of normal numbers whose sum is one.
  private static func standardised(
    _ terms: [Contrast.Single.Term], _ estimates: [GroupEstimate]
  ) -> [Contrast.Single.Term] {
    let own = terms.map {
      Contrast.Single.Term(place: $0.place, factor: $0.factor * estimates[$0.place].standardError)
    }
    let length = own.reduce(0) { $0 + $1.factor * $1.factor }.squareRoot()
    return own.map {
      Contrast.Single.Term(place: $0.place, factor: $0.factor / max(length, 1e-300))
    }
  }

  /// The intervals, one a confidence.
  var curve: ConfidenceCurve {
    ConfidenceCurve(test: "MOVER, simultaneous") { confidence throws(Undefined) in
      try interval(confidence)
    }
  }

  private func interval(_ confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let tail = (1 - confidence) / 2
    let together = min(0.5, tail * tails)
    let each = ContrastBounds(estimates, z: try StandardNormal.width(confidence))
    // 1 - (1 - tail)^(1 / worth), without the rounding of numbers near 1.
    let share = -exponentialLessOne(logarithm(1 - together) / worth)
    var near: [ContrastBounds] = []
    for level in 0...(parts.level.max() ?? 0) {
      let own = share * ContrastParts.part(level)
      near.append(ContrastBounds(estimates, z: -(try StandardNormal.quantile(own))))
    }
    var (low, high) =
      contrasts.isLargest
      ? (-Double.infinity, -Double.infinity) : (Double.infinity, Double.infinity)
    for (contrast, level) in zip(contrasts.all, parts.level) {
      let (near, far) = (contrast.bounds(near[level]), contrast.bounds(each))
      if contrasts.isLargest {
        low = max(low, near.low)
        high = max(high, far.high)
      } else {
        low = min(low, far.low)
        high = min(high, near.high)
      }
    }
    if aggregate.kind == .difference { low = max(0, low) }
    if aggregate.kind == .ratio { (low, high) = (max(0, low), min(1, high)) }
    if let found { (low, high) = (min(low, found), max(high, found)) }
    guard low.isFinite, high.isFinite else {
      throw Undefined("a group's value may be 0, so that a ratio to it may be of any size")
    }
    return ConfidenceInterval(
      low: low, high: high, level: confidence, method: "MOVER, simultaneous")
  }
}
