/// Which rows of a query should be found.
extension Parameter {
  /// From which relevance on a row is one that should be found.
  package static let minRelevance = Parameter(
    "min_relevance", "A row of at least this relevance is relevant.", .number(0...1e300),
    standard: "any above 0")

  /// What a query counts in which no ranking can find anything.
  package static let empty = Parameter(
    "empty",
    "What a query without a relevant row counts: nothing (skip), 0 as in scikit-learn and "
      + "trec_eval (zero), or 1 as in LightGBM (one).",
    .choice(["skip", "zero", "one"]), standard: "skip")
}

extension Arguments {
  /// Whether a row of this relevance should be found.
  package func isRelevant(_ relevance: Double) -> Bool {
    if let least = self["min_relevance"] { relevance >= least } else { relevance > 0 }
  }

  /// What a query without a relevant row counts; nil: nothing.
  package var empty: Double? { ["zero": 0, "one": 1][text("empty") ?? "skip"] }

  /// How many queries of a sample have no relevant row and so count nothing; 0 where they count something.
  func emptyQueries(of sample: RankingSample) -> Int {
    guard empty == nil else { return 0 }
    return (0..<sample.queryCount).count { query in
      !sample.places(of: query).contains { isRelevant(sample.relevance[$0]) }
    }
  }
}
