package import GateCore

/// What a table answered.
package struct SchemaAnswers: Sendable {
  /// A check for everything that is asked, in order: those of columns and their types are decided, the others blank.
  let shape: [Check]
  let asked: [Asked]

  /// What one check found.
  struct Asked: Sendable {
    let place: Int
    let check: SchemaCheck
    let finding: Result<Finding, Diagnostic>

    init(_ place: Int, _ check: SchemaCheck, _ finding: Result<Finding, Diagnostic>) {
      (self.place, self.check, self.finding) = (place, check, finding)
    }
  }

  /// The checks.
  package var checks: [Check] {
    var checks = shape
    for one in asked {
      switch one.finding {
      case .success(let finding):
        checks[one.place] = checks[one.place].found(finding, of: one.check)
      case .failure(let mistake): checks[one.place] = checks[one.place].failing(.error, mistake)
      }
    }
    return checks
  }
}

extension Check {
  /// The check with what came of it.
  fileprivate func found(_ finding: Finding, of definition: SchemaCheck) -> Check {
    var check = self
    check.outcome = finding.outcome
    check.message += finding.message
    check.value = finding.value
    check.n = finding.n
    check.limit = finding.limit
    check.evidence = finding.evidence
    if let noun = definition.counted, finding.value != nil {
      check.evidence["counted"] = .string(noun)
    }
    return check
  }
}
