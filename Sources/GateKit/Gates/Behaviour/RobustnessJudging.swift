import GateCore

/// Which rows count, test by test.
package struct RobustnessMeasurement: Sendable {
  /// By test: for every row whether it counts, of each model; nil in the place of a row that the test does not change.
  let rows: [(candidate: Result<[Bool?], Diagnostic>, champion: Result<[Bool?], Diagnostic>?)]
  let slices: [SlicedRows]
  let clusters: [Int32]?
}

extension Workbench {
  /// For every row of the holdout whether it is decided otherwise, or its score goes the wrong way, after a change; nil where
  /// the change leaves the row as it is.
  func changedRows(_ request: RobustnessGate.Request) async -> Result<[Bool?], Diagnostic> {
    await once(request) {
      do throws(Diagnostic) {
        return .success(try await changed(request))
      } catch { return .failure(error) }
    }
  }

  /// The same, thrown.
  private func changed(
    _ request: RobustnessGate.Request
  ) async throws(Diagnostic) -> [Bool?] {
    let before = try await answers(request.role)
    let made = try Result { try changes(request) }.located(at: nil).get()
    var counts = [Bool](repeating: false, count: made.isChanged.count)
    for after in try await answers(request.role, after: made.changes) {
      for (row, isCounted) in try counted(request, before, after).enumerated() where isCounted {
        counts[row] = true
      }
    }
    return zip(made.isChanged, counts).map { $0 ? $1 : nil }
  }

  /// What is done to the rows, and which of them it changes; throws where it changes none.
  private func changes(
    _ request: RobustnessGate.Request
  ) throws -> (changes: [RowChange], isChanged: [Bool]) {
    _ = try scoredModel(request.role, for: "scoring changed rows")
    let holdout = try table("holdout")
    let settings = try request.test.settings(
      of: request.column, deviations: request.deviations, in: holdout)
    let other = try holdout.columns(
      settings.map { "(\($0.sql)) IS DISTINCT FROM \($0.column.sqlName)" })
    let isChanged = (0..<holdout.rows).map { row in
      other.contains { column in
        guard case .booleans(let flags) = column.values else { return false }
        return flags[row]
      }
    }
    guard isChanged.contains(true) else {
      throw Diagnostic(
        "'\(request.test.rawValue)' changes no row of '\(request.column)'",
        hint: "take the column out of 'columns'")
    }
    return (settings.map { .setting([$0]) }, isChanged)
  }

  /// Whether each row counts.
  private func counted(
    _ request: RobustnessGate.Request, _ before: Predictions, _ after: Predictions
  ) throws(Diagnostic) -> [Bool] {
    let threshold = threshold(of: request.role)
    guard let tolerance = request.tolerance else {
      let changes = try AnswerChanges(
        after, before, task: task, width: max(1, classes.count), thresholds: (threshold, threshold))
      guard let flips = changes.flips else { throw Diagnostic("the model decides nothing") }
      return flips
    }
    guard case .scores(let old) = before.values, case .scores(let new) = after.values,
      old.count == new.count
    else { throw Diagnostic("the \(request.role.rawValue) answers no scores") }
    return zip(old, new).map { old, new in
      switch request.test {
      case .neverLowers: !(new >= old - tolerance)
      case .neverRaises: !(new <= old + tolerance)
      default: !(abs(new - old) <= tolerance) && new != old
      }
    }
  }
}

