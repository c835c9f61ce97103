/// One bound a manifest sets on a metric, as written.
package struct Limit: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case min, max
    case maxDrop = "max_drop"
    case minGain = "min_gain"
    case maxIncrease = "max_increase"
    case maxDropRelative = "max_drop_relative"
    case minGainRelative = "min_gain_relative"
    case maxIncreaseRelative = "max_increase_relative"

    /// Whether it is measured from the champion.
    package var comparesModels: Bool { self != .min && self != .max }
    package var isRelative: Bool { rawValue.hasSuffix("_relative") }
    /// What an interval must be of to decide it.
    var basis: ConfidenceInterval.Subject {
      comparesModels ? isRelative ? .relativeDifference : .difference : .value
    }
    /// Whether it asks which of two values is the better one.
    package var needsBetter: Bool {
      switch self {
      case .maxDrop, .minGain, .maxDropRelative, .minGainRelative: true
      case .min, .max, .maxIncrease, .maxIncreaseRelative: false
      }
    }
  }

  package let kind: Kind
  package let bound: Double

  package init(_ kind: Kind, _ bound: Double) {
    self.kind = kind
    self.bound = bound
  }

  /// What a manifest may write for these kinds.
  package static func parameters(_ kinds: [Kind]) -> [Parameter] {
    kinds.map { Parameter($0.rawValue, $0.summary, .number($0.range)) }
  }
}

extension Limit.Kind {
  package var summary: String {
    switch self {
    case .min: "The smallest value that passes."
    case .max: "The largest value that passes."
    case .maxDrop:
      "How much worse than the champion's the value may be, in the metric's own direction."
    case .minGain:
      "How much better than the champion's the value must be, in the metric's own direction."
    case .maxIncrease: "How much higher than the champion's the value may be."
    case .maxDropRelative: "As max_drop, as a share of the champion's value."
    case .minGainRelative: "As min_gain, as a share of the champion's value."
    case .maxIncreaseRelative: "As max_increase, as a share of the champion's value."
    }
  }

  /// The largest change that there can be of a metric's value, as the limit measures it; nil: there is none.
  package func most(_ definition: Definition) -> Double? {
    guard let range = definition.range else { return nil }
    let (low, high) = (range.lowerBound, range.upperBound)
    guard isRelative else { return comparesModels && (high - low).isFinite ? high - low : nil }
    // A value that is at least 0 can lose all of itself.
    let falls =
      switch self {
      case .maxDropRelative: definition.direction == .higherIsBetter
      case .minGainRelative: definition.direction == .lowerIsBetter
      default: false
      }
    return falls && low >= 0 ? 1 : nil
  }

  /// A margin is a size and has no sign; a bound may be any number.
  package var range: ClosedRange<Double> {
    let most = Double.greatestFiniteMagnitude
    return comparesModels ? 0...most : -most...most
  }
}

extension Limit {
  /// What the limit is held against, and whether it holds.
  ///
  /// Inclusive: a value that is exactly the bound passes. Written so that a NaN does not hold.
  /// Throws `Undefined` where a share of a champion's value of 0 is asked for.
  package func verdict(
    value: Double, champion: Double?, direction: Metric.Direction, unit: String? = nil
  ) throws(Undefined) -> (holds: Bool, sentence: String) {
    let figure = try figure(value: value, champion: champion, direction: direction)
    let (change, holds) = (figure.value, figure.holds)
    let word = kind.wantsMore ? holds ? "at least" : "below" : holds ? "at most" : "above"
    guard let champion, kind.comparesModels else {
      return (holds, sentence(value, unit, word, "the \(kind.rawValue) of"))
    }
    let share = kind.isRelative ? " of the champion's value" : unit.behind
    return (
      holds,
      "the \(kind.noun)from \(champion.brief) is \(change.brief(unlike: bound))\(share), \(word) "
        + "\(kind.rawValue): \(bound.brief)"
    )
  }

  private func sentence(
    _ value: Double, _ unit: String?, _ relation: String, _ name: String
  ) -> String {
    "\(value.brief(unlike: bound))\(unit.behind) is \(relation) \(name) \(bound.brief)"
  }
}

extension String? {
  /// A unit as it stands behind a number.
  package var behind: String { map { " \($0)" } ?? "" }
}

extension Limit.Kind {
  /// Whether the limit wants what it is on to be large.
  var wantsMore: Bool { self == .min || self == .minGain || self == .minGainRelative }

  /// Whether what it limits is the champion's value minus the candidate's.
  package func isTurned(_ direction: Metric.Direction) -> Bool {
    switch self {
    case .maxDrop, .maxDropRelative: direction == .higherIsBetter
    case .minGain, .minGainRelative: direction != .higherIsBetter
    default: false
    }
  }

  /// Whether it is a bound that better values alone can break.
  package func failsBetter(_ isHigherBetter: Bool) -> Bool {
    isHigherBetter
      ? self == .max || self == .maxIncrease || self == .maxIncreaseRelative : self == .min
  }

  /// What its figure is a share of, as it stands behind a number.
  package var share: String { isRelative ? " of the champion's value" : "" }

  /// What the figure of a decision is.
  package var noun: String {
    switch self {
    case .min, .max: ""
    case .maxDrop, .maxDropRelative: "drop "
    case .minGain, .minGainRelative: "gain "
    case .maxIncrease, .maxIncreaseRelative: "rise "
    }
  }
}
