import GateCore

/// What rows that the search did not see say of a slice.
struct SliceTest: Sendable {
  /// Rows of the slice among them.
  package let rows: Int
  /// The candidate's mean loss on them.
  package let candidate: Double
  /// The champion's on the same rows, or the candidate's on all others.
  package let other: Double
  /// One-sided, of no more loss than that.
  package let pValue: Double
  /// The test's own figure.
  let statistic: Double
  /// Its name, for people.
  package let method: String

  /// How much more is lost.
  package var difference: Double { candidate - other }
}

extension SliceTest {
  /// Tests a slice on rows of their own; `places` are those of the slice among all that stand in `unseen`.
  ///
  /// Rows that are wrong or right are tested exactly: against the champion by the rows that only one decides rightly, a
  /// binomial of even chance; against the other rows by the hypergeometric. Other losses, and rows with weights or in
  /// clusters, by the mean over its standard error, the larger p-value of Student's and Hall's. Throws `Undefined` where
  /// there are too few rows, or all of them.
  package init(_ losses: RowLosses, slice places: [Int32], unseen: Range<Int>) throws(Undefined) {
    guard places.count > 1 else { throw Undefined("a test wants two rows") }
    rows = places.count
    let isExact = losses.isWrongOrRight && losses.weights == nil && losses.clusters == nil
    let weights = losses.weights?.at(places)
    let mine = losses.candidate.at(places)
    candidate = try weightedMean(mine, weights)
    let result: TestResult
    if let champion = losses.champion?.at(places) {
      other = try weightedMean(champion, weights)
      let differences = mine.indices.map { mine[$0] - champion[$0] }
      result =
        isExact
        ? try Self.signs(differences)
        : try Self.mean(differences, weights, losses.clusters?.at(places))
    } else {
      let rest = losses.rest(of: places, in: unseen)
      guard rest.count > 1 else { throw Undefined("there are no other rows to compare with") }
      let theirs = losses.candidate.at(rest)
      other = try weightedMean(theirs, losses.weights?.at(rest))
      result =
        isExact
        ? try Self.shares(mine, theirs)
        : try Self.contrast(
          losses, slice: (places, candidate), rest: (rest, other), unseen: unseen)
    }
    (pValue, statistic, method) = (result.pValue, result.statistic, result.method)
  }

  /// The chance of as many rows that lose more, of those that lose more or less, where either is as likely.
  ///
  /// Source: McNemar, Psychometrika 12, 1947, one-sided; scipy's `binomtest`.
  private static func signs(_ differences: [Double]) throws(Undefined) -> TestResult {
    let lost = differences.count { $0 > 0 }
    let changed = lost + differences.count { $0 < 0 }
    let p = lost == 0 ? 1 : try Binomial(trials: changed, probability: 0.5).survival(lost - 1)
    return TestResult(statistic: Double(lost), pValue: p, method: "McNemar, exact, one-sided")
  }

  /// The chance of as many wrong rows in a draw of as many rows from both.
  ///
  /// Source: Fisher's exact test, one-sided; scipy's `fisher_exact`.
  private static func shares(_ mine: [Double], _ theirs: [Double]) throws(Undefined) -> TestResult {
    let wrong = mine.count { $0 > 0 }
    let right = mine.count - wrong
    let total = mine.count + theirs.count
    let allRight = right + theirs.count { $0 == 0 }
    // As few right ones as these: the tail that keeps its digits.
    let p = try Hypergeometric(total: total, marked: allRight, drawn: mine.count).cdf(right)
    return TestResult(
      statistic: Double(wrong), pValue: min(1, p), method: "Fisher, exact, one-sided")
  }

  /// That a mean is above 0.
  private static func mean(
    _ values: [Double], _ weights: [Double]?, _ clusters: [Int32]?
  ) throws(Undefined) -> TestResult {
    let interval = try MeanInterval(of: values, weights: weights, clusters: clusters)
    // Where all rows lose the same there is no spread to divide by, but there are signs.
    guard interval.hasSpread else {
      return try signs(clusters.map { values.firsts(of: $0) } ?? values)
    }
    return try interval.estimate.isAbove0(method: "Student's t, Hall, one-sided")
  }

  /// That the mean of some rows is above that of the others, by what each row adds to the difference.
  private static func contrast(
    _ losses: RowLosses, slice: (places: [Int32], mean: Double),
    rest: (places: [Int32], mean: Double), unseen: Range<Int>
  ) throws(Undefined) -> TestResult {
    var parts = [Double](repeating: slice.mean - rest.mean, count: unseen.count)
    for (group, sign) in [(slice, 1.0), (rest, -1.0)] {
      let total = losses.weights.map { $0.at(group.places).sum } ?? Double(group.places.count)
      let scale = sign * Double(unseen.count) / total
      for place in group.places {
        let weight = losses.weights?[Int(place)] ?? 1
        parts[Int(place) - unseen.lowerBound] +=
          scale * weight * (losses.candidate[Int(place)] - group.mean)
      }
    }
    let clusters = losses.clusters.map { Array($0[unseen]) }
    let interval = try MeanInterval(of: parts, clusters: clusters)
    guard interval.hasSpread else {
      // Either group loses one number: its rows, or clusters, are drawn by chance or they are not.
      let mine = Set(losses.clusters?.at(slice.places) ?? slice.places)
      let theirs = Set(losses.clusters?.at(rest.places) ?? rest.places).subtracting(mine)
      let isWorse = slice.mean > rest.mean
      return try shares(
        [Double](repeating: isWorse ? 1 : 0, count: mine.count),
        [Double](repeating: 0, count: theirs.count))
    }
    return try interval.estimate.isAbove0(method: "Welch's t, Hall, one-sided")
  }
}

extension RowLosses {
  /// The places of `all` that are not among rising `places`.
  fileprivate func rest(of places: [Int32], in all: Range<Int>) -> [Int32] {
    var rest: [Int32] = []
    rest.reserveCapacity(all.count - places.count)
    var next = 0
    for place in all {
      if next < places.count, Int(places[next]) == place {
        next += 1
      } else {
        rest.append(Int32(truncatingIfNeeded: place))
      }
    }
    return rest
  }
}

extension SkewedEstimate {
  /// The test that the true value is at most 0, against above; the larger p-value of Student's t and of Hall's.
  ///
  /// The standard error must be above 0.
  fileprivate func isAbove0(method: String) throws(Undefined) -> TestResult {
    let t = value / standardError
    let s = skewness
    let transformed = t + s * (t * t / 3 + 1.0 / 6) + s * s * t * t * t / 27
    let student = try StudentT(degrees: degreesOfTails).survival(t)
    let hall = try StudentT(degrees: degrees).survival(transformed)
    return TestResult(statistic: t, pValue: max(student, hall), method: method)
  }
}

extension MeanInterval {
  /// Whether the values differ by more than the last digits of their mean.
  fileprivate var hasSpread: Bool { standardError > 8 * mean.ulp }
}

extension [Double] {
  /// The first value of each cluster, in the order of the rows.
  fileprivate func firsts(of clusters: [Int32]) -> [Double] {
    var seen: Set<Int32> = []
    return indices.filter { seen.insert(clusters[$0]).inserted }.map { self[$0] }
  }
}

/// The mean, by weight where there are weights; throws `Undefined` where they sum to 0.
private func weightedMean(_ values: [Double], _ weights: [Double]?) throws(Undefined) -> Double {
  let total = weights?.sum ?? Double(values.count)
  guard total > 0 else { throw Undefined("the weights of these rows sum to 0") }
  return mean(over: values.count, weights: weights, total: total) { values[$0] }
}
