/// What the intervals say of one limit of a check, and how sure that is.
package struct Statement: Sendable {
  /// The limit's key, as written.
  package let limit: String
  /// By the interval alone: `passed`, `failed` or `inconclusive`.
  package let outcome: Outcome
  /// Whether the bound is said to be kept or to be broken; where nothing is decided, the side on which the value lies.
  let claim: MultipleTestingReport.Claim
  /// One-sided, of the claim; in 0...1.
  package let pValue: Double
  /// The smallest p-value that the method can give.
  let smallestPValue: Double
  /// The chance of a wrong claim that the confidence leaves.
  package let level: Double
  /// Whether it stands by the value alone, whatever its p-value, which is 1.
  var isByValue = false
  /// The test that the p-value is of; its statistic, nil where it has none.
  package let test: String
  package let statistic: Double?
  /// The test of a limit that has no interval, so that nothing is decided.
  package static let withoutInterval = "no interval"
  /// What is said, without the metric's name.
  package let sentence: String

  /// As it stands in a check's evidence.
  package var evidence: [String: JSON] {
    [
      "statement": .string(claim.rawValue),
      "statistic": ["name": .string(test), "value": .number(statistic)],
      "p_value": .number(pValue),
    ]
  }
}

/// What a check says of each of its limits.
package struct Judgement: Sendable {
  /// What the check's message begins with: the slice and the metric.
  package let opening: String
  /// One a limit, in the order of the limits.
  package var statements: [Statement]

  /// Takes what it holds.
  package init(opening: String, statements: [Statement]) {
    self.opening = opening
    self.statements = statements
  }

  /// Failed if any limit is broken, else inconclusive if any is not decided, else passed; with what led to it.
  package func decide(
    _ decided: (Statement) -> (outcome: Outcome, sentence: String) = {
      ($0.outcome, $0.sentence)
    }
  ) -> (outcome: Outcome, message: String) {
    let decisions = statements.map(decided)
    let outcomes = decisions.map(\.outcome)
    let outcome: Outcome =
      outcomes.contains(.failed)
      ? .failed : outcomes.contains(.inconclusive) ? .inconclusive : .passed
    let told = decisions.filter { $0.outcome == outcome }.map(\.sentence)
    return (outcome, opening + told.joined(separator: ", and "))
  }

  /// Of the statement that led to the outcome; with several limits also each one's, by its key.
  package func evidence(_ outcome: Outcome) -> [String: JSON] {
    guard let leading = statements.first(where: { $0.outcome == outcome }) else { return [:] }
    var evidence = leading.evidence
    if statements.count > 1 {
      evidence["limits"] = .object(
        statements.map { JSON.Member($0.limit, .ordered($0.evidence) { $0 }) })
    }
    return evidence
  }
}
