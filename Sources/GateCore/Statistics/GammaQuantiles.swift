/// Quantiles of one gamma distribution at many places, each a cubic through exact ones.
///
/// A draw by inversion rises with the shape at the same random number; a draw by rejection does not.
/// Relative error below 1e-6, shown by a test against Boost.Math's `chi_squared_distribution`.
struct GammaQuantiles: Sendable {
  /// The logarithm of the quantile.
  private let curve: QuantileCurve

  /// Of a gamma distribution of `shape`, at least 1, and scale 1; throws `Undefined` for another shape.
  package init(shape: Double) throws(Undefined) {
    guard shape >= 1 else { throw Undefined("a gamma distribution of shape \(shape) is not drawn") }
    let distribution = ChiSquared(degrees: 2 * shape)
    curve = try QuantileCurve { normal throws(Undefined) in
      logarithm(try distribution.quantile(try StandardNormal.cdf(normal)) / 2)
    }
  }

  /// The quantile at the chance of less than `normal` under the standard normal distribution.
  package func at(_ normal: Double) -> Double { exponential(curve.at(normal)) }
}

/// The same of a beta distribution.
struct BetaQuantiles: Sendable {
  /// The logarithm of the odds of the quantile.
  private let curve: QuantileCurve

  /// Of a beta distribution of shapes above 0; throws `Undefined` for others.
  package init(_ a: Double, _ b: Double) throws(Undefined) {
    curve = try QuantileCurve { normal throws(Undefined) in
      // The nearer end's distance keeps its digits.
      let tail = try StandardNormal.cdf(-abs(normal))
      let share = try (normal < 0 ? Beta(a, b) : Beta(b, a)).quantile(tail)
      let odds = logarithm(share) - logarithm(1 - share)
      return normal < 0 ? odds : -odds
    }
  }

  /// The quantile at the chance of less than `normal` under the standard normal distribution.
  package func at(_ normal: Double) -> Double { 1 / (1 + exponential(-curve.at(normal))) }
}
