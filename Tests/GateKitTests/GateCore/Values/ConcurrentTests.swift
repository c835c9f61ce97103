import Synchronization
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// How many compute at once.
@Suite struct ConcurrentTests {
  /// How many are at work, and the most there were.
  final class Count: Sendable {
    let state = Mutex((now: 0, most: 0))

    func work() async {
      state.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
      for _ in 0..<20 { await Task.yield() }
      state.withLock { $0.now -= 1 }
    }
  }

  @Test(arguments: [1, 2, 3])
  func `no more than the crew has, however deep the work is nested`(threads: Int) async {
    let count = Count()
    let sums = await Crew.of(threads) {
      await (0..<6).concurrentMap { outer in
        await (0..<6).concurrentMap { inner in
          await count.work()
          return outer * 10 + inner
        }
      }
    }
    #expect(sums == (0..<6).map { outer in (0..<6).map { outer * 10 + $0 } })
    let most = count.state.withLock { $0.most }
    #expect(most <= threads)
    #expect(threads == 1 || most > 1)
  }

  @Test func `the results are the same without a crew, and of nothing`() async {
    #expect(await Crew.of(nil) { await (0..<9).concurrentMap { $0 * 2 } } == (0..<9).map { $0 * 2 })
    #expect(await Crew.of(1) { await [Int]().concurrentMap { $0 } } == [])
  }
}
