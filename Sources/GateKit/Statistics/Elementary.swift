#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// e to the power of `x`.
func exponential(_ x: Double) -> Double { exp(x) }

/// The natural logarithm of `x`: NaN below 0.
func logarithm(_ x: Double) -> Double { log(x) }

/// The logarithm of `x` to the base 2: NaN below 0.
func binaryLogarithm(_ x: Double) -> Double { log2(x) }

/// The sine and the cosine of `x`, in radians.
@inline(__always)
func sineAndCosine(_ x: Double) -> (sine: Double, cosine: Double) { (sin(x), cos(x)) }

/// The real number whose cube is `x`.
func cubeRoot(_ x: Double) -> Double { cbrt(x) }

/// The angle in 0...pi / 2 whose sine is `x`, in 0...1.
func arcsine(_ x: Double) -> Double { asin(min(1, max(0, x))) }

/// e to the power of `x`, less 1, without the rounding of what is near 1.
func exponentialLessOne(_ x: Double) -> Double { expm1(x) }
