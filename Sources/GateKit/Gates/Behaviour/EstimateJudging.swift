import GateCore

/// From estimates to checks.
extension EstimateGate {
  /// The check of one metric.
  func judge(
    _ request: Request, _ estimate: PerformanceEstimate,
    _ interval: Result<ConfidenceInterval, Undefined>?
  ) -> Check {
    var check = Check(
      id: "\(id)/\(request.metric.id)", gate: id, outcome: .error, message: "",
      metric: request.metric.id, model: .candidate,
      limit: Dictionary(request.bounds.map { ($0.limit, $0.bound) }) { first, _ in first },
      location: request.mark.location)
    check.n = estimate.scores.count
    let outside = estimate.shareOutside
    check.evidence["outside_reference"] = .number(outside)
    check.evidence["reference_rows"] = .integer(estimate.reference.scores.count)
    guard outside <= maxOutside else {
      return check.failing(
        .error,
        Diagnostic(
          "\((outside * 100).brief)% of the rows have scores beyond all of the reference's, of which it says nothing; "
            + "at most \((maxOutside * 100).brief)% may",
          hint: "take a reference that is like the current rows, or raise 'max_outside'"))
    }
    do throws(Undefined) {
      let value = try request.metric.value(on: try estimate.sample(), Arguments())
      let known = try? request.metric.value(on: estimate.realized, Arguments())
      check.value = value
      check.evidence["reference"] = .number(known)
      return try decided(check, request, value, known, interval)
    } catch {
      return check.failing(
        .error, Diagnostic("the estimate of \(request.metric.id) is undefined: \(error.reason)"))
    }
  }

  /// The check of an estimate: failed if any limit is broken, else inconclusive if any is not decided.
  private func decided(
    _ blank: Check, _ request: Request, _ value: Double, _ known: Double?,
    _ interval: Result<ConfidenceInterval, Undefined>?
  ) throws(Undefined) -> Check {
    var check = blank
    let range = try interval?.get()
    check.interval = range
    var told: [(outcome: Outcome, words: String)] = []
    for (limit, bound) in request.bounds {
      let wanted: Decision.Bound = limit == "min" ? .atLeast(bound) : .atMost(bound)
      var figure = value
      var what = "estimated at \(value.brief(unlike: bound))"
      if limit == "max_drop" {
        guard let known else { throw Undefined("the reference's own value is undefined") }
        figure = request.metric.direction == .higherIsBetter ? known - value : value - known
        what += ", a drop of \(figure.brief(unlike: bound)) from the reference's \(known.brief)"
      } else if let range {
        what +=
          ", \((range.level * 100).brief)% interval \(range.low.brief) to \(range.high.brief)"
      }
      let holds: Outcome = wanted.holds(figure) ? .passed : .failed
      let outcome = limit == "max_drop" ? holds : range.map(wanted.outcome(of:)) ?? holds
      let word = Self.word(outcome, isMin: limit == "min")
      told.append((outcome, "\(what), \(word) the \(limit.rawValue) of \(bound.brief)"))
      check.figures.append(
        LimitFigure(
          limit: limit.rawValue, subject: limit == "max_drop" ? .drop : .value, value: figure,
          bound: wanted))
    }
    let outcomes = told.map(\.outcome)
    check.outcome =
      outcomes.contains(.failed)
      ? .failed : outcomes.contains(.inconclusive) ? .inconclusive : .passed
    check.message =
      "\(request.metric.id) is "
      + told.filter { $0.outcome == check.outcome }.map(\.words).joined(separator: ", and ")
    return check
  }
  /// How an estimate stands to a limit.
  private static func word(_ outcome: Outcome, isMin: Bool) -> String {
    switch outcome {
    case .passed: isMin ? "at least" : "at most"
    case .failed: isMin ? "below" : "above"
    default: "and within it lies"
    }
  }
}
