package import GateCore

/// What becomes one number of the numbers of all groups: fairlearn's algebra, with the signed comparisons of other libraries.
package struct Aggregate: Sendable, Hashable {
  /// How the groups' numbers are set against each other.
  package enum Kind: String, Sendable, CaseIterable {
    /// The greatest less the least; of a comparison, the largest distance from what is compared with.
    case difference
    /// The least over the greatest; of a comparison, the least of each over what is compared with or its inverse.
    case ratio
    /// The least.
    case groupMin = "group_min"
    /// The greatest.
    case groupMax = "group_max"
    /// The first facet's less the second's.
    case signedDifference
    /// The first facet's over the second's.
    case signedRatio
  }

  /// What the groups are held against.
  package enum Comparison: Sendable, Hashable {
    case betweenGroups, toOverall
    case toReference(Int)
    /// To the group of the least number, another one for each measure.
    case toLeast
  }

  /// What becomes one number of those of several measures.
  package enum Join: Sendable, Hashable {
    /// The one further from equality.
    case worst
    case mean
  }

  package let kind: Kind
  package var comparison: Comparison
  package var join: Join
  /// What a ratio to 0 counts as, the reference's own left out; nil: there is none.
  package let infinite: Double?

  /// Takes them.
  package init(
    _ kind: Kind, _ comparison: Comparison = .betweenGroups, join: Join = .worst,
    infinite: Double? = nil
  ) {
    (self.kind, self.comparison, self.join) = (kind, comparison, join)
    self.infinite = infinite
  }

  /// Whether equal groups give 1 and further apart is less.
  var isRatio: Bool { kind == .ratio || kind == .signedRatio }

  /// Of one measure: the groups' values and that of all rows. NaN where it is undefined.
  @inline(__always)
  package func value(_ values: UnsafeBufferPointer<Double>, overall: Double) -> Double {
    switch kind {
    case .signedDifference: return values[0] - values[1]
    case .signedRatio: return values[0] / values[1]
    default: break
    }
    if case .toOverall = comparison { return value(values, from: overall) }
    if case .toReference(let group) = comparison, kind == .difference || kind == .ratio {
      return value(values, from: values[group], at: group)
    }
    if comparison == .toLeast, let least = values.min(), let group = values.firstIndex(of: least) {
      return value(values, from: least, at: group)
    }
    var low = values[0]
    var high = values[0]
    for value in values {
      low = value < low ? value : low
      high = value > high ? value : high
    }
    switch kind {
    case .groupMin: return low
    case .groupMax: return high
    case .ratio: return low / high
    default: return high - low
    }
  }

  /// The largest distance of a group from `origin`; of a ratio the one furthest from 1, turned below it.
  @inline(__always)
  private func value(
    _ values: UnsafeBufferPointer<Double>, from origin: Double, at reference: Int? = nil
  ) -> Double {
    if kind == .difference {
      var most = 0.0
      for value in values { most = max(most, abs(value - origin)) }
      return most
    }
    // Where a ratio to 0 counts, the reference is as far from itself as can be: not at all.
    var least = infinite == nil ? Double.infinity : 1
    for (group, value) in values.enumerated() where infinite == nil || group != reference {
      var ratio = value / origin
      if ratio.isNaN { return .nan }
      if let infinite, ratio == .infinity { ratio = infinite }
      least = min(least, ratio > 1 ? 1 / ratio : ratio)
    }
    return least
  }

  /// Of several measures.
  @inline(__always)
  package func joined(_ one: Double, _ other: Double, count: Int) -> Double {
    switch join {
    case .mean: one + other / Double(count)
    case .worst: isRatio || kind == .groupMin ? min(one, other) : max(one, other)
    }
  }

  /// Where joining starts.
  package var start: Double {
    switch join {
    case .mean: 0
    case .worst: isRatio || kind == .groupMin ? .infinity : -.infinity
    }
  }

  /// Of a row of groups for each measure, with each measure's value on all rows.
  ///
  /// Throws `Undefined` for a ratio to a value of 0.
  package func value(_ measures: [[Double]], overall: [Double]) throws(Undefined) -> Double {
    var joined = start
    for (values, overall) in zip(measures, overall) {
      if comparison == .toOverall, !overall.isFinite {
        throw Undefined("it is undefined on the rows of all groups, which each is compared with")
      }
      let value = values.withUnsafeBufferPointer { self.value($0, overall: overall) }
      guard value.isFinite else {
        throw Undefined(
          kind == .ratio && comparison == .betweenGroups
            ? "the greatest of the groups' values is 0, and the ratio is a share of it"
            : "what the groups are compared with is 0, and the ratio is a share of it")
      }
      joined = self.joined(joined, value, count: measures.count)
    }
    return joined
  }
}
