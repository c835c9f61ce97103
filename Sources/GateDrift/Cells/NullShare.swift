import GateCore

extension DriftTest {
  /// Change of the share of nulls.
  static let nullShare = DriftTest(
    "null_share", "The change of the share of rows without a value, up or down.",
    aliases: ["missing_share", "share_of_missing_values", "missing_values"],
    formula: "|nulls / rows of the current side - nulls / rows of the reference|",
    source:
      "the p-value is Fisher's exact test, two-sided, as scipy.stats.fisher_exact, whatever the number of rows",
    undefined: ["a side has no rows"],
    pValueMethod: .own,
    measure: .nulls { (nulls, _) throws(Undefined) in
      let (one, other) = (nulls.reference, nulls.current)
      if one.rows == 0 { throw Undefined("the reference has no rows") }
      if other.rows == 0 { throw Undefined("there are no current rows") }
      let urn = Hypergeometric(
        total: one.rows + other.rows, marked: one.nulls + other.nulls, drawn: one.rows)
      var figure = DriftFigure(
        abs(Double(other.nulls) / Double(other.rows) - Double(one.nulls) / Double(one.rows)),
        p: try urn.twoSided(one.nulls),
        settings: [JSON.Member("p_value_by", "fisher's exact test, two-sided")],
        evidence: [
          JSON.Member("reference_nulls", .integer(one.nulls)),
          JSON.Member("reference_rows", .integer(one.rows)),
          JSON.Member("current_nulls", .integer(other.nulls)),
          JSON.Member("current_rows", .integer(other.rows)),
        ])
      let (p, q) = (
        Double(one.nulls) / Double(one.rows), Double(other.nulls) / Double(other.rows)
      )
      figure.finding =
        "nulls went from \(p.percent(unlike: q)) to \(q.percent(unlike: p)) of the rows"
      return figure
    },
    examples: [
      Example(nulls(1, of: 10, 5, of: 10), gives: 0.4, p: 0.14086687306501544),
      Example(nulls(0, of: 10, 0, of: 5), gives: 0, p: 1),
      Example(nulls(10, of: 10, 5, of: 5), gives: 0, p: 1),
      Example(nulls(0, of: 0, 1, of: 2), gives: nil),
    ])

  /// An example's nulls.
  private static func nulls(_ one: Int, of rows: Int, _ other: Int, of others: Int) -> DriftSubject
  {
    .nulls(
      DriftNulls(
        reference: DriftNulls.Side(one, of: rows), current: DriftNulls.Side(other, of: others)))
  }
}
