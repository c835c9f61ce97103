/// What one limit of a check is on, on the scale of its own words: a value, a drop, a gain, a rise.
package struct LimitFigure: Sendable {
  /// The limit's key, as written.
  package let limit: String
  /// What it is on.
  package let subject: Subject
  /// How much of that there is.
  package let value: Double
  /// What must hold of it; nil: just one number is wanted.
  package let bound: Decision.Bound?
  /// Whether it is the champion's value less the candidate's.
  package var isTurned = false
  /// Between what it can be at all.
  package var range = -Double.infinity ... .infinity
  /// What the subtraction's own rounding may come to, which must not decide a tie.
  package var slack = 0.0

  /// Takes what it holds.
  package init(
    limit: String, subject: Subject, value: Double, bound: Decision.Bound?, isTurned: Bool = false,
    range: ClosedRange<Double> = -.infinity ... .infinity, slack: Double = 0
  ) {
    (self.limit, self.subject, self.value, self.bound) = (limit, subject, value, bound)
    (self.isTurned, self.range, self.slack) = (isTurned, range, slack)
  }

  /// What a limit can be on.
  package enum Subject: String, Sendable, Hashable {
    case value, drop, gain, rise
    case relativeDrop = "drop as a share of the champion's value"
    case relativeGain = "gain as a share of the champion's value"
    case relativeRise = "rise as a share of the champion's value"
    case pValue = "p-value"
  }

  /// Whether the limit holds; written so that a NaN does not.
  package var holds: Bool {
    switch bound {
    case .atLeast(let least): value >= least - slack
    case .atMost(let most): value <= most + slack
    case nil: false
    }
  }

  /// Whether more of it is worse.
  package var isRising: Bool { if case .atLeast = bound { false } else { true } }

  /// Whether nothing can be as far beyond its bound as `other` is.
  package func isImpossible(_ other: Double) -> Bool {
    switch bound {
    case .atLeast: other < range.lowerBound
    case .atMost: other > range.upperBound
    case nil: !range.contains(other)
    }
  }

  /// Whether it is no further beyond its bound than `other` of the same would be.
  package func isWithin(_ other: Double) -> Bool {
    switch bound {
    case .atLeast: value >= other - slack
    case .atMost: value <= other + slack
    case nil: value == other
    }
  }
}

extension Limit {
  /// What it is on; throws `Undefined` where there is no champion, or a share of its value of 0 is asked for.
  ///
  /// `range`: between what the metric's values are.
  package func figure(
    value: Double, champion: Double?, direction: Metric.Direction,
    range: ClosedRange<Double> = -.infinity ... .infinity
  ) throws(Undefined) -> LimitFigure {
    if !kind.comparesModels {
      return LimitFigure(
        limit: kind.rawValue, subject: .value, value: value,
        bound: kind.wantsMore ? .atLeast(bound) : .atMost(bound), range: range)
    }
    guard let champion else { throw Undefined("there is no champion to compare with") }
    if kind.isRelative, champion == 0 {
      throw Undefined("the champion's value is 0, and '\(kind.rawValue)' is a share of it")
    }
    let scale = kind.isRelative ? abs(champion) : 1
    let isTurned = kind.isTurned(direction)
    let width = kind.isRelative ? .infinity : range.upperBound - range.lowerBound
    return LimitFigure(
      limit: kind.rawValue, subject: kind.subject,
      value: (isTurned ? champion - value : value - champion) / scale,
      bound: kind.wantsMore ? .atLeast(bound) : .atMost(bound), isTurned: isTurned,
      range: -width...width, slack: 4 * (value.ulp + champion.ulp) / scale)
  }
}

extension Limit.Kind {
  /// What it is on.
  package var subject: LimitFigure.Subject {
    switch self {
    case .min, .max: .value
    case .maxDrop: .drop
    case .minGain: .gain
    case .maxIncrease: .rise
    case .maxDropRelative: .relativeDrop
    case .minGainRelative: .relativeGain
    case .maxIncreaseRelative: .relativeRise
    }
  }
}
