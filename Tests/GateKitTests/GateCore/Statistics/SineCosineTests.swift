import Foundation
import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

@Suite struct SineCosineTests {
  @Test func `the fast sine and cosine are the C library's but for the last place`() {
    var random = RandomSource(seed: 7, stream: 0)
    for _ in 0..<20_000 {
      let size = exp(random.uniform() * 40 - 24)
      let angle = (random.uniform() - 0.5) * size
      let (sine, cosine) = angle.sineAndCosine
      #expect(abs(sine - sin(angle)) < 3e-16 && abs(cosine - cos(angle)) < 3e-16, "\(angle)")
    }
    for angle in [0, Double.pi / 4, -Double.pi / 2, 1e6, 999_999.5, 1e22] {
      let (sine, cosine) = angle.sineAndCosine
      #expect(abs(sine - sin(angle)) < 3e-16 && abs(cosine - cos(angle)) < 3e-16, "\(angle)")
    }
    #expect(Double.infinity.sineAndCosine.sine.isNaN)
  }
}
