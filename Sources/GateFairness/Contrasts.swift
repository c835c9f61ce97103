import GateCore

/// Every comparison of which an aggregate is the largest, or the least.
struct Contrasts: Sendable {
  /// Each, or of several measures their means.
  package let all: [Contrast]
  /// Whether the aggregate is the largest of them; else the least.
  let isLargest: Bool

  /// Groups of a measure beyond which only those at either end are compared.
  private static let mostGroups = 60
  /// Comparisons of a measure of which means with another's are made.
  private static let mostCombined = 40

  /// Of a distribution's aggregate.
  package init(_ distribution: AggregateDistribution) {
    let kind = distribution.aggregate.kind
    isLargest = ![.ratio, .groupMin].contains(kind)
    var start = 0
    var byMeasure: [[Contrast.Single]] = []
    for (measure, groups) in distribution.estimates.enumerated() {
      byMeasure.append(Self.singles(distribution, measure, groups, from: start))
      start += groups.count
    }
    if distribution.aggregate.join == .worst || byMeasure.count == 1 {
      all = byMeasure.flatMap { $0 }.map { Contrast(singles: [$0]) }
    } else {
      let bounds = ContrastBounds(distribution.estimates.flatMap { $0 }, z: 2)
      all = Self.combined(byMeasure, bounds, isLargest: isLargest)
    }
  }

  /// Every choice of one comparison a measure, of those that may be the largest (the least).
  private static func combined(
    _ byMeasure: [[Contrast.Single]], _ bounds: ContrastBounds, isLargest: Bool
  ) -> [Contrast] {
    byMeasure.reduce([Contrast(singles: [])]) { combined, singles in
      let ends = singles.map { ($0, $0.bounds(bounds)) }
      let sorted = ends.sorted { isLargest ? $0.1.high > $1.1.high : $0.1.low < $1.1.low }
      return combined.flatMap { contrast in
        sorted.prefix(mostCombined).map { Contrast(singles: contrast.singles + [$0.0]) }
      }
    }
  }

  private typealias Single = Contrast.Single
  private typealias Term = Contrast.Single.Term

  /// Of one measure, whose numbers stand from `start` on.
  private static func singles(
    _ distribution: AggregateDistribution, _ measure: Int, _ groups: [GroupEstimate],
    from start: Int
  ) -> [Single] {
    let aggregate = distribution.aggregate
    let places = groups.indices.map { start + $0 }
    switch aggregate.kind {
    case .groupMin, .groupMax:
      return places.map { Single(terms: [Term(place: $0, factor: 1)]) }
    case .signedDifference: return [difference(places[0], places[1])]
    case .signedRatio: return [quotient(places[0], places[1])]
    case .difference, .ratio: break
    }
    let isRatio = aggregate.kind == .ratio
    switch aggregate.comparison {
    // The least over the greatest is what is furthest from the least.
    case .betweenGroups, .toLeast:
      let (high, low) = ends(groups)
      return high.flatMap { one in
        low.compactMap { other in
          one == other
            ? nil
            : isRatio
              ? quotient(places[other], places[one]) : difference(places[one], places[other])
        }
      }
    case .toReference(let reference):
      return groups.indices.filter { $0 != reference }.flatMap { group in
        let (one, other) = (places[group], places[reference])
        return isRatio
          ? [quotient(one, other), quotient(other, one)]
          : [difference(one, other), difference(other, one)]
      }
    case .toOverall:
      return groups.indices.flatMap {
        overall($0, distribution.parts[measure], places, isRatio: isRatio)
      }
    }
  }

  private static func difference(_ one: Int, _ other: Int) -> Single {
    Single(terms: [Term(place: one, factor: 1), Term(place: other, factor: -1)])
  }

  private static func quotient(_ one: Int, _ other: Int) -> Single {
    Single(terms: [Term(place: one, factor: 1)], over: other)
  }

  /// A group against all rows, both ways.
  private static func overall(
    _ group: Int, _ parts: [Double], _ places: [Int], isRatio: Bool
  ) -> [Single] {
    let others = places.indices.filter { $0 != group }
    if isRatio {
      let rest = others.map {
        Term(place: places[$0], factor: parts[$0] / max(1e-300, 1 - parts[group]))
      }
      return [false, true].map {
        Single(terms: rest, over: places[group], part: parts[group], isInverse: $0)
      }
    }
    return [1.0, -1].map { sign in
      Single(
        terms: [Term(place: places[group], factor: sign * (1 - parts[group]))]
          + others.map { Term(place: places[$0], factor: -sign * parts[$0]) })
    }
  }

  /// The groups that may be the highest, and those that may be the lowest: all of them, unless they are too many; of the
  /// others half are those that may be furthest out, and half as many those that surely are far.
  private static func ends(_ groups: [GroupEstimate]) -> (high: [Int], low: [Int]) {
    if groups.count <= mostGroups { return (Array(groups.indices), Array(groups.indices)) }
    let bounds = groups.map { $0.bounds(2) }
    func first(_ count: Int, _ isBefore: (Int, Int) -> Bool) -> [Int] {
      Array(groups.indices.sorted(by: isBefore).prefix(count))
    }
    let high =
      first(mostGroups / 2) { bounds[$0].high > bounds[$1].high }
      + first(mostGroups / 4) { bounds[$0].low > bounds[$1].low }
    let low =
      first(mostGroups / 2) { bounds[$0].low < bounds[$1].low }
      + first(mostGroups / 4) { bounds[$0].high < bounds[$1].high }
    return (high.unique, low.unique)
  }

  /// Whether more groups may be the highest, or the lowest, than are compared.
  static func leavesOut(_ groups: [GroupEstimate]) -> Bool {
    if groups.count <= mostGroups { return false }
    let bounds = groups.map { $0.bounds(2) }
    let (most, least) = (bounds.map(\.low).max() ?? 0, bounds.map(\.high).min() ?? 0)
    return bounds.count { $0.high >= most } > mostGroups / 2
      || bounds.count { $0.low <= least } > mostGroups / 2
  }
}
