import GateCore

extension DriftTest {
  /// Rows beyond the far quantiles.
  static let tailShare = DriftTest(
    "tail_share",
    "The change of the share of rows that lie far out: beyond the 1% or the 5% points of both sides together, below or above.",
    aliases: ["tails", "outliers"],
    formula:
      "|share of current rows - share of the reference| beyond one of four points, that with the least p-value; a point is beyond which at most 1% or 5% of all rows lie",
    source:
      "the p-value is Fisher's exact test, two-sided, of the tail with the least one, times 4; a tail of fewer than 8 rows tells nothing",
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let numbers = try column.numbers()
      var found: (tail: DriftTail, p: Double)?
      for tail in column.tails([0.01, 0.05]) where tail.reference + tail.current >= 8 {
        let p = try column.pValue(of: tail)
        if p < found?.p ?? .infinity { found = (tail, p) }
      }
      let distribution = [
        JSON.Member("p_value_by", "fisher's exact test, two-sided, times 4 tails")
      ]
      guard let found else { return DriftFigure(0, p: 1, settings: distribution) }
      let tail = found.tail
      let p = Double(tail.reference) / Double(column.reference.total)
      let q = Double(tail.current) / Double(column.current.total)
      let bound = numbers[tail.place]
      var figure = DriftFigure(
        abs(q - p), p: min(1, 4 * found.p), settings: distribution,
        evidence: [
          JSON.Member(
            "tail",
            [
              "side": .string(tail.isUpper ? "upper" : "lower"), "from": .number(bound),
              "reference": .integer(tail.reference), "current": .integer(tail.current),
            ])
        ])
      figure.finding =
        "\(q.percent) of the rows are \(tail.isUpper ? "at least" : "at most") \(bound.brief), of the "
        + "reference \(p.percent)"
      return figure
    },
    examples: [
      Example(.numbers(.rising(200), .rising(192) + .rising(8, times: 1000)), gives: 0, p: 1),
      Example(
        .numbers(.rising(500), .rising(480) + .rising(20, times: 1000)), gives: 0.02,
        p: 0.007465502417475999),
      Example(.numbers([1, 2], [1, 2]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}

/// Rows of the furthest values on one end.
private struct DriftTail {
  let isUpper: Bool
  /// The value nearest to the middle.
  package let place: Int
  package let reference: Int
  package let current: Int
}

extension DriftColumn {
  /// On both ends the furthest values that together hold at most each of these rising shares of all rows.
  fileprivate func tails(_ shares: [Double]) -> [DriftTail] {
    let rows = Double(reference.total + current.total)
    return [false, true].flatMap { isUpper -> [DriftTail] in
      var tails: [DriftTail] = []
      var tail: DriftTail?
      var wider = shares[...]
      eachValue(fromUpper: isUpper) { place, reference, current in
        let (one, other) = ((tail?.reference ?? 0) + reference, (tail?.current ?? 0) + current)
        while let share = wider.first, Double(one + other) > share * rows {
          if let tail { tails.append(tail) }
          wider.removeFirst()
        }
        tail = DriftTail(isUpper: isUpper, place: place, reference: one, current: other)
        return !wider.isEmpty
      }
      if let tail { tails += wider.map { _ in tail } }
      return tails
    }
  }

  /// Fisher's.
  fileprivate func pValue(of tail: DriftTail) throws(Undefined) -> Double {
    try Hypergeometric(
      total: reference.total + current.total, marked: tail.reference + tail.current,
      drawn: reference.total
    ).twoSided(tail.reference)
  }
}
