import GateCore

/// From the drops of both models to checks.
extension ImportanceGate {
  fileprivate func check(_ name: String, _ limit: LimitName, _ bound: Double, _ mark: Mark) -> Check
  {
    Check(
      id: "\(id)/\(name)", gate: id, outcome: .error, message: "", metric: metric.id,
      model: .candidate, limit: [limit: bound], location: mark.location)
  }

  /// The check of what some features have together.
  func judge(_ share: Share, _ mine: FeatureImportances) -> Check {
    let check = check(share.name, "max_share", share.bound, share.mark)
    var places: [Int] = []
    for name in share.features {
      guard let place = mine.features.firstIndex(where: { $0.isSame(as: name) }) else {
        return check.failing(
          .error,
          Diagnostic(
            "the candidate has no input '\(name)'",
            hint: name.nearest(in: mine.features).map { "did you mean '\($0)'?" }
              ?? "its inputs are \(mine.features.prefix(20).joined(separator: ", "))"))
      }
      places.append(place)
    }
    return judge(check, share, at: places, mine)
  }

  /// The same of features at known places.
  private func judge(
    _ blank: Check, _ share: Share, at places: [Int], _ mine: FeatureImportances
  ) -> Check {
    var check = blank
    check.n = mine.repeats
    check.evidence["features"] = mine.evidence(confidence: confidence ?? 0.95)
    check.evidence["baseline"] = .number(mine.baseline)
    let name =
      "the share of \(share.features.map { "'\($0)'" }.joined(separator: ", ")) in the drop of \(metric.id) "
    do throws(Undefined) {
      let value = try mine.share(of: places)
      check.value = value
      check.figures = [
        LimitFigure(
          limit: "max_share", subject: .value, value: value, bound: .atMost(share.bound),
          range: 0...1)
      ]
      check.interval = try? mine.interval(ofShareOf: places, confidence: confidence ?? 0.95)
      guard let confidence else {
        check.outcome = value <= share.bound ? .passed : .failed
        check.message =
          name + "is \(value.brief(unlike: share.bound)), "
          + "\(check.outcome == .passed ? "at most" : "above") the max_share of \(share.bound.brief)"
        return check
      }
      return decided(
        check, name, try mine.interval(ofShareOf: places, confidence: confidence), share)
    } catch {
      let outcome: Outcome = check.value == nil ? .error : .inconclusive
      return check.failing(outcome, Diagnostic(name + "is undefined: \(error.reason)"))
    }
  }

  /// The check of a share decided on its interval.
  private func decided(
    _ blank: Check, _ name: String, _ interval: ConfidenceInterval, _ share: Share
  ) -> Check {
    var check = blank
    check.interval = interval
    check.outcome = Decision.Bound.atMost(share.bound).outcome(of: interval)
    let range =
      "is \((check.value ?? 0).brief), \((interval.level * 100).brief)% interval "
      + "\(interval.low.brief) to \(interval.high.brief)"
    let verdict =
      switch check.outcome {
      case .passed: ", all of it at most the max_share of \(share.bound.brief)"
      case .failed: ", all of it above the max_share of \(share.bound.brief)"
      default:
        ", and the max_share of \(share.bound.brief) lies within; more 'repeats' would narrow it"
      }
    check.message = name + range + verdict
    return check
  }

  /// The check of how many features do nothing.
  func judgeUnused(_ limit: (bound: Int, mark: Mark), _ mine: FeatureImportances) -> Check {
    var check = check("unused", "max_unused", Double(limit.bound), limit.mark)
    let unused = mine.unused(confidence: confidence ?? 0.95)
    (check.value, check.n) = (Double(unused.count), mine.features.count)
    check.evidence["unused"] = .array(unused.map { .string(mine.features[$0]) })
    check.figures = [
      LimitFigure(
        limit: "max_unused", subject: .value, value: Double(unused.count),
        bound: .atMost(Double(limit.bound)), range: 0 ... .infinity)
    ]
    check.outcome = unused.count <= limit.bound ? .passed : .failed
    let names = unused.prefix(5).map { "'\(mine.features[$0])'" }.joined(separator: ", ")
    check.message =
      "\(unused.count) of \(mine.features.count.counted("feature")) show no drop of \(metric.id)"
      + (unused.isEmpty ? "" : " (\(names)\(unused.count > 5 ? ", …" : ""))")
      + ", \(check.outcome == .passed ? "at most" : "above") the max_unused of \(limit.bound)"
    return check
  }

  /// The check of how alike the models rank their features.
  func judgeRanks(
    _ limit: (bound: Double, mark: Mark), _ mine: FeatureImportances, _ theirs: FeatureImportances?
  ) -> Check {
    var check = check("rank_correlation", "min_rank_correlation", limit.bound, limit.mark)
    guard let theirs else {
      return check.failing(.error, Diagnostic("there is no champion to compare with"))
    }
    do throws(Undefined) {
      let (value, count) = try mine.rankCorrelation(to: theirs)
      (check.value, check.n) = (value, count)
      check.figures = [
        LimitFigure(
          limit: "min_rank_correlation", subject: .value, value: value,
          bound: .atLeast(limit.bound), range: -1...1)
      ]
      check.evidence["champion"] = theirs.evidence(confidence: confidence ?? 0.95)
      check.outcome = value >= limit.bound ? .passed : .failed
      check.message =
        "the drops of \(count) features rank as the champion's with a correlation of "
        + "\(value.brief(unlike: limit.bound)), \(check.outcome == .passed ? "at least" : "below") the "
        + "min_rank_correlation of \(limit.bound.brief)"
      return check
    } catch {
      return check.failing(
        .error, Diagnostic("the rank correlation is undefined: \(error.reason)"))
    }
  }
}
