/// The largest distance between the distribution functions of two samples, when both are of one continuous distribution.
///
/// Every order of the pooled rows is as likely: a path over a lattice, a step right a row of the one side and a step up a
/// row of the other. The distance is reached where the path leaves a band about the diagonal.
package struct SmirnovPaths: Sendable {
  /// Rows of the larger and of the smaller side.
  let larger: Int
  package let smaller: Int
  /// The distance as a multiple of 1 / lcm(larger, smaller).
  package let steps: Int

  /// Takes the rows of both sides and the distance in steps of 1 / lcm.
  package init(_ n: Int, _ m: Int, steps: Int) {
    (larger, smaller, self.steps) = (max(n, m), min(n, m), steps)
  }

  /// Steps of the recursion, which decide how long it takes.
  package var work: Int {
    if larger == smaller { return larger }
    let width = 2 * steps / (larger / greatestDivisor) + 1
    return larger.multipliedReportingOverflow(by: min(width, smaller + 1)).partialValue
  }

  /// The chance of a distance at least as large.
  ///
  /// Of equal sides a closed form (Gnedenko and Korolyuk, Doklady 80, 1951); else by recursion over the lattice (Hodges,
  /// Arkiv för Matematik 3, 1958) of the share of paths that have left, which keeps its precision in the tail
  /// (Viehmann, arXiv 2102.08037).
  package var survival: Double {
    if steps <= 0 { return 1 }
    let (n, m) = (Double(larger), Double(smaller))
    let distance = Double(steps) / (n / Double(greatestDivisor) * m)
    // Never more than e times this (Wei and Dudley, Statistics and Probability Letters 82, 2012): no double is so small.
    if 2 * n * m / (n + m) * distance * distance > 760 { return 0 }
    return (larger == smaller ? ofEqualSides : ofUnequalSides).clamped(to: 0...1)
  }

  private var greatestDivisor: Int {
    var (a, b) = (larger, smaller)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// 2 (c1 - c2 + c3 - …) with ck = C(2n, n - k steps) / C(2n, n), from the last.
  private var ofEqualSides: Double {
    let n = larger
    var sum = 0.0
    for times in stride(from: n / steps, through: 1, by: -1) {
      // c(k) / c(k - 1), as a product of factors below 1.
      let before = (times - 1) * steps
      var ratio = 1.0
      for step in 0..<steps { ratio *= Double(n - before - step) / Double(n + before + step + 1) }
      sum = ratio * (1 - sum)
    }
    return 2 * sum
  }

  /// Column by column, the share of paths to each point of the band that have left it on the way.
  private var ofUnequalSides: Double {
    let divisor = greatestDivisor
    let (across, up) = (larger / divisor, smaller / divisor)
    let reciprocals = (0...(larger + smaller)).map { $0 == 0 ? 0 : 1 / Double($0) }
    // Outside of the band every path has left it.
    var left = [Double](repeating: 1, count: smaller + 1)
    for y in 0...smaller where y * across < steps { left[y] = 0 }
    return left.withUnsafeMutableBufferPointer { left in
      reciprocals.withUnsafeBufferPointer { reciprocals in
        for x in 1...larger {
          let middle = up * x
          let low = middle < steps ? 0 : (middle - steps) / across + 1
          let high = min((middle + steps - 1) / across, smaller)
          if low > high { return 1 }
          var share = 1.0
          for y in low...high {
            let reciprocal = reciprocals[x + y]
            share = share * (Double(y) * reciprocal) + left[y] * (Double(x) * reciprocal)
            left[y] = share
          }
        }
        return left[smaller]
      }
    }
  }
}
