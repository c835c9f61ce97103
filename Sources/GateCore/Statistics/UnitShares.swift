/// How the weight of a mean lies on its units (rows, or clusters), and what that says of the mean's standard error.
///
/// Source: Efron, Stein, "The jackknife estimate of variance", Annals of Statistics 9, 1981; the degrees of freedom: Bell,
/// McCaffrey, "Bias reduction in standard errors for linear regression with multi-stage samples", Survey Methodology 28,
/// 2002, of units that are normal and do not depend on each other. With equal shares the variance is Student's and the
/// degrees are the units less one.
package struct UnitShares: Sendable {
  /// Of the squared residual of each unit in the variance of the mean.
  package let factors: [Double]
  /// Of the variance; in 1...units - 1.
  package let degrees: Double
  /// How much larger the variance is than that of a Bayesian bootstrap of the units.
  package let excess: Double

  /// `weights` of two units at least are above 0; those of 0 take no part.
  package init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    let count = Double(weights.count { $0 > 0 })
    let shares = weights.map { $0 / total }
    let squares = shares.reduce(0) { $0 + $1 * $1 }
    factors = shares.map { share in
      share * share / ((1 - share) * (1 - share)) * (count - 1) / count
    }
    var (own, sum, bySquare, byShare, among) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (share, factor) in zip(shares, factors) {
      let kept = 1 - 2 * share + squares
      let other = squares - 2 * share
      own += factor * kept
      sum += factor
      byShare += factor * share
      bySquare += factor * share * share
      among += factor * factor * (kept * kept - other * other)
    }
    let spread =
      squares * squares * sum * sum - 4 * squares * sum * byShare + 2 * sum * bySquare
      + 2 * byShare * byShare + among
    let found = own * own / spread
    degrees = found.isFinite ? max(1, min(count - 1, found)) : max(1, count - 1)
    excess = sum / squares * (count + 1) / count
  }
}
