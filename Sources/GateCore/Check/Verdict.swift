/// What the blocking checks come to.
package enum Verdict: String, Sendable, CaseIterable {
  case passed, failed, error, inconclusive

  /// Of the blocking checks: any failed; else any error, or nothing judged at all; else any inconclusive; else passed.
  package init(of checks: [Check]) {
    let outcomes = Set(checks.filter(\.blocking).map(\.outcome))
    if outcomes.contains(.failed) {
      self = .failed
    } else if outcomes.contains(.error) {
      self = .error
    } else if outcomes.contains(.inconclusive) {
      self = .inconclusive
    } else if outcomes.contains(.passed) || outcomes.contains(.waived) {
      self = .passed
    } else {
      self = .error
    }
  }

  /// The status the program exits with: that of a temporary cause when trying again may help with every error that
  /// decides.
  package func exitCode(of checks: [Check]) -> Int32 {
    let errors = checks.filter { $0.blocking && $0.outcome == .error }
    let isTemporary = !errors.isEmpty && errors.allSatisfy(\.isTemporary)
    return self == .error && isTemporary ? 75 : exitCode
  }

  /// The status the program exits with when no cause is temporary.
  package var exitCode: Int32 {
    switch self {
    case .passed: 0
    case .failed: 1
    case .error: 2
    case .inconclusive: 3
    }
  }
}
