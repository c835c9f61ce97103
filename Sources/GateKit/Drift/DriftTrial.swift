/// One check to be: a test that a rule asks of a target, on all current rows or in each of their periods.
struct DriftTrial: Sendable {
  let rule: DriftRule
  let request: DriftRequest
  let target: DriftTarget
  /// One a period, or one.
  var cases: [Case]

  /// What was measured on some rows.
  struct Case: Sendable {
    /// Nil: on all rows.
    var period: String?
    /// Rows with a value.
    var values: (reference: Int, current: Int)
    /// The current rows that are judged: of nulls all, of values those that have one.
    var judged: Int
    /// The test itself.
    var reading: Reading
    /// Those that must be broken as well.
    var conditions: [Reading]
    /// What both sides look like, for people.
    var portrait: DriftPortrait?
    /// Why it is not judged though the manifest allows that.
    var leftOut: String?
  }

  /// One test's figure, or why there is none.
  struct Reading: Sendable {
    let request: DriftRequest
    var result: Result<DriftFigure, DriftFailure>
    /// The bound learned from the reference's own periods.
    var learned: DriftLearned?
    /// The p-value after the correction for the number of tests; nil: none is asked for.
    var adjusted: Double?

    /// The p-value that takes part in the correction.
    var pValue: Double? {
      guard request.minPValue != nil, case .success(let figure) = result else { return nil }
      return figure.pValue
    }
  }
}

/// Why a test has no figure.
enum DriftFailure: Error, Sendable {
  /// There is none on these rows.
  case undefined(String)
  /// There are too few rows to tell.
  case tooFew(String)
  /// The rows could not be read.
  case unread(Diagnostic)
}

/// A bound from the reference's own periods: their mean, and so many standard deviations more.
struct DriftLearned: Sendable {
  let mean: Double
  /// Of all periods, divided by their number, as NannyML does.
  let deviation: Double
  let deviations: Double
  let periods: Int

  var bound: Double { mean + deviations * deviation }
}

/// Measures what rules ask of one target.
struct DriftMeasurement: Sendable {
  let rules: [DriftRule]
  let tables: DriftTables
  let windows: DriftWindows?
  /// Rows with a value that both sides must have at least.
  let minRows: Int

  /// The trials of a target, in the order of the rules.
  func trials(of target: DriftTarget) -> [DriftTrial] {
    let asked = rules.filter { $0.takes(target.kind) && $0.wants(target) }
    var trials = asked.flatMap { rule in
      rule.requests.filter { $0.fits(target.kind) }.map {
        DriftTrial(rule: rule, request: $0, target: target, cases: [])
      }
    }
    if trials.isEmpty { return [] }
    do throws(Diagnostic) {
      if let windows {
        try measure(&trials, target, windows)
      } else {
        let pair = try tables.pair(target)
        for place in trials.indices { trials[place].cases = [measured(trials[place], pair)] }
      }
    } catch {
      for place in trials.indices {
        trials[place].cases = [unread(trials[place], error)]
      }
    }
    return trials
  }

  private func measure(
    _ trials: inout [DriftTrial], _ target: DriftTarget, _ windows: DriftWindows
  ) throws(Diagnostic) {
    let (reference, current) = try tables.values(target)
    let learned = try learn(trials, reference, windows)
    let parts = current.split(windows.current.codes, into: windows.current.labels.count)
    for (period, part) in zip(windows.current.labels.indices, parts) {
      let pair = try DriftPair(reference, part)
      for place in trials.indices {
        var found = measured(trials[place], pair)
        found.period = windows.current.labels[period]
        if let bounds = learned[trials[place].request.key] { found.reading.learn(bounds) }
        for index in found.conditions.indices {
          if let bounds = learned[found.conditions[index].request.key] {
            found.conditions[index].learn(bounds)
          }
        }
        if let least = windows.window.minRows, part.rows < least {
          found.leftOut =
            "\(part.rows.counted("row")), \(least - part.rows) short of min_rows: \(least)"
        }
        trials[place].cases.append(found)
      }
    }
  }

