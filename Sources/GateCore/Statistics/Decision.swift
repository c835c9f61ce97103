/// Whether a value, known only within an interval, keeps to a bound.
///
/// The convention: `confidence` is that of the two-sided interval that is shown, and the interval's
/// bound decides. So each way of being wrong has half of what is left: at 0.95, a value that does
/// not keep to the bound passes in at most 2.5 of 100 such runs, and one that does fails in at most
/// 2.5. A value between is inconclusive: neither passed nor failed. A test at one-sided 5% is
/// `confidence: 0.90`. For a non-inferiority limit (`max_drop: 0.01`) the value is the difference
/// to the champion and the bound is -0.01.
package struct Decision: Sendable, Hashable {
  /// What must hold; a value that is exactly the bound holds.
  package enum Bound: Sendable, Hashable {
    case atLeast(Double)
    case atMost(Double)

    /// The number.
    package var number: Double {
      switch self {
      case .atLeast(let number), .atMost(let number): number
      }
    }

    /// `passed`, `failed` or `inconclusive`: where all of the interval lies.
    package func outcome(of interval: ConfidenceInterval) -> Outcome {
      switch self {
      case .atLeast(let bound):
        interval.low >= bound ? .passed : interval.high < bound ? .failed : .inconclusive
      case .atMost(let bound):
        interval.high <= bound ? .passed : interval.low > bound ? .failed : .inconclusive
      }
    }

    /// Whether a value keeps to it.
    package func holds(_ value: Double) -> Bool {
      switch self {
      case .atLeast(let bound): value >= bound
      case .atMost(let bound): value <= bound
      }
    }
  }

  /// The value on the rows.
  package let value: Double
  package let interval: ConfidenceInterval
  package let bound: Bound
  /// Rows (or clusters, or effective rows) that the interval rests on.
  package let rows: Int

  /// Nothing is checked: an interval that is not finite is inconclusive.
  package init(value: Double, interval: ConfidenceInterval, bound: Bound, rows: Int) {
    (self.value, self.interval, self.bound, self.rows) = (value, interval, bound, rows)
  }

  /// `passed`, `failed` or `inconclusive`.
  package var outcome: Outcome { bound.outcome(of: interval) }

  /// How far from the bound, on the good side, a value must be to pass on as many rows as these:
  /// the smallest effect that they can show.
  package var smallestEffect: Double {
    switch bound {
    case .atLeast: value - interval.low
    case .atMost: interval.high - value
    }
  }

  /// New rows of which the interval would more likely than not lie on one side of the bound: n (half width / distance)^2,
  /// the half width on the side of the bound, the distance that of the value moved towards it by one standard error.
  ///
  /// The value is off by chance, and what would decide if it stayed as it is decides too seldom: of values that these rows
  /// leave undecided, those far from the bound are mostly so by luck. With one standard error taken off, half of new
  /// holdouts of as many rows are decided or more, where the truth is no nearer to the bound than 0.3 standard errors.
  ///
  /// Nil where the value is within a standard error of the bound, so that the rows do not even tell its side, or the figures
  /// are not finite.
  package var rowsToDecide: Int? {
    guard let width = try? StandardNormal.width(interval.level) else { return nil }
    let half = value >= bound.number ? value - interval.low : interval.high - value
    let distance = abs(value - bound.number) - half / width
    let ratio = half / distance
    let needed = (Double(rows) * ratio * ratio).rounded(.up)
    guard distance > 0, needed.isFinite, needed < 0x1p53 else { return nil }
    return max(rows, Int(needed))
  }

  /// What the rows can show, in words: how far from the bound a value must be, or that none can be far enough.
  ///
  /// `range`: what the value can be; nil: not known. An interval that ends at the value, as at the end of the range, does
  /// not say how wide one on the bound's other side is: its whole width is the least that can be said.
  private func reach(_ side: String, _ range: ClosedRange<Double>?) -> String {
    let size = rows == 1 ? "1 row" : "\(rows) rows"
    let width = interval.high - interval.low
    let isOneSided = smallestEffect <= 1e-9 * width
    let effect = isOneSided ? width : smallestEffect
    let isOutside =
      switch bound {
      case .atLeast(let bound): bound + effect > range?.upperBound ?? .infinity
      case .atMost(let bound): bound - effect < range?.lowerBound ?? -.infinity
      }
    if isOutside {
      let end = range.map { side == "below" ? $0.lowerBound : $0.upperBound } ?? bound.number
      return
        "with \(size) no value can pass: the interval reaches \(effect.brief) from the value, and \(end.brief), the "
        + "best there is, is nearer to the limit than that"
    }
    return isOneSided
      ? "the interval ends at the value, so that \(size) do not tell how far \(side) it a value must be to pass"
      : "with \(size) a value must be \(effect.brief) \(side) it to pass"
  }

  /// One sentence, lower case, without the metric's name: what the interval says of the bound.
  package var sentence: String { sentence(unit: nil) }

  /// The same, with a unit behind the value.
  ///
  /// `range`: what the value can be; nil: not known.
  package func sentence(unit: String?, in possible: ClosedRange<Double>? = nil) -> String {
    let number = bound.number.brief
    let (within, beyond, side) =
      switch bound {
      case .atLeast: ("at least", "below", "above")
      case .atMost: ("at most", "above", "below")
      }
    let level = (interval.level * 100).brief
    let range =
      "\(value.brief)\(unit.behind), \(level)% interval \(interval.low.brief) to \(interval.high.brief)"
    switch outcome {
    case .passed: return "\(range), all of it \(within) \(number)"
    case .failed: return "\(range), all of it \(beyond) \(number)"
    default:
      let effect = reach(side, possible)
      let need =
        rowsToDecide.map { "about \($0) new ones would more likely than not decide" }
        ?? (value == bound.number
          ? "no number of rows decides a value that is the bound itself"
          : "the value is too near it to tell how many would decide")
      return "\(range), and \(number) lies within; \(effect); \(need)"
    }
  }
}
