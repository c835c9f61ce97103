package import GateCore

extension DriftTrial {
  /// The check: failed if any period is, else an error if one could not be judged, else inconclusive if one has too few
  /// rows, else passed.
  package func check(gate: String, _ family: DriftFamily) -> Check {
    var check = Check(
      id: "\(gate)/\(target.id(request.id))", gate: gate, outcome: .passed, blocking: rule.blocking,
      message: "\(target.title): ", metric: request.test.id,
      model: target.place == .prediction ? .candidate : nil, limit: limits,
      location: request.mark.location)
    let decisions = cases.map { DriftDecision($0, family) }
    let order: [Outcome] = [.failed, .error, .inconclusive, .passed, .skipped]
    guard let outcome = order.first(where: { one in decisions.contains { $0.outcome == one } }),
      let place = worst(among: decisions.indices.filter { decisions[$0].outcome == outcome })
    else { return check.failing(.error, Diagnostic("there is nothing to judge")) }
    check.outcome = outcome
    check.n = cases.reduce(0) { $0 + $1.judged }
    check.value = cases[place].reading.judged
    check.evidence = evidence(of: place, outcome, family)
    check.message += sentence(decisions, outcome, place)
    if cases.contains(where: { $0.period != nil }) { check.evidence["trend"] = trend(decisions) }
    return check
  }

  /// As written, with those of the rule's other tests, each of which is enough.
  private var limits: [LimitName: Double] {
    var limits = request.limits
    for condition in rule.conditions
    where condition.test.isOfTable || condition.fits(target.kind) {
      for (name, bound) in condition.limits {
        limits[LimitName(name, orOf: condition.test.id)] = bound
      }
    }
    return limits
  }

  /// The case whose value is the largest, of equal ones the last.
  private func worst(among places: [Int]) -> Int? {
    places.max { value($0) <= value($1) }
  }

  private func value(_ place: Int) -> Double {
    guard case .success(let figure) = cases[place].reading.result else { return -.infinity }
    return figure.value
  }

  private func sentence(
    _ decisions: [DriftDecision], _ outcome: Outcome, _ place: Int
  ) -> String {
    var text = decisions[place].sentence
    if outcome == .failed, let changed = cases[place].changed { text += "; \(changed)" }
    guard let period = cases[place].period else { return text }
    let alike = decisions.count { $0.outcome == outcome }
    let others = decisions.count - alike
    return "in \(period): \(text)"
      + (outcome == .failed && alike > 1 ? "; \(alike) of \(decisions.count) periods fail" : "")
      + (outcome == .passed && others > 0 ? "; \(others.counted("period")) left out" : "")
  }

  private func evidence(
    of place: Int, _ outcome: Outcome, _ family: DriftFamily
  ) -> [String: JSON] {
    let found = cases[place]
    var members: [JSON.Member] = []
    if case .success(let figure) = found.reading.result {
      members += figure.settings + figure.distribution
      if let adjusted = found.reading.adjusted {
        members += [
          JSON.Member("adjusted_p_value", .number(adjusted)),
          JSON.Member("error_control", .string(family.control.rawValue)),
          JSON.Member("tests", .integer(family.tests)),
        ]
      }
      members += figure.evidence
      if let importance = target.importance {
        members += [
          JSON.Member("importance", .number(importance)),
          JSON.Member("drift_times_importance", .number(figure.value * importance)),
        ]
      }
    }
    if let learned = found.reading.learned {
      members.append(
        JSON.Member(
          "learned",
          [
            "mean": .number(learned.mean), "standard_deviation": .number(learned.deviation),
            "periods": .integer(learned.periods), "max": .number(learned.bound),
          ]))
    }
    if !found.conditions.isEmpty {
      members.append(JSON.Member("and", .array(found.conditions.map { $0.evidence })))
    }
    if outcome != .passed || !rule.isDetail { members += found.summary?.evidence ?? [] }
    // What the test itself shows goes before the summary of all columns.
    return Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// Every period with its value and what became of it.
  private func trend(_ decisions: [DriftDecision]) -> JSON {
    .array(
      zip(cases, decisions).map { found, decision in
        let figure = try? found.reading.result.get()
        return .object([
          JSON.Member("period", .text(found.period)),
          JSON.Member("rows", .integer(found.judged)),
          JSON.Member("value", .number(figure?.value)),
          JSON.Member("p_value", .number(figure?.pValue)),
          JSON.Member("outcome", .string(decision.outcome.rawValue)),
        ])
      })
  }
}

extension DriftTrial.Case {
  /// What the test saw, else how both sides look, as the end of a message.
  fileprivate var changed: String? {
    if case .success(let figure) = reading.result, let finding = figure.finding { return finding }
    return summary?.sentence
  }
}

extension DriftTrial.Reading {
  /// As a condition stands in the evidence.
  fileprivate var evidence: JSON {
    var members = [JSON.Member("test", .string(request.test.id))]
    if case .success(let figure) = result {
      members +=
        [JSON.Member("value", .number(figure.value))] + figure.settings + figure.distribution
      if let adjusted { members.append(JSON.Member("adjusted_p_value", .number(adjusted))) }
    }
    if let learned { members.append(JSON.Member("learned_max", .number(learned.bound))) }
    members.append(JSON.Member("limit", .limits(request.limits)))
    return .object(members)
  }
}

extension DriftFigure {
  /// The statistic and its p-value, where there is one.
  fileprivate var distribution: [JSON.Member] {
    guard let pValue else { return [] }
    return [
      JSON.Member("statistic", .number(statistic ?? value)),
      JSON.Member("p_value", .number(pValue)),
    ]
  }
}