extension RobustnessMeasurement {
  /// The checks of one test: on all rows, and on every group of the slices.
  func judge(
    _ request: RobustnessGate.Request, _ limits: RobustnessGate.Request.Limits,
    _ candidate: Result<[Bool?], Diagnostic>, _ champion: Result<[Bool?], Diagnostic>?,
    gate: String, confidence: Double?
  ) -> [Check] {
    var blank = Check(
      id: "\(gate)/\(request.test.rawValue)/\(request.column)", gate: gate, outcome: .error,
      message: "", metric: request.test.rawValue, model: .candidate, location: limits.mark.location)
    blank.limit = [:]
    if let most = limits.most { blank.limit?["max_flips"] = most }
    if let increase = limits.increase { blank.limit?["max_increase"] = increase }
    let mine: [Bool?]
    let theirs: [Bool?]?
    do throws(Diagnostic) { (mine, theirs) = (try candidate.get(), try champion?.get()) } catch {
      return [blank.failing(.error, error)]
    }
    let all = judge(
      blank, request, limits, Array(mine.indices), mine, theirs, confidence: confidence)
    let groups = slices.flatMap { slice in
      slice.groups.indices.map { group in
        var check = blank
        check.id += "/\(slice.groups[group].id)"
        check.message = "on \(slice.groups[group].title): "
        check.slice = slice.groups[group].dictionary
        let rows = slice.codes.indices.filter { slice.codes[$0] == Int32(group) }
        return judge(check, request, limits, rows, mine, theirs, confidence: confidence)
      }
    }
    return [all] + groups
  }

  /// The check of some rows.
  private func judge(
    _ blank: Check, _ request: RobustnessGate.Request, _ limits: RobustnessGate.Request.Limits,
    _ rows: [Int], _ mine: [Bool?], _ theirs: [Bool?]?, confidence: Double?
  ) -> Check {
    var check = blank
    let places = rows.filter { mine[$0] != nil }
    check.n = places.count
    guard !places.isEmpty else {
      check.outcome = .skipped
      check.message += "the test changes none of these rows"
      return check
    }
    let counts = places.map { mine[$0] == true }
    let share = FlipShare(counts, clusters: clusters.map { all in places.map { all[$0] } })
    check.value = share.value
    check.evidence["flips"] = .integer(share.count)
    check.evidence["rows"] = .array(
      zip(places, counts).filter(\.1).prefix(10).map { .integer($0.0 + 1) })
    let what =
      request.test.isDirectional
      ? "the share of rows whose score goes the wrong way"
      : request.tolerance == nil
        ? "the share of flips" : "the share of rows that move too far"
    if let most = limits.most {
      check = share.judge(check, named: what, limit: "max_flips", at: most, confidence)
    }
    guard let increase = limits.increase, let theirs else { return check }
    return compared(
      check, what, counts, places.map { theirs[$0] == true }, increase, confidence,
      isAlone: limits.most == nil)
  }

  /// The same with the rise of the share above the champion's judged too.
  private func compared(
    _ blank: Check, _ what: String, _ mine: [Bool], _ theirs: [Bool], _ bound: Double,
    _ confidence: Double?, isAlone: Bool
  ) -> Check {
    var check = blank
    let gained = zip(mine, theirs).count { $0 && !$1 }
    let lost = zip(mine, theirs).count { !$0 && $1 }
    let rise = Double(gained - lost) / Double(mine.count)
    check.champion = Double(theirs.count(where: \.self)) / Double(theirs.count)
    check.difference = rise
    var outcome: Outcome = rise <= bound ? .passed : .failed
    var sentence =
      "its rise from \((check.champion ?? 0).brief) is \(rise.brief(unlike: bound)), "
      + "\(outcome == .passed ? "at most" : "above") the max_increase of \(bound.brief)"
    if let confidence {
      do throws(Undefined) {
        if clusters != nil {
          throw Undefined("rows of clusters have no paired interval; leave out 'confidence'")
        }
        let pair = try PairedShares(gained: gained, lost: lost, rows: mine.count)
        var interval = try pair.interval(confidence: confidence)
        let decision = Decision(
          value: rise, interval: interval, bound: .atMost(bound), rows: mine.count)
        outcome = decision.outcome
        sentence = "its rise is " + decision.sentence(unit: nil, in: -1...1)
        interval.of = .difference
        if check.interval == nil { check.interval = interval }
      } catch {
        outcome = .inconclusive
        sentence = "its rise has no interval: \(error.reason)"
      }
    }
    check.figures.append(
      LimitFigure(
        limit: "max_increase", subject: .rise, value: rise, bound: .atMost(bound), range: -1...1))
    check.message += isAlone ? "\(what): \(sentence)" : "; \(sentence)"
    let both = isAlone ? [outcome] : [check.outcome, outcome]
    check.outcome = [.failed, .inconclusive].first { both.contains($0) } ?? .passed
    return check
  }
}
