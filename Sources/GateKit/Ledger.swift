/// The statements of one family, and what became of each when their number was corrected for.
public struct Ledger: Sendable {
  /// The gate's id, or `manifest` for all gates together that have no control of their own.
  public var family: String
  /// How the p-values were corrected.
  public var method: ErrorControl
  /// Every limit that was judged with confidence, in the order of the checks.
  public var tests: [Test]

  public init(family: String, method: ErrorControl, tests: [Test]) {
    self.family = family
    self.method = method
    self.tests = tests
  }

  /// One limit of one check.
  public struct Test: Sendable {
    /// The check's id.
    public var check: String
    /// The limit's key, as written.
    public var limit: String
    /// What is said of it.
    public var statement: Claim
    /// One-sided; 0.5 where nothing is shown, 1 where there is no interval.
    public var pValue: Double
    /// At least `pValue`, at most 1.
    public var adjustedPValue: Double
    /// The chance of a wrong claim that the confidence leaves: (1 - confidence) / 2.
    public var level: Double
    /// Whether the statement stands: the adjusted p-value is at most the level, or the value alone decides.
    public var isDecided: Bool

    public init(
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
  public enum Claim: String, Sendable, CaseIterable {
    case kept, broken
  }
}
