#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Undefined {
  /// A metric of scores, and a model without.
  static let classesOnly = Undefined("the model gives classes, not scores")
}

extension Double {
  /// The nearest number within `range`: takes off what rounding put beyond a bound.
  @inline(__always)
  func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

extension Bool {
  /// 1 or 0, made without a branch that random labels would mispredict.
  @inline(__always)
  var number: Double { Double(self ? 1 as Int : 0) }
}

/// Minus the natural logarithm of a probability, clipped as scikit-learn does to `[eps, 1 - eps]`,
/// eps = 2^-52.
@inline(__always)
func negativeLogarithm(_ probability: Double) -> Double {
  -log(probability.clamped(to: Double.ulpOfOne...(1 - Double.ulpOfOne)))
}
