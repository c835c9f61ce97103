import GateCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the items of a list are like.
extension Metric.Ranking {
  /// How popular the items are that are shown.
  static let popularityBias = listed(
    "popularity_bias", "The mean popularity of the items in a list, mean of queries.",
    .lowerIsBetter, range: 0 ... .infinity,
    "mean over queries of the mean popularity of the top k rows",
    source:
      "average recommendation popularity: Yin et al., VLDB 2012; Evidently PopularityBias, ARP",
    undefined: ["The popularity of an item is below 0."],
    parameters: [
      Parameter(
        "popularity", "SQL over the row: how popular its item is, a count or a share.", .sql,
        required: true)
    ],
    .init(
      arguments: .listOfTwo("popularity", .numbers([8, 1, 2, 8, 2, 4])), gives: 4.75,
      refused: .listOfTwo("popularity", .numbers([-1, 1, 2, 8, 2, 4])))
  ) { rows, arguments throws(Undefined) in
    let popularity = try arguments.figures("popularity", rows)
    return { list throws(Undefined) in
      try list.mean { rank throws(Undefined) in
        let value = popularity[list.query.row(rank)]
        guard value >= 0 else {
          throw Undefined(
            "the popularity is \(value.brief) in row \(list.query.row(rank) + 1), wanted at least 0"
          )
        }
        return value
      }
    }
  }.alsoCalled("arp", "average_recommendation_popularity")

  /// How little known the items are that are shown.
  static let novelty = listed(
    "novelty", "How little known the items in a list are, in bits, mean of queries.",
    .higherIsBetter, range: 0 ... .infinity,
    "mean over queries of the mean of -log2(popularity) of the top k rows",
    source:
      "Zhou et al., PNAS 107, 2010; recmetrics novelty; Evidently NoveltyMetric",
    undefined: ["The popularity of an item is no share: above 0, up to 1."],
    parameters: [
      Parameter(
        "popularity", "SQL over the row: the share of users who know its item.", .sql,
        required: true)
    ],
    .init(
      arguments: .listOfTwo("popularity", .numbers([0.5, 0.25, 0.125, 0.5, 0.125, 1])), gives: 1.75,
      refused: .listOfTwo("popularity", .numbers([0.5, 0, 0.125, 0.5, 0.125, 1])))
  ) { rows, arguments throws(Undefined) in
    let popularity = try arguments.figures("popularity", rows)
    return { list throws(Undefined) in
      try list.mean { rank throws(Undefined) in
        let share = popularity[list.query.row(rank)]
        guard share > 0, share <= 1 else {
          throw Undefined(
            "the popularity is \(share.brief) in row \(list.query.row(rank) + 1), wanted the share "
              + "of users who know the item: above 0, up to 1")
        }
        return -log2(share)
      }
    }
  }.alsoCalled("mean_self_information")

  /// How different the items of a list are.
  static let diversity = listed(
    "diversity", "The share of pairs in a list that are of different categories, mean of queries.",
    .higherIsBetter, range: 0...1,
    "mean over queries of pairs of top k rows that differ in 'by' / pairs",
    source:
      "intra-list diversity: Ziegler et al., WWW 2005; Jurity IntraListDiversity of one-hot "
      + "categories; 1 - recmetrics intra_list_similarity of them",
    undefined: ["Every list has one row; a list that has takes no part."],
    parameters: [
      Parameter("by", "SQL over the row: the category of its item.", .codes, required: true)
    ],
    .init(
      arguments: .listOfTwo("by", .codes([0, 0, 1, 0, 1, 1], ["credit", "other"])), gives: 0.5,
      refused: {
        var arguments = Arguments.listOfTwo("by", .codes([0, 0, 1, 0, 1, 1], ["credit", "other"]))
        arguments.numbers["k"] = 1
        return arguments
      }())
  ) { rows, arguments throws(Undefined) in
    let categories = try arguments.items("by", rows)
    return { list throws(Undefined) in list.pairsApart(by: categories) }
  }.alsoCalled("intra_list_diversity")

  /// What the examples of a figure of a list come to.
  private struct Expected {
    /// The columns of six rows, and a list of two.
    package var arguments: Arguments
    /// The figure there.
    package var gives: Double
    /// Columns with which there is none.
    package var refused: Arguments
  }

  /// A mean over queries of a figure of the query's list; nil takes no part.
  private static func listed(
    _ id: String, _ summary: String, _ direction: Metric.Direction, range: ClosedRange<Double>,
    _ formula: String, source: String, undefined: [String], parameters: [Parameter],
    _ expected: Expected,
    _ figure:
      @escaping @Sendable (RankedRows, Arguments) throws(Undefined) -> (
        (RecommendedList) throws(Undefined) -> Double?
      )
  ) -> Metric {
    Metric(
      id, task: .ranking, summary: summary, direction: direction, range: range,
      formula: formula + "; the mean over the orders of equal scores", source: source,
      undefined: undefined + ["The rows of a query differ in weight."],
      parameters: [.listLength] + parameters,
      measure: .sums(
        .queries(orElse: "every list has one row, and a pair wants two") {
          rows, arguments throws(Undefined) in
          let length = try arguments.listLength()
          let value = try figure(rows, arguments)
          return try rows.meanOverQueries { query throws(Undefined) in
            try value(RecommendedList(query, length))
          }
        }),
      spread: .mean,
      examples: [
        Metric.Example(.offers, expected.arguments, gives: expected.gives),
        Metric.Example(.offers, expected.refused, gives: nil),
        Metric.Example(.offers, Arguments(["k": 2]), gives: nil),
      ])
  }
}

extension RecommendedList {
  /// The share of pairs of rows shown whose codes differ, the mean over the orders of equal scores; nil: no pair.
  fileprivate func pairsApart(by codes: [Int32]) -> Double? {
    guard size > 1 else { return nil }
    var counts: [Int32: (certain: Double, tied: Double)] = [:]
    for rank in 0..<end {
      if rank < certain {
        counts[codes[query.row(rank)], default: (0, 0)].certain += 1
      } else {
        counts[codes[query.row(rank)], default: (0, 0)].tied += 1
      }
    }
    let tied = Double(end - certain)
    let one = tied > 0 ? Double(picked) / tied : 0
    let both = tied > 1 ? one * Double(picked - 1) / (tied - 1) : 0
    // The order of a dictionary changes from run to run, and with it the last digits of a sum.
    var alike = 0.0
    for (_, (sure, open)) in counts.sorted(by: { $0.key < $1.key }) {
      alike += sure * (sure - 1) / 2
      alike += one * sure * open
      alike += both * open * (open - 1) / 2
    }
    let pairs = Double(size) * Double(size - 1) / 2
    return (1 - alike / pairs).clamped(to: 0...1)
  }
}
