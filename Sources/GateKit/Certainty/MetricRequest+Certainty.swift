extension MetricRequest {
  /// The check decided on the interval: failed if any limit's is beyond its bound, else inconclusive if any has the
  /// bound within, else passed.
  func decide(
    _ blank: Check, _ value: Double, _ candidate: Sample, _ champion: Sample?,
    by certainty: Certainty
  ) async -> Check {
    var check = blank
    var decisions: [(outcome: Check.Outcome, text: String)] = []
    var intervals: [Bool?: Check.Interval] = [:]
    for limit in limits {
      let basis: Bool? = limit.kind.comparesModels ? limit.kind.isRelative : nil
      do throws(Undefined) {
        let interval: Check.Interval
        if let known = intervals[basis] {
          interval = known
        } else {
          interval = try await self.interval(basis, candidate, champion, certainty)
          intervals[basis] = interval
        }
        check.interval = check.interval ?? interval
        let decision = try decision(
          limit, value: value, champion: check.champion, interval, rows: candidate.count)
        decisions.append(
          (
            decision.outcome,
            limit.kind.noun
              + decision.sentence(unit: limit.kind.isRelative ? nil : metric.unit)
          ))
      } catch {
        decisions.append((.inconclusive, "no interval: \(error.reason)"))
      }
    }
    let outcomes = decisions.map(\.outcome)
    check.outcome =
      outcomes.contains(.failed)
      ? .failed : outcomes.contains(.inconclusive) ? .inconclusive : .passed
    let told = decisions.filter { $0.outcome == check.outcome }.map(\.text)
    check.message += "\(metric.id) \(told.joined(separator: ", and "))"
    return check
  }

  /// Of the value (nil), of the difference to the champion, or of it as a share of the champion's value (true).
  private func interval(
    _ relative: Bool?, _ candidate: Sample, _ champion: Sample?, _ certainty: Certainty
  ) async throws(Undefined) -> Check.Interval {
    let measured = Measured(metric: metric, arguments: arguments)
    guard let relative else {
      return try await certainty.interval(measured, candidate, champion: champion)
    }
    guard let champion else { throw Undefined("there is no champion to compare with") }
    return try await certainty.interval(
      measured, candidate: candidate, champion: champion, relative: relative)
  }

  /// The limit on the scale of its own words: a drop, a gain, a rise.
  private func decision(
    _ limit: Limit, value: Double, champion: Double?, _ interval: Check.Interval, rows: Int
  ) throws(Undefined) -> Decision {
    switch limit.kind {
    case .min:
      return Decision(value: value, interval: interval, bound: .atLeast(limit.bound), rows: rows)
    case .max:
      return Decision(value: value, interval: interval, bound: .atMost(limit.bound), rows: rows)
    default: break
    }
    guard let champion else { throw Undefined("there is no champion to compare with") }
    if limit.kind.isRelative, champion == 0 {
      throw Undefined("the champion's value is 0, and '\(limit.kind.rawValue)' is a share of it")
    }
    let scale = limit.kind.isRelative ? abs(champion) : 1
    let isTurned = limit.kind.isTurned(metric.direction)
    let change = (isTurned ? champion - value : value - champion) / scale
    let turned =
      isTurned
      ? Check.Interval(
        low: -interval.high, high: -interval.low, level: interval.level, method: interval.method)
      : interval
    return Decision(
      value: change, interval: turned,
      bound: limit.kind.wantsMore ? .atLeast(limit.bound) : .atMost(limit.bound), rows: rows)
  }
}

extension Limit.Kind {
  /// Whether the limit wants the change to be large.
  var wantsMore: Bool { self == .minGain || self == .minGainRelative }

  /// Whether what it limits is the champion's value minus the candidate's.
  func isTurned(_ direction: Metric.Direction) -> Bool {
    switch self {
    case .maxDrop, .maxDropRelative: direction == .higherIsBetter
    case .minGain, .minGainRelative: direction != .higherIsBetter
    default: false
    }
  }

  /// What the figure of a decision is.
  var noun: String {
    switch self {
    case .min, .max: ""
    case .maxDrop, .maxDropRelative: "drop "
    case .minGain, .minGainRelative: "gain "
    case .maxIncrease, .maxIncreaseRelative: "rise "
    }
  }
}
