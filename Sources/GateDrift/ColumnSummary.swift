package import GateCore

/// What both sides of a column look like, for people.
package struct ColumnSummary: Sendable {
  /// What changed most, as the end of a message; nil: nothing to say.
  package let sentence: String?
  package let evidence: [JSON.Member]

  package init(_ pair: DriftPair) {
    let counts = JSON.Member(
      "rows",
      [
        "reference": .integer(pair.nulls.reference.rows),
        "current": .integer(pair.nulls.current.rows),
        "reference_nulls": .integer(pair.nulls.reference.nulls),
        "current_nulls": .integer(pair.nulls.current.nulls),
      ])
    guard case .column(let column) = pair.subject, column.reference.total > 0,
      column.current.total > 0
    else {
      (sentence, evidence) = (nil, [counts])
      return
    }
    let (sentence, figures) =
      switch column.values {
      case .numbers: Self.numbers(column)
      case .categories(let names): Self.categories(column, names)
      }
    (self.sentence, evidence) = (sentence, [counts] + figures)
  }

  /// How quantiles moved.
  private static func numbers(_ column: DriftColumn) -> (String?, [JSON.Member]) {
    let levels = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    let (p, q) = (
      column.quantiles(levels, of: column.reference), column.quantiles(levels, of: column.current)
    )
    let sentence =
      p[3] == q[3]
      ? nil
      : "the median went from \(p[3].brief(unlike: q[3])) to \(q[3].brief(unlike: p[3]))"
    let quantiles = JSON.Member(
      "quantiles",
      .array(
        levels.indices.map {
          [
            "level": .number(levels[$0]), "reference": .number(p[$0]), "current": .number(q[$0]),
          ]
        }))
    return (sentence, [quantiles] + column.histogram.evidence)
  }

  /// How shares moved.
  private static func categories(
    _ column: DriftColumn, _ names: [String]
  ) -> (String?, [JSON.Member]) {
    let cells = column.categories
    let (p, q) = cells.shares
    let most = p.indices.max { abs(q[$0] - p[$0]) < abs(q[$1] - p[$1]) }
    let sentence = most.flatMap { place in
      p[place] == q[place]
        ? nil
        : "'\(names[place])' went from \(p[place].percent(unlike: q[place])) to \(q[place].percent(unlike: p[place]))"
    }
    return (sentence, cells.evidence)
  }
}

extension DriftColumn {
  /// Twenty bins a step apart over the middle 98% of both sides, the outer ones open.
  fileprivate var histogram: DriftCells {
    guard case .numbers(let numbers) = values else { return categories }
    let pooled = Side(
      counts: reference.counts.indices.map { reference.counts[$0] &+ current.counts[$0] })
    let ends = quantiles([0.01, 0.99], of: pooled)
    guard ends.count == 2, ends[0] < ends[1], ends[0].isFinite, ends[1].isFinite else {
      return cells(numbers, edges: ends.first.map { [$0, $0.nextUp] } ?? [])
    }
    let step = (ends[1] - ends[0]) / 18
    return cells(numbers, edges: (0...18).map { ends[0] + Double($0) * step })
  }
}

extension Double {
  /// A share for people: '30.2%'.
  package var percent: String { "\((self * 1000).rounded() / 10)%" }

  /// The same, of one that is another but is shown alike with the digits that tell them apart.
  package func percent(unlike other: Double) -> String {
    if self == other || percent != other.percent { return percent }
    return "\((self * 100).brief(unlike: other * 100))%"
  }
}
