import GateCore

/// Whether the rows like a group's in the reference group are decided otherwise.
extension FairnessMetrics {
  /// SageMaker Clarify's FT, as its documentation has it.
  static let flipTest = [
    FairnessMetric(
      "flip_test@clarify",
      summary:
        "Of the rows outside of the reference group, the share decided negative whose nearest rows "
        + "in it are mostly decided positive, less the share the other way round.",
      direction: .neither, range: -1...1,
      formula:
        "(F+ - F-) / n_d; F+ (F-): rows of d decided negative (positive) of whose k nearest rows "
        + "in the reference group a more than half are decided otherwise; by Euclid's distance, "
        + "of rows equally far those that come first",
      source: "Amazon SageMaker Clarify, Counterfactual Fliptest (FT), its documentation",
      undefined: [
        "The reference group has fewer rows than neighbours.", "The rows have weights.",
        "A row has a null among the columns, and 'nulls' is not 'skip'.",
      ],
      measure: .rows(
        RowFairness(.features(.none), wantsReference: true) { rows throws(Undefined) in
          try await flips(rows)
        }),
      examples: flipTestExamples)
  ]

  /// 1 for a row that its neighbours would make positive, -1 for the other way round, 0 for all others of d.
  private static func flips(_ rows: FairRows) async throws(Undefined) -> RowTerms {
    guard let features = rows.features, let reference = rows.reference else {
      throw Undefined("it compares with a reference group, and none is named")
    }
    if rows.weights != nil {
      throw Undefined("it is a vote of rows, and says nothing of rows with weights")
    }
    let arguments = rows.arguments
    let complete = try features.complete(rows.rows, arguments)
    func drawn(fromReference wanted: Bool, stream: UInt64) -> [Int32] {
      let side = complete.filter { (rows.groups.codes[Int($0)] == Int32(reference)) == wanted }
      return arguments.drawn(side, stream: stream)
    }
    let pool = drawn(fromReference: true, stream: .max)
    let taken = drawn(fromReference: false, stream: .max - 1)
    let wanted = Int(arguments["neighbours"] ?? 5)
    let name = rows.groups.names[reference]
    guard pool.count >= wanted else {
      throw Undefined(
        "\(wanted) neighbours were asked for, and the reference group '\(name)' has \(pool.count) rows"
      )
    }
    if taken.isEmpty { throw Undefined("there are no rows outside of the group '\(name)'") }
    let scaling = arguments.scaling(else: .none)
    let points = try features.points(pool + taken, scaling)
    let width = features.columns.count
    let split = pool.count * width
    let places = try await NearestRows(DistinctPoints(Array(points[..<split]), width: width))
      .places(wanted, nearestTo: Array(points[split...]))
    var terms = RowTerms(rows: taken, values: [])
    for model in rows.models {
      let decided = try model.sample.decidedByRow(arguments)
      terms.values.append(votes(decided.at(pool), places, wanted, decided.at(taken)))
    }
    terms.evidence = rows.evidence(of: terms, scaling, taken: pool + taken, complete: complete)
    terms.evidence["reference"] = .string(name)
    if let values = terms.values.first { terms.evidence["flips"] = flipEvidence(taken, values) }
    terms.note = rows.note(taken: pool + taken, complete: complete)
    return terms
  }

  /// 1 where most of the neighbours (`wanted` places of the pool a row) are decided positive and the row is not, -1 the
  /// other way round, else 0.
  private static func votes(
    _ pool: [Bool], _ places: [Int32], _ wanted: Int, _ decided: [Bool]
  ) -> [Double] {
    decided.indices.map { index in
      let votes = places[(index * wanted)..<((index + 1) * wanted)].count { pool[Int($0)] }
      let would = 2 * votes > wanted
      return would == decided[index] ? 0 : would ? 1 : -1
    }
  }

  /// How many rows flip each way, and the first of them.
  private static func flipEvidence(_ rows: [Int32], _ values: [Double]) -> JSON {
    func side(_ sign: Double) -> JSON {
      let flipped = zip(rows, values).filter { $0.1 == sign }.map(\.0)
      return ["n": .integer(flipped.count), "rows": flipped.numbered]
    }
    return ["would_be_positive": side(1), "would_be_negative": side(-1)]
  }

  /// Two rows of d, each decided unlike the row of a beside it.
  private static let flipTestExamples: [FairnessMetric.Example] = {
    let sample = Sample.binary(
      BinarySample(
        scores: [0.9, 0.1, 0.8, 0.2, 0.3, 0.4],
        positives: [true, true, true, false, false, false]))
    let groups = ["a", "a", "a", "d", "d", "d"]
    return [
      FairnessMetric.Example(
        sample, groups, reference: "a", Arguments(["neighbours": 1]),
        features: [[0, 5, 10, 1, 6, 11]], gives: 2.0 / 3),
      FairnessMetric.Example(
        sample, groups, reference: "a", Arguments(["neighbours": 4]),
        features: [[0, 5, 10, 1, 6, 11]], gives: nil),
    ]
  }()
}
