extension MetricRequest<Metric> {
  /// The check decided on the interval: failed if any limit's is beyond its bound, else inconclusive if any has the
  /// bound within, else passed.
  package func decide(
    _ blank: Check, _ value: Double, _ candidate: Sample, _ champion: Sample?,
    by certainty: Certainty
  ) async -> Check {
    var check = blank
    check.figures = figures(check)
    let measured = MetricCall(metric: metric, arguments: arguments)
    check = await decide(check, by: certainty, rows: candidate.count) { _ in
      true
    } curve: { basis throws(Undefined) in
      if basis == .value {
        return try await certainty.curve(measured, candidate, champion: champion)
      }
      guard let champion else { throw Undefined("there is no champion to compare with") }
      return try await certainty.curve(
        measured, candidate: candidate, champion: champion, relative: basis == .relativeDifference)
    }
    if let champion, limits.contains(where: { $0.kind.comparesModels }) {
      let tests = await certainty.tests(measured, candidate: candidate, champion: champion)
      if !tests.isEmpty { check.evidence["tests"] = .array(tests.map(\.json)) }
    }
    return check
  }
}

extension MetricRequest {
  /// What each limit is on, where that is defined.
  package func figures(_ check: Check) -> [LimitFigure] {
    limits.figures(check, direction: metric.direction, range: metric.range)
  }

  /// The check, which has a value, decided on that itself.
  package func decide(_ blank: Check) -> Check {
    limits.decide(
      blank, named: metric.id, direction: metric.direction, unit: metric.unit, range: metric.range)
  }

  /// A check with a value decided on intervals: failed if any limit's is beyond its bound, else inconclusive if any has the
  /// bound within, else passed.
  ///
  /// `range`: what an interval of the value is cut to. `isShown`: whether an interval of that stands beside the value; the first of them does. `curve`: the intervals of what
  /// a limit is on, which is asked for each once.
  package func decide(
    _ blank: Check, by certainty: Certainty, rows: Int, within range: ClosedRange<Double>? = nil,
    isShown: (ConfidenceInterval.Subject) -> Bool,
    curve: (ConfidenceInterval.Subject) async throws(Undefined) -> ConfidenceCurve
  ) async -> Check {
    var check = blank
    guard let value = check.value else { return check }
    var judgement = Judgement(opening: "\(check.message)\(metric.id) ", statements: [])
    var curves: [ConfidenceInterval.Subject: ConfidenceCurve] = [:]
    for limit in limits {
      let basis = limit.kind.basis
      do throws(Undefined) {
        let found: ConfidenceCurve
        if let known = curves[basis] { found = known } else { found = try await curve(basis) }
        curves[basis] = found
        if check.interval == nil, isShown(basis) {
          var interval = try found.interval(certainty.confidence)
          if basis == .value, let range { interval.keep(to: range) }
          interval.of = basis
          check.interval = interval
        }
        judgement.statements.append(
          try statement(
            limit, value: value, champion: check.champion, found, certainty, rows: rows))
      } catch {
        judgement.statements.append(
          undecided(limit, value, check.champion, certainty, because: error))
      }
    }
    (check.outcome, check.message) = judgement.decide()
    check.evidence.merge(judgement.evidence(check.outcome)) { _, new in new }
    check.judgement = judgement
    return check
  }

  /// What the interval says of a limit, and its p-value.
  package func statement(
    _ limit: Limit, value: Double, champion: Double?, _ curve: ConfidenceCurve,
    _ certainty: Certainty, rows: Int
  ) throws(Undefined) -> Statement {
    let figure = try limit.figure(value: value, champion: champion, direction: metric.direction)
    guard let bound = figure.bound else { throw Undefined("the limit has no bound") }
    let curve = figure.isTurned ? curve.turned : curve
    let decision = Decision(
      value: figure.value, interval: try curve.interval(certainty.confidence), bound: bound,
      rows: rows)
    let outcome = decision.outcome
    let isKept = outcome == .inconclusive ? bound.holds(figure.value) : outcome == .passed
    let pValue = curve.pValue(
      that: bound, isKept: isKept, level: certainty.level,
      isShown: outcome != .inconclusive)
    return Statement(
      limit: limit.kind.rawValue, outcome: outcome, claim: isKept ? .satisfied : .violated,
      pValue: pValue, smallestPValue: curve.smallestTail, level: certainty.level, test: curve.test,
      statistic: curve.statistic(limit.bound),
      sentence: limit.kind.noun
        + decision.sentence(
          unit: limit.kind.isRelative ? "of the champion's value" : metric.unit,
          in: limit.kind.comparesModels ? nil : metric.range))
  }

  /// What is said of a limit without an interval: nothing is shown, so that the p-value is 1.
  package func undecided(
    _ limit: Limit, _ value: Double, _ champion: Double?, _ certainty: Certainty,
    because error: Undefined
  ) -> Statement {
    let figure = try? limit.figure(value: value, champion: champion, direction: metric.direction)
    let advice = "'confidence: none' beside its limits judges the value itself"
    return Statement(
      limit: limit.kind.rawValue, outcome: .inconclusive,
      claim: figure?.holds ?? false ? .satisfied : .violated, pValue: 1,
      smallestPValue: 0, level: certainty.level, test: Statement.withoutInterval,
      statistic: nil,
      sentence: limit.kind.noun
        + "\((figure?.value ?? value).brief)\(limit.kind.share) has no interval: "
        + error.reason + (error.reason.contains("'confidence'") ? "" : "; \(advice)"))
  }
}

extension Certainty {
  /// A located mistake for every metric that the gate's `resampling` is wrong for.
  package static func mistakes(_ gate: Node, _ requests: [MetricRequest<Metric>]) -> [Diagnostic] {
    guard gate["resampling"]?.text == "stratified" else { return [] }
    let others = requests.filter { $0.certainty != nil && !$0.metric.isByClass }
    return others.map { request in
      Diagnostic(
        "'resampling: stratified' takes the sizes of the classes as given, and '\(request.metric.id)' "
          + "depends on them, so its interval would be too narrow",
        at: gate.key("resampling")?.mark,
        hint: "move it to a gate of its own that draws all rows alike")
    }
  }
}

extension ConfidenceInterval {
  /// No value lies beyond what a metric can be.
  fileprivate mutating func keep(to range: ClosedRange<Double>) {
    low = max(low, range.lowerBound)
    high = min(high, range.upperBound)
  }
}
