import GateCore

extension DriftTest {
  /// Distance between the mean vectors.
  static let centroidDistance = DriftTest(
    "centroid_distance",
    "The distance between the mean vectors of both sides.",
    aliases: ["embedding_distance", "euclidean_distance"], range: 0...Double.infinity,
    formula: "distance(mean of the reference's vectors, mean of the current ones)",
    source:
      "Evidently's embeddings drift method 'distance'; euclidean, cosine (1 - cos), cityblock and chebyshev as scipy.spatial.distance",
    undefined: [
      "A side has no vector but nulls.", "A mean vector is 0 and the distance is cosine.",
    ],
    parameters: [
      Parameter(
        "distance", "Between both mean vectors.",
        .choice(["euclidean", "cosine", "cityblock", "chebyshev"]), standard: "euclidean")
    ],
    pValueMethod: .permutation,
    measure: .vectors { (vectors, arguments) throws(Undefined) in
      try vectors.wantVectors()
      let distance = CentroidDistance(arguments)
      let (before, after) = (
        mean(vectors.reference, vectors.width), mean(vectors.current, vectors.width)
      )
      guard let value = distance.value(before, after) else {
        throw Undefined("a mean vector is 0 in every component and so has no direction")
      }
      var figure = DriftFigure(
        value, settings: [JSON.Member("distance", .string(distance.rawValue))],
        evidence: [moved(before, after)])
      figure.shuffled = { (permutation) throws(Undefined) in
        try distance.chance(of: value, vectors, permutation)
      }
      return figure
    },
    examples: [
      Example(
        .vectors(DriftVectors(width: 2, reference: [0, 0, 2, 0], current: [4, 3, 4, 5])), gives: 5),
      Example(
        .vectors(DriftVectors(width: 2, reference: [1, 0], current: [0, 3])),
        Arguments(texts: ["distance": "cosine"]), gives: 1, p: 1),
      Example(
        .vectors(DriftVectors(width: 2, reference: [1, 2], current: [3, 5])),
        Arguments(texts: ["distance": "cityblock"]), gives: 5),
      Example(
        .vectors(DriftVectors(width: 2, reference: [1, 2], current: [3, 5])),
        Arguments(texts: ["distance": "chebyshev"]), gives: 3),
      Example(
        .vectors(DriftVectors(width: 2, reference: [1, 0, -1, 0], current: [0, 3])),
        Arguments(texts: ["distance": "cosine"]), gives: nil),
      Example(.vectors(DriftVectors(width: 2, reference: [], current: [0, 3])), gives: nil),
    ])
}

extension DriftVectors {
  /// Throws `Undefined` where a side has no vector.
  func wantVectors() throws(Undefined) {
    if reference.isEmpty { throw Undefined("the reference has no vector but nulls") }
    if current.isEmpty { throw Undefined("the current rows have no vector but nulls") }
  }
}

/// The mean of vectors that stand one after another.
private func mean(_ vectors: [Double], _ width: Int) -> [Double] {
  var sum = [Double](repeating: 0, count: width)
  add(vectors[...], to: &sum)
  let count = Double(vectors.count / width)
  return sum.map { $0 / count }
}

/// Adds vectors that stand one after another.
private func add(_ vectors: ArraySlice<Double>, to sum: inout [Double]) {
  vectors.withUnsafeBufferPointer { vectors in
    sum.withUnsafeMutableBufferPointer { sum in
      for start in stride(from: 0, to: vectors.count, by: sum.count) {
        for component in 0..<sum.count { sum[component] += vectors[start + component] }
      }
    }
  }
}

/// The components that moved most, from 0.
private func moved(_ before: [Double], _ after: [Double]) -> JSON.Member {
  let order = before.indices.sorted {
    let (one, other) = (abs(after[$0] - before[$0]), abs(after[$1] - before[$1]))
    return one == other ? $0 < $1 : one > other
  }
  return JSON.Member(
    "components",
    .array(
      order.prefix(10).map { component in
        .object([
          JSON.Member("component", .integer(component)),
          JSON.Member("reference", .number(before[component])),
          JSON.Member("current", .number(after[component])),
        ])
      }))
}

/// A distance between two vectors.
private enum CentroidDistance: String, Sendable {
  case euclidean
  case cosine
  case cityblock
  case chebyshev

  /// What a manifest gave.
  package init(_ arguments: Arguments) {
    self = arguments.text("distance").flatMap(CentroidDistance.init) ?? .euclidean
  }

  /// The distance; nil: cosine, and one is 0.
  package func value(_ a: [Double], _ b: [Double]) -> Double? {
    switch self {
    case .euclidean:
      zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    case .cityblock: zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) }
    case .chebyshev: zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
    case .cosine: cosine(a, b)
    }
  }

  /// 1 less the cosine of the angle; nil: one is 0.
  private func cosine(_ a: [Double], _ b: [Double]) -> Double? {
    var (product, squares, others) = (0.0, 0.0, 0.0)
    for place in a.indices {
      product += a[place] * b[place]
      squares += a[place] * a[place]
      others += b[place] * b[place]
    }
    if squares == 0 || others == 0 { return nil }
    return (1 - product / (squares.squareRoot() * others.squareRoot())).clamped(to: 0...2)
  }

  /// The p-value by shuffling the vectors; a draw without a distance counts as one that is as far off.
  package func chance(
    of seen: Double, _ vectors: DriftVectors, _ permutation: Permutation
  ) throws(Undefined) -> Double {
    let (n, m) = vectors.counts
    let width = vectors.width
    let all = vectors.reference + vectors.current
    var total = [Double](repeating: 0, count: width)
    add(all[...], to: &total)
    let wanted = min(n, m)
    return try permutation.pValue(of: seen, taking: wanted, of: n + m) {
      (taken) throws(Undefined) in
      var sum = [Double](repeating: 0, count: width)
      for row in taken { add(all[(Int(row) * width)..<((Int(row) + 1) * width)], to: &sum) }
      let rest = zip(total, sum).map { ($0 - $1) / Double(n + m - wanted) }
      return value(sum.map { $0 / Double(wanted) }, rest) ?? seen
    }
  }
}
