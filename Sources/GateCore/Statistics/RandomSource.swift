/// Random numbers as a pure function of seed, stream and counter.
///
/// Nothing is shared between streams, so work split over any number of threads draws the same
/// numbers when each piece of work has its own stream. Philox4x32-10 passes BigCrush (TestU01); its
/// period is 2^66 numbers a stream here.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; the
/// Random123 library's test vectors are in the tests.
package struct RandomSource: Sendable {
  /// The two halves of the seed.
  @usableFromInline let key: (UInt32, UInt32)
  /// The two halves of the stream.
  @usableFromInline let stream: (UInt32, UInt32)
  /// Of the next block of four numbers.
  @usableFromInline var counter: UInt64 = 0
  /// The block in use, and how many of its four numbers are spent.
  @usableFromInline var block = SIMD4<UInt32>()
  @usableFromInline var spent = 4

  /// The numbers of one stream, from its first.
  package init(seed: UInt64, stream: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = (UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
  }

  /// 32 random bits.
  @inlinable
  @inline(__always)
  package mutating func next() -> UInt32 {
    if spent == 4 {
      block = nextBlock()
      spent = 0
    }
    defer { spent += 1 }
    return block[spent]
  }

  /// 64 random bits, of two numbers.
  @inlinable package mutating func next64() -> UInt64 { UInt64(next()) << 32 | UInt64(next()) }

  /// Uniform in 0..<1, a multiple of 2^-53.
  @inlinable package mutating func uniform() -> Double { Double(next64() >> 11) * 0x1p-53 }

  /// Uniform in 0..<count, without bias; `count` is at least 1.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019: a
  /// multiplication, and a division only where a rejection is possible, once in 2^32 / count draws.
  @inlinable
  @inline(__always)
  package mutating func index(below count: UInt32) -> Int {
    var product = UInt64(next()) * UInt64(count)
    if UInt32(truncatingIfNeeded: product) < count {
      let rejected = (0 &- count) % count
      while UInt32(truncatingIfNeeded: product) < rejected {
        product = UInt64(next()) * UInt64(count)
      }
    }
    return Int(product >> 32)
  }

  /// The four numbers of the next counter.
  @inlinable
  @inline(__always)
  mutating func nextBlock() -> SIMD4<UInt32> {
    defer { counter &+= 1 }
    return philox(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
        stream.0, stream.1), key: key)
  }
}

/// Philox4x32-10: four random words of a counter and a key.
@inlinable
@inline(__always)
package func philox(counter: SIMD4<UInt32>, key: (UInt32, UInt32)) -> SIMD4<UInt32> {
  var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3])
  var (first, second) = key
  for _ in 0..<10 {
    let left = UInt64(a) &* 0xD251_1F53
    let right = UInt64(c) &* 0xCD9E_8D57
    a = UInt32(truncatingIfNeeded: right >> 32) ^ b ^ first
    b = UInt32(truncatingIfNeeded: right)
    c = UInt32(truncatingIfNeeded: left >> 32) ^ d ^ second
    d = UInt32(truncatingIfNeeded: left)
    first &+= 0x9E37_79B9
    second &+= 0xBB67_AE85
  }
  return SIMD4(a, b, c, d)
}
