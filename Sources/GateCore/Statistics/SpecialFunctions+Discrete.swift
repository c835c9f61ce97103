internal import CSpecialFunctions

/// The beta distribution: its cdf is the regularised incomplete beta function I_x(a, b).
///
/// Source: Boost.Math's `ibeta`, `ibetac`, `ibeta_inv`.
package struct Beta: Sendable, Hashable {
  /// The shapes, above 0.
  package let a, b: Double

  /// Checked when a function is asked for.
  package init(_ a: Double, _ b: Double) { (self.a, self.b) = (a, b) }

  /// The chance of at most `x`; throws `Undefined` outside 0...1.
  package func cdf(_ x: Double) throws(Undefined) -> Double {
    try checked(special_beta_cdf(a, b, x), "beta(\(a), \(b)) at \(x)")
  }

  /// The chance of more than `x`; throws `Undefined` outside 0...1.
  package func survival(_ x: Double) throws(Undefined) -> Double {
    try checked(special_beta_survival(a, b, x), "beta(\(a), \(b)) at \(x)")
  }

  /// The `x` with `cdf(x) == p`; throws `Undefined` unless 0 <= p <= 1.
  package func quantile(_ p: Double) throws(Undefined) -> Double {
    try checked(special_beta_quantile(a, b, p), "beta(\(a), \(b)) quantile \(p)")
  }
}

/// The number of successes in independent trials.
///
/// Source: Boost.Math's `binomial_distribution`.
package struct Binomial: Sendable, Hashable {
  /// At least 0.
  package let trials: Int
  /// Of success in one trial, in 0...1.
  package let probability: Double

  /// Checked when a function is asked for.
  package init(trials: Int, probability: Double) {
    (self.trials, self.probability) = (trials, probability)
  }

  /// The chance of exactly `successes`, at least 0; throws `Undefined` outside the domain.
  package func pmf(_ successes: Int) throws(Undefined) -> Double {
    try checked(special_binomial_pmf(Double(trials), probability, Double(successes)), name)
  }

  /// The chance of at most `successes`, at least 0; throws `Undefined` outside the domain.
  package func cdf(_ successes: Int) throws(Undefined) -> Double {
    try checked(special_binomial_cdf(Double(trials), probability, Double(successes)), name)
  }

  /// The chance of more than `successes`, at least 0; throws `Undefined` outside the domain.
  package func survival(_ successes: Int) throws(Undefined) -> Double {
    try checked(special_binomial_survival(Double(trials), probability, Double(successes)), name)
  }

  /// The smallest number of successes whose cdf is at least `p`; throws `Undefined` unless 0 <= p
  /// <= 1.
  package func quantile(_ p: Double) throws(Undefined) -> Int {
    Int(try checked(special_binomial_quantile(Double(trials), probability, p), name))
  }

  /// For messages.
  private var name: String { "the binomial of \(trials) trials at \(probability)" }
}

/// The number of marked things in a draw without replacement.
///
/// Source: Boost.Math's `hypergeometric_distribution`.
package struct Hypergeometric: Sendable, Hashable {
  /// Things in all, those that are marked, and those drawn; each below 2^32.
  package let total, marked, drawn: Int

  /// Checked when a function is asked for.
  package init(total: Int, marked: Int, drawn: Int) {
    (self.total, self.marked, self.drawn) = (total, marked, drawn)
  }

  /// The chance of exactly `found` marked things; throws `Undefined` outside the domain.
  package func pmf(_ found: Int) throws(Undefined) -> Double {
    let (total, marked, drawn, found) = try words(found)
    return try checked(special_hypergeometric_pmf(total, marked, drawn, found), name)
  }

  /// The chance of at most `found` marked things; throws `Undefined` outside the domain.
  package func cdf(_ found: Int) throws(Undefined) -> Double {
    let (total, marked, drawn, found) = try words(found)
    return try checked(special_hypergeometric_cdf(total, marked, drawn, found), name)
  }

  /// The numbers as the C face takes them.
  private func words(_ found: Int) throws(Undefined) -> (UInt32, UInt32, UInt32, UInt32) {
    guard let total = UInt32(exactly: total), let marked = UInt32(exactly: marked),
      let drawn = UInt32(exactly: drawn), let found = UInt32(exactly: found)
    else { throw Undefined("\(name) is not defined") }
    return (total, marked, drawn, found)
  }

  /// For messages.
  private var name: String { "the hypergeometric of \(drawn) from \(total), \(marked) marked" }
}

/// Functions that are no distribution's.
package enum SpecialFunction {
  /// The regularised lower incomplete gamma function P(a, x); throws `Undefined` unless a > 0, x >=
  /// 0.
  package static func gammaP(_ a: Double, _ x: Double) throws(Undefined) -> Double {
    try checked(special_gamma_p(a, x), "gamma P(\(a), \(x))")
  }

  /// The regularised upper incomplete gamma function Q(a, x); throws `Undefined` unless a > 0, x >=
  /// 0.
  package static func gammaQ(_ a: Double, _ x: Double) throws(Undefined) -> Double {
    try checked(special_gamma_q(a, x), "gamma Q(\(a), \(x))")
  }

  /// The logarithm of the gamma function; throws `Undefined` unless x > 0.
  package static func logGamma(_ x: Double) throws(Undefined) -> Double {
    try checked(special_log_gamma(x), "log gamma of \(x)")
  }

  /// The error function; throws `Undefined` for NaN.
  package static func erf(_ x: Double) throws(Undefined) -> Double {
    try checked(special_erf(x), "erf(\(x))")
  }

  /// Its complement, exact in the far tail; throws `Undefined` for NaN.
  package static func erfc(_ x: Double) throws(Undefined) -> Double {
    try checked(special_erfc(x), "erfc(\(x))")
  }
}
