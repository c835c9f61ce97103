import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct RandomSourceTests {
  /// Random123's kat_vectors, philox4x32 with 10 rounds.
  @Test(arguments: [
    (
      [UInt32](repeating: 0, count: 4), [UInt32](repeating: 0, count: 2),
      [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] as [UInt32]
    ),
    (
      [UInt32](repeating: .max, count: 4), [UInt32](repeating: .max, count: 2),
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ])
  func `philox gives the published vectors`(counter: [UInt32], key: [UInt32], wanted: [UInt32]) {
    let found = philox(
      counter: SIMD4(counter[0], counter[1], counter[2], counter[3]), key: (key[0], key[1]))
    #expect((0..<4).map { found[$0] } == wanted)
  }

  @Test func `a stream depends on the seed and the stream, in all 64 bits of each`() {
    func first(_ seed: UInt64, _ stream: UInt64) -> UInt64 {
      var source = RandomSource(seed: seed, stream: stream)
      return source.next64()
    }
    let seeds: [UInt64] = [0, 1, 1 << 32, 1 << 63]
    let all = seeds.flatMap { seed in seeds.map { first(seed, $0) } }
    #expect(Set(all).count == 16)
    #expect(first(5, 9) == first(5, 9))
  }

  @Test(arguments: [1, 3, 10, 1000] as [UInt32])
  func `an index is below the count, and each is as likely`(count: UInt32) throws {
    var source = RandomSource(seed: 11, stream: UInt64(count))
    var seen = [Int](repeating: 0, count: Int(count))
    let draws = 200 * Int(count)
    for _ in 0..<draws { seen[source.index(below: count)] += 1 }
    let distance = seen.reduce(0.0) { $0 + (Double($1) - 200) * (Double($1) - 200) / 200 }
    if count == 1 {
      #expect(seen == [200])
    } else {
      let p = try ChiSquared(degrees: Double(count - 1)).survival(distance)
      #expect(p > 0.001 && p < 0.999)
    }
  }

  @Test func `a count of three quarters of the range has no bias`() {
    // Without rejection a third of the indices would come twice as often as the others.
    let count: UInt32 = 3 << 30
    var source = RandomSource(seed: 3, stream: 1)
    let draws = 30_000
    var multiples = 0
    for _ in 0..<draws where source.index(below: count) % 3 == 0 { multiples += 1 }
    #expect(abs(Double(multiples) / Double(draws) - 1.0 / 3) < 0.01)
  }

  @Test func `uniform numbers fill 0 to 1`() {
    var source = RandomSource(seed: 3, stream: 0)
    let numbers = (0..<10_000).map { _ in source.uniform() }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.01)
    #expect(Set(numbers).count == 10_000)
  }
}
