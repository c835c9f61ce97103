import GateCore

extension Metric.Ranking {
  /// The area under the ROC curve query by query.
  static let groupedRocAuc = Metric(
    "grouped_roc_auc", task: .ranking, aliases: ["gauc", "auc", "roc_auc"],
    summary: "The area under the ROC curve of each query's rows, mean of queries.",
    direction: .higherIsBetter,
    formula:
      "mean over queries of the share of pairs of a relevant and another row with the relevant one "
      + "scored higher, equal scores half",
    source: "scikit-learn roc_auc_score, one query at a time",
    undefined: [
      "No query has both a relevant row and another; a query that has not takes no part.",
      "The rows of a query differ in weight.",
    ],
    parameters: [.minRelevance],
    measure: .sums(
      .queries(orElse: "no query has both a relevant row and another") {
        rows, arguments throws(Undefined) in
        try rows.meanOverQueries { query throws(Undefined) in
          HitQuery(ranked: query, arguments: arguments).rocAUC
        }
      }),
    spread: .mean,
    examples: [
      Metric.Example(.offers, gives: 0.25),
      Metric.Example(.tiedOffers, gives: 0.5),
      Metric.Example(.oneWithoutRelevant, gives: 0),
      Metric.Example(.nothingRelevant, gives: nil),
      Metric.Example(.unevenlyWeighed, gives: nil),
    ])
}

extension HitQuery {
  /// The share of pairs in order; nil where there is no pair.
  fileprivate var rocAUC: Double? {
    let positives = Double(relevant)
    let negatives = Double(ranked.count) - positives
    guard positives > 0, negatives > 0 else { return nil }
    var ordered = 0.0
    forEachHit { tie, before, found in
      let others = Double(tie.count - found)
      ordered += others * (Double(before) + 0.5 * Double(found))
      return true
    }
    return ordered / (positives * negatives)
  }
}
