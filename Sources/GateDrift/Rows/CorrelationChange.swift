import GateCore

extension DriftTest {
  /// Largest change of a correlation between two features.
  static let correlationChange = DriftTest(
    "correlation_change",
    "The largest change of the correlation between two features that are numbers.",
    range: 0...2, formula: "max |r(current) - r(reference)| over pairs of features",
    source:
      "pandas.DataFrame.corr on the rows where both have a value; the p-value is that of Fisher's z times the number of pairs, with Fieller's variance 1.06 / (n - 3) for ranks (Fieller, Hartley, Pearson, Biometrika 44, 1957)",
    undefined: [
      "Fewer than two features are numbers.",
      "No pair of features has four rows with both values, and varies on them, on each side.",
      "A value is infinite and the method is pearson.",
    ],
    parameters: [
      Parameter(
        "method", "Of the numbers, or of their ranks.", .choice(["pearson", "spearman"]),
        standard: "pearson")
    ] + DriftSample.parameters(200_000, in: 10...100_000_000),
    pValueMethod: .own,
    measure: .rows { (rows, arguments) throws(Undefined) in
      let method = arguments.text("method").flatMap(FeatureCorrelations.Method.init) ?? .pearson
      let sample = DriftSample(rows.counts, arguments, rows: 200_000)
      let features = try NumberFeatures(rows, sample, isFinite: method == .pearson)
      let change = CorrelationChange(
        names: features.names, reference: FeatureCorrelations(features.reference, method),
        current: FeatureCorrelations(features.current, method), method)
      return try change.figure(sample.settings)
    },
    examples: [
      Example(
        .rows(
          example([1, 2, 3, 4, 5], [2, 4, 6, 8, 10], current: [1, 2, 3, 4, 5], [5, 4, 3, 2, 1])),
        gives: 2),
      Example(
        .rows(
          example([1, 2, 3, 4, 5], [1, 3, 2, 5, 4], current: [1, 2, 3, 4, 50], [1, 3, 2, 5, 4])),
        Arguments(texts: ["method": "spearman"]), gives: 0, p: 1),
      Example(
        .rows(example([1, 2, 3, 4], [1, 3, 2, 4], current: [1, 2, 3], [1, 3, 2])), gives: nil),
      Example(
        .rows(example([1, 2, 3, 4], [7, 7, 7, 7], current: [1, 2, 3, 5], [1, 3, 2, 7])),
        gives: nil),
    ])

  /// Two features of both sides.
  private static func example(
    _ first: [Double], _ second: [Double], current: [Double], _ other: [Double]
  ) -> DriftRows {
    DriftRows(features: [
      DriftRows.Feature(name: "income", values: .numbers(reference: first, current: current)),
      DriftRows.Feature(name: "debt", values: .numbers(reference: second, current: other)),
    ])
  }
}

/// The features that are numbers, on the chosen rows.
private struct NumberFeatures {
  package private(set) var names: [String] = []
  package private(set) var reference: [[Double]] = []
  package private(set) var current: [[Double]] = []

  /// Throws `Undefined` where fewer than two are, and where one is infinite that shall be finite.
  package init(_ rows: DriftRows, _ sample: DriftSample, isFinite: Bool) throws(Undefined) {
    for feature in rows.features {
      guard case .numbers(let before, let after) = feature.values else { continue }
      if isFinite,
        let infinite = (before.first(where: \.isInfinite) ?? after.first(where: \.isInfinite))
      {
        throw Undefined(
          "feature '\(feature.name)' has the value \(infinite.brief); method: spearman takes infinite values"
        )
      }
      names.append(feature.name)
      reference.append(sample.reference.map { before[Int($0)] })
      current.append(sample.current.map { after[Int($0)] })
    }
    if names.count < 2 {
      throw Undefined("\(names.count.counted("feature")) of numbers; a correlation wants two")
    }
  }
}

/// The correlations of both sides, pair by pair.
private struct CorrelationChange {
  /// A pair of features that has a correlation on both sides.
  private struct Pair {
    package let first, second: Int
    package let reference, current: Double
    package let pValue: Double
    /// How far it moved.
    package var change: Double { abs(current - reference) }
  }

