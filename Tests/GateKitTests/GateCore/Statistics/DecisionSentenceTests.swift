import Testing

@testable import GateCore

/// What is said of a value whose interval holds the bound.
@Suite struct DecisionSentenceTests {
  /// The sentence of a value between 0 and 1 that must be at most 0.1.
  private func sentence(_ value: Double, _ low: Double, _ high: Double) -> String {
    Decision(
      value: value, interval: ConfidenceInterval(low: low, high: high, level: 0.95, method: ""),
      bound: .atMost(0.1), rows: 3366
    ).sentence(unit: nil, in: 0...1)
  }

  @Test func `a bound that no value could keep to is said to be one`() {
    let told = sentence(1, 0.05, 1)
    #expect(
      told.contains(
        "with 3366 rows no value can pass: the interval reaches 0.95 from the value, and 0"),
      "\(told)")
    #expect(!told.contains("must be 0 "), "\(told)")
    #expect(sentence(0.3, 0.05, 0.6).contains("no value can pass"))
  }

  @Test func `an interval that ends at the value does not say how far it must be`() {
    let told = sentence(0.12, 0.09, 0.12)
    #expect(
      told.contains(
        "the interval ends at the value, so that 3366 rows do not tell how far below it a value must be"
      ),
      "\(told)")
  }

  @Test func `what can be followed is said as it was`() {
    let told = sentence(0.12, 0.09, 0.15)
    #expect(told.contains("with 3366 rows a value must be 0.03 below it to pass"), "\(told)")
  }
}
