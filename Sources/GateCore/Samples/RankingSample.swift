/// Rows ranked by score within queries, the rows of one query together, in row order.
package struct RankingSample: Sendable {
  /// How relevant each row is, at least 0.
  package let relevance: [Double]
  /// What the model ranks each row by: the highest first.
  package let scores: [Double]
  /// Which query each row is of, rising from 0 in the order of the first rows.
  package let queries: [Int32]
  /// Where each query's rows start, and after the last its end.
  package let bounds: [Int]
  /// The row of the holdout each stands for.
  package let rows: [Int32]
  /// Nil: every row counts once.
  package let weights: [Double]?
  /// The sum of the weights, or the number of rows where there are none.
  package let totalWeight: Double

  /// Takes values in row order, without NaN, and puts the rows of a query together.
  ///
  /// `queries` are any codes, at least 0.
  package init(
    relevance: [Double], scores: [Double], queries: [Int32], weights: [Double]? = nil,
    rows: [Int32]? = nil
  ) {
    var codes: [Int32: Int32] = [:]
    let dense = queries.map { query -> Int32 in
      if let code = codes[query] { return code }
      let code = Int32(codes.count)
      codes[query] = code
      return code
    }
    let grouping = Grouping(dense, groups: codes.count)
    var bounds = [0]
    var order: [Int32] = []
    order.reserveCapacity(queries.count)
    for query in 0..<codes.count {
      order += grouping.places(of: query)
      bounds.append(order.count)
    }
    self.relevance = relevance.at(order)
    self.scores = scores.at(order)
    self.queries = dense.at(order)
    self.bounds = bounds
    self.rows = rows.map { $0.at(order) } ?? order
    self.weights = weights?.at(order)
    totalWeight = weights?.sum ?? Double(queries.count)
  }

  /// Queries.
  package var queryCount: Int { bounds.count - 1 }
  /// The places of one query's rows.
  package func places(of query: Int) -> Range<Int> { bounds[query]..<bounds[query + 1] }
}

extension RankingSample: SampleRows {
  /// A ranking decides nothing of a row.
  package var right: [Bool] { [] }

  package var sample: Sample { .ranking(self) }

  package var words: String {
    "queries \(queries), scores \(scores), relevance \(relevance)"
  }

  package func partitioned(by codes: [Int32], groups: Int) -> [RankingSample] {
    let grouping = Grouping(codes.at(rows), groups: groups)
    return (0..<groups).map { group in
      let places = grouping.places(of: group)
      return RankingSample(
        relevance: relevance.at(places), scores: scores.at(places), queries: queries.at(places),
        weights: weights?.at(places), rows: rows.at(places))
    }
  }

  package func weighing(_ weights: [Double]) -> RankingSample {
    RankingSample(
      relevance: relevance, scores: scores, queries: queries, weights: weights, rows: rows)
  }

  package func isSame(as other: RankingSample) -> Bool {
    scores == other.scores && rows == other.rows
  }
}
