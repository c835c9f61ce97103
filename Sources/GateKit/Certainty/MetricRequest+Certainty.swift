extension MetricRequest {
  /// The check decided on the interval: failed if any limit's is beyond its bound, else inconclusive if any has the
  /// bound within, else passed.
  func decide(
    _ blank: Check, _ value: Double, _ candidate: Sample, _ champion: Sample?,
    by certainty: Certainty
  ) async -> Check {
    var check = blank
    var judgement = Judgement(opening: "\(check.message)\(metric.id) ", statements: [])
    var curves: [Bool?: ConfidenceCurve] = [:]
    for limit in limits {
      let basis: Bool? = limit.kind.comparesModels ? limit.kind.isRelative : nil
      do throws(Undefined) {
        let curve: ConfidenceCurve
        if let known = curves[basis] {
          curve = known
        } else {
          curve = try await self.curve(basis, candidate, champion, certainty)
          curves[basis] = curve
          if check.interval == nil { check.interval = try curve.interval(certainty.confidence) }
        }
        judgement.statements.append(
          try statement(
            limit, value: value, champion: check.champion, curve, certainty, rows: candidate.count))
      } catch {
        judgement.statements.append(
          undecided(limit, value, check.champion, certainty, because: error))
      }
    }
    (check.outcome, check.message) = judgement.decide()
    check.evidence.merge(judgement.evidence(check.outcome)) { _, new in new }
    check.judgement = judgement
    if let champion, limits.contains(where: { $0.kind.comparesModels }) {
      let tests = await certainty.tests(
        Measured(metric: metric, arguments: arguments), candidate: candidate, champion: champion)
      if !tests.isEmpty { check.evidence["tests"] = .array(tests.map(\.json)) }
    }
    return check
  }

  /// Of the value (nil), of the difference to the champion, or of it as a share of the champion's value (true).
  private func curve(
    _ relative: Bool?, _ candidate: Sample, _ champion: Sample?, _ certainty: Certainty
  ) async throws(Undefined) -> ConfidenceCurve {
    let measured = Measured(metric: metric, arguments: arguments)
    guard let relative else {
      return try await certainty.curve(measured, candidate, champion: champion)
    }
    guard let champion else { throw Undefined("there is no champion to compare with") }
    return try await certainty.curve(
      measured, candidate: candidate, champion: champion, relative: relative)
  }

  /// What the interval says of a limit, and its p-value.
  func statement(
    _ limit: Limit, value: Double, champion: Double?, _ curve: ConfidenceCurve,
    _ certainty: Certainty, rows: Int
  ) throws(Undefined) -> Statement {
    let figure = try figure(limit, value: value, champion: champion)
    let curve = figure.isTurned ? curve.turned : curve
    let decision = Decision(
      value: figure.value, interval: try curve.interval(certainty.confidence), bound: figure.bound,
      rows: rows)
    let outcome = decision.outcome
    let isKept = outcome == .inconclusive ? figure.bound.holds(figure.value) : outcome == .passed
    let pValue = curve.pValue(
      that: figure.bound, isKept: isKept, level: certainty.level,
      isShown: outcome != .inconclusive)
    return Statement(
      limit: limit.kind.rawValue, outcome: outcome, claim: isKept ? .kept : .broken,
      pValue: pValue, smallestPValue: curve.smallestTail, level: certainty.level, test: curve.test,
      statistic: curve.statistic(figure.bound.number),
      sentence: limit.kind.noun
        + decision.sentence(unit: limit.kind.isRelative ? nil : metric.unit))
  }

  /// What is said of a limit without an interval: nothing is shown, so that the p-value is 1.
  func undecided(
    _ limit: Limit, _ value: Double, _ champion: Double?, _ certainty: Certainty,
    because error: Undefined
  ) -> Statement {
    let figure = try? figure(limit, value: value, champion: champion)
    return Statement(
      limit: limit.kind.rawValue, outcome: .inconclusive,
      claim: figure.map { $0.bound.holds($0.value) } ?? false ? .kept : .broken, pValue: 1,
      smallestPValue: 0, level: certainty.level, test: "no interval", statistic: nil,
      sentence: "no interval: \(error.reason)")
  }

  /// What a limit bounds, on the scale of its own words: a drop, a gain, a rise; and whether that is the champion's value
  /// less the candidate's.
  private func figure(
    _ limit: Limit, value: Double, champion: Double?
  ) throws(Undefined) -> (value: Double, bound: Decision.Bound, isTurned: Bool) {
    switch limit.kind {
    case .min: return (value, .atLeast(limit.bound), false)
    case .max: return (value, .atMost(limit.bound), false)
    default: break
    }
    guard let champion else { throw Undefined("there is no champion to compare with") }
    if limit.kind.isRelative, champion == 0 {
      throw Undefined("the champion's value is 0, and '\(limit.kind.rawValue)' is a share of it")
    }
    let scale = limit.kind.isRelative ? abs(champion) : 1
    let isTurned = limit.kind.isTurned(metric.direction)
    let change = (isTurned ? champion - value : value - champion) / scale
    return (
      change, limit.kind.wantsMore ? .atLeast(limit.bound) : .atMost(limit.bound), isTurned
    )
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
