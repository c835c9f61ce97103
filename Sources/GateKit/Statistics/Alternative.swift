/// Which departure from no difference a test looks for.
public enum Alternative: String, Sendable, CaseIterable {
  case twoSided = "two-sided"
  case less, greater
}

/// What a test found.
public struct TestResult: Sendable, Hashable {
  /// In the test's own units.
  public let statistic: Double
  /// In 0...1.
  public let pValue: Double
  /// Which form of the test, for people.
  public let method: String
}
