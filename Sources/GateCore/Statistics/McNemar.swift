/// McNemar's test that two models are right equally often on the same rows.
///
/// Only rows that one model gets right and the other wrong count: `gained` the candidate's, `lost`
/// the champion's. Exact at every number of such rows: the chi-squared form, which wants 25 of them, is not needed
/// where a binomial costs nothing.
package enum McNemar {
  /// The exact binomial test, two-sided; 1 when no row differs. Its statistic is the smaller count.
  ///
  /// Throws `Undefined` for negative counts.
  /// Source: McNemar, Psychometrika 12, 1947; statsmodels' `mcnemar(exact=True)`.
  package static func exact(gained: Int, lost: Int) throws(Undefined) -> TestResult {
    try test(gained, lost, correction: 0, method: "McNemar, exact")
  }

  /// The exact test with half the chance of the counts as seen: nearer to the level it says, where
  /// the exact form is too careful.
  ///
  /// Throws `Undefined` for negative counts.
  /// Source: Fagerland, Lydersen, Laake, BMC Medical Research Methodology 13:91, 2013.
  package static func midP(gained: Int, lost: Int) throws(Undefined) -> TestResult {
    try test(gained, lost, correction: 1, method: "McNemar, mid-p")
  }

  /// Twice the lower tail less `correction` times the chance of the smaller count.
  private static func test(
    _ gained: Int, _ lost: Int, correction: Double, method: String
  ) throws(Undefined) -> TestResult {
    guard gained >= 0, lost >= 0 else { throw Undefined("a number of rows is negative") }
    let smaller = min(gained, lost)
    let binomial = Binomial(trials: gained + lost, probability: 0.5)
    let p = try 2 * binomial.cdf(smaller) - correction * binomial.pmf(smaller)
    return TestResult(statistic: Double(smaller), pValue: min(1, p), method: method)
  }
}
