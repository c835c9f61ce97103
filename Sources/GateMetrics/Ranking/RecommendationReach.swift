import GateCore

/// How the items are spread over all lists.
///
/// Equal scores at the end of a list have no order, so each item has a chance to be in it. Where a figure counts items
/// that are shown at all, a bootstrap, whose draws leave queries out, lies on one side of it and gives no interval.
extension Metric.Ranking {
  /// The share of the catalogue that anyone is shown.
  package static let coverage = reach(
    "coverage", "The share of the catalogue that stands in the list of some query.",
    .higherIsBetter,
    "items in the top k of any query / items of the catalogue; the mean over the orders of equal "
      + "scores",
    source:
      "Ge, Delgado-Battenfeld and Jannach, Beyond Accuracy, RecSys 2010; recmetrics "
      + "prediction_coverage, in percent there",
    undefined: ["More items are shown than 'catalogue' says there are."],
    parameters: [
      Parameter(
        "catalogue", "How many items there are.", .integer(1...1_000_000_000),
        standard: "the items of the rows")
    ],
    gives: 0.75,
    [
      Metric.Example(.offers, catalogue(6), gives: 0.5),
      Metric.Example(.offers, catalogue(2), gives: nil),
    ]
  ) { exposure, _, arguments throws(Undefined) in
    let shown = exposure.missed.reduce(0) { $0 + (1 - $1) }
    let offered = exposure.isOffered.count { $0 }
    guard let catalogue = arguments["catalogue"] else { return shown / Double(offered) }
    let most = exposure.missed.count { $0 < 1 }
    guard Double(most) <= catalogue else {
      throw Undefined("'catalogue' is \(catalogue.brief), and the lists show \(most) items")
    }
    return shown / catalogue
  }.alsoCalled("catalog_coverage")

  /// How unequally the items shown share the lists.
  static let exposureGini = reach(
    "exposure_gini", "How unequally the lists show the items they show: 0 is all alike.",
    .lowerIsBetter,
    "sum of (2 i - n - 1) x_i / ((n - 1) sum of x), x the weight of the lists with the item, "
      + "ascending, n the items shown; equal scores share the last ranks",
    source: "Evidently PopularityBias, Gini index",
    undefined: ["Fewer than two items are shown."], gives: 0.25,
    [Metric.Example(oneOffer, .listOfTwo, gives: nil)]
  ) { exposure, _, _ throws(Undefined) in
    let shown = exposure.shown.filter { $0 > 0 }.sorted()
    guard shown.count > 1 else {
      throw Undefined("the lists show one item, and a share of exposure wants two at least")
    }
    let count = Double(shown.count)
    let sum = shown.indices.reduce(0) { sum, index in
      sum + (2 * Double(index + 1) - count - 1) * shown[index]
    }
    return sum / ((count - 1) * shown.sum)
  }.alsoCalled("gini")

  /// How different the lists are.
  static let personalization = reach(
    "personalization", "How different the lists of two queries are: 0 is all alike.",
    .higherIsBetter,
    "1 - mean over pairs of queries, by the product of their weights, of items in both lists / "
      + "sqrt(product of their lengths); the mean over the orders of equal scores",
    source: "recmetrics personalization; Jurity InterListDiversity",
    undefined: ["There is one query."], gives: 0.5,
    [Metric.Example(oneOffer, .listOfTwo, gives: nil)]
  ) { exposure, weights, _ throws(Undefined) in
    let total = weights.sum
    let pairs = total * total - weights.map { $0 * $0 }.sum
    guard weights.count(where: { $0 > 0 }) > 1 else {
      throw Undefined("there is one query, and a difference between lists wants two at least")
    }
    // The square of a sum over lists has every pair of them twice, and each list with itself.
    var alike = Sum()
    for direction in exposure.directions {
      alike.add(direction.sum * direction.sum - direction.squares)
    }
    return 1 - alike.value / pairs
  }

  /// One applicant with one offer.
  private static let oneOffer = Sample.ranking([1], scores: [0.5], queries: [0])

  /// Lists of two out of so many items.
  private static func catalogue(_ items: Double) -> Arguments {
    var arguments = Arguments.listOfTwo
    arguments.numbers["catalogue"] = items
    return arguments
  }

  /// A figure of the items of all lists.
  private static func reach(
    _ id: String, _ summary: String, _ direction: Metric.Direction, _ formula: String,
    source: String, undefined: [String], parameters: [Parameter] = [], gives value: Double,
    _ examples: [Metric.Example],
    _ figure:
      @escaping @Sendable (Exposure, _ weights: [Double], Arguments) throws(Undefined) -> Double
  ) -> Metric {
    var twice = Arguments.listOfTwo
    twice.columns["item"] = .codes([0, 0, 0, 0, 0, 0], ["loan"])
    return Metric(
      id, task: .ranking, summary: summary, direction: direction, formula: formula, source: source,
      undefined: undefined + [
        "An item stands twice among the best rows of one query.",
        "The rows of a query differ in weight.",
      ],
      parameters: [.listLength, .item] + parameters,
      measure: .ranking { sample, arguments throws(Undefined) in
        let rows = try RankedRows(.ranking(sample))
        return try figure(Exposure(rows, arguments), rows.weights, arguments).clamped(to: 0...1)
      },
      examples: [
        Metric.Example(.offers, .listOfTwo, gives: value),
        Metric.Example(.offers, twice, gives: nil),
        Metric.Example(.offers, Arguments(["k": 2]), gives: nil),
      ] + examples)
  }
}
