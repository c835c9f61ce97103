import GateCore

/// All orders of a few rows of two sides, and how many of them lie as far from even as those seen.
///
/// Source: Xiao, Gordon and Yakovlev, Journal of Statistical Software 17(8), 2006; rows that share a value are passed
/// together, so that the count is of the shuffles of what was seen.
struct SmallRankings {
  /// Rows of both sides.
  private let n: Int
  private let m: Int
  /// How many rows of both sides share each value; 1 each where ties do not matter.
  private let groups: [Int]
  /// The sum of the squared steps of the order seen.
  private let seen: Int
  /// Steps of a row of the reference and of a current row.
  private let step: (reference: Int, current: Int)

  /// Takes the column's order; at most some 20 rows a side.
  package init(_ column: DriftColumn, joinsTies: Bool) {
    (n, m) = (column.reference.total, column.current.total)
    var (divisor, rest) = (n, m)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    let (forward, back) = (m / divisor, n / divisor)
    var (height, seen) = (0, 0)
    var groups: [Int] = []
    column.eachValue { _, a, b in
      height += a * forward - b * back
      seen += (a + b) * height * height
      groups.append(a + b)
    }
    step = (forward, back)
    self.seen = seen
    self.groups = joinsTies ? groups : [Int](repeating: 1, count: n + m)
  }

  /// The share of orders that lie as far as the one seen.
  var survivalOfSeen: Double { survival(atLeast: seen) }

  /// The share of orders whose Cramér-von Mises statistic is at least this.
  package func survival(_ statistic: Double) -> Double {
    let rows = Double(n + m)
    let steps = statistic * Double(step.reference * step.current) * rows * rows
    // Scipy rounds down; what rounding alone makes larger is the same.
    return survival(atLeast: Int((steps + 1e-6).rounded(.down)))
  }

  /// The share of orders whose sum of squared steps is at least `bound`.
  private func survival(atLeast bound: Int) -> Double {
    let most = furthest
    // By rows of the reference so far: sums below the bound that may still reach it, and in how many orders.
    var open: [[Int: Double]] = [[0: 1]] + [[Int: Double]](repeating: [:], count: n)
    var (passed, reached) = (0, 0.0)
    for (place, group) in groups.enumerated() {
      var next = [[Int: Double]](repeating: [:], count: n + 1)
      for before in open.indices where !open[before].isEmpty {
        for added in max(0, passed + group - m - before)...min(group, n - before)
        where added >= 0 {
          let a = before + added
          let height = a * step.reference - (passed + group - a) * step.current
          let (gain, ways) = (group * height * height, choices(group, added))
          let rest = choices(n + m - passed - group, n - a)
          for (sum, count) in open[before] {
            if sum + gain >= bound {
              reached += count * ways * rest
            } else if sum + gain + most[place + 1][a] >= bound {
              next[a][sum + gain, default: 0] += count * ways
            }
          }
        }
      }
      passed += group
      open = next
    }
    return min(1, (bound <= 0 ? choices(n + m, n) : reached) / choices(n + m, n))
  }

  /// After each group, by rows of the reference so far: the most that the rest can add; below 0: cannot be.
  private var furthest: [[Int]] {
    let never = [Int](repeating: Int.min / 2, count: n + 1)
    var most = [[Int]](repeating: never, count: groups.count + 1)
    most[groups.count][n] = 0
    var passed = n + m
    for (place, group) in groups.enumerated().reversed() {
      for a in 0...n where passed - a >= 0 && passed - a <= m {
        let height = a * step.reference - (passed - a) * step.current
        let gain = most[place + 1][a] + group * height * height
        for before in max(0, a - group)...a { most[place][before] = max(most[place][before], gain) }
      }
      passed -= group
    }
    return most
  }
}

/// Ways to choose `k` of `n`; exact below 2^53.
private func choices(_ n: Int, _ k: Int) -> Double {
  guard k >= 0, k <= n else { return 0 }
  var ways = 1.0
  for place in 0..<min(k, n - k) { ways = (ways * Double(n - place) / Double(place + 1)).rounded() }
  return ways
}
