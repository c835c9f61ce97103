package import GateCore

extension DriftTest {
  /// First Wasserstein distance.
  static let wasserstein = DriftTest(
    "wasserstein",
    "The Wasserstein distance: how far the rows must be moved, on average, to make one side the other.",
    aliases: ["wasserstein_distance", "emd", "earth_movers_distance", "earth_mover"],
    range: 0...Double.infinity, formula: "integral of |F(x) - G(x)| dx, over the scale",
    source: "scipy.stats.wasserstein_distance",
    undefined: ["a value is infinite", "the scale is 0"],
    parameters: [
      Parameter(
        "scale",
        "What the distance is divided by: nothing, or the reference's standard deviation or interquartile range.",
        .choice(["none", "std", "iqr"]), standard: "none")
    ],
    pValueMethod: .permutation,
    measure: .column([.number]) { (column, arguments) throws(Undefined) in
      let distance = try column.wasserstein()
      let name = arguments.text("scale") ?? "none"
      let scale = try column.scale(name)
      guard scale > 0 else {
        throw Undefined("the reference's \(name == "std" ? "standard deviation" : name) is 0")
      }
      return DriftFigure(
        distance / scale,
        settings: [
          JSON.Member("scale", .string(name)), JSON.Member("divisor", .number(scale)),
        ])
    },
    examples: [
      Example(.numbers([0, 1, 3], [5, 6, 8]), gives: 5),
      Example(
        .numbers([1, 2, 3, 4], [2, 4, 6, 8]), Arguments(texts: ["scale": "std"]),
        gives: 2.23606797749979),
      Example(
        .numbers([1, 2, 3, 4], [2, 4, 6, 8]), Arguments(texts: ["scale": "iqr"]),
        gives: 1.6666666666666667),
      Example(.numbers([1, 1], [1, 2]), Arguments(texts: ["scale": "std"]), gives: nil),
      Example(.numbers([1, 1], [1, 1]), gives: 0),
      Example(.numbers([1, 2], [1, .infinity]), gives: nil),
    ])

  /// Evidently's, over the reference's standard deviation.
  static let wassersteinEvidently = DriftTest(
    "wasserstein@evidently",
    "Evidently's normed Wasserstein distance: over the reference's standard deviation, which counts as at least 0.001.",
    range: 0...Double.infinity,
    formula: "integral of |F(x) - G(x)| dx / max(std(reference), 0.001), std with the count n",
    source: "evidently 0.7.23, calculations.stattests.wasserstein_distance_norm",
    pValueMethod: .permutation,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      let column = try column.withoutInfinities()
      let scale = max(try column.scale("std"), 0.001)
      return DriftFigure(
        try column.wasserstein() / scale,
        settings: [JSON.Member("scale", "std"), JSON.Member("divisor", .number(scale))])
    },
    examples: [
      Example(.numbers([1, 2, 3, 4], [2, 4, 6, 8]), gives: 2.23606797749979),
      Example(.numbers([1, 1], [1, 2]), gives: 500),
      Example(.numbers([1, 2], [1, .infinity]), gives: 1),
      Example(.numbers([1, 2], [.infinity]), gives: nil),
    ])

  /// NannyML's, which from 10,000 rows on is of histograms.
  static let wassersteinNannyML = DriftTest(
    "wasserstein@nannyml",
    "NannyML's Wasserstein distance: from 10,000 reference rows on that of histograms in 10,000 even steps of the reference's range, where current rows below the range count one too many.",
    range: 0...Double.infinity,
    formula:
      "integral of |F(x) - G(x)| dx; from 10,000 reference rows on its sum over steps, G there raised by (rows below + 1) / m where there are any, and the integrals of G below and of 1 - G above the range",
    source: "nannyml 0.13.1, drift.univariate.methods.WassersteinDistance",
    undefined: ["a value is infinite"],
    pValueMethod: .none,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      guard column.reference.total >= BinnedColumn.least else {
        return DriftFigure(try column.wasserstein(), settings: [JSON.Member("method", "exact")])
      }
      let binned = try BinnedColumn(column, widensPoint: true)
      return DriftFigure(binned.wasserstein(column), settings: binned.settings)
    },
    examples: [
      Example(.numbers([0, 1, 3], [5, 6, 8]), gives: 5),
      Example(.numbers([1, 2], [1, .infinity]), gives: nil),
    ])

  /// Deepchecks' earth mover's distance.
  static let wassersteinDeepchecks = DriftTest(
    "wasserstein@deepchecks",
    "Deepchecks' earth mover's distance: each side without its lowest and highest 2.5 %, both then scaled to 0...1.",
    formula:
      "integral of |F(x) - G(x)| dx / (max - min), over values within each side's quantiles 0.025 and 0.975",
    source: "deepchecks 0.19.1, utils.distribution.drift.earth_movers_distance",
    undefined: ["a side has fewer than 10 rows with a value", "a value is infinite"],
    pValueMethod: .none,
    measure: .column([.number]) { (column, _) throws(Undefined) in
      try column.wantRows(10)
      let trimmed = try column.trimmed(0.025)
      let numbers = try trimmed.finiteNumbers()
      let width = numbers[numbers.count - 1] - numbers[0]
      return DriftFigure(
        width == 0 ? 0 : try trimmed.wasserstein() / width,
        settings: [JSON.Member("margin", .number(0.025)), JSON.Member("divisor", .number(width))])
    },
    examples: [
      Example(
        .numbers((1...10).map(Double.init), (4...13).map(Double.init)), gives: 0.3),
      Example(
        .numbers([Double](repeating: 1, count: 10), [Double](repeating: 1, count: 12)), gives: 0),
      Example(.numbers([1, 2, 3], [1, 2, 3]), gives: nil),
    ])
}

