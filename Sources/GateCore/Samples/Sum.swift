/// A sum that carries its rounding error along, so that a million terms cost no digits.
///
/// Neumaier (1974), with Knuth's branch-free two-sum for the error of each addition. The terms are
/// added in the order given: the same terms give the same bits.
@usableFromInline package struct Sum {
  /// The rounded sum.
  @usableFromInline var sum = 0.0
  /// What the rounding of `sum` lost.
  @usableFromInline var lost = 0.0

  /// Adds one term.
  @inlinable
  @inline(__always)
  package mutating func add(_ term: Double) {
    let next = sum + term
    let kept = next - sum
    lost += (sum - (next - kept)) + (term - kept)
    sum = next
  }

  /// The sum; where it is infinite or NaN, as plain addition has it.
  @inlinable package var value: Double { lost.isFinite ? sum + lost : sum }

  /// Of nothing yet.
  @inlinable package init() {}
}

extension [Double] {
  /// The sum of the elements, compensated.
  @inlinable package var sum: Double {
    withUnsafeBufferPointer { values in
      var sum = Sum()
      for value in values { sum.add(value) }
      return sum.value
    }
  }

  /// The sum of `term(index)` times the weight of the index, compensated; `self` are the weights.
  @inlinable
  @inline(__always)
  package func sum(_ term: (Int) -> Double) -> Double {
    withUnsafeBufferPointer { weights in
      var sum = Sum()
      for index in 0..<weights.count { sum.add(weights[index] * term(index)) }
      return sum.value
    }
  }
}

/// The mean of `term(row)` over `count` rows, by weight where there are weights; `total` is
/// their sum.
///
/// Inlined with its closure, so that a loop over a million rows has no call and no test for
/// weights in it.
@inlinable
@inline(__always)
package func mean(
  over count: Int, weights: [Double]?, total: Double, _ term: (Int) -> Double
) -> Double {
  guard let weights else {
    var sum = Sum()
    for row in 0..<count { sum.add(term(row)) }
    return sum.value / total
  }
  return weights.sum(term) / total
}
