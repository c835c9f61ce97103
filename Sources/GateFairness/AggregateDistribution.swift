import GateCore

/// How an aggregate of groups would vary with the rows, and what that says of its true value.
struct AggregateDistribution: Sendable {
  let aggregate: Aggregate
  /// By measure, then group.
  let estimates: [[GroupEstimate]]
  /// Each measure's value on all rows.
  package let overall: [Double]
  /// Each group's part in that, by measure; they sum to 1.
  package let parts: [[Double]]
  /// The champion's, where the candidate's less the champion's is judged.
  package private(set) var champion: Other?
  package let draws: Int
  package let seed: UInt64

  /// The model that is compared with.
  struct Other: Sendable {
    let estimates: [[GroupEstimate]]
    package let overall: [Double]
    /// Between both models' numbers of a group.
    let correlations: [[Double]]
    /// Whether the difference is taken as a share of the champion's value.
    package let isRelative: Bool
  }

  /// The intervals, one a confidence.
  func curve(_ confidence: Double) throws(Undefined) -> ConfidenceCurve {
    guard champion != nil else {
      return try ContrastDistribution(self, confidence: confidence).curve
    }
    let line = try AggregateLine(self)
    return ConfidenceCurve(
      test: "paired parametric bootstrap, inverted", smallestTail: 1 / Double(draws + 1)
    ) { confidence throws(Undefined) in within(line.interval(confidence)) }
  }

  /// The interval of a change, no wider than both models' own intervals let it be.
  private func within(_ interval: ConfidenceInterval) -> ConfidenceInterval {
    guard let champion else { return interval }
    var mine = self
    mine.champion = nil
    let theirs = AggregateDistribution(
      aggregate: aggregate, estimates: champion.estimates, overall: champion.overall, parts: parts,
      champion: nil, draws: draws, seed: seed)
    guard let own = try? mine.curve(interval.level).interval(interval.level),
      let other = try? theirs.curve(interval.level).interval(interval.level)
    else { return interval }
    var (low, high) = (own.low - other.high, own.high - other.low)
    if champion.isRelative {
      guard other.low > 0, own.low >= 0 else { return interval }
      (low, high) = (own.low / other.high - 1, own.high / other.low - 1)
    }
    guard low <= interval.high, high >= interval.low else { return interval }
    var kept = interval
    (kept.low, kept.high) = (max(interval.low, low), min(interval.high, high))
    return kept
  }
}

/// The line along which the candidate's numbers of groups are moved, with the draws about each place of it: what its
/// aggregate less the champion's may truly be.
///
/// Both models' aggregates are too large by chance, and about as much. So the interval is what a test of every true
/// difference does not reject: the candidate's numbers are moved along one line, from all groups being equal over where
/// they are to further apart, the champion's stay, and at each place the difference of aggregates of numbers drawn about
/// them is held against the one found. Groups share no rows, so they are drawn for themselves; both models' numbers of a
/// group are drawn together.
/// Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, section 12.6 (test inversion), with a parametric
/// bootstrap in the place of the rows'.
struct AggregateLine: Sendable {
  private let distribution: AggregateDistribution
  /// By measure and group: where it starts, and its step.
  private let origin: [[Double]]
  private let step: [[Double]]
  /// Normal numbers by draw, measure and group.
  private let normals: [Double]
  /// What is taken from each draw's aggregate: the champion's.
  private let taken: [Double]
  /// The same of the rows themselves.
  private let takenValue: Double
  private let isRelative: Bool
  /// The aggregate of the rows, less the champion's.
  private let value: Double
  /// From all groups being equal, or as far as anything is drawn, to as far.
  private let ends: ClosedRange<Double>
  /// 1 where the aggregate rises along the line, -1 where it falls.
  private let sign: Double
  /// Whether the line starts with all groups being equal.
  private let startsEqual: Bool

  /// Draws; throws where the aggregate of the rows is undefined.
  package init(_ distribution: AggregateDistribution) throws(Undefined) {
    self.distribution = distribution
    let values = distribution.estimates.map { $0.map(\.value) }
    let own = try distribution.aggregate.value(values, overall: distribution.overall)
    let other = try distribution.champion.map { other throws(Undefined) in
      try distribution.aggregate.value(
        other.estimates.map { $0.map(\.value) }, overall: other.overall)
    }
    takenValue = other ?? 0
    isRelative = distribution.champion?.isRelative ?? false
    value = isRelative ? (own - takenValue) / abs(takenValue) : own - takenValue
    let shape = LineShape(distribution)
    (origin, step, ends) = (shape.origin, shape.step, shape.ends)
    (sign, startsEqual) = (shape.sign, shape.startsEqual)
    (normals, taken) = Self.draw(distribution)
  }

