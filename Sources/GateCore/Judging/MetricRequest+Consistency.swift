extension MetricRequest<Metric> {
  /// Whether its `max` is judged by what chance gives.
  package var isJudgedByChance: Bool { consistency?.decides ?? false }

  /// The check of a `max` of a calibration error, by what calibrated scores give on these rows.
  package func decide(
    _ blank: Check, _ value: Double, _ sample: Sample, by consistency: Consistency,
    clusters: [Int32]?
  ) -> Check {
    guard let bound = limits.first(where: { $0.kind == .max })?.bound else { return blank }
    var check = blank
    let statement: Statement
    do throws(Undefined) {
      let judgedError = try JudgedError(metric, arguments)
      if clusters != nil {
        throw Undefined(
          "rows of one cluster vary together, and it draws them one by one; judge the value itself by "
            + "'metrics: {\(metric.id): {max: \(bound.brief)}}' without 'consistency', or limit log_loss "
            + "or brier_score with 'confidence'")
      }
      let judged = Consistency.Reading(
        value: value, bound: bound, errors: try consistency.errors(judgedError, sample),
        off: value <= bound ? try consistency.errors(judgedError, sample, offBy: bound) : [],
        consistency: consistency, rows: sample.count, error: judgedError.figure)
      statement = judged.statement
      check.evidence["consistency"] = judged.evidence
    } catch {
      statement = Statement(
        limit: Limit.Kind.max.rawValue, outcome: .inconclusive,
        claim: value <= bound ? .satisfied : .violated, pValue: 1, smallestPValue: 0,
        level: consistency.beyond, test: Statement.withoutInterval, statistic: nil,
        sentence: "\(value.brief), and what calibrated scores give is not known: \(error.reason)")
    }
    let judgement = Judgement(
      opening: "\(check.message)\(metric.id) ", statements: [statement])
    (check.outcome, check.message) = judgement.decide()
    check.evidence.merge(judgement.evidence(check.outcome)) { _, new in new }
    check.judgement = judgement
    return check
  }
}

extension MetricRequest<Metric> {
  /// Says of a broken `max` that chance explains it, where calibrated scores come to as much.
  func explain(
    _ check: inout Check, _ value: Double, _ sample: Sample, by consistency: Consistency
  ) {
    guard check.outcome == .failed, let limit = limits.first(where: { $0.kind == .max }),
      value > limit.bound, let judgedError = try? JudgedError(metric, arguments),
      let errors = try? consistency.errors(judgedError, sample)
    else { return }
    let judged = Consistency.Reading(
      value: value, bound: limit.bound, errors: errors, off: [], consistency: consistency,
      rows: sample.count, error: judgedError.figure)
    check.evidence["consistency"] = judged.evidence
    guard judged.statement.outcome == .inconclusive else { return }
    check.message +=
      "; \(judged.chance), so chance may be all there is: say 'consistency: \(consistency.level.brief)' "
      + "in the gate to have that count"
  }
}

extension Consistency {
  /// The test's name.
  static let test = "labels drawn with chances from the scores"

  /// A value and its bound beside what chance gives.
  struct Reading {
    let value: Double
    let bound: Double
    /// Of calibrated scores.
    let errors: ChanceErrors
    /// Of scores that are off by just the bound, in each way in which they can be; asked for where it is kept. Nil: what
    /// is kept passes as it is.
    let off: [ChanceErrors]?
    let consistency: Consistency
    let rows: Int
    let error: BinError

    /// What calibrated scores reach.
    var reach: Double { errors.reach(consistency.beyond) }

    /// What scores that are off by just the bound stay above; nil: none are.
    var floor: Double? { off?.map { $0.floor(consistency.beyond) }.min() }

    /// What is said of the bound: broken if calibrated scores reach the value too seldom, kept if scores that are off by
    /// just the bound have so small a value too seldom.
    var statement: Statement {
      let isKept = value <= bound
      let pValue = isKept ? keptPValue : errors.pValue(atLeast: value)
      let isTold = isKept && off == nil || pValue <= consistency.beyond * (1 + 1e-12)
      return Statement(
        limit: Limit.Kind.max.rawValue,
        outcome: isTold ? isKept ? .passed : .failed : .inconclusive,
        claim: isKept ? .satisfied : .violated, pValue: pValue,
        smallestPValue: errors.smallestPValue,
        level: consistency.beyond, isByValue: isKept && off == nil, test: Consistency.test,
        statistic: value, sentence: sentence(isKept, isTold))
    }

    /// The chance that scores which are off by the bound have so small an error, in the way in which it is largest.
    private var keptPValue: Double {
      guard let off else { return 1 }
      return off.map { $0.pValue(atMost: value) }.max() ?? errors.smallestPValue
    }

    /// As it stands in a check's evidence.
    var evidence: JSON {
      let known: [JSON.Member] = [
        JSON.Member("level", .number(consistency.level)), JSON.Member("mean", .number(errors.mean)),
        JSON.Member("reach", .number(reach)),
      ]
      let drawn = [
        JSON.Member("draws", .integer(consistency.draws)),
        JSON.Member("seed", .integer(Int(truncatingIfNeeded: consistency.seed))),
      ]
      return .object(known + (floor.map { [JSON.Member("floor", .number($0))] } ?? []) + drawn)
    }

    /// How often something is so, in words.
    private var often: String { "in \((consistency.level * 100).brief) of 100 such holdouts" }

    /// What calibrated scores reach, in words.
    var chance: String { "calibrated scores stay within \(reach.brief) \(often)" }

    private func sentence(_ isKept: Bool, _ isTold: Bool) -> String {
      let opening =
        isKept
        ? "\(value.brief) is at most the max of \(bound.brief)"
        : "\(value.brief(unlike: bound)) is above the max of \(bound.brief)"
      if isKept, off == nil { return opening }
      let size = rows == 1 ? "1 row" : "\(rows) rows"
      let distribution =
        isKept
        ? floor.map { "scores off by the max come to at least \($0.brief(unlike: value)) \(often)" }
          ?? "no labels could put these scores above it"
        : chance
      return isTold
        ? "\(opening); \(distribution)"
        : "\(opening), and \(size) cannot tell: \(distribution); \(need)"
    }

    /// How many rows would decide, in words.
    private var need: String {
      if error == .largest {
        return "more rows in every bin would decide; fewer 'bins' or 'strategy: quantile' have more"
      }
      guard let factor = growth, Double(rows) * factor < 0x1p53 else {
        return "the value is too near the max to tell how many rows would decide"
      }
      let needed = max(rows + 1, Int((Double(rows) * factor).rounded(.up)))
      return "about \(needed) new rows would more likely than not decide"
    }
  }
}
