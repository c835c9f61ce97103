/// How p-values of several tests are corrected for their number.
package enum ErrorControl: String, Sendable, CaseIterable {
  /// The chance of any false finding, with Holm's steps: as safe as Bonferroni's and never less
  /// able to find.
  case holm
  /// The chance of any false finding: each p-value times the number of tests.
  case bonferroni
  /// The expected share of false findings, for independent or positively related tests: Benjamini
  /// and Hochberg's.
  case bh
  /// The expected share of false findings, for tests related in any way: Benjamini and Yekutieli's.
  case by
  /// No correction.
  case none

  /// The corrected p-values, in the order given, each in 0...1; a test is a finding where its is at
  /// most the level.
  ///
  /// Throws `Undefined` for a p-value outside 0...1.
  /// Sources: Holm, Scandinavian Journal of Statistics 6, 1979; Benjamini, Hochberg, JRSS B 57,
  /// 1995; Benjamini, Yekutieli, Annals of Statistics 29, 2001; statsmodels' `multipletests`.
  package func adjusted(_ pValues: [Double]) throws(Undefined) -> [Double] {
    for p in pValues where !(p >= 0 && p <= 1) {
      throw Undefined("a p-value lies in 0...1, and \(p) does not")
    }
    let count = Double(pValues.count)
    let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
    var adjusted = pValues
    switch self {
    case .none: return pValues
    case .bonferroni: return pValues.map { min(1, $0 * count) }
    case .holm:
      var highest = 0.0
      for (rank, index) in order.enumerated() {
        highest = max(highest, min(1, pValues[index] * (count - Double(rank))))
        adjusted[index] = highest
      }
    case .bh, .by:
      let harmonic = (1...max(1, pValues.count)).reduce(0) { $0 + 1 / Double($1) }
      let factor = self == .by ? count * harmonic : count
      var lowest = 1.0
      for (rank, index) in order.enumerated().reversed() {
        lowest = min(lowest, pValues[index] * factor / Double(rank + 1))
        adjusted[index] = lowest
      }
    }
    return adjusted
  }
}
