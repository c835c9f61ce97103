package import GateCore

extension Report {
  /// The report as its record has it, so that a stored one renders to the same text: JSON has no number that is
  /// not finite, so such a value is missing, and such a bound is not a number.
  package var recorded: Report {
    var report = self
    report.checks = checks.map(\.recorded)
    return report
  }
}

extension Check {
  /// The check as its record has it.
  fileprivate var recorded: Check {
    var check = self
    check.value = value?.finite
    check.champion = champion?.finite
    check.difference = difference?.finite
    if let interval {
      check.interval?.low = interval.low.finite ?? .nan
      check.interval?.high = interval.high.finite ?? .nan
      check.interval?.level = interval.level.finite ?? .nan
    }
    check.limit = limit?.mapValues { $0.finite ?? .nan }
    check.evidence = evidence.mapValues(\.recorded)
    return check
  }
}

extension JSON {
  /// The value with null for every number that is not finite.
  fileprivate var recorded: JSON {
    switch self {
    case .number(let value) where !value.isFinite: .null
    case .array(let items): .array(items.map(\.recorded))
    case .object(let members): .object(members.map { Member($0.key, $0.value.recorded) })
    default: self
    }
  }
}

extension Double {
  /// The number when it is finite.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
