package import GateCore

extension DriftJudgement {
  /// Checks of columns that a test was not run on: those it is not for are skipped, and those that nothing judged are errors
  /// where somebody named them.
  package func idle(
    _ found: [DriftTables.Found], _ trials: [DriftTrial], _ tables: DriftTables
  ) -> [Check] {
    found.flatMap { found -> [Check] in
      let blank = Check(
        id: "\(gate)/columns/\(found.name.idPart)", gate: gate, outcome: .skipped,
        message: "", location: request.mark.location)
      switch found {
      case .mistake(_, let mistake): return [blank.failing(.error, mistake)]
      case .unfit(_, let reason):
        var check = blank
        check.message = reason
        return [check]
      case .target(let target):
        let unfit = self.unfit(target)
        let isJudged = trials.contains {
          $0.target.place == .feature
            && ($0.target.name ?? "").isSame(as: target.name ?? "")
        }
        guard !isJudged, target.isNamed || unfit.isEmpty else { return unfit }
        let name = target.name ?? ""
        let mistake = Diagnostic(
          "no test here is for '\(name)', which holds \(target.kind.plural)",
          hint: "add one that is; 'gatewright list drift-tests' shows them")
        return [
          blank.failing(
            target.isNamed ? .error : .skipped,
            target.kind == .category ? tables.explaining(mistake, named: name) : mistake)
        ]
      }
    }
  }

  /// A skipped check for every test that is not for a target's kind, where the rule does not say for which kinds it is.
  private func unfit(_ target: DriftTarget) -> [Check] {
    request.features.filter { $0.kinds == nil && $0.wants(target) }.flatMap { rule in
      rule.requests.filter { !$0.fits(target.kind) }.map { asked in
        Check(
          id: "\(gate)/\(target.id(asked.id))", gate: gate, outcome: .skipped,
          blocking: rule.blocking,
          message: "\(target.title): \(asked.test.id) is for "
            + "\(asked.test.measure.kinds.map(\.plural).sorted().joined(separator: " and ")), and the "
            + "column holds \(target.kind.plural)",
          metric: asked.test.id, limit: asked.limits, location: asked.mark.location)
      }
    }
  }

  /// How many features have drifted: those that fail a test; one that could not be judged may have.
  package func share(_ judged: [(trial: DriftTrial, check: Check)], _ others: [Check]) -> [Check] {
    guard let (max, mark) = request.shareDrifted else { return [] }
    var names: [String] = []
    var outcomes: [String: Outcome] = [:]
    for (trial, check) in judged {
      let name = trial.target.name ?? ""
      if outcomes[name] == nil { names.append(name) }
      outcomes[name] = [outcomes[name], check.outcome].compactMap(\.self).worst
    }
    let unread = others.filter { $0.outcome == .error }.count
    let total = names.count + unread
    let drifted = names.filter { outcomes[$0] == .failed }
    let unsure =
      unread
      + names.count {
        outcomes[$0] == .error || outcomes[$0] == .inconclusive
      }
    var check = Check(
      id: "\(gate)/share_drifted", gate: gate, outcome: .passed, message: "",
      metric: "share_drifted", limit: ["max": max], location: mark.location)
    guard total > 0 else {
      return [check.failing(.error, Diagnostic("there is no feature to count"))]
    }
    let share = Double(drifted.count) / Double(total)
    let most = Double(drifted.count + unsure) / Double(total)
    check.value = share
    check.n = total
    check.outcome = share > max ? .failed : most > max ? .inconclusive : .passed
    check.message =
      "\(drifted.count) of \(total.counted("feature")) drifted, a share of \(share.brief), "
      + "\(share > max ? "above" : "at most") the max of \(max.brief)"
      + (unsure > 0 ? "; \(unsure) could not be judged" : "")
      + (drifted.isEmpty ? "" : ": \(drifted.prefix(10).joined(separator: ", "))")
    check.evidence["features"] = ranking(judged)
    return [check]
  }

  /// The features that fail first, then by drift times importance where the model gives importances, else by drift.
  private func ranking(_ judged: [(trial: DriftTrial, check: Check)]) -> JSON {
    struct Row {
      let name: String, test: String
      let value: Double, importance: Double?, isDrifted: Bool
      var score: Double { value * (importance ?? 1) }
    }
    var rows: [Row] = []
    for (trial, check) in judged {
      guard let name = trial.target.name, let value = check.value else { continue }
      let row = Row(
        name: name, test: trial.request.test.id, value: value,
        importance: trial.target.importance, isDrifted: check.outcome == .failed)
      guard let place = rows.firstIndex(where: { $0.name.isSame(as: name) }) else {
        rows.append(row)
        continue
      }
      if row.isDrifted, !rows[place].isDrifted { rows[place] = row }
    }
    let order = rows.sorted {
      $0.isDrifted != $1.isDrifted ? $0.isDrifted : $0.score > $1.score
    }
    return .array(
      order.map { row in
        [
          "feature": .string(row.name), "drifted": .bool(row.isDrifted),
          "test": .string(row.test), "value": .number(row.value),
          "importance": .number(row.importance),
          "drift_times_importance": .number(row.importance.map { $0 * row.value }),
        ]
      })
  }
}

extension [Outcome] {
  /// The one that decides.
  fileprivate var worst: Outcome? {
    let order: [Outcome] = [.failed, .error, .inconclusive, .passed, .skipped]
    return order.first(where: contains)
  }
}
