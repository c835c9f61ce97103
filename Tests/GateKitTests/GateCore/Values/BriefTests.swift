import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Numbers as messages show them: short, and exact where they are exact.
@Suite struct BriefTests {
  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (0.3, "0.3"), (0.1 + 0.2, "0.3"),
      (48_654_800_000_000, "48654800000000"),
      (48_654_800_000_000.01, "48654800000000"), (7e-300, "7e-300"),
      (6.999999999999999e-300, "7e-300"),
      (1.7976931348623157e308, "1.79769e+308"), (1e15, "1e+15"), (1e22, "1e+22"),
      (999_999.5, "1000000"), (0.9999996, "1"), (0.0001, "0.0001"), (0.00012345678, "0.000123457"),
      (0.00001, "1e-05"), (1234567.89, "1234570"), (123456.789, "123457"), (-2.5, "-2.5"),
      (999_999_999_999_999, "999999999999999"), (1_234_567_890_123_456_768, "1.23457e+18"),
      (.leastNonzeroMagnitude, "5e-324"),
      (.infinity, "inf"), (-.infinity, "-inf"),
    ] as [(Double, String)])
  func `a number is shown so`(number: Double, text: String) {
    #expect(number.brief == text)
  }

  @Test func `what is shown reads as the number, and no shorter text would`() {
    var random = SplitMix(7)
    for _ in 0..<20_000 {
      let power = Double(Int(random.value() * 600) - 300)
      let number = (random.value() - 0.5) * scale(power)
      guard number != 0 else { continue }
      let text = number.brief
      guard let read = Double(text) else {
        Issue.record("\(text) is no number")
        continue
      }
      // To six digits.
      #expect(abs(read - number) <= max(abs(number) * 5.0001e-6, .leastNonzeroMagnitude))
      // Nothing is lost or added by showing it again.
      #expect(read.brief == text)
      #expect(text.filter(\.isNumber).count <= 15 + 9)
      #expect(!text.contains("00000000000") || text.count < 16, "\(text)")
    }
  }

  @Test func `a decimal of six digits is shown as it was written`() {
    var random = SplitMix(11)
    for _ in 0..<20_000 {
      let digits = 1 + Int(random.value() * 999_998)
      let power = Int(random.value() * 60) - 40
      let number = Double("\(digits)e\(power)") ?? 0
      #expect(Double(number.brief) == number, "\(number)")
    }
  }

  @Test(
    arguments: [
      (0, "0s"), (59, "59s"), (90, "1min 30s"), (259_200, "3d"),
      (344_486_916, "3987d 2h 48min 36s"),
      (-3600, "-1h"),
    ] as [(Double, String)])
  func `seconds are told as a time`(seconds: Double, text: String) {
    #expect(seconds.time == text)
  }

  @Test(
    arguments: [
      (0.0021186440677966045, 0.00212, 0.00211, 0.00212),
      (0.016932042680093667, 0.017, 0.0169, 0.0169),
      (-0.016932, -0.0169, -0.017, -0.0169), (0.17, 0.17, 0.17, 0.17), (0, 0, 0, 0),
      (99_999, 100_000, 99_900, 100_000),
    ] as [(Double, Double, Double, Double)])
  func `three digits are enough to bound a number`(
    number: Double, up: Double, down: Double, nearest: Double
  ) {
    #expect(number.toThreeDigits(up: true) == up)
    #expect(number.toThreeDigits(up: false) == down)
    #expect(number.toThreeDigits(up: nil) == nearest)
  }

  private func scale(_ power: Double) -> Double { Double("1e\(Int(power))") ?? 1 }
}
