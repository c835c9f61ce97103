package import GateCore

/// The rows of every query of a sample from the highest score to the lowest.
package struct RankedRows: Sendable {
  /// The place in the sample by rank, query after query.
  package let places: [Int32]
  /// The relevance by rank, query after query.
  package let relevance: [Double]
  /// The scores by rank, query after query.
  package let scores: [Double]
  /// What each query weighs: what each of its rows does.
  package let weights: [Double]
  /// The row of the holdout at each place of the sample.
  package let rows: [Int32]
  /// Where each query's rows start, and after the last its end.
  private let bounds: [Int]

  /// Sorts a ranking sample; throws `Undefined` for another and where the rows of a query differ in weight.
  package init(_ sample: Sample) throws(Undefined) {
    guard case .ranking(let sample) = sample else {
      throw Undefined("it is a metric of ranking predictions")
    }
    var next = sample.bounds
    var places = [Int32](repeating: 0, count: sample.scores.count)
    // One sort of all rows, then dealt to their queries in that order, costs the same for any sizes of queries.
    for place in descendingOrder(of: sample.scores) {
      let query = Int(sample.queries[Int(place)])
      places[next[query]] = place
      next[query] += 1
    }
    self.places = places
    relevance = sample.relevance.at(places)
    scores = sample.scores.at(places)
    weights = try sample.queryWeights()
    rows = sample.rows
    bounds = sample.bounds
  }

  /// Queries.
  package var count: Int { bounds.count - 1 }
  /// The rows of the longest query.
  package var longest: Int { (0..<count).map { bounds[$0 + 1] - bounds[$0] }.max() ?? 0 }
  /// One query.
  package subscript(query: Int) -> RankedQuery {
    RankedQuery(rows: self, start: bounds[query], count: bounds[query + 1] - bounds[query])
  }

  /// The parts of a mean over the queries: each one's number stands at its first place, so that it counts once, by the
  /// weight of its rows; nil takes no part, and a query of weight 0 is not asked.
  func meanOverQueries(
    _ value: (RankedQuery) throws(Undefined) -> Double?
  ) throws(Undefined) -> RowParts {
    var parts = [Double](repeating: 0, count: 2 * places.count)
    for query in 0..<count where weights[query] > 0 {
      guard let value = try value(self[query]) else { continue }
      guard value.isFinite else { throw Undefined("the value of a query is not a finite number") }
      parts[2 * bounds[query]] = value
      parts[2 * bounds[query] + 1] = 1
    }
    return RowParts(width: 2, parts, isMean: true)
  }
}

/// The rows of one query from the highest score to the lowest; ranks start at 0.
package struct RankedQuery: Sendable {
  /// The rows of all queries.
  fileprivate let rows: RankedRows
  /// Where this one's start.
  fileprivate let start: Int
  /// Rows.
  package let count: Int

  /// How relevant the row at a rank is.
  package func relevance(_ rank: Int) -> Double { rows.relevance[start + rank] }
  /// The place in the sample of the row at a rank.
  package func place(_ rank: Int) -> Int { Int(rows.places[start + rank]) }
  /// The row of the holdout at a rank.
  package func row(_ rank: Int) -> Int { Int(rows.rows[place(rank)]) }

  /// The ranks from `rank` that have its score.
  func tie(from rank: Int) -> Range<Int> {
    let score = rows.scores[start + rank]
    var end = rank + 1
    while end < count, rows.scores[start + end] == score { end += 1 }
    return rank..<end
  }

  /// Calls `body` with the ranks of each score in turn, highest first, until it answers false.
  func forEachTie(_ body: (Range<Int>) -> Bool) {
    var rank = 0
    while rank < count {
      let tie = tie(from: rank)
      guard body(tie) else { return }
      rank = tie.upperBound
    }
  }

  /// The relevances from the highest to the lowest.
  var ideal: [Double] { rows.relevance[start..<start + count].sorted(by: >) }
}

extension RankingSample {
  /// What each query weighs; throws `Undefined` where its rows differ.
  fileprivate func queryWeights() throws(Undefined) -> [Double] {
    guard let weights else { return [Double](repeating: 1, count: queryCount) }
    var result: [Double] = []
    result.reserveCapacity(queryCount)
    for query in 0..<queryCount {
      let first = weights[bounds[query]]
      for place in places(of: query) where weights[place] != first {
        throw Undefined(
          "the rows of a query weigh \(first.brief) and \(weights[place].brief) (row "
            + "\(rows[place] + 1)), and a query has one weight: give its rows the same")
      }
      result.append(first)
    }
    return result
  }
}

extension RowSums {
  /// The mean of a number a query, the queries by weight; `parts` asks each of them.
  package static func queries(
    orElse reason: String = "no query has a relevant row",
    _ parts: @escaping @Sendable (RankedRows, Arguments) throws(Undefined) -> RowParts
  ) -> RowSums {
    RowSums(
      parts: { sample, arguments throws(Undefined) in
        try parts(try RankedRows(sample), arguments)
      },
      total: { sums, _ throws(Undefined) in
        try share(sums[0], of: sums[1], orElse: reason)
      })
  }
}