  /// The bounds that the reference's own periods give to those who ask.
  private func learn(
    _ trials: [DriftTrial], _ reference: DriftValues, _ windows: DriftWindows
  ) throws(Diagnostic) -> [DriftRequest.Key: Result<DriftLearned, Undefined>] {
    let asking = trials.flatMap { [$0.request] + $0.rule.conditions }
      .filter { $0.maxDeviations != nil }
    guard !asking.isEmpty, let periods = windows.reference else { return [:] }
    let parts = reference.split(periods.codes, into: periods.labels.count)
      .filter { $0.rows > 0 }
    var pairs: [DriftPair] = []
    for part in parts { pairs.append(try DriftPair(reference, part)) }
    var learned: [DriftRequest.Key: Result<DriftLearned, Undefined>] = [:]
    for request in asking {
      learned[request.key] = Result { () throws(Undefined) in
        guard pairs.count >= 2 else {
          throw Undefined(
            "the reference has \(pairs.count.counted("period")), and a limit is learned from two at least"
          )
        }
        var values: [Double] = []
        for pair in pairs { values.append(try request.figure(on: pair).value) }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return DriftLearned(
          mean: mean, deviation: variance.squareRoot(), deviations: request.maxDeviations ?? 0,
          periods: values.count)
      }
    }
    return learned
  }

  private func measured(_ trial: DriftTrial, _ pair: DriftPair) -> DriftTrial.Case {
    let conditions = trial.rule.conditions.filter { $0.fits(trial.target.kind) }
    return DriftTrial.Case(
      period: nil, values: pair.values,
      judged: trial.request.isOfNulls ? pair.nulls.current.rows : pair.values.current,
      reading: reading(trial.request, pair),
      conditions: conditions.map { reading($0, pair) }, portrait: DriftPortrait(pair))
  }

  private func reading(_ request: DriftRequest, _ pair: DriftPair) -> DriftTrial.Reading {
    let isOfNulls = request.isOfNulls
    let rows =
      isOfNulls
      ? (pair.nulls.reference.rows, pair.nulls.current.rows)
      : (pair.values.reference, pair.values.current)
    let result: Result<DriftFigure, DriftFailure>
    let least = min(rows.0, rows.1)
    // A column without any value is a mistake, not a shortage.
    if least > 0 || pair.nulls.current.rows == 0, least < minRows {
      let side = rows.1 <= rows.0 ? "the current rows have" : "the reference has"
      let what = isOfNulls ? "row" : "value"
      result = .failure(
        .tooFew("\(side) \(least.counted(what)), \(minRows - least) short of min_rows: \(minRows)"))
    } else {
      do throws(Undefined) {
        result = .success(try request.figure(on: pair))
      } catch { result = .failure(.undefined(error.reason)) }
    }
    return DriftTrial.Reading(request: request, result: result)
  }

  private func unread(_ trial: DriftTrial, _ mistake: Diagnostic) -> DriftTrial.Case {
    DriftTrial.Case(
      period: nil, values: (0, 0), judged: 0,
      reading: DriftTrial.Reading(request: trial.request, result: .failure(.unread(mistake))),
      conditions: [])
  }
}

extension DriftTrial.Reading {
  /// Takes the bound of the reference's periods, or why there is none.
  fileprivate mutating func learn(_ bounds: Result<DriftLearned, Undefined>) {
    switch bounds {
    case .success(let bound): learned = bound
    case .failure(let mistake): result = .failure(.undefined(mistake.reason))
    }
  }
}

extension DriftRule {
  /// Whether it is asked of a target: of the columns it names, or of all features.
  func wants(_ target: DriftTarget) -> Bool {
    guard let columns else { return true }
    return target.name.map { name in columns.contains { $0.name.isSame(as: name) } } ?? false
  }
}

extension DriftRequest {
  /// Whether it is of the rows without a value.
  var isOfNulls: Bool { if case .nulls = test.measure { true } else { false } }

  /// Whether the test is for columns of a kind.
  func fits(_ kind: DriftKind) -> Bool { test.measure.kinds.contains(kind) }

  /// What tells it from others.
  struct Key: Hashable, Sendable {
    let test: String
    let arguments: Arguments
    let deviations: Double?
  }

  var key: Key { Key(test: test.id, arguments: arguments, deviations: maxDeviations) }

  /// The figure, with a p-value where a limit is on it.
  func figure(on pair: DriftPair) throws(Undefined) -> DriftFigure {
    if case .nulls = test.measure {
      return try test.figure(on: .nulls(pair.nulls), arguments, wantsPValue: minPValue != nil)
    }
    return try test.figure(on: pair.subject, arguments, wantsPValue: minPValue != nil)
  }
}

/// The periods of both sides.
struct DriftWindows: Sendable {
  let window: DriftPeriods.Window
  let current: DriftPeriods
  /// Nil: no limit is learned.
  let reference: DriftPeriods?
}
