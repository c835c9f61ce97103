#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// e to the power of `x`.
package func exponential(_ x: Double) -> Double { exp(x) }

/// The natural logarithm of `x`: NaN below 0.
package func logarithm(_ x: Double) -> Double { log(x) }

/// The logarithm of `x` to the base 2: NaN below 0.
package func binaryLogarithm(_ x: Double) -> Double { log2(x) }

/// The sine and the cosine of `x`, in radians.
@inline(__always)
package func sineAndCosine(_ x: Double) -> (sine: Double, cosine: Double) { (sin(x), cos(x)) }

/// The real number whose cube is `x`.
package func cubeRoot(_ x: Double) -> Double { cbrt(x) }

/// The angle in 0...pi / 2 whose sine is `x`, in 0...1.
package func arcsine(_ x: Double) -> Double { asin(min(1, max(0, x))) }

/// e to the power of `x`, less 1, without the rounding of what is near 1.
package func exponentialLessOne(_ x: Double) -> Double { expm1(x) }

extension Double {
  /// The nearest number within `range`: takes off what rounding put beyond a bound.
  @inlinable
  @inline(__always)
  package func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

extension Bool {
  /// 1 or 0, made without a branch that random labels would mispredict.
  @inlinable
  @inline(__always)
  package var number: Double { Double(self ? 1 as Int : 0) }
}

/// `base` to the power of `exponent`.
package func raised(_ base: Double, to exponent: Double) -> Double { pow(base, exponent) }

/// The natural logarithm of 1 + `x`, exact near 0.
@inline(__always)
package func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

/// Minus the natural logarithm of a probability, clipped as scikit-learn does to `[eps, 1 - eps]`,
/// eps = 2^-52.
@inline(__always)
package func negativeLogarithm(_ probability: Double) -> Double {
  -log(probability.clamped(to: Double.ulpOfOne...(1 - Double.ulpOfOne)))
}
