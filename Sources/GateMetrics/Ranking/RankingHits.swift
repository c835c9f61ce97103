import GateCore

/// How many relevant rows stand at the top, and how early.
///
/// Equal scores have no order, so each figure is the mean over all orders of them, in closed form: McSherry and Najork,
/// "Computing Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores", ECIR 2008.
extension Metric.Ranking {
  /// The mean precision at the relevant rows.
  static let meanAveragePrecision = hits(
    "map", "The mean precision at each relevant row of a query, mean of queries.",
    "mean over queries of (sum over relevant rows of the precision at their rank) / relevant rows",
    source: "trec_eval map, map_cut; pytrec_eval",
    .init(all: 13.0 / 24, top: 0.375, tied: 29.0 / 36, alone: 0.5)
  ) { query, relevant, cut in
    var sum = 0.0
    query.forEachHit { tie, before, found in
      // At a rank of the tie the row is relevant found / tie.count times, and then this many are at it or before.
      let share = Double(found) / Double(tie.count)
      let others = tie.count > 1 ? Double(found - 1) / Double(tie.count - 1) : 0
      for rank in tie where rank < cut {
        let expected = Double(before + 1) + Double(rank - tie.lowerBound) * others
        sum += share * expected / Double(rank + 1)
      }
      return tie.upperBound < cut
    }
    return sum / Double(relevant)
  }.alsoCalled("mean_average_precision", "map_at_k", "average_precision")

  /// One over the rank of the first relevant row.
  static let meanReciprocalRank = hits(
    "mrr", "One over the rank of the first relevant row of a query, mean of queries.",
    "mean over queries of 1 / rank of the first relevant row; 0 where it is beyond k",
    source: "trec_eval recip_rank; Voorhees, TREC-8, 1999",
    .init(all: 0.5, top: 0.5, tied: 5.0 / 6, alone: 0.5)
  ) { query, _, cut in
    var sum = 0.0
    query.forEachHit { tie, _, found in
      guard found > 0 else { return tie.upperBound < cut }
      // The share of orders in which no rank of the tie before this one is relevant.
      var none = 1.0
      for rank in tie where rank < cut && none > 0 {
        let left = Double(tie.upperBound - rank)
        let hit = min(1, Double(found) / left)
        sum += none * hit / Double(rank + 1)
        none *= 1 - hit
      }
      return false
    }
    return sum
  }.alsoCalled("mean_reciprocal_rank", "reciprocal_rank", "mrr_at_k")

  /// The share of the top that is relevant.
  static let precisionAtK = hits(
    "precision_at_k", "The share of the k highest scored rows of a query that is relevant.",
    "mean over queries of relevant rows among the top k / k, also where a query has fewer rows",
    source: "trec_eval P; pytrec_eval", needsCut: true,
    .init(all: nil, top: 0.5, tied: 2.0 / 3, alone: 0.5)
  ) { query, _, cut in query.found(cut) / Double(cut) }.alsoCalled("precision", "precision_score")

  /// The share of the relevant rows that is at the top.
  static let recallAtK = hits(
    "recall_at_k", "The share of the relevant rows of a query among its k highest scored rows.",
    "mean over queries of relevant rows among the top k / relevant rows",
    source: "trec_eval recall; pytrec_eval", needsCut: true, isOfWholeList: true,
    .init(all: nil, top: 0.75, tied: 2.0 / 3, alone: 1)
  ) { query, relevant, cut in query.found(cut) / Double(relevant) }.alsoCalled(
    "recall", "recall_score")

  /// Whether the top has a relevant row.
  static let hitRateAtK = hits(
    "hit_rate_at_k", "The share of queries with a relevant row among their k highest scored rows.",
    "mean over queries of 1 where a relevant row is among the top k, else 0",
    source: "trec_eval success; pytrec_eval", needsCut: true, isOfWholeList: true,
    .init(all: nil, top: 1, tied: 1, alone: 1)
  ) { query, _, cut in
    var missed = 1.0
    query.forEachHit { tie, _, found in
      let picked = min(tie.upperBound, cut) - tie.lowerBound
      for index in 0..<picked where missed > 0 {
        missed *= max(0, 1 - Double(found) / Double(tie.count - index))
      }
      return tie.upperBound < cut && missed > 0
    }
    return 1 - missed
  }.alsoCalled("hit_rate", "hit_ratio", "hr_at_k")

