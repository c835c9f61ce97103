import GateCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Metric.Ranking {
  /// One over the rank at which a user who reads downwards finds what satisfies.
  static let expectedReciprocalRank = Metric(
    "err", task: .ranking, aliases: ["expected_reciprocal_rank"],
    summary: "One over the rank at which a user who reads downwards is satisfied, mean of queries.",
    direction: .higherIsBetter,
    formula:
      "mean over queries of sum over ranks of R / rank * product of 1 - R of the rows above, "
      + "R = (2^relevance - 1) / 2^max_grade; the mean over the orders of equal scores",
    source:
      "Chapelle, Metzler, Zhang and Grinspan, Expected Reciprocal Rank for Graded Relevance, CIKM "
      + "2009",
    undefined: ["A relevance is above max_grade.", "The rows of a query differ in weight."],
    parameters: [
      Parameter(
        "max_grade", "The highest relevance there is.", .number(1e-6...1000), required: true),
      .rankingCut,
    ],
    contrast: .relevance,
    measure: .sums(
      .queries { rows, arguments throws(Undefined) in
        let top = try arguments.number("max_grade")
        return try rows.meanOverQueries { query throws(Undefined) in
          try query.expectedReciprocalRank(top, cut: arguments.cut(query.count))
        }
      }),
    spread: .mean,
    examples: [
      Metric.Example(.offers, Arguments(["max_grade": 2]), gives: 0.26041666666666663),
      Metric.Example(.offers, Arguments(["max_grade": 2, "k": 1]), gives: 0),
      Metric.Example(.nothingRelevant, Arguments(["max_grade": 2]), gives: nil),
      Metric.Example(.offers, Arguments(["max_grade": 1]), gives: nil),
      Metric.Example(.offers, gives: nil),
    ])
}

extension RankedQuery {
  /// The expected reciprocal rank over the first `cut` ranks, with grades up to `top`.
  fileprivate func expectedReciprocalRank(
    _ top: Double, cut: Int
  ) throws(Undefined) -> Double {
    for rank in 0..<count where relevance(rank) > top {
      throw Undefined(
        "a relevance is \(relevance(rank).brief) (row \(row(rank) + 1)), above 'max_grade: "
          + "\(top.brief)'")
    }
    var sum = 0.0
    var left = 1.0
    forEachTie { tie in
      // The chance that each row of the tie does not satisfy.
      let misses = tie.compactMap { rank -> Double? in
        let grade = relevance(rank)
        return grade > 0 ? 1 - (exp2(grade) - 1) / exp2(top) : nil
      }
      let means = meanProducts(
        of: misses, beside: tie.count - misses.count, atMost: cut - tie.lowerBound)
      for rank in tie where rank < cut {
        let index = rank - tie.lowerBound
        guard index + 1 < means.count else { break }
        sum += left * (means[index] - means[index + 1]) / Double(rank + 1)
      }
      left *= misses.reduce(1, *)
      return tie.upperBound < cut && left > 0
    }
    return sum
  }
}

/// For every j up to `cut` the mean, over all choices of j of the factors, of their product; `ones` more factors are 1.
///
/// Stops where a product is below 1e-20: by Maclaurin's inequality the mean of products of j is at most the mean factor
/// to the power of j.
private func meanProducts(of factors: [Double], beside ones: Int, atMost cut: Int) -> [Double] {
  let count = factors.count + ones
  let mean = (factors.reduce(0, +) + Double(ones)) / Double(count)
  let bound = mean > 0 ? min(Double(count), 46 / -log(mean)) : 1
  let last = min(cut, mean >= 1 ? count : max(1, Int(bound.rounded(.up))))
  // Of the ones alone every product is 1; then each factor is added to the choices, by whether it is chosen.
  var means = [Double](repeating: 0, count: last + 1)
  for index in 0...min(ones, last) { means[index] = 1 }
  for (added, factor) in factors.enumerated() {
    let size = ones + added + 1
    for index in stride(from: min(size, last), to: 0, by: -1) {
      let chosen = Double(index) / Double(size)
      means[index] = means[index] * (1 - chosen) + chosen * factor * means[index - 1]
    }
  }
  return means
}
