import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// What the calibration gate finds when it asks what it asks by itself.
@Suite struct CalibrationDefaultsTests {
  /// Scores whose log-odds are 1.3 times the true ones, of rows whose true log-odds are spread by `spread`.
  private static func tooSure(_ count: Int, seed: UInt64, spread: Double) -> Sample {
    var random = RandomSource(seed: seed, stream: 0)
    let odds = (0..<count).map { _ in spread * random.normals().0 - 0.5 }
    let positives = odds.map { random.uniform() < 1 / (1 + exponential(-$0)) }
    return .binary(
      BinarySample(scores: odds.map { 1 / (1 + exponential(-1.3 * $0)) }, positives: positives))
  }

  @Test(arguments: [0.7, 1.0, 1.6])
  func `scores that are too sure by a third are found on 2,000 rows`(spread: Double) async throws {
    var failed = 0
    for seed in 0..<10 {
      let checks = try await CalibrationGateTests.checks(
        ["replicates": 199], Self.tooSure(2000, seed: 700 + UInt64(seed), spread: spread))
      if checks.contains(where: { $0.outcome == .failed }) { failed += 1 }
    }
    // Four in five.
    #expect(failed >= 8, "\(failed)")
  }

  @Test func `calibrated scores fail in at most one run of twenty by either error`() async throws {
    var failed = 0
    for seed in 0..<60 {
      let checks = try await CalibrationGateTests.checks(
        ["replicates": 199],
        CalibrationGateTests.rows(seed % 2 == 0 ? 100 : 300, seed: 900 + UInt64(seed)))
      if checks.contains(where: { $0.outcome == .failed }) { failed += 1 }
    }
    // 5% of 60 and two standard errors.
    #expect(failed <= 6, "\(failed)")
  }
}
