import GateCore

extension DriftTest {
  /// Share of rows of categories that the reference lacks.
  static let unseenShare = DriftTest(
    "unseen_share",
    "The share of current rows, of those with a value, whose value does not occur in the reference.",
    aliases: ["new_values", "new_categories", "unseen_values"],
    formula:
      "current rows of values without a row in the reference / current rows with a value",
    source:
      "nannyml 0.13.1, data_quality.unseen, over the rows with a value; the p-value is Chernoff's bound on the chance of as "
      + "many values without a row of the reference, by the hypergeometric distribution of each (Hoeffding, JASA 58, 1963)",
    pValueMethod: .own,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      var counts: [(place: Int, reference: Int, current: Int)] = []
      column.eachValue { counts.append(($0, $1, $2)) }
      let unseen = counts.filter { $0.reference == 0 && $0.current > 0 }
      let total = Double(column.current.total)
      let rows = unseen.map { Double($0.current) }
      let shown = DriftCells.largest(rows).map { place in
        JSON.object([
          JSON.Member("value", .string(column.name(unseen[place].place))),
          JSON.Member("rows", .integer(unseen[place].current)),
          JSON.Member("current", .number(rows[place] / total)),
        ])
      }
      var figure = DriftFigure(
        rows.reduce(0, +) / total,
        p: chanceOfAsMany(
          unseen.count, among: counts.map { $0.reference + $0.current },
          reference: column.reference.total, current: column.current.total),
        settings: [JSON.Member("cells", .integer(counts.count))],
        evidence: [
          JSON.Member("unseen_categories", .integer(unseen.count)),
          JSON.Member("unseen", .array(shown)),
        ])
      let named = DriftCells.largest(rows).prefix(mostNamed).map { place in
        "'\(column.name(unseen[place].place))' (\(unseen[place].current.counted("row")))"
      }
      let more = unseen.count - named.count
      let list =
        named.joined(separator: ", ")
        + (more > 0 ? " and \(more.counted("value")) more" : "")
      if !named.isEmpty { figure.finding = "the reference lacks \(list)" }
      return figure
    },
    examples: [
      Example(.categories(["a", "b"], ["a", "b", "c", "c", nil]), gives: 0.5, p: 1),
      Example(.categories(["a", "b"], ["b"]), gives: 0, p: 1),
      Example(.categories(["a"], [nil]), gives: nil),
    ])

  /// The most unseen values that a message names; the evidence has more.
  private static let mostNamed = 5

  /// At most the chance that as many values have no row of the reference, were the rows dealt to the sides at random: of
  /// many distinct values some are always on one side only.
  ///
  /// `rows`: of each value on both sides. Whether a value lies on one side hardly depends on the others, and fewer of them
  /// lie there for it, so Chernoff's bound of independent ones holds.
  private static func chanceOfAsMany(
    _ unseen: Int, among rows: [Int], reference: Int, current: Int
  ) -> Double {
    var values: [Int: Int] = [:]
    for count in rows where count > 0 { values[count, default: 0] += 1 }
    let kinds = values.sorted { $0.key < $1.key }.map { rows, count in
      let urn = Hypergeometric(total: reference + current, marked: current, drawn: rows)
      return (count: Double(count), chance: urn.chanceOfAll)
    }
    let found = Double(unseen)
    guard found > kinds.reduce(0, { $0 + $1.count * $1.chance }) else { return 1 }
    // The slope of the logarithm of the bound rises; where it is 0, the bound is least.
    var (low, high) = (0.0, 60.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let weight = exponential(middle)
      let mean = kinds.reduce(0) {
        $0 + $1.count * $1.chance * weight / (1 + $1.chance * (weight - 1))
      }
      if mean < found { low = middle } else { high = middle }
    }
    let weight = exponential(low)
    let bound = kinds.reduce(-low * found) {
      $0 + $1.count * logarithm(1 + $1.chance * (weight - 1))
    }
    return min(1, exponential(bound))
  }
}
