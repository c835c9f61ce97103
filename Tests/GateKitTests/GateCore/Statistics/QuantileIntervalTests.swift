import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The interval of a quantile between two of the numbers.
@Suite struct QuantileIntervalTests {
  @Test func `the median of ten lies between the second and the ninth`() throws {
    // P(B <= 1) = 11 / 1024 is below 0.025 and P(B <= 2) = 56 / 1024 is not.
    let interval = try (1...10).map(Double.init).quantileInterval(0.5, confidence: 0.95)
    #expect(interval.low == 2 && interval.high == 9)
    #expect(interval.method == "order statistics")
  }

  @Test func `few numbers say nothing of an end`() {
    let few = (1...10).map(Double.init)
    for level in [0, 0.05, 0.95, 1] {
      #expect(throws: Undefined.self) { try few.quantileInterval(level, confidence: 0.95) }
    }
  }

  @Test(arguments: [(0.5, 60), (0.1, 120), (0.9, 80)])
  func `it holds the quantile as often as it says`(_ level: Double, _ count: Int) throws {
    var random = SplitMix(11)
    var held = 0
    for _ in 0..<2000 {
      // Of numbers between 0 and 1 the quantile is the level.
      let sorted = (0..<count).map { _ in random.value() }.sorted()
      let interval = try sorted.quantileInterval(level, confidence: 0.9)
      held += interval.low <= level && level <= interval.high ? 1 : 0
    }
    #expect(held >= 1780 && held <= 1920, "\(held) of 2000")
  }
}
