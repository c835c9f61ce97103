internal import CSpecialFunctions

/// The standard normal distribution.
///
/// Source: Boost.Math's `normal_distribution`.
package enum StandardNormal {
  /// The chance of at most `x`; throws `Undefined` for NaN.
  package static func cdf(_ x: Double) throws(Undefined) -> Double {
    try checked(special_normal_cdf(x), "the normal distribution at \(x)")
  }

  /// The chance of more than `x`, exact in the far tail; throws `Undefined` for NaN.
  package static func survival(_ x: Double) throws(Undefined) -> Double {
    try checked(special_normal_survival(x), "the normal distribution at \(x)")
  }

  /// The `x` with `cdf(x) == p`; throws `Undefined` unless 0 < p < 1.
  package static func quantile(_ p: Double) throws(Undefined) -> Double {
    try checked(special_normal_quantile(p), "the normal quantile at \(p)")
  }

  /// The half width, in standard errors, of a two-sided interval at `confidence`.
  ///
  /// Throws `Undefined` unless 0 < confidence < 1.
  package static func width(_ confidence: Double) throws(Undefined) -> Double {
    // Minus zero at a confidence of 0 is no interval, so the tail is asked for, not its complement.
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    return try -quantile((1 - confidence) / 2)
  }
}

/// Student's t distribution.
///
/// Source: Boost.Math's `students_t_distribution`.
package struct StudentT: Sendable, Hashable {
  /// Degrees of freedom, above 0, not only whole.
  package let degrees: Double

  /// Checked when a function is asked for.
  package init(degrees: Double) { self.degrees = degrees }

  /// The chance of at most `t`; throws `Undefined` for NaN or degrees not above 0.
  package func cdf(_ t: Double) throws(Undefined) -> Double {
    try checked(special_student_cdf(degrees, t), "student's t with \(degrees) degrees at \(t)")
  }

  /// The chance of more than `t`; throws `Undefined` as `cdf`.
  package func survival(_ t: Double) throws(Undefined) -> Double {
    try checked(special_student_survival(degrees, t), "student's t with \(degrees) degrees at \(t)")
  }

  /// The `t` with `cdf(t) == p`; throws `Undefined` unless 0 < p < 1.
  package func quantile(_ p: Double) throws(Undefined) -> Double {
    try checked(
      special_student_quantile(degrees, p), "student's t with \(degrees) degrees, quantile \(p)")
  }

  /// The half width, in standard errors, of a two-sided interval at `confidence`.
  ///
  /// Throws `Undefined` unless 0 < confidence < 1.
  package func width(_ confidence: Double) throws(Undefined) -> Double {
    guard confidence > 0, confidence < 1 else { throw noInterval(at: confidence) }
    return try -quantile((1 - confidence) / 2)
  }
}

/// The chi-squared distribution.
///
/// Source: Boost.Math's `chi_squared_distribution`.
package struct ChiSquared: Sendable, Hashable {
  /// Degrees of freedom, above 0.
  package let degrees: Double

  /// Checked when a function is asked for.
  package init(degrees: Double) { self.degrees = degrees }

  /// The chance of at most `x`; throws `Undefined` below 0.
  package func cdf(_ x: Double) throws(Undefined) -> Double {
    try checked(special_chi_squared_cdf(degrees, x), "chi-squared(\(degrees)) at \(x)")
  }

  /// The chance of more than `x`; throws `Undefined` below 0.
  package func survival(_ x: Double) throws(Undefined) -> Double {
    try checked(special_chi_squared_survival(degrees, x), "chi-squared(\(degrees)) at \(x)")
  }

  /// The `x` with `cdf(x) == p`; throws `Undefined` unless 0 <= p < 1.
  package func quantile(_ p: Double) throws(Undefined) -> Double {
    try checked(special_chi_squared_quantile(degrees, p), "chi-squared(\(degrees)) quantile \(p)")
  }
}

/// Fisher's F distribution.
///
/// Source: Boost.Math's `fisher_f_distribution`.
package struct FisherF: Sendable, Hashable {
  /// Degrees of freedom of the numerator and of the denominator, above 0.
  package let numerator, denominator: Double

  /// Checked when a function is asked for.
  package init(_ numerator: Double, _ denominator: Double) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// The chance of at most `x`; throws `Undefined` below 0.
  package func cdf(_ x: Double) throws(Undefined) -> Double {
    try checked(special_f_cdf(numerator, denominator, x), "F(\(numerator), \(denominator)) at \(x)")
  }

  /// The chance of more than `x`; throws `Undefined` below 0.
  package func survival(_ x: Double) throws(Undefined) -> Double {
    try checked(
      special_f_survival(numerator, denominator, x), "F(\(numerator), \(denominator)) at \(x)")
  }
}

/// Passes a number on, or throws what was asked for and why there is none.
func checked(_ result: special_result, _ what: @autoclosure () -> String) throws(Undefined)
  -> Double
{
  switch result.status {
  case SPECIAL_OK: return result.value
  case SPECIAL_DOMAIN: throw Undefined("\(what()) is not defined")
  default: throw Undefined("\(what()) could not be computed")
  }
}

/// What is wrong with a confidence of 0, 1 or beyond.
func noInterval(at confidence: Double) -> Undefined {
  Undefined("a confidence lies between 0 and 1, and \(confidence) does not")
}
