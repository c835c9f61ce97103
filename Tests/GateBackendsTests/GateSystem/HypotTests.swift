import Glibc
import Testing

/// The program has a `hypotf` of its own, since glibc's asks for a newer release than the program does.
@Suite struct HypotTests {
  static let sides: [Float] = [
    0, -0.0, 1, 3, -4, .leastNonzeroMagnitude, 1e-30, 1e30, -3.4e38, .greatestFiniteMagnitude,
    .leastNormalMagnitude,
    0.1, 12_345.678,
  ]

  @Test(arguments: sides) func `a longest side is the double's, rounded`(x: Float) {
    for y in Self.sides {
      #expect(hypotf(x, y) == Float(hypot(Double(x), Double(y))), "\(x), \(y)")
    }
  }

  @Test func `an infinite side wins over one that is not a number`() {
    #expect(hypotf(-.infinity, .nan) == .infinity)
    #expect(hypotf(.nan, .infinity) == .infinity)
    #expect(hypotf(1, .infinity) == .infinity)
    #expect(hypotf(.nan, 1).isNaN)
    #expect(hypotf(0, .nan).isNaN)
  }
}
