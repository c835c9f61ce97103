import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The order of the scores that every metric of scores rests on.
@Suite struct OrderTests {
  /// What the order must be: highest first, equal ones as they stood.
  private func slowly(_ scores: [Double]) -> [Int32] {
    scores.indices.sorted { left, right in
      scores[left] == scores[right] ? left < right : scores[left] > scores[right]
    }.map(Int32.init)
  }

  @Test(arguments: [0, 1, 2, 3, 100, 5000])
  func ofRandomNumbers(_ count: Int) {
    var random = SplitMix(UInt64(count))
    let scores = (0..<count).map { _ in random.value() }
    #expect(descendingOrder(of: scores) == slowly(scores))
  }

  @Test func ofAnyBits() {
    var random = SplitMix(3)
    let scores = (0..<20_000).map { _ in Double(bitPattern: random.next()) }.filter { !$0.isNaN }
    #expect(scores.count > 19_000)
    #expect(descendingOrder(of: scores) == slowly(scores))
  }

  @Test func ofTiedNegativeAndInfiniteNumbers() {
    var random = SplitMix(4)
    let values = [
      0, -0.0, 1, -1, 0.5, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude,
      -.leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]
    let scores = (0..<3000).map { _ in values.randomElement(using: &random) ?? 0 }
    #expect(descendingOrder(of: scores) == slowly(scores))
    #expect(descendingOrder(of: [0, -0.0, 0, -0.0]) == [0, 1, 2, 3])
    #expect(descendingOrder(of: [7, 7, 7]) == [0, 1, 2])
  }

  /// Numbers whose upper bits are all the same cannot be sorted by those.
  @Test func ofNumbersThatDifferInTheLastBits() {
    var random = SplitMix(6)
    let scores = (0..<5000).map { _ in 1 + Double(random.next() % 1_000_000) * Double.ulpOfOne }
    #expect(descendingOrder(of: scores) == slowly(scores))
  }

  /// Numbers that one far away leaves no bits to tell apart by, in long runs and in short ones.
  @Test(arguments: [1e300, 3, 1.000001])
  func ofNumbersBesideOneFarAway(_ outlier: Double) {
    var random = SplitMix(9)
    let scores =
      [outlier]
      + (0..<20_000).map { _ in 1 + Double(random.next() % 10_000_000) * Double.ulpOfOne }
      + [-outlier]
    #expect(descendingOrder(of: scores) == slowly(scores))
  }

  @Test func compensatedSumsKeepWhatPlainOnesLose() {
    #expect([1e16, 1, -1e16].sum == 1)
    #expect([1, 1e100, 1, -1e100].sum == 2)
    #expect([Double](repeating: 0.1, count: 1000).sum == 100)
    #expect([1, .infinity].sum == .infinity)
  }
}
