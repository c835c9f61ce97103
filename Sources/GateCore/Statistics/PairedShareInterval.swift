/// The interval for the difference of two shares of the same rows: the candidate's accuracy minus
/// the champion's.
///
/// Tango's score interval, because a gate's usual case is two models that disagree on few rows,
/// where Wald's interval (and Agresti and Min's, which shifts it) covers badly or runs past what
/// the rows allow; and because it keeps a width above 0 when the models disagree on no row, so that
/// ten rows cannot pass what they cannot show.
///
/// Where few rows differ, a score is not normal: four rows gained and none lost would show a gain
/// that McNemar's mid-p test does not (p = 0.0625). So neither bound is nearer than that of a hybrid
/// of mid-p intervals. By enumeration over samples of 10 to 2,000 rows and bounds of -0.2 to 0.1 a difference that is just
/// not good enough then passes in at most 2.9% of runs at 95% (Tango's alone: 5.3%; Clopper and Pearson's in the place of
/// mid-p: 2.6%, and 18 in the place of 26 of 100 runs pass with 5% gained and 2% lost of 150 rows, 27 of 35 with 2% each
/// and a drop of 3% allowed). An unconditional exact test (Lloyd's) of 150 rows passes at most four runs of 100 more but
/// where next to none differ.
///
/// Sources: Tango, "Equivalence test and confidence interval for the difference in proportions for
/// the paired-sample design", Statistics in Medicine 17, 1998, 891-908; the hybrid: Zou, Donner,
/// Statistics in Medicine 27, 2008, 1693-1702 (MOVER); mid-p: Fagerland, Lydersen, Laake, "The McNemar test for binary
/// matched-pairs data: mid-p and asymptotic are better than exact conditional", BMC Medical Research Methodology 13, 2013.
package struct PairedShares: Sendable, Hashable {
  /// Rows that only the candidate gets right, rows that only the champion does, and all rows.
  package let gained, lost, rows: Int

  /// Throws `Undefined` without rows, or with more that differ than rows.
  package init(gained: Int, lost: Int, rows: Int) throws(Undefined) {
    guard rows > 0 else { throw Undefined("a difference of shares of no rows has no interval") }
    guard gained >= 0, lost >= 0, gained + lost <= rows else {
      throw Undefined("\(gained) and \(lost) differing rows of \(rows) cannot be")
    }
    (self.gained, self.lost, self.rows) = (gained, lost, rows)
  }

  /// The candidate's share minus the champion's, in -1...1.
  package var difference: Double { Double(gained - lost) / Double(rows) }

  /// The interval to show: Tango's, each bound moved out to that of the mid-p shares where this is farther; within
  /// -1...1.
  ///
  /// Throws `Undefined` for a confidence outside 0...1.
  package func interval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let score = try tangoInterval(confidence: confidence)
    let shares = try midPInterval(confidence: confidence)
    return ConfidenceInterval(
      low: min(score.low, shares.low), high: max(score.high, shares.high), level: confidence,
      method: shares.low < score.low || shares.high > score.high ? "Tango, mid-p" : "Tango")
  }

  /// Each bound the farther one of two: from the mid-p intervals of the shares gained and lost, and from that of the
  /// share gained of the rows that differ, which holds 0 whenever McNemar's mid-p test finds no difference.
  private func midPInterval(confidence: Double) throws(Undefined) -> (low: Double, high: Double) {
    let up = try ShareInterval.midP(successes: gained, trials: rows, confidence: confidence)
    let down = try ShareInterval.midP(successes: lost, trials: rows, confidence: confidence)
    let (gain, loss) = (Double(gained) / Double(rows), Double(lost) / Double(rows))
    var low = difference - hypotenuse(gain - up.low, down.high - loss)
    var high = difference + hypotenuse(up.high - gain, loss - down.low)
    if gained + lost > 0 {
      let turned = try ShareInterval.midP(
        successes: gained, trials: gained + lost, confidence: confidence)
      low = min(low, (2 * turned.low - 1) * (gain + loss))
      high = max(high, (2 * turned.high - 1) * (gain + loss))
    }
    return (max(-1, low), min(1, high))
  }

  /// The differences that a score test at 1 - `confidence` does not reject; within -1...1.
  package func tangoInterval(confidence: Double) throws(Undefined) -> ConfidenceInterval {
    let z = try StandardNormal.width(confidence)
    let low = gained - lost == -rows ? -1 : root(between: difference, and: -1, at: z)
    let high = gained - lost == rows ? 1 : root(between: difference, and: 1, at: -z)
    return ConfidenceInterval(low: low, high: high, level: confidence, method: "Tango")
  }

  /// Tango's score: the distance from the observed difference to `delta` in standard errors under
  /// `delta`.
  package func score(_ delta: Double) -> Double {
    let (n, b, c) = (Double(rows), Double(gained), Double(lost))
    // The likeliest share of rows lost, given the difference: a root of a quadratic.
    let linear = -b - c + (2 * n - b + c) * delta
    let constant = -c * delta * (1 - delta)
    let root = max(0, linear * linear - 8 * n * constant).squareRoot()
    // Of the two ways to write the root, the one that does not cancel.
    let lostShare = linear > 0 ? -2 * constant / (linear + root) : (root - linear) / (4 * n)
    let variance = n * (2 * max(lostShare, 0) + delta * (1 - delta))
    let distance = b - c - n * delta
    return variance > 0 ? distance / variance.squareRoot() : distance * .infinity
  }

  /// Where the score, which falls with the difference, is `level`: by bisection to the last bit.
  private func root(between near: Double, and far: Double, at level: Double) -> Double {
    var (near, far) = (near, far)
    for _ in 0..<200 {
      let middle = (near + far) / 2
      if middle == near || middle == far { break }
      let score = score(middle)
      if level > 0 ? score < level : score > level { near = middle } else { far = middle }
    }
    return (near + far) / 2
  }
}
