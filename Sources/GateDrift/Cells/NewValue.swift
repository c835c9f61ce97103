import GateCore

extension DriftTest {
  /// The most frequent value that the reference lacks.
  package static let newValue = DriftTest(
    "new_value",
    "The share of current rows that have one value which the reference lacks, of such values the most frequent.",
    aliases: ["new_category", "unseen_value"],
    formula: "largest q among values with p = 0",
    source:
      "the p-value is the chance that all rows of a value are current ones, exact by the hypergeometric distribution, times the values of as many rows or more",
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      var (rows, place, others) = (0, 0, 0)
      column.eachValue { at, a, b in
        guard a == 0 else { return }
        others += 1
        if b > rows { (rows, place) = (b, at) }
      }
      let distribution = [
        JSON.Member("p_value_by", "hypergeometric distribution, times the values")
      ]
      guard rows > 0 else { return DriftFigure(0, p: 1, settings: distribution) }
      var values = 0
      column.eachValue { _, a, b in if a + b >= rows { values += 1 } }
      let urn = Hypergeometric(
        total: column.reference.total + column.current.total, marked: column.current.total,
        drawn: rows)
      let share = Double(rows) / Double(column.current.total)
      var figure = DriftFigure(
        share, p: min(1, urn.chanceOfAll * Double(values)),
        settings: distribution + [JSON.Member("values", .integer(values))],
        evidence: [
          JSON.Member(
            "new", ["value": .string(column.name(place)), "current": .integer(rows)]),
          JSON.Member("new_values", .integer(others)),
        ])
      figure.finding =
        "'\(column.name(place))', which the reference lacks, has \(share.percent) of the rows"
        + (others > 1 ? "; so do \((others - 1).counted("value")) more" : "")
      return figure
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "c", "c"]), gives: 0.5,
        p: 9.0 / 14),
      Example(.categories(["a", "b"], ["b"]), gives: 0, p: 1),
      Example(.numbers([0, 1], [0, 1]), gives: 0, p: 1),
      Example(.categories(["a"], [nil]), gives: nil),
    ])
}
