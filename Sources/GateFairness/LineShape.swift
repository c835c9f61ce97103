import GateCore

/// Along which line the groups' numbers are moved for an aggregate.
struct LineShape {
  /// By measure and group.
  package private(set) var origin: [[Double]]
  package private(set) var step: [[Double]]
  package let ends: ClosedRange<Double>
  /// 1 where the aggregate rises along the line, -1 where it falls.
  package let sign: Double
  /// Whether the line starts with all groups being equal.
  let startsEqual: Bool

  /// Standard deviations beyond which nothing is drawn.
  private static let reach = 12.0

  /// Takes the line that fits the aggregate.
  package init(_ distribution: AggregateDistribution) {
    let estimates = distribution.estimates
    origin = estimates.map { $0.map(\.place) }
    switch distribution.aggregate.kind {
    case .groupMin, .groupMax:
      (sign, startsEqual, ends) = (1, false, -Self.reach...Self.reach)
      step = estimates.map { groups in
        let places = groups.map(\.value)
        let extreme = distribution.aggregate.kind == .groupMin ? places.min() : places.max()
        let group = places.firstIndex { $0 == extreme } ?? 0
        return groups.map { _ in groups[group].deviation }
      }
    case .signedDifference, .signedRatio:
      (sign, startsEqual, ends) = (1, false, -Self.reach...Self.reach)
      // Each facet as far as it is uncertain: the values that are hardest to tell from those found.
      step = estimates.map { groups in
        let (one, other) = (groups[0].deviation, groups[1].deviation)
        let both = (one * one + other * other).squareRoot()
        return [one * one / both, -other * other / both]
      }
    case .difference, .ratio:
      sign = distribution.aggregate.kind == .ratio ? -1 : 1
      startsEqual = true
      origin = Self.equal(distribution)
      let apart = Self.apart(distribution, origin)
      step = apart.step
      ends = 0...(apart.length + Self.reach)
    }
  }

  /// Where all groups would be if they were equal: at the value of all rows, or of what they are compared with.
  private static func equal(_ distribution: AggregateDistribution) -> [[Double]] {
    distribution.estimates.indices.map { measure in
      let groups = distribution.estimates[measure]
      let value: Double =
        switch distribution.aggregate.comparison {
        case .betweenGroups, .toLeast: pooled(groups)
        case .toOverall: distribution.overall[measure]
        case .toReference(let group): groups[group].value
        }
      return groups.map { $0.scale.place(value) }
    }
  }

  /// The mean by what each group's number is worth.
  private static func pooled(_ groups: [GroupEstimate]) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for group in groups {
      let worth: Double
      if case .arcsine(let size) = group.scale {
        worth = size
      } else {
        worth = 1 / (group.deviation * group.deviation)
      }
      sum += worth * group.value
      weight += worth
    }
    return sum / weight
  }

  /// From equality to where the groups are, in steps of one standard deviation of all of them together.
  private static func apart(
    _ distribution: AggregateDistribution, _ origin: [[Double]]
  ) -> (step: [[Double]], length: Double) {
    var step = distribution.estimates.indices.map { measure in
      zip(distribution.estimates[measure], origin[measure]).map { $0.place - $1 }
    }
    var square = 0.0
    for (measure, groups) in distribution.estimates.enumerated() {
      for (group, estimate) in groups.enumerated() {
        let distance = step[measure][group] / estimate.deviation
        square += distance * distance
      }
    }
    let length = square.squareRoot()
    guard length > 1e-9 else {
      // All are equal as they are: the one that is least certain is the first to leave.
      for (measure, groups) in distribution.estimates.enumerated() {
        let most = groups.map(\.deviation).max() ?? 1
        let group = groups.lastIndex { $0.deviation == most } ?? 0
        let isHigh = groups[group].scale != .plain && groups[group].value > 0.5
        step[measure] = groups.indices.map { $0 == group ? (isHigh ? -most : most) : 0 }
      }
      return (step, 0)
    }
    return (step.map { $0.map { $0 / length } }, length)
  }
}
