/// The generator of the golden files: value(i) is a number from 0 to below 1, made of `seed` and
/// i alone.
struct SplitMix: RandomNumberGenerator {
  /// What tells one sequence from another.
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next number of the golden files' sequence.
  mutating func value() -> Double { Double(next() >> 11) * 0x1p-53 }
}
