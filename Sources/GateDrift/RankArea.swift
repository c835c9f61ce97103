import GateCore

/// The area under the ROC curve of scores that shall tell the current rows from the reference, and its p-value.
struct RankArea: Sendable {
  /// The chance that a current row has the higher score of one of each side, ties counting half; in 0...1.
  package let value: Double
  /// The chance of such an area or a larger one where scores tell nothing.
  package let pValue: Double
  /// How the p-value was made.
  package let method: String

  /// The most rows on one side for an exact p-value, and then on the other.
  private static let (few, many) = (8, 1000)

  /// Takes finite scores of both sides, each with one at least.
  ///
  /// Exact (Mann and Whitney's recursion) without ties and with at most 8 scores on a side and 1,000 on the other,
  /// otherwise by the normal distribution with the variance corrected for ties, and for continuity; one-sided, as an area below
  /// 1/2 is no sign of a difference.
  /// Source: Mann, Whitney, Annals of Mathematical Statistics 18, 1947; scipy's `mannwhitneyu(current, reference,
  /// alternative="greater")`.
  package init(reference: [Double], current: [Double]) throws(Undefined) {
    let column = DriftColumn(numbers: reference, current)
    let (n, m) = (Double(reference.count), Double(current.count))
    var (below, doubled, ties) = (0, 0, 0.0)
    for place in 0..<column.distinct {
      let (a, b) = (Int(column.reference.counts[place]), Int(column.current.counts[place]))
      doubled += b * (2 * below + a)
      below += a
      let tied = Double(a + b)
      ties += tied * tied * tied - tied
    }
    let area = Double(doubled) / 2
    value = area / (n * m)
    let (fewer, more) = (min(reference.count, current.count), max(reference.count, current.count))
    if ties == 0, fewer <= Self.few, more <= Self.many {
      method = "exact"
      pValue = Self.exact(atLeast: doubled / 2, fewer, more)
      return
    }
    method = "normal distribution with ties"
    let total = n + m
    let variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    // Where all scores are one the variance is 0, and the area tells nothing.
    pValue =
      variance > 0
      ? try StandardNormal.survival((area - n * m / 2 - 0.5) / variance.squareRoot()) : 1
  }

  /// The chance that as many pairs or more are in order, of all ways to choose the ranks of `fewer` of the rows.
  private static func exact(atLeast pairs: Int, _ fewer: Int, _ more: Int) -> Double {
    // ways[u]: how many choices have u pairs in order, by Gauss's polynomials: times (1 - x^(more + k)), over (1 - x^k).
    var ways = [Double](repeating: 0, count: fewer * more + 1)
    ways[0] = 1
    for k in stride(from: 1, through: fewer, by: 1) {
      for u in stride(from: ways.count - 1, through: more + k, by: -1) {
        ways[u] -= ways[u - more - k]
      }
      for u in stride(from: k, to: ways.count, by: 1) { ways[u] += ways[u - k] }
    }
    // The ways are as many from either end, and the low end, where they are few, is the one without rounding.
    let all = (0..<fewer).reduce(1.0) { $0 * Double(fewer + more - $1) / Double($1 + 1) }
    return Swift.min(1, ways[...(fewer * more - pairs)].reduce(0, +) / all)
  }

  /// The classifier's figure; `settings` say how it was made.
  package func figure(settings: [JSON.Member], evidence: [JSON.Member]) -> DriftFigure {
    DriftFigure(
      value, p: pValue,
      settings: settings + [
        JSON.Member("p_value_by", .string("Mann-Whitney, one-sided, \(method)"))
      ], evidence: evidence)
  }
}
