import GateCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gain that is discounted by the logarithm of the rank.
///
/// Rows of one score share the mean of their gains at each of their ranks, as in scikit-learn: what McSherry and Najork
/// (2008) show to be the mean over all orders of them.
extension Metric.Ranking {
  /// The gain of a ranking as a share of what the best order gains.
  static let ndcg = Metric(
    "ndcg", task: .ranking, aliases: ["ndcg_score", "normalized_dcg", "ndcg_at_k"],
    summary: "The discounted gain of the ranking as a share of the best order's, mean of queries.",
    direction: .higherIsBetter,
    formula:
      "mean over queries of DCG / DCG of the best order; DCG = sum of gain / log2(rank + 1); "
      + "equal scores share their gains",
    source:
      "scikit-learn ndcg_score with its ties, a query a row; Järvelin and Kekäläinen, ACM TOIS 20, "
      + "2002; LightGBM and XGBoost take gain: exponential",
    undefined: [
      "No query has a relevance above 0 (with empty: skip).",
      "The rows of a query differ in weight.",
    ],
    parameters: [.rankingCut, gain, .empty],
    contrast: .relevance,
    measure: .sums(
      .queries { rows, arguments throws(Undefined) in
        let gains = Gains(rows, arguments)
        let empty = arguments.empty
        return try rows.meanOverQueries { query throws(Undefined) in
          let best = gains.best(query)
          return best > 0 ? (gains.found(query) / best).clamped(to: 0...1) : empty
        }
      }),
    spread: .mean,
    examples: [
      Metric.Example(.offers, gives: 0.6503007850328436),
      Metric.Example(.offers, Arguments(["k": 1]), gives: 0),
      Metric.Example(
        .offers, Arguments(texts: ["gain": "exponential"]), gives: 0.6449657791869352),
      Metric.Example(.weighedOffers, gives: 0.6406152693021505),
      Metric.Example(.tiedOffers, gives: 0.8099531166420328),
      Metric.Example(.oneWithoutRelevant, gives: 0.6309297535714575),
      Metric.Example(
        .oneWithoutRelevant, Arguments(texts: ["empty": "zero"]), gives: 0.31546487678572877),
      Metric.Example(.nothingRelevant, gives: nil),
      Metric.Example(.unevenlyWeighed, gives: nil),
    ])

  /// The gain of a ranking; a query without a relevant row gains 0.
  static let dcg = Metric(
    "dcg", task: .ranking, aliases: ["dcg_score", "dcg_at_k"],
    summary: "The discounted gain of the ranking, mean of queries.",
    direction: .higherIsBetter, range: 0 ... .infinity,
    formula:
      "mean over queries of the sum of gain / log2(rank + 1); equal scores share their gains",
    source:
      "scikit-learn dcg_score with its ties, a query a row; Järvelin and Kekäläinen, ACM TOIS 20, "
      + "2002",
    undefined: ["The rows of a query differ in weight."],
    parameters: [.rankingCut, gain],
    contrast: .relevance,
    measure: .sums(
      .queries { rows, arguments throws(Undefined) in
        let gains = Gains(rows, arguments)
        return try rows.meanOverQueries { query throws(Undefined) in gains.found(query) }
      }),
    spread: .mean,
    examples: [
      Metric.Example(.offers, gives: 1.1963946303571863),
      Metric.Example(.offers, Arguments(["k": 2]), gives: 0.9463946303571862),
      Metric.Example(.nothingRelevant, gives: nil),
      Metric.Example(.unevenlyWeighed, gives: nil),
    ])

  /// What a relevance is worth.
  private static let gain = Parameter(
    "gain", "What a row gains: its relevance (linear), or 2^relevance - 1 (exponential).",
    .choice(["linear", "exponential"]), standard: "linear")
}

/// What rows gain and what their ranks leave of it.
private struct Gains {
  /// The share of its gain that a row keeps, by rank.
  let discounts: [Double]
  /// Whether a gain is 2^relevance - 1.
  let isExponential: Bool

  /// Reads `k` and `gain`.
  package init(_ rows: RankedRows, _ arguments: Arguments) {
    discounts = (0..<arguments.cut(rows.longest)).map { 1 / log2(Double($0 + 2)) }
    isExponential = arguments.text("gain") == "exponential"
  }

  /// What a row of this relevance gains at the top.
  private func gain(_ relevance: Double) -> Double {
    isExponential ? exp2(relevance) - 1 : relevance
  }

  /// The discounted gain of the ranking.
  package func found(_ query: RankedQuery) -> Double {
    var total = 0.0
    query.forEachTie { tie in
      let (mean, discount) = (
        tie.reduce(0) { $0 + gain(query.relevance($1)) } / Double(tie.count),
        tie.clamped(to: discounts.indices).reduce(0) { $0 + discounts[$1] }
      )
      total += mean * discount
      return tie.upperBound < discounts.count
    }
    return total
  }

  /// The discounted gain of the best order.
  package func best(_ query: RankedQuery) -> Double {
    zip(query.ideal, discounts).reduce(0) { $0 + gain($1.0) * $1.1 }
  }
}