  /// The candidate's normal numbers, and the champion's aggregate of each draw.
  private static func draw(_ distribution: AggregateDistribution) -> (
    normals: [Double], taken: [Double]
  ) {
    let width = distribution.estimates.reduce(0) { $0 + $1.count }
    var normals = [Double](repeating: 0, count: distribution.draws * width)
    var others = distribution.champion == nil ? [] : normals
    let correlations = distribution.champion?.correlations.flatMap { $0 } ?? []
    for draw in 0..<distribution.draws {
      var source = RandomSource(seed: distribution.seed, stream: UInt64(truncatingIfNeeded: draw))
      for place in 0..<width {
        let (first, second) = source.normals()
        normals[draw * width + place] = first
        if !others.isEmpty {
          let shared = correlations[place]
          others[draw * width + place] =
            shared * first + max(0, 1 - shared * shared).squareRoot() * second
        }
      }
    }
    guard let champion = distribution.champion else { return (normals, []) }
    let places = champion.estimates.map { $0.map(\.place) }
    let taken = AggregateDraws(
      distribution.aggregate, champion.estimates, champion.overall, distribution.parts
    )
    .values(at: places, normals: others, draws: distribution.draws)
    return (normals, taken)
  }

  /// The aggregates of the draws about a place of the line, rising along it.
  private func drawn(_ t: Double) -> [Double] {
    let values = AggregateDraws(
      distribution.aggregate, distribution.estimates, distribution.overall, distribution.parts
    )
    .values(at: places(t), normals: normals, draws: distribution.draws)
    guard !taken.isEmpty else { return sign == 1 ? values : values.map { -$0 } }
    return values.indices.map { draw in
      let change = values[draw] - taken[draw]
      return sign * (isRelative ? change / abs(taken[draw]) : change)
    }
  }

  /// Where the groups' numbers are at a place of the line.
  private func places(_ t: Double) -> [[Double]] {
    zip(origin, step).map { origin, step in zip(origin, step).map { $0 + t * $1 } }
  }

  /// The aggregate at a place of the line, without any noise.
  private func exact(_ t: Double) -> Double {
    let value =
      startsEqual && t <= 0
      ? (distribution.aggregate.isRatio ? 1 : 0)
      : AggregateDraws(
        distribution.aggregate, distribution.estimates, distribution.overall, distribution.parts
      )
      .values(at: places(t), normals: [], draws: 1)[0]
    return isRelative ? (value - takenValue) / abs(takenValue) : value - takenValue
  }

  /// The share of draws about a place that lie at least as far along as what was found.
  private func upper(_ t: Double) -> Double {
    let found = sign * value - 1e-12
    return Double(drawn(t).count { $0 >= found }) / Double(distribution.draws)
  }

  /// The share that lies at most as far.
  private func lower(_ t: Double) -> Double {
    let found = sign * value + 1e-12
    return Double(drawn(t).count { $0 <= found }) / Double(distribution.draws)
  }

  /// The interval; always about the value itself.
  package func interval(_ confidence: Double) -> ConfidenceInterval {
    let tail = (1 - confidence) / 2
    let far = exact(last { lower($0) > tail })
    let near = exact(first { upper($0) > tail })
    return ConfidenceInterval(
      low: min(near, far, value), high: max(near, far, value), level: confidence,
      method: "paired parametric bootstrap, inverted")
  }

  /// The first place at which `holds`, which stays once it does.
  private func first(_ holds: (Double) -> Bool) -> Double {
    if holds(ends.lowerBound) { return ends.lowerBound }
    var (no, yes) = (ends.lowerBound, ends.upperBound)
    while yes - no > 1e-3 {
      let middle = (no + yes) / 2
      if holds(middle) { yes = middle } else { no = middle }
    }
    return yes
  }

  /// The last place at which `holds`, which then fails for good.
  private func last(_ holds: (Double) -> Bool) -> Double {
    if holds(ends.upperBound) { return ends.upperBound }
    var (yes, no) = (ends.lowerBound, ends.upperBound)
    while no - yes > 1e-3 {
      let middle = (no + yes) / 2
      if holds(middle) { yes = middle } else { no = middle }
    }
    return yes
  }
}
