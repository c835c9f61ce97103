/// How far off a figure may be.
package struct ConfidenceInterval: Sendable, Hashable {
  package var low: Double
  package var high: Double
  package var level: Double
  package var method: String
  /// What it is of.
  package var of = Subject.value

  /// What lies in an interval that stands beside a check.
  package enum Subject: String, Sendable, CaseIterable {
    /// The candidate's value.
    case value
    /// The candidate's value less the champion's.
    case difference
    /// The same as a share of the champion's value.
    case relativeDifference = "relative_difference"
  }

  package init(low: Double, high: Double, level: Double, method: String) {
    self.low = low
    self.high = high
    self.level = level
    self.method = method
  }
}
