import GateCore

/// Whether like rows are treated alike.
extension FairnessMetrics {
  /// By the paper's definition, and by AIF360's conventions.
  package static let consistency: [FairnessMetric] = [
    FairnessMetric(
      "consistency",
      summary: "How far rows that are alike are decided alike: 1 less the mean distance of a row's "
        + "decision from the mean decision of the rows nearest to it.",
      direction: .higherIsBetter,
      formula:
        "1 - sum_i w_i |v_i - mean of v over the k nearest rows of i| / sum_i w_i; the row itself "
        + "is one of the k, as in AIF360; by Euclid's distance, of rows equally far those that "
        + "come first",
      source: "Zemel, Wu, Swersky, Pitassi, Dwork: Learning Fair Representations, ICML 2013 (yNN, "
        + "which takes the neighbours from all rows and so the row itself)",
      undefined: undefined, parameters: parameters,
      measure: .rows(
        RowFairness(.features(.standard)) { rows throws(Undefined) in
          try await terms(rows, .standard, isWeighted: true)
        }), examples: examples),
    FairnessMetric(
      "consistency@aif360",
      summary:
        "How far rows that are alike are decided alike, as AIF360 has it: columns as they are, "
        + "weights not looked at.",
      direction: .higherIsBetter,
      formula:
        "1 - mean_i |v_i - mean of v over the k nearest rows of i|, the row itself one of the k",
      source: "AIF360 BinaryLabelDatasetMetric.consistency; 'columns' are the dataset's features",
      undefined: undefined, parameters: parameters,
      measure: .rows(
        RowFairness(.features(.none)) { rows throws(Undefined) in
          try await terms(rows, .none, isWeighted: false)
        }), examples: examples),
  ]

  private static let undefined = [
    "Fewer rows than neighbours take part.",
    "A row has a null among the columns, and 'nulls' is not 'skip'.",
  ]

  private static let parameters = [
    Parameter(
      "of", "What is compared: the model's decisions, or the labels.",
      .choice(["prediction", "label"]), standard: "prediction")
  ]

  /// Each row's part: 1 less the distance of its value from the mean of the nearest rows'.
  private static func terms(
    _ rows: FairRows, _ standard: RowFairness.Scaling, isWeighted: Bool
  ) async throws(Undefined) -> RowTerms {
    guard let features = rows.features else {
      throw Undefined("there are no columns to compare by")
    }
    let arguments = rows.arguments
    let complete = try features.complete(rows.rows, arguments)
    let taken = arguments.drawn(complete, stream: .max)
    let wanted = Int(arguments["neighbours"] ?? 5)
    guard taken.count >= wanted else {
      throw Undefined("\(wanted) neighbours were asked for, and \(taken.count) rows take part")
    }
    let scaling = arguments.scaling(else: standard)
    let points = DistinctPoints(
      try features.points(taken, scaling), width: features.columns.count)
    let places = try await NearestRows(points).places(wanted, nearestTo: points.values)
    var terms = RowTerms(rows: taken, values: [], isWeighted: isWeighted)
    for model in rows.models {
      let isLabel = arguments.text("of") == "label"
      let all =
        isLabel ? try model.sample.positiveByRow() : try model.sample.decidedByRow(arguments)
      let values = all.at(taken).map { $0 ? 1.0 : 0 }
      let means = (0..<points.count).map { point in
        places[(point * wanted)..<((point + 1) * wanted)].reduce(0) { $0 + values[Int($1)] }
          / Double(wanted)
      }
      terms.values.append(
        values.indices.map { 1 - abs(values[$0] - means[Int(points.codes[$0])]) })
    }
    terms.evidence = rows.evidence(of: terms, scaling, taken: taken, complete: complete)
    if let values = terms.values.first {
      terms.evidence["least_consistent"] = rows.least(taken, values)
    }
    terms.note = rows.note(taken: taken, complete: complete)
    return terms
  }

  /// Six rows on a line, the second of which is decided unlike the ones around it.
  private static let examples: [FairnessMetric.Example] = {
    let sample = Sample.binary(
      BinarySample(
        scores: [0.9, 0.1, 0.8, 0.2, 0.3, 0.4],
        positives: [true, true, true, false, false, false]))
    let groups = ["a", "b", "a", "b", "a", "b"]
    let line: [[Double]] = [[0, 1, 2, 10, 11, 12]]
    return [
      FairnessMetric.Example(
        sample, groups, Arguments(["neighbours": 3]), features: line,
        gives: 1 - (1.0 / 3 + 2.0 / 3 + 1.0 / 3) / 6),
      FairnessMetric.Example(
        sample, groups, Arguments(["neighbours": 3], texts: ["of": "label"]), features: line,
        gives: 1),
      FairnessMetric.Example(
        sample, groups, Arguments(["neighbours": 7]), features: line, gives: nil),
    ]
  }()
}
