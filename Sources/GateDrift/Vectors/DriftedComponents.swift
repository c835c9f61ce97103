import GateCore

extension DriftTest {
  /// Share of components that drifted by the Kolmogorov-Smirnov test.
  static let driftedComponents = DriftTest(
    "drifted_components",
    "The share of the vectors' components whose Kolmogorov-Smirnov p-value is below a level.",
    formula:
      "components with ks p-value < component_p_value / components; its own p-value is the least of all, times their number",
    source: "Evidently's embeddings drift method 'ratio', with its test 'ks'",
    undefined: ["A side has no vector but nulls."],
    parameters: [
      Parameter(
        "component_p_value", "A component drifted where its p-value is below it.",
        .number(1e-12...0.5), standard: "0.05")
    ],
    pValueMethod: .own,
    measure: .vectors { (vectors, arguments) throws(Undefined) in
      let level = arguments["component_p_value"] ?? 0.05
      let pValues = try vectors.components { (column) throws(Undefined) in
        try DriftTest.ks.figure(on: .column(column)).pValue ?? 1
      }
      var figure = share(
        pValues, "p_value", rising: true, { $0 < level },
        settings: [
          JSON.Member("component_p_value", .number(level)),
          JSON.Member("p_value_by", "the least of the components, by Bonferroni"),
        ])
      figure.pValue = min(1, (pValues.min() ?? 1) * Double(pValues.count))
      return figure
    },
    examples: [
      Example(
        .vectors(
          DriftVectors(
            width: 2, reference: [1, 1, 2, 2, 3, 3, 4, 4], current: [1, 11, 2, 12, 3, 13, 4, 14])),
        gives: 0.5),
      Example(
        .vectors(DriftVectors(width: 1, reference: [1, 2], current: [1, 2])), gives: 0),
      Example(.vectors(DriftVectors(width: 1, reference: [1], current: [])), gives: nil),
    ])

  /// Evidently's own: the scaled earth mover's distance.
  static let driftedComponentsEvidently = DriftTest(
    "drifted_components@evidently",
    "The share of the vectors' components whose Wasserstein distance, in units of the reference's standard deviation, is at least 0.1.",
    formula:
      "components with W1(reference, current) / max(sd(reference), 0.001) >= 0.1 / components",
    source: "Evidently's embeddings drift method 'ratio', as it stands there by default",
    undefined: ["A side has no vector but nulls."],
    parameters: [
      Parameter(
        "component_distance", "A component drifted where its distance is at least this.",
        .number(0...1e9), standard: "0.1")
    ],
    pValueMethod: .none,
    measure: .vectors { (vectors, arguments) throws(Undefined) in
      let level = arguments["component_distance"] ?? 0.1
      let distances = try vectors.components { (column) throws(Undefined) in
        try DriftTest.wassersteinEvidently.figure(on: .column(column)).value
      }
      return share(
        distances, "distance", rising: false, { $0 >= level },
        settings: [JSON.Member("component_distance", .number(level))])
    },
    examples: [
      Example(
        .vectors(DriftVectors(width: 2, reference: [0, 1, 2, 1], current: [0, 1, 3, 1])),
        gives: 0.5),
      Example(.vectors(DriftVectors(width: 1, reference: [1], current: [1])), gives: 0),
      Example(.vectors(DriftVectors(width: 1, reference: [], current: [1])), gives: nil),
    ])
}

/// The share of components that drifted, with those that did most.
private func share(
  _ figures: [Double], _ name: String, rising: Bool, _ hasDrifted: (Double) -> Bool,
  settings: [JSON.Member]
) -> DriftFigure {
  let order = figures.indices.sorted {
    if figures[$0] == figures[$1] { return $0 < $1 }
    return rising ? figures[$0] < figures[$1] : figures[$0] > figures[$1]
  }
  let most = order.prefix(20).map { component in
    JSON.object([
      JSON.Member("component", .integer(component)), JSON.Member(name, .number(figures[component])),
    ])
  }
  let drifted = figures.count(where: hasDrifted)
  var figure = DriftFigure(
    Double(drifted) / Double(figures.count),
    settings: [JSON.Member("components", .integer(figures.count))] + settings,
    evidence: [JSON.Member("components", .array(most))])
  if let first = order.first, drifted > 0 {
    figure.finding =
      "\(drifted) of \(figures.count.counted("component")) drifted, the one at place \(first) (from 0) most"
  }
  return figure
}

extension DriftVectors {
  /// What `body` gives on each component as a column of its own.
  fileprivate func components(
    _ body: (DriftColumn) throws(Undefined) -> Double
  ) throws(Undefined) -> [Double] {
    try wantVectors()
    var figures: [Double] = []
    for component in 0..<width {
      let (before, after) = (
        Self.column(component, of: reference, width), Self.column(component, of: current, width)
      )
      figures.append(try body(DriftColumn(numbers: before, after)))
    }
    return figures
  }

  /// One component of vectors that stand one after another.
  private static func column(_ component: Int, of vectors: [Double], _ width: Int) -> [Double] {
    vectors.withUnsafeBufferPointer { vectors in
      let rows = vectors.count / width
      return [Double](unsafeUninitializedCapacity: rows) { column, count in
        for row in 0..<rows { column[row] = vectors[row * width + component] }
        count = rows
      }
    }
  }
}