  private let names: [String]
  private var pairs: [Pair] = []
  private let method: FeatureCorrelations.Method

  package init(
    names: [String], reference: FeatureCorrelations, current: FeatureCorrelations,
    _ method: FeatureCorrelations.Method
  ) {
    (self.names, self.method) = (names, method)
    for second in names.indices {
      for first in 0..<second {
        let rows = (reference.rows(first, second), current.rows(first, second))
        let (before, after) = (reference.value(first, second), current.value(first, second))
        guard rows.0 > 3, rows.1 > 3, !before.isNaN, !after.isNaN else { continue }
        let pValue = Self.pValue(
          before, after, Double(rows.0), Double(rows.1), variance: method == .pearson ? 1 : 1.06)
        pairs.append(
          Pair(
            first: first, second: second, reference: before, current: after, pValue: pValue))
      }
    }
  }

  /// The p-value of Fisher's z, two-sided.
  private static func pValue(
    _ before: Double, _ after: Double, _ n: Double, _ m: Double, variance: Double
  ) -> Double {
    let sides = bounded(before, after, least: min(n, m))
    let error = (variance * (1 / (n - 3) + 1 / (m - 3))).squareRoot()
    let z = (fisher(sides.1) - fisher(sides.0)) / error
    return (try? StandardNormal.survival(abs(z))).map { min(1, 2 * $0) } ?? 1
  }

  /// FeatureCorrelations that Fisher's z is finite on.
  ///
  /// One of 1 is taken for the largest that its rows could tell from 1, 1 - 1 / (2 n) of the side with fewer rows, and
  /// for no less than the other side's; so two of 1 do not differ, and a few rows in line are no proof.
  private static func bounded(
    _ before: Double, _ after: Double, least rows: Double
  ) -> (Double, Double) {
    func bound(_ r: Double, _ other: Double) -> Double {
      guard 1 - abs(r) < 1e-12 else { return r }
      let sign = r < 0 ? -1.0 : 1.0
      let near = sign * other
      return sign * max(1 - 1 / (2 * rows), 1 - near < 1e-12 ? -1 : near)
    }
    return (bound(before, after), bound(after, before))
  }

  /// Fisher's z of a correlation between -1 and 1.
  private static func fisher(_ r: Double) -> Double { logarithm((1 + r) / (1 - r)) / 2 }

  /// The pairs that moved most first.
  private var byChange: [Pair] {
    pairs.enumerated().sorted {
      $0.element.change == $1.element.change
        ? $0.offset < $1.offset : $0.element.change > $1.element.change
    }.map(\.element)
  }

  /// Throws `Undefined` where no pair has a correlation on both sides.
  package func figure(_ settings: [JSON.Member]) throws(Undefined) -> DriftFigure {
    let all = names.count * (names.count - 1) / 2
    let moved = byChange
    guard let most = moved.first, let least = moved.map(\.pValue).min() else {
      throw Undefined(
        "none of \(all.counted("pair")) of features has four rows with both values, and varies on them, on each side"
      )
    }
    let told = Set(pairs.flatMap { [$0.first, $0.second] })
    let leftOut = names.indices.filter { !told.contains($0) }.map { JSON.string(names[$0]) }
    return DriftFigure(
      most.change, p: min(1, least * Double(pairs.count)),
      settings: [
        JSON.Member("method", .string(method.rawValue)),
        JSON.Member("p_value_by", "fisher z, bonferroni over pairs"),
        JSON.Member("pairs", .integer(pairs.count)),
        JSON.Member("pairs_left_out", .integer(all - pairs.count)),
        JSON.Member("features_left_out", .array(leftOut)),
      ] + settings, evidence: [JSON.Member("pairs", .array(moved.prefix(10).map(shown)))])
  }

  /// A pair for the report.
  private func shown(_ pair: Pair) -> JSON {
    .object([
      JSON.Member("first", .string(names[pair.first])),
      JSON.Member("second", .string(names[pair.second])),
      JSON.Member("reference", .number(pair.reference)),
      JSON.Member("current", .number(pair.current)),
      JSON.Member("p_value", .number(pair.pValue)),
    ])
  }
}
