/// The statements of one family, and what became of each when their number was corrected for.
package struct MultipleTestingReport: Sendable {
  /// The gate's id, or `manifest` for all gates together that have no control of their own.
  package var family: String
  /// How the p-values were corrected.
  package var method: ErrorControl
  /// Every limit that was judged with confidence, in the order of the checks.
  package var tests: [Test]

  package init(family: String, method: ErrorControl, tests: [Test]) {
    self.family = family
    self.method = method
    self.tests = tests
  }

  /// One limit of one check.
  package struct Test: Sendable {
    /// The check's id.
    package var check: String
    /// The limit's key, as written.
    package var limit: String
    /// What is said of it.
    package var statement: Claim
    /// One-sided; 0.5 where nothing is shown, 1 where there is no interval.
    package var pValue: Double
    /// At least `pValue`, at most 1.
    package var adjustedPValue: Double
    /// The chance of a wrong claim that the confidence leaves: (1 - confidence) / 2.
    package var level: Double
    /// Whether the statement stands: the adjusted p-value is at most the level, or the value alone decides.
    package var isDecided: Bool

    package init(
      check: String, limit: String, statement: Claim, pValue: Double, adjustedPValue: Double,
      level: Double, isDecided: Bool
    ) {
      self.check = check
      self.limit = limit
      self.statement = statement
      self.pValue = pValue
      self.adjustedPValue = adjustedPValue
      self.level = level
      self.isDecided = isDecided
    }
  }

  /// What is said of a bound.
  package enum Claim: String, Sendable, CaseIterable {
    case satisfied, violated
  }
}
