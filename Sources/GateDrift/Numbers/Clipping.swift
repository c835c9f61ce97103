import GateCore

extension DriftTest {
  /// Current rows that end where the reference goes on.
  static let clipping = DriftTest(
    "clipping",
    "How many rows a bound cuts off: the current rows end at a value that many of them have, and the reference goes on beyond it.",
    aliases: ["censoring", "winsorizing", "truncation"],
    formula:
      "the larger over both ends of min(share of the reference beyond e, share of current rows at e - share of the reference at e), e the last value of the current rows; 0 where the second is less than half of the first, for then the rows moved as a whole",
    source:
      "the p-value is the chance that all of the furthest rows are of the reference, exact by the hypergeometric distribution, times 2 ends",
    pValueMethod: .own,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let numbers = try column.numbers()
      let ends = [column.end(isUpper: false), column.end(isUpper: true)]
      let end = ends[0].effect > ends[1].effect ? ends[0] : ends[1]
      let distribution = [JSON.Member("p_value_by", "hypergeometric distribution, times 2 ends")]
      guard end.effect > 0 else { return DriftFigure(0, p: 1, settings: distribution) }
      let urn = Hypergeometric(
        total: column.reference.total + column.current.total, marked: column.reference.total,
        drawn: end.beyond)
      let (n, m) = (Double(column.reference.total), Double(column.current.total))
      var figure = DriftFigure(
        end.effect, p: min(1, 2 * urn.chanceOfAll), settings: distribution,
        evidence: [
          JSON.Member(
            "bound",
            [
              "side": .string(end.isUpper ? "upper" : "lower"),
              "value": .number(numbers[end.place]),
              "reference_beyond": .integer(end.beyond), "reference_at": .integer(end.reference),
              "current_at": .integer(end.current),
            ])
        ])
      figure.finding =
        "the rows end at \(numbers[end.place].brief), which \((Double(end.current) / m).percent) of them have "
        + "(of the reference \((Double(end.reference) / n).percent)), and \((Double(end.beyond) / n).percent) of the "
        + "reference lie beyond"
      return figure
    },
    examples: [
      Example(
        .numbers(.rising(10), [1, 2, 3, 4, 5, 6, 6, 6, 6, 6]), gives: 0.4,
        p: 0.08668730650154799),
      Example(
        .numbers(.rising(10), [3, 3, 3, 4, 5, 6, 7, 8, 9, 10]), gives: 0.2,
        p: 0.47368421052631576),
      Example(.numbers([1, 2, 3], [1, 2, 3, 4]), gives: 0, p: 1),
      Example(.numbers(.rising(100), .rising(100).map { $0 / 5 }), gives: 0, p: 1),
      Example(.numbers([7], [7]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}

/// Where the current rows end.
private struct DriftEnd {
  let isUpper: Bool
  package let place: Int
  /// Rows of the reference beyond it.
  package let beyond: Int
  /// Rows at it.
  package let reference: Int
  package let current: Int
  let effect: Double
}

extension DriftColumn {
  /// The upper or lower end of the current rows, of which there is one at least.
  fileprivate func end(isUpper: Bool) -> DriftEnd {
    var beyond = 0
    var (end, one, other) = (0, 0, 0)
    eachValue(fromUpper: isUpper) { place, reference, current in
      (end, one, other) = (place, reference, current)
      if current == 0 { beyond += reference }
      return current == 0
    }
    let (n, m) = (Double(reference.total), Double(current.total))
    // What is cut off comes to lie at the bound.
    let (off, more) = (Double(beyond) / n, Double(other) / m - Double(one) / n)
    return DriftEnd(
      isUpper: isUpper, place: end, beyond: beyond, reference: one, current: other,
      effect: 2 * more < off ? 0 : max(0, min(off, more)))
  }
}