extension DriftColumn {
  /// The area between the distribution functions; throws `Undefined` for infinite values.
  fileprivate func wasserstein() throws(Undefined) -> Double {
    try area { abs($0) }
  }

  /// The integral of a function of the distance between the distribution functions.
  @inline(__always)
  package func area(_ height: (Double) -> Double) throws(Undefined) -> Double {
    var sum = 0.0
    eachGap(try finiteNumbers()) { gap, p, q in sum += height(p - q) * gap }
    guard sum.isFinite else { throw Undefined("the values lie too far apart for a number") }
    return sum
  }

  /// What a distance is divided by.
  fileprivate func scale(_ name: String) throws(Undefined) -> Double {
    switch name {
    case "std": return try moments(finiteNumbers(), of: reference).deviation
    case "iqr":
      let quartiles = quantiles([0.25, 0.75], of: reference)
      return quartiles[1] - quartiles[0]
    default: return 1
    }
  }

  /// Each side without what lies outside of its own quantiles, from the first value that a row keeps to the last.
  fileprivate func trimmed(_ margin: Double) throws(Undefined) -> DriftColumn {
    let numbers = try finiteNumbers()
    func kept(_ side: Side) -> Range<Int> {
      let ends = quantiles([margin, 1 - margin], of: side)
      var (low, high) = (numbers.startIndex, numbers.endIndex)
      while side.counts[low] == 0 || numbers[low] < ends[0] { low += 1 }
      while side.counts[high - 1] == 0 || numbers[high - 1] > ends[1] { high -= 1 }
      return low..<high
    }
    let (a, b) = (kept(reference), kept(current))
    let both = min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    func side(_ side: Side, _ range: Range<Int>) -> Side {
      Side(
        counts: [Int32](repeating: 0, count: range.lowerBound - both.lowerBound)
          + side.counts[range]
          + [Int32](repeating: 0, count: both.upperBound - range.upperBound))
    }
    return DriftColumn(
      .numbers(Array(numbers[both])), reference: side(reference, a), current: side(current, b))
  }
}

extension BinnedColumn {
  /// NannyML's estimate, with what lies outside of the range as it is.
  fileprivate func wasserstein(_ column: DriftColumn) -> Double {
    guard case .numbers(let numbers) = column.values, let first = edges.first, let last = edges.last
    else { return 0 }
    let m = Double(column.current.total)
    let raised = smaller > 0 ? Double(smaller + 1) / m : 0
    let below = Double(smaller) / m
    let inside = zip(reference, current).reduce(0) { $0 + abs($1.0 - ($1.1 - below + raised)) }
    var sum = inside * (edges[1] - edges[0])
    var passed = 0
    for place in numbers.indices {
      passed += Int(column.current.counts[place])
      let next = place + 1 < numbers.count ? numbers[place + 1] : numbers[place]
      let low = max(0, min(next, first) - min(numbers[place], first))
      let high = max(0, max(next, last) - max(numbers[place], last))
      sum += low * Double(passed) / m + high * (1 - Double(passed) / m)
    }
    return sum
  }
}
