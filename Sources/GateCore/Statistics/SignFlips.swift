/// The permutation test that paired differences have a mean of 0: under that hypothesis each may as
/// well have the other sign.
///
/// `differences` are the candidate's value minus the champion's, a row each; the statistic is their
/// mean. Exact, over all 2^n choices of signs, when these are no more than `replicates`; otherwise
/// over that many random ones, where the p-value is (as extreme + 1) / (replicates + 1) and depends
/// on the seed alone. Two-sided: twice the smaller tail. Throws `Undefined` without rows, without
/// replicates and for a mean that is not finite.
/// Sources: Phipson, Smyth, Statistical Applications in Genetics and Molecular Biology 9(1), 2010;
/// scipy's `permutation_test(permutation_type="samples")`.
package func signFlips(
  _ differences: [Double], replicates: Int = 9999, seed: UInt64,
  _ alternative: Alternative = .twoSided
) async throws(Undefined) -> TestResult {
  let sum = differences.reduce(0, +)
  guard !differences.isEmpty else { throw Undefined("there are no rows") }
  guard replicates > 0 else { throw Undefined("there are no replicates") }
  guard sum.isFinite else { throw Undefined("the mean is not a finite number") }
  let isExact = differences.count < 62 && 1 << differences.count <= replicates
  let flips = isExact ? 1 << differences.count : replicates
  // Sums that rounding alone keeps apart are one sum.
  let slack = differences.reduce(0) { $0 + abs($1) } * 1e-14
  let tails = await inPieces(of: flips, size: 256) {
    { (flip: Int) -> (less: Bool, greater: Bool) in
      let flipped = isExact ? differences.flipped(by: flip) : differences.flipped(seed, flip)
      return (flipped <= sum + slack, flipped >= sum - slack)
    }
  }
  let extra = isExact ? 0 : 1
  let less = Double(tails.count { $0.less } + extra) / Double(flips + extra)
  let greater = Double(tails.count { $0.greater } + extra) / Double(flips + extra)
  let p =
    switch alternative {
    case .twoSided: min(1, 2 * min(less, greater))
    case .less: less
    case .greater: greater
    }
  return TestResult(
    statistic: sum / Double(differences.count), pValue: p,
    method: isExact ? "sign flips, exact" : "sign flips, \(flips) random")
}

extension [Double] {
  /// The sum with the sign of each element changed whose bit is 1.
  fileprivate func flipped(by bits: Int) -> Double {
    var sum = 0.0
    for index in indices { sum += bits >> index & 1 == 1 ? -self[index] : self[index] }
    return sum
  }

  /// The sum with random signs: a random bit an element.
  fileprivate func flipped(_ seed: UInt64, _ stream: Int) -> Double {
    var source = RandomSource(seed: seed, stream: UInt64(truncatingIfNeeded: stream))
    var sum = 0.0
    for start in Swift.stride(from: 0, to: count, by: 64) {
      let bits = source.next64()
      for index in start..<Swift.min(start + 64, count) {
        let sign = bits << UInt64(63 - (index - start)) & 1 << 63
        sum += Double(bitPattern: self[index].bitPattern ^ sign)
      }
    }
    return sum
  }
}
