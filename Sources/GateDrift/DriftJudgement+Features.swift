package import GateCore

extension DriftJudgement {
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
