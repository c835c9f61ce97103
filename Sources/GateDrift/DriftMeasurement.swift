import GateCore

/// Measures what rules ask of one target.
struct DriftMeasurement: Sendable {
  package let rules: [DriftRule]
  package let tables: DriftTables
  let windows: DriftWindows?
  /// Rows with a value that both sides must have at least.
  package let minRows: Int

  /// The trials of a target, in the order of the rules.
  package func trials(of target: DriftTarget) -> [DriftTrial] {
    let asked = rules.filter { $0.wants(target) }
    guard asked.contains(where: { $0.mayTake(target.kind) }) else { return [] }
    do throws(Diagnostic) {
      if let windows { return try trials(of: target, asked, windows) }
      let pair = try tables.pair(target)
      var trials = self.trials(of: target, asked, distinct: pair.referenceDistinct)
      measure(&trials, pair)
      return trials
    } catch {
      return trials(of: target, asked, distinct: .max).map { trial in
        var unread = trial
        unread.cases = [self.unread(trial, error)]
        return unread
      }
    }
  }

  /// Trials without cases.
  private func trials(
    of target: DriftTarget, _ rules: [DriftRule], distinct: Int
  ) -> [DriftTrial] {
    rules.filter { $0.takes(target.kind, distinct: distinct) }.flatMap { rule in
      rule.requests.filter { $0.fits(target.kind) }.map {
        DriftTrial(rule: rule, request: $0, target: target, cases: [])
      }
    }
  }

  /// Adds a case to each trial.
  private func measure(_ trials: inout [DriftTrial], _ pair: DriftPair) {
    let named = pair.isOfFewNumbers ? pair.named : pair
    let summary = ColumnSummary(named)
    for place in trials.indices {
      let takesNames = trials[place].rule.numbers != nil && trials[place].rule.kinds != [.number]
      trials[place].cases.append(measured(trials[place], takesNames ? named : pair, summary))
    }
  }

  /// Trials of every period.
  private func trials(
    of target: DriftTarget, _ rules: [DriftRule], _ windows: DriftWindows
  ) throws(Diagnostic) -> [DriftTrial] {
    let (reference, current) = try tables.values(target)
    let distinct = try DriftPair(reference, reference).referenceDistinct
    var trials = self.trials(of: target, rules, distinct: distinct)
    let learned = try learn(trials, reference, windows)
    let parts = current.split(windows.current.codes, into: windows.current.labels.count)
    for (period, part) in zip(windows.current.labels.indices, parts) {
      measure(&trials, try DriftPair(reference, part))
      for place in trials.indices {
        let last = trials[place].cases.count - 1
        trials[place].cases[last].period = windows.current.labels[period]
        trials[place].cases[last].learn(learned)
        if let least = windows.window.minRows, part.rows < least {
          trials[place].cases[last].leftOut =
            "\(part.rows.counted("row")), \(least - part.rows) short of min_rows: \(least)"
        }
      }
    }
    return trials
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

  private func measured(
    _ trial: DriftTrial, _ pair: DriftPair, _ summary: ColumnSummary
  ) -> DriftTrial.Case {
    let conditions = trial.rule.conditions.filter { $0.fits(trial.target.kind) }
    var found = DriftTrial.Case(
      period: nil, values: pair.values,
      judged: trial.request.isOfNulls ? pair.nulls.current.rows : pair.values.current,
      reading: reading(trial.request, pair),
      conditions: conditions.map { reading($0, pair) }, summary: summary)
    if trial.target.kind == .category, !trial.request.isOfNulls, pair.hasEveryValueOnce {
      let reason =
        "every value stands in one row, as names and ids do, and of such categories no test sees anything; for texts "
        + "write 'kinds: {\((trial.target.name ?? "").yaml): text}'"
      if trial.target.isNamed {
        found.reading.result = .failure(.tooFew(reason))
      } else {
        found.leftOut = reason
      }
    }
    return found
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

extension DriftTrial.Case {
  /// Takes the bounds of those readings that ask for one.
  fileprivate mutating func learn(
    _ learned: [DriftRequest.Key: Result<DriftLearned, Undefined>]
  ) {
    if let bounds = learned[reading.request.key] { reading.learn(bounds) }
    for index in conditions.indices {
      if let bounds = learned[conditions[index].request.key] { conditions[index].learn(bounds) }
    }
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

extension DriftPair {
  /// Whether no value of a column stands in two rows of a side.
  fileprivate var hasEveryValueOnce: Bool {
    guard case .column(let column) = subject else { return false }
    return [column.reference, column.current].allSatisfy { side in
      side.total > 1 && side.counts.allSatisfy { $0 <= 1 }
    }
  }
}
