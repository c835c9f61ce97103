package import GateCore

/// How far a waiver reaches: no worse model than was approved is covered.
extension Waiver {
  /// Why it does not cover a failure whose id it names; nil: it does.
  package func refusal(of check: Check, _ today: String) -> String? {
    if today > until { return "held until \(until)" }
    let figures = check.limitFigures
    let failing = figures.filter { !$0.holds }
    let broken = failing.isEmpty ? figures : failing
    let subjects = Set(figures.map(\.subject))
    if broken.isEmpty, maxValue != nil || seen != nil {
      return "bounds a value, and the check has none"
    }
    for figure in broken {
      let isAlone =
        broken.allSatisfy { $0.subject == figure.subject }
        && (figure.subject == .value || subjects.count == 1)
      if let refusal = refusal(
        of: figure, check.value, isAlone, paste: Self.paste(broken, subjects), check.id)
      {
        return refusal
      }
    }
    return nil
  }

  /// Why it does not cover what one limit is on; `isAlone`: one number can mean nothing else of the check.
  private func refusal(
    of figure: LimitFigure, _ value: Double?, _ isAlone: Bool, paste: String, _ id: String
  ) -> String? {
    let noun = figure.subject.rawValue
    guard maxValue != nil || seen != nil else {
      return
        "has no bound on the \(noun), so it would cover any worse model: \(advice(paste, of: id))"
    }
    if let maxValue {
      guard isAlone else { return "has one max_value for several limits: write '\(paste)' instead" }
      guard case .atMost = figure.bound else {
        return
          "has a max_value, which bounds no failure of '\(figure.limit)': write '\(paste)' instead"
      }
      if let refusal = refusal(of: "max_value", maxValue, figure, paste) { return refusal }
      // Of a metric that is better high a bound at or above the value may have been meant for the value.
      if figure.isTurned, let value, maxValue >= value {
        return
          "has a max_value of \(maxValue.brief), and the \(noun) is \(figure.value.brief) of a value of "
          + "\(value.brief): write '\(paste)' instead, which is of the \(noun)"
      }
    }
    switch seen {
    case .one(let seen):
      guard isAlone else { return "has one 'seen' for several limits: write '\(paste)' instead" }
      return refusal(of: "seen", seen, figure, paste)
    case .byLimit(let all):
      guard let seen = all[figure.limit] else {
        return "says nothing of '\(figure.limit)': write '\(paste)'"
      }
      return refusal(of: "seen", seen, figure, paste)
    case nil: return nil
    }
  }

  /// Why one bound does not cover what a limit is on: it is further beyond the limit, or the bound bounds nothing.
  private func refusal(
    of key: String, _ bound: Double, _ figure: LimitFigure, _ paste: String
  ) -> String? {
    if figure.isImpossible(bound) {
      return
        "has a \(key) of \(bound.brief), which no \(figure.subject.rawValue) can be, so it would cover any "
        + "worse model: write '\(paste)' instead"
    }
    return figure.isWithin(bound) ? nil : "covers \(reach(bound, figure))"
  }

  /// What a bound covers, and what there is.
  private func reach(_ bound: Double, _ figure: LimitFigure) -> String {
    let range =
      switch figure.bound {
      case .atLeast: "from \(bound.brief) up"
      case .atMost: "up to \(bound.brief)"
      case nil: "of \(bound.brief)"
      }
    return
      "a \(figure.subject.rawValue) \(range), and it is \(figure.value.brief(unlike: bound))"
  }

  /// How much worse than this check what is covered may be, as sentences; empty: it is covered just so.
  package func room(above check: Check) -> String {
    let figures = check.limitFigures
    let failing = figures.filter { !$0.holds }
    return (failing.isEmpty ? figures : failing).compactMap { figure -> String? in
      let stated: Double? =
        switch seen {
        case .one(let seen): seen
        case .byLimit(let all): all[figure.limit]
        case nil: nil
        }
      // The narrower of both, which bounds it.
      let bounds = [stated, maxValue].compactMap(\.self)
      let bound = figure.isRising ? bounds.min() : bounds.max()
      guard let bound, abs(bound - figure.value) > 0.01 * abs(figure.value) else { return nil }
      return "; the waiver covers \(reach(bound, figure))"
    }.joined()
  }

  /// What to do about it: a waiver of several checks has no one bound that fits them all.
  private func advice(_ paste: String, of id: String) -> String {
    check == id ? "add '\(paste)'" : "give '\(id)' a waiver of its own, with '\(paste)'"
  }

  /// The key that covers just these failures.
  private static func paste(
    _ broken: [LimitFigure], _ subjects: Set<LimitFigure.Subject>
  ) -> String {
    if subjects.count == 1, let first = broken.first, broken.count == 1 {
      return "seen: \(first.shortest)"
    }
    return "seen: {\(broken.map { "\($0.limit): \($0.shortest)" }.joined(separator: ", "))}"
  }
}

extension LimitFigure {
  /// The shortest number that covers it: rounded the way that covers more, where just one number is wanted not at all.
  fileprivate var shortest: String {
    let away: Double? =
      switch bound {
      case .atLeast: value.toThreeDigits(up: false)
      case .atMost: value.toThreeDigits(up: true)
      case nil: nil
      }
    let enough = [value.toThreeDigits(up: nil), away].compactMap(\.self).first(where: isWithin)
    return enough.map(\.brief) ?? value.description
  }
}
