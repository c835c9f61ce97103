/// Student's test that paired differences have a mean of 0.
///
/// `differences` are the candidate's value minus the champion's, a row each; the statistic is t,
/// with a degree less than rows. Throws `Undefined` for fewer than two rows and where all
/// differences are equal.
/// Source: scipy's `ttest_rel`.
package func pairedT(
  _ differences: [Double], _ alternative: Alternative = .twoSided
) throws(Undefined) -> TestResult {
  let mean = try MeanInterval(of: differences)
  guard mean.standardError > 0 else {
    throw Undefined("all differences are equal, so their spread is not known")
  }
  let t = mean.mean / mean.standardError
  let distribution = StudentT(degrees: mean.degrees)
  let p =
    switch alternative {
    case .twoSided: try min(1, 2 * distribution.survival(abs(t)))
    case .less: try distribution.cdf(t)
    case .greater: try distribution.survival(t)
    }
  return TestResult(statistic: t, pValue: p, method: "paired t")
}
