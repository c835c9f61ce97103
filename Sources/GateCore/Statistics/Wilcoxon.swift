/// Wilcoxon's signed-rank test that paired differences lie about 0.
package enum Wilcoxon {
  /// What happens to differences of 0.
  package enum Zeros: String, Sendable, CaseIterable {
    /// Left out before ranking: Wilcoxon's own way.
    case wilcox
    /// Ranked, then left out: Pratt's.
    case pratt
  }

  /// Most rows for which the exact distribution is used.
  package static let mostExact = 50

  /// Exact for at most 50 differences without ties or zeros; otherwise normal, the variance corrected for ties, without continuity correction. For few rows with ties
  /// `signFlips` is exact.
  ///
  /// The statistic is the sum of the ranks above 0, or for two sides the smaller of both sums.
  /// Throws `Undefined` for NaN and where no difference is other than 0.
  /// Sources: Wilcoxon, Biometrics Bulletin 1, 1945; Pratt, JASA 54, 1959; scipy's `wilcoxon`.
  package static func test(
    _ differences: [Double], zeros: Zeros = .wilcox, _ alternative: Alternative = .twoSided
  ) throws(Undefined) -> TestResult {
    if differences.contains(where: \.isNaN) { throw Undefined("a difference is not a number") }
    let ranked = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
    guard ranked.contains(where: { $0 != 0 }) else { throw Undefined("no row differs") }
    let ranks = Ranks(ranked)
    if ranked.count <= mostExact, !ranks.hasTies, ranks.zeros == 0 {
      return exact(ranks, alternative)
    }
    return try normal(ranks, alternative)
  }

  /// By the number of ways to choose signs for the ranks 1...n.
  private static func exact(_ ranks: Ranks, _ alternative: Alternative) -> TestResult {
    let ways = signings(ranks.count)
    let all = ways.reduce(0, +)
    func atMost(_ sum: Double) -> Double { ways[0...Int(sum)].reduce(0, +) / all }
    let p =
      switch alternative {
      case .twoSided: min(1, 2 * atMost(min(ranks.above, ranks.below)))
      case .less: atMost(ranks.above)
      // The distribution is symmetric: as many ways above as below.
      case .greater: atMost(ranks.below)
      }
    return TestResult(
      statistic: alternative == .twoSided ? min(ranks.above, ranks.below) : ranks.above,
      pValue: p, method: "Wilcoxon signed rank, exact")
  }

  /// How many of the 2^count choices of signs give each sum of positive ranks; exact up to 50.
  static func signings(_ count: Int) -> [Double] {
    var ways = [Double](repeating: 0, count: count * (count + 1) / 2 + 1)
    ways[0] = 1
    for rank in stride(from: 1, through: count, by: 1) {
      for sum in stride(from: ways.count - 1, through: rank, by: -1) {
        ways[sum] += ways[sum - rank]
      }
    }
    return ways
  }

  /// By the mean and variance of the sum of ranks, those of zeros left out.
  private static func normal(
    _ ranks: Ranks, _ alternative: Alternative
  ) throws(Undefined) -> TestResult {
    let (n, zeros) = (Double(ranks.count), Double(ranks.zeros))
    let mean = (n * (n + 1) - zeros * (zeros + 1)) / 4
    let variance =
      (n * (n + 1) * (2 * n + 1) - zeros * (zeros + 1) * (2 * zeros + 1)) / 24 - ranks.ties / 48
    guard variance > 0 else { throw Undefined("the ranks do not vary") }
    let z = (ranks.above - mean) / variance.squareRoot()
    let p =
      switch alternative {
      case .twoSided: try min(1, 2 * StandardNormal.survival(abs(z)))
      case .less: try StandardNormal.cdf(z)
      case .greater: try StandardNormal.survival(z)
      }
    return TestResult(
      statistic: alternative == .twoSided ? min(ranks.above, ranks.below) : ranks.above,
      pValue: p, method: "Wilcoxon signed rank, normal")
  }
}

/// Sums of the ranks of absolute differences; equal ones share their mean rank.
private struct Ranks {
  /// Of the positive and of the negative differences.
  package private(set) var above = 0.0
  package private(set) var below = 0.0
  /// The sum of t^3 - t over groups of t equal absolute differences other than 0.
  package private(set) var ties = 0.0
  package let zeros: Int
  package let count: Int
  var hasTies: Bool { ties > 0 }

  package init(_ differences: [Double]) {
    let order = differences.indices.sorted { abs(differences[$0]) < abs(differences[$1]) }
    count = order.count
    zeros = differences.count { $0 == 0 }
    var start = zeros
    while start < order.count {
      var end = start
      while end < order.count, abs(differences[order[end]]) == abs(differences[order[start]]) {
        end += 1
      }
      let size = Double(end - start)
      let rank = Double(start + end + 1) / 2
      for index in order[start..<end] {
        if differences[index] > 0 { above += rank } else { below += rank }
      }
      ties += size * size * size - size
      start = end
    }
  }
}
