extension DriftTest {
  /// Share of rows of categories that the reference lacks.
  static let unseenShare = DriftTest(
    "unseen_share",
    "The share of current rows, of those with a value, whose category does not occur in the reference; there is no p-value, for any such row is new.",
    aliases: ["new_values", "new_categories", "unseen_values"],
    formula:
      "current rows of categories without a row in the reference / current rows with a value",
    source: "nannyml 0.13.1, data_quality.unseen, over the rows with a value",
    law: .none,
    measure: .column([.category]) { (column, _) throws(Undefined) in
      let cells = column.categories
      let unseen = cells.reference.indices.filter { cells.reference[$0] == 0 }
      let rows = unseen.map { cells.current[$0] }
      let total = Double(column.current.total)
      let shown = DriftCells.largest(rows).map { place in
        JSON.object([
          JSON.Member("value", .string(cells.name(unseen[place]))),
          JSON.Member("rows", .integer(Int(rows[place]))),
          JSON.Member("current", .number(rows[place] / total)),
        ])
      }
      return DriftFigure(
        rows.reduce(0, +) / total, settings: [JSON.Member("cells", .integer(cells.count))],
        evidence: [
          JSON.Member("unseen_categories", .integer(unseen.count)),
          JSON.Member("unseen", .array(shown)),
        ])
    },
    examples: [
      Example(.categories(["a", "b"], ["a", "b", "c", "c", nil]), gives: 0.5),
      Example(.categories(["a", "b"], ["b"]), gives: 0),
      Example(.categories(["a"], [nil]), gives: nil),
    ])
}
