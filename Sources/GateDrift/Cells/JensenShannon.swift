import GateCore

extension DriftTest {
  /// Jensen-Shannon distance or divergence.
  static let jensenShannon = DriftTest(
    "jensen_shannon",
    "The Jensen-Shannon distance of the shares of bins or categories: 0 where they agree, and with base 2 1 where they share nothing.",
    aliases: [
      "js", "jsd", "jensenshannon", "jensen_shannon_distance", "jensen_shannon_divergence",
    ],
    formula:
      "sqrt((sum of p log(p / m) + sum of q log(q / m)) / 2), m = (p + q) / 2; the divergence is without the root",
    source:
      "Endres and Schindelin, IEEE Transactions on Information Theory 49, 2003; scipy.spatial.distance.jensenshannon",
    undefined: ["bins a step apart meet infinite values"],
    parameters: Binning.parameters + [
      Parameter(
        "base", "The logarithm's base; with e the distance is at most 0.833.", .choice(["2", "e"]),
        standard: "2"),
      Parameter(
        "form", "The distance, or its square.", .choice(["distance", "divergence"]),
        standard: "distance"),
    ],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, arguments) throws(Undefined) in
      let base = arguments.text("base") ?? arguments["base"]?.brief ?? "2"
      let form = arguments.text("form") ?? "distance"
      let unit = base == "e" ? 1 : logarithm(2)
      return try column.figure(
        arguments,
        settings: [JSON.Member("base", .string(base)), JSON.Member("form", .string(form))]
      ) { cells in
        let divergence = min(1, cells.jensenShannon / unit)
        return form == "distance" ? divergence.squareRoot() : divergence
      }
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.22089576884901735),
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), Arguments(texts: ["base": "e"]),
        gives: 0.18390779094047432),
      Example(
        .categories(["a"], ["b"]), Arguments(texts: ["form": "divergence"]), gives: 1, p: 1),
      Example(.numbers([1, 2, 3, 4], [1, 2, 3, 4]), gives: 0),
      Example(.numbers([.nan], [1]), gives: nil),
    ])

  /// Evidently's, of base e.
  static let jensenShannonEvidently = DriftTest(
    "jensen_shannon@evidently",
    "Evidently's Jensen-Shannon distance: base e; numbers of more than 20 distinct ones in Sturges' bins over both sides, else a cell a value.",
    formula: "sqrt((sum of p ln(p / m) + sum of q ln(q / m)) / 2), m = (p + q) / 2",
    source: "evidently 0.7.23, calculations.stattests.jensenshannon; infinite values are left out",
    undefined: ["a side has no finite value"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.evidentlyCells()
      return DriftFigure(
        cells.jensenShannon.squareRoot(), of: cells,
        settings: [JSON.Member("base", "e"), JSON.Member("form", "distance")])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.18390779094047432),
      Example(.numbers([.infinity], [1]), gives: nil),
    ])

  /// NannyML's, of base 2.
  static let jensenShannonNannyML = DriftTest(
    "jensen_shannon@nannyml",
    "NannyML's Jensen-Shannon distance: base 2; numbers in Doane's bins of the reference, what lies outside of them in one more.",
    formula: "sqrt((sum of p log2(p / m) + sum of q log2(q / m)) / 2), m = (p + q) / 2",
    source:
      "nannyml 0.13.1, drift.univariate.methods, ContinuousJensenShannonDistance and Categorical…",
    undefined: ["a value is infinite"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.nannyMLCells()
      return DriftFigure(
        min(1, cells.jensenShannon / logarithm(2)).squareRoot(), of: cells,
        settings: [JSON.Member("base", "2"), JSON.Member("form", "distance")])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.22089576884901735),
      Example(.numbers([1, 2], [3]), gives: 1),
      Example(.numbers([1, .infinity], [1]), gives: nil),
    ])

  /// TensorFlow Data Validation's, a divergence.
  static let jensenShannonTFDV = DriftTest(
    "jensen_shannon@tfdv",
    "TensorFlow Data Validation's Jensen-Shannon divergence: base 2; numbers in ten bins a step apart for each side, cut at the edges of both.",
    formula: "(sum of p log2(p / m) + sum of q log2(q / m)) / 2, m = (p + q) / 2",
    source:
      "tensorflow/data-validation, anomalies/metrics.cc, JensenShannonDivergence; the bins are counted, where the library estimates them from a sketch; a bin's rows are spread evenly over its parts; infinite values of the sides never agree; nulls are left out",
    undefined: ["a side's finite values lie further apart than a number can say"],
    pValueMethod: .permutation,
    measure: .column([.number, .category]) { (column, _) throws(Undefined) in
      let cells = try column.tfdvCells()
      return DriftFigure(
        min(1, cells.jensenShannon / logarithm(2)), of: cells,
        settings: [JSON.Member("base", "2"), JSON.Member("form", "divergence")])
    },
    examples: [
      Example(
        .categories(["a", "a", "b", "b"], ["a", "b", "b", "b"]), gives: 0.048794940695398505),
      Example(.numbers([1], [2]), gives: 1),
      Example(.numbers([0, 1], [0, 1]), gives: 0),
      Example(.numbers([.infinity], [.infinity]), gives: 1),
    ])
}

extension DriftCells {
  /// The divergence in nats; rounding never makes it negative.
  fileprivate var jensenShannon: Double {
    max(
      0,
      sum { p, q in
        let middle = (p + q) / 2
        return (p > 0 ? p * logarithm(p / middle) : 0) + (q > 0 ? q * logarithm(q / middle) : 0)
      } / 2)
  }
}
