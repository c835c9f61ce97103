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

/// `base` to the power of `exponent`.
func raised(_ base: Double, to exponent: Double) -> Double { pow(base, exponent) }

/// The natural logarithm of 1 + `x`, exact near 0.
@inline(__always)
func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

/// Minus the natural logarithm of a probability, clipped as scikit-learn does to `[eps, 1 - eps]`,
/// eps = 2^-52.
@inline(__always)
func negativeLogarithm(_ probability: Double) -> Double {
  -log(probability.clamped(to: Double.ulpOfOne...(1 - Double.ulpOfOne)))
}
