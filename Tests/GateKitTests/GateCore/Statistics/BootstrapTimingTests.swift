import Foundation
import Glibc
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// How long a bootstrap takes; run in release with GATEWRIGHT_COVERAGE=1.
@Suite(
  .serialized, .enabled(if: ProcessInfo.processInfo.environment["GATEWRIGHT_COVERAGE"] == "1"))
struct BootstrapTimingTests {
  @Test func `a paired bootstrap of average precision on 100,000 rows takes half a second`()
    async throws
  {
    let count = 100_000
    let simulation = Simulation(seed: 1, stream: 0)
    let (candidate, champion) = simulation.pair(count: count, prevalence: 0.3)
    let resampling = Resampling.rows(candidate.rows, seed: 7)
    let first = try BinaryResample(candidate, resampling)
    let second = try BinaryResample(champion, resampling)
    let clock = ContinuousClock()
    for name in ["average_precision", "roc_auc"] {
      let isAUC = name == "roc_auc"
      var values: [BootstrapValues] = []
      let start = Glibc.clock()
      let time = await clock.measure {
        values = await bootstrap(resampling, replicates: 1000, groups: 0) {
          { draw in
            let a = isAUC ? first.rocAUC(draw) : first.averagePrecision(draw)
            let b = isAUC ? second.rocAUC(draw) : second.averagePrecision(draw)
            guard let a, let b else { return [nil, nil, nil] }
            return [a, b, a - b]
          }
        }
      }
      let seconds = Double(Glibc.clock() - start) / Double(CLOCKS_PER_SEC)
      print(
        "paired bootstrap of \(name), 100,000 rows, 1,000 replicates: \(time), \(seconds) s of cpu")
      #expect(values[2].replicates.count == 1000)
      #if !DEBUG
        #expect(seconds < 2)
      #endif
    }
    var draw = resampling.asIs
    let time = clock.measure { for r in 0..<200 { resampling.draw(r, into: &draw) } }
    print("200 draws of 100,000 rows, one thread: \(time)")
    let evaluation = clock.measure { for _ in 0..<200 { _ = first.averagePrecision(draw) } }
    print("200 average precisions, one thread: \(evaluation)")
  }
}
