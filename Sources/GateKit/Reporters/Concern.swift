import GateCore

/// How much a check matters to whoever reads the report.
enum Concern: Sendable {
  /// It keeps the candidate from passing.
  case stops
  /// It did not pass, and does not decide.
  case advises

  /// The check's; nil: it holds, or does not apply.
  init?(_ check: Check) {
    guard [.failed, .error, .inconclusive].contains(check.outcome) else { return nil }
    self = check.blocking ? .stops : .advises
  }
}

extension Report {
  /// The checks that did not pass: those that decide first, each group in the manifest's order.
  var concerns: [(check: Check, concern: Concern)] {
    let all = checks.compactMap { check in Concern(check).map { (check: check, concern: $0) } }
    return all.filter { $0.concern == .stops } + all.filter { $0.concern == .advises }
  }

  /// `3 failed, 12 passed`: every outcome there is, the worst first.
  var tally: String {
    let order: [Outcome] = [.failed, .error, .inconclusive, .waived, .skipped, .passed]
    let parts = order.compactMap { outcome in
      let count = checks.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(count) \(outcome.rawValue)"
    }
    return parts.isEmpty ? "nothing was judged" : parts.joined(separator: ", ")
  }

  /// One line on the whole run.
  var headline: String { "\(manifest.name): \(verdict.rawValue) (\(tally))" }
}

extension Check {
  /// The message in one line, or the outcome where there is none.
  var line: String {
    (message.isEmpty ? outcome.rawValue : message).loggable(4000)
  }
}
