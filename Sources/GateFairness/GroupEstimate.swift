import GateCore

/// A number of one group with what is known of its uncertainty, on a scale on which that is nearly the normal's.
struct GroupEstimate: Sendable {
  /// On the group's rows.
  package let value: Double
  /// The interval to show at the confidence asked for.
  package let interval: ConfidenceInterval?
  /// The scale on which draws are made.
  package let scale: Scale
  /// The place of the value on the scale.
  package let place: Double
  /// The standard deviation on the scale, above 0; NaN where it is not known.
  let deviation: Double
  /// Rows, or what weighted rows are worth, that the value is of.
  package let size: Double

  /// Why it has no interval of its own; nil: it has one, or none was asked for.
  package var unknown: String?

  /// Where a value lies for the draws.
  enum Scale: Sendable, Hashable {
    /// The value itself.
    case plain
    /// The arcsine of the root of a share of `size` rows, whose variance does not depend on the share.
    ///
    /// Source: Anscombe, "The transformation of Poisson, binomial and negative-binomial data", Biometrika 35, 1948.
    case arcsine(size: Double)

    /// The place of a value.
    package func place(_ value: Double) -> Double {
      switch self {
      case .plain: value
      case .arcsine(let size):
        GateCore.arcsine(((value * size + 0.375) / (size + 0.75)).squareRoot())
      }
    }

    /// The value at a place.
    package func value(_ place: Double) -> Double {
      guard case .arcsine(let size) = self else { return place }
      let sine = min(max(place, 0), .pi / 2).sineAndCosine.sine
      return min(1, max(0, (sine * sine * (size + 0.75) - 0.375) / size))
    }
  }

  /// A share of `size` rows, which may be what weighted rows are worth.
  package init(share value: Double, size: Double, confidence: Double) throws(Undefined) {
    self.value = value
    self.size = size
    interval = try ShareInterval.wilson(share: value, size: size, confidence: confidence)
    scale = .arcsine(size: size)
    place = scale.place(value)
    deviation = 1 / (4 * size + 2).squareRoot()
  }

  /// A value with an interval of its own, which says how far off it may be; without one that is not known.
  package init(_ value: Double, _ interval: ConfidenceInterval? = nil, size: Double) {
    self.value = value
    self.interval = interval
    self.size = size
    scale = .plain
    place = value
    let width = interval.flatMap { try? StandardNormal.width($0.level) } ?? 0
    deviation = interval.map { ($0.high - $0.low) / (2 * width) } ?? .nan
  }

  /// Whether it is known how far off it may be.
  var isCertain: Bool { deviation > 0 && deviation.isFinite }

  /// The interval at `z` standard errors: Wilson's of a share.
  package func bounds(_ z: Double) -> (low: Double, high: Double) {
    if case .arcsine(let size) = scale,
      let bounds = try? ShareInterval.wilsonBounds(share: min(1, max(0, value)), size: size, z: z)
    {
      return bounds
    }
    return (value - z * deviation, value + z * deviation)
  }

  /// The value, of a share drawn a little towards a half, so that it is never 0 or 1.
  var smoothed: Double {
    guard case .arcsine(let size) = scale else { return value }
    return (value * size + 0.5) / (size + 1)
  }

  /// On the scale of the value itself.
  package var standardError: Double {
    guard case .arcsine(let size) = scale else { return deviation }
    return (smoothed * (1 - smoothed) / size).squareRoot()
  }
}
