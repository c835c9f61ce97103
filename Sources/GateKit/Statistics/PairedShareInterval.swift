/// The interval for the difference of two shares of the same rows: the candidate's accuracy minus
/// the champion's.
///
/// Tango's score interval, because a gate's usual case is two models that disagree on few rows,
/// where Wald's interval (and Agresti and Min's, which shifts it) covers badly or runs past what
/// the rows allow; and because it keeps a width above 0 when the models disagree on no row, so that
/// ten rows cannot pass what they cannot show.
///
/// Where few rows differ, a score is not normal: four rows gained and none lost would show a gain
/// that McNemar's exact test does not (p = 0.125). So neither bound is nearer than that of a hybrid
/// of Clopper and Pearson's exact intervals. By enumeration a difference that is
/// just not good enough then passes in at most 2.9% of runs at 95% (Tango's alone: 5.6%).
///
/// Sources: Tango, "Equivalence test and confidence interval for the difference in proportions for
/// the paired-sample design", Statistics in Medicine 17, 1998, 891-908; the hybrid: Zou, Donner,
/// Statistics in Medicine 27, 2008, 1693-1702 (MOVER).
public struct PairedShares: Sendable, Hashable {
  /// Rows that only the candidate gets right, rows that only the champion does, and all rows.
  public let gained, lost, rows: Int

  /// Throws `Undefined` without rows, or with more that differ than rows.
  public init(gained: Int, lost: Int, rows: Int) throws(Undefined) {
    guard rows > 0 else { throw Undefined("a difference of shares of no rows has no interval") }
    guard gained >= 0, lost >= 0, gained + lost <= rows else {
      throw Undefined("\(gained) and \(lost) differing rows of \(rows) cannot be")
    }
    (self.gained, self.lost, self.rows) = (gained, lost, rows)
  }

  /// The candidate's share minus the champion's, in -1...1.
  public var difference: Double { Double(gained - lost) / Double(rows) }

  /// The interval to show: Tango's, each bound moved out to that of the exact shares where this is farther; within
  /// -1...1.
  ///
  /// Throws `Undefined` for a confidence outside 0...1.
  public func interval(confidence: Double) throws(Undefined) -> Check.Interval {
    let score = try tangoInterval(confidence: confidence)
    let exact = try exactInterval(confidence: confidence)
    return Check.Interval(
      low: min(score.low, exact.low), high: max(score.high, exact.high), level: confidence,
      method: exact.low < score.low || exact.high > score.high ? "Tango, exact shares" : "Tango")
  }

  /// Each bound the farther one of two: from the exact intervals of the shares gained and lost, and from that of the
  /// share gained of the rows that differ, which holds 0 whenever McNemar's exact test finds no difference.
  func exactInterval(confidence: Double) throws(Undefined) -> Check.Interval {
    let up = try ShareInterval.clopperPearson(
      successes: gained, trials: rows, confidence: confidence)
    let down = try ShareInterval.clopperPearson(
      successes: lost, trials: rows, confidence: confidence)
    let (gain, loss) = (Double(gained) / Double(rows), Double(lost) / Double(rows))
    var low = difference - hypotenuse(gain - up.low, down.high - loss)
    var high = difference + hypotenuse(up.high - gain, loss - down.low)
    if gained + lost > 0 {
      let turned = try ShareInterval.clopperPearson(
        successes: gained, trials: gained + lost, confidence: confidence)
      low = min(low, (2 * turned.low - 1) * (gain + loss))
      high = max(high, (2 * turned.high - 1) * (gain + loss))
    }
    return Check.Interval(
      low: max(-1, low), high: min(1, high), level: confidence, method: "Clopper-Pearson, hybrid")
  }

  /// The differences that a score test at 1 - `confidence` does not reject; within -1...1.
  public func tangoInterval(confidence: Double) throws(Undefined) -> Check.Interval {
    let z = try StandardNormal.width(confidence)
    let low = gained - lost == -rows ? -1 : root(between: difference, and: -1, at: z)
    let high = gained - lost == rows ? 1 : root(between: difference, and: 1, at: -z)
    return Check.Interval(low: low, high: high, level: confidence, method: "Tango")
  }

  /// Tango's score: the distance from the observed difference to `delta` in standard errors under
  /// `delta`.
  func score(_ delta: Double) -> Double {
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
