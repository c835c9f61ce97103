import Testing

@testable import GateCore

/// The rising function nearest to outcomes.
@Suite struct IsotonicRegressionTests {
  @Test func `neighbours that fall are pooled, equal numbers averaged`() throws {
    let fit = try IsotonicRegression([3, 1, 2, 4, 4], [2, 1, 3, 5, 7])
    #expect(fit.numbers == [1, 2, 3, 4])
    #expect(fit.values == [1, 2.5, 2.5, 6])
  }

  @Test func `it is straight between, and level beyond`() throws {
    let fit = try IsotonicRegression([1, 2, 4], [0, 1, 3])
    #expect(fit(0) == 0 && fit(1) == 0 && fit(1.5) == 0.5 && fit(3) == 2 && fit(9) == 3)
  }

  @Test func `a pool that grows takes in what stood before`() throws {
    let fit = try IsotonicRegression([1, 2, 3, 4], [4, 3, 2, 1])
    #expect(fit.values == [2.5, 2.5, 2.5, 2.5])
  }

  @Test func `no rows give no function`() {
    #expect(throws: Undefined.self) { try IsotonicRegression([], []) }
    #expect(throws: Undefined.self) { try IsotonicRegression([1], []) }
  }
}
