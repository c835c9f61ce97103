import GateCore

extension DriftTest {
  /// The one value whose share changed most.
  static let valueShare = DriftTest(
    "value_share",
    "The change of the share of one value, that which chance explains least: a mark for no value, a filled-in median, a category that grew.",
    aliases: ["spike", "sentinel", "most_changed_value"],
    formula:
      "|p - q| of the value with the largest (p - q)^2 / (s (1 - s)), s its share of all rows",
    source:
      "the p-value is Fisher's exact test, two-sided, times the values whose rows are enough for one of 0.001 at best (Tarone, Biometrics 46, 1990); values of fewer rows are not looked at",
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let found = try ChangedValue(column)
      let settings = [
        JSON.Member("p_value_by", "fisher's exact test, two-sided, times the values"),
        JSON.Member("values", .integer(found.values)),
      ]
      guard let place = found.place else { return DriftFigure(0, p: 1, settings: settings) }
      let (a, b) = (Int(column.reference.counts[place]), Int(column.current.counts[place]))
      let p = Double(a) / Double(column.reference.total)
      let q = Double(b) / Double(column.current.total)
      let urn = Hypergeometric(
        total: column.reference.total + column.current.total, marked: a + b,
        drawn: column.reference.total)
      var figure = DriftFigure(
        abs(q - p), p: min(1, try urn.twoSided(a) * Double(found.values)), settings: settings,
        evidence: [
          JSON.Member(
            "changed",
            [
              "value": .string(column.name(place)), "reference": .integer(a),
              "current": .integer(b),
            ])
        ])
      figure.finding =
        "'\(column.name(place))' went from \(p.percent(unlike: q)) to \(q.percent(unlike: p)) of the rows"
      return figure
    },
    examples: [
      Example(
        .numbers(
          (1...100).map(Double.init), (1...80).map(Double.init) + [Double](repeating: -9, count: 20)
        ),
        gives: 0.2, p: 6.643374155415397e-07),
      Example(
        .categories(
          [String](repeating: "a", count: 20), [String](repeating: "b", count: 20)), gives: 1,
        p: 2.9017778207699375e-11),
      Example(.numbers([1, 2, 3], [4, 5, 6]), gives: 0, p: 1),
      Example(.numbers([.nan], [1]), gives: nil),
    ])
}

/// Which value's share changed most, of those that can show anything.
private struct ChangedValue {
  /// Nil: all values are of too few rows.
  package let place: Int?
  /// Values that were looked at.
  package let values: Int

  package init(_ column: DriftColumn) throws(Undefined) {
    let (n, m) = (Double(column.reference.total), Double(column.current.total))
    let least = try Self.leastRows(column.reference.total, column.current.total)
    var (values, most, place) = (0, -1.0, Int?.none)
    column.eachValue { at, a, b in
      let both = a + b
      guard both >= least else { return }
      values += 1
      let difference = Double(b) * n - Double(a) * m
      let rest = n + m - Double(both)
      let score = rest > 0 ? difference * difference / (Double(both) * rest) : 0
      if score > most { (most, place) = (score, at) }
    }
    (self.place, self.values) = (place, values)
  }

  /// The fewest rows of both sides with which a value can have a p-value of 0.001.
  private static func leastRows(_ n: Int, _ m: Int) throws(Undefined) -> Int {
    for rows in 1..<max(2, min(n + m, 100_000)) {
      let ofReference = Hypergeometric(total: n + m, marked: n, drawn: rows).chanceOfAll
      let ofCurrent = Hypergeometric(total: n + m, marked: m, drawn: rows).chanceOfAll
      // Where both ends are as likely, each counts for the other.
      let best = n == m ? ofReference + ofCurrent : min(ofReference, ofCurrent)
      if best <= 0.001 { return rows }
    }
    return n + m
  }
}

extension DriftColumn {
  /// A value for people.
  package func name(_ place: Int) -> String {
    switch values {
    case .numbers(let numbers): numbers[place].brief
    case .categories(let names): names[place]
    }
  }
}