  /// What the examples of a figure of hits come to.
  private struct Expected {
    /// Of all rows of two queries; nil: the figure wants a `k`.
    package var all: Double?
    /// Of their two highest scored rows.
    package var top: Double
    /// The two highest of three tied rows, two of them relevant; of all three where `k` may be left out.
    var tied: Double
    /// Of a query whose only relevant row is the second.
    package var alone: Double
  }

  /// A mean over queries of a figure of the query, its number of relevant rows (above 0) and the cut.
  private static func hits(
    _ id: String, _ summary: String, _ formula: String, source: String, needsCut: Bool = false,
    isOfWholeList: Bool = false, _ expected: Expected,
    _ figure: @escaping @Sendable (HitQuery, _ relevant: Int, _ cut: Int) -> Double
  ) -> Metric {
    let cut = Arguments(["k": 2])
    return Metric(
      id, task: .ranking, summary: summary, direction: .higherIsBetter,
      formula: formula + "; the mean over the orders of equal scores", source: source,
      undefined: [
        "No query has a relevant row (with empty: skip).", "The rows of a query differ in weight.",
      ],
      parameters: [needsCut ? .listLength : .rankingCut, .minRelevance, .empty],
      contrast: isOfWholeList ? .longQueries : .relevance,
      measure: .sums(
        .queries { rows, arguments throws(Undefined) in
          let given = needsCut ? try arguments.listLength() : nil
          return try rows.meanOverQueries { query throws(Undefined) in
            let query = HitQuery(ranked: query, arguments: arguments)
            let relevant = query.relevant
            guard relevant > 0 else { return arguments.empty }
            return figure(query, relevant, given ?? arguments.cut(query.ranked.count))
              .clamped(to: 0...1)
          }
        }),
      spread: .mean,
      examples: [
        Metric.Example(.offers, needsCut ? cut : Arguments(), gives: expected.all ?? expected.top),
        Metric.Example(.offers, cut, gives: expected.top),
        Metric.Example(.tiedOffers, needsCut ? cut : Arguments(), gives: expected.tied),
        Metric.Example(
          .oneWithoutRelevant, Arguments(["k": 2], texts: ["empty": "zero"]),
          gives: isOfWholeList ? nil : expected.alone / 2),
        Metric.Example(
          .offers, Arguments(["k": 2, "min_relevance": 2], texts: ["empty": "one"]),
          gives: (expected.alone + 1) / 2),
        Metric.Example(.nothingRelevant, cut, gives: nil),
        Metric.Example(
          .offers, Arguments(["k": 2, "min_relevance": 3], texts: ["empty": "one"]), gives: nil),
        Metric.Example(.unevenlyWeighed, cut, gives: nil),
      ])
  }
}

/// A query of which each row is relevant or not.
struct HitQuery {
  /// The query.
  package let ranked: RankedQuery
  /// Which say what is relevant.
  package let arguments: Arguments

  /// Relevant rows.
  var relevant: Int { relevant(0..<ranked.count) }

  /// Relevant rows at these ranks.
  private func relevant(_ ranks: Range<Int>) -> Int {
    ranks.count { arguments.isRelevant(ranked.relevance($0)) }
  }

  /// Calls `body` with the ranks of each score, highest first, the relevant rows before them and those at them, until
  /// it answers false.
  func forEachHit(_ body: (Range<Int>, _ before: Int, _ found: Int) -> Bool) {
    var before = 0
    ranked.forEachTie { tie in
      let found = relevant(tie)
      defer { before += found }
      return body(tie, before, found)
    }
  }

  /// Relevant rows at the first `cut` ranks, those of the score at the cut by the share of them that fits.
  package func found(_ cut: Int) -> Double {
    var total = 0.0
    forEachHit { tie, _, found in
      let picked = min(tie.upperBound, cut) - tie.lowerBound
      total += Double(found) * Double(picked) / Double(tie.count)
      return tie.upperBound < cut
    }
    return total
  }
}
