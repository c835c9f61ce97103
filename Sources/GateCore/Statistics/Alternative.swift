/// Which departure from no difference a test looks for.
package enum Alternative: String, Sendable, CaseIterable {
  case twoSided = "two-sided"
  case less, greater
}

/// What a test found.
package struct TestResult: Sendable, Hashable {
  /// In the test's own units.
  package let statistic: Double
  /// In 0...1.
  package let pValue: Double
  /// Which form of the test, for people.
  package let method: String

  /// Takes what it holds.
  package init(statistic: Double, pValue: Double, method: String) {
    self.statistic = statistic
    self.pValue = pValue
    self.method = method
  }
}
