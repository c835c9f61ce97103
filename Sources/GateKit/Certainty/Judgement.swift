/// What the intervals say of one limit of a check, and how sure that is.
struct Statement: Sendable {
  /// The limit's key, as written.
  let limit: String
  /// By the interval alone: `passed`, `failed` or `inconclusive`.
  let outcome: Check.Outcome
  /// Whether the bound is said to be kept or to be broken; where nothing is decided, the side on which the value lies.
  let claim: Ledger.Claim
  /// One-sided, of the claim; in 0...1.
  let pValue: Double
  /// The smallest p-value that the method can give.
  let smallestPValue: Double
  /// The chance of a wrong claim that the confidence leaves.
  let level: Double
  /// Whether it stands by the value alone, whatever its p-value, which is 1.
  var isByValue = false
  /// The test that the p-value is of; its statistic, nil where it has none.
  let test: String
  let statistic: Double?
  /// The test of a limit that has no interval, so that nothing is decided.
  static let withoutInterval = "no interval"
  /// What is said, without the metric's name.
  let sentence: String

  /// As it stands in a check's evidence.
  var evidence: [String: JSON] {
    [
      "statement": .string(claim.rawValue),
      "statistic": ["name": .string(test), "value": .number(statistic)],
      "p_value": .number(pValue),
    ]
  }
}

/// What a check says of each of its limits.
struct Judgement: Sendable {
  /// What the check's message begins with: the slice and the metric.
  let opening: String
  /// One a limit, in the order of the limits.
  var statements: [Statement]

  /// Failed if any limit is broken, else inconclusive if any is not decided, else passed; with what led to it.
  func decide(
    _ decided: (Statement) -> (outcome: Check.Outcome, sentence: String) = {
      ($0.outcome, $0.sentence)
    }
  ) -> (outcome: Check.Outcome, message: String) {
    let decisions = statements.map(decided)
    let outcomes = decisions.map(\.outcome)
    let outcome: Check.Outcome =
      outcomes.contains(.failed)
      ? .failed : outcomes.contains(.inconclusive) ? .inconclusive : .passed
    let told = decisions.filter { $0.outcome == outcome }.map(\.sentence)
    return (outcome, opening + told.joined(separator: ", and "))
  }

  /// Of the statement that led to the outcome; with several limits also each one's, by its key.
  func evidence(_ outcome: Check.Outcome) -> [String: JSON] {
    guard let leading = statements.first(where: { $0.outcome == outcome }) else { return [:] }
    var evidence = leading.evidence
    if statements.count > 1 {
      evidence["limits"] = .object(
        statements.map { JSON.Member($0.limit, .ordered($0.evidence) { $0 }) })
    }
    return evidence
  }
}
