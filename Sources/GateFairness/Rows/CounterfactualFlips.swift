import GateCore

/// Whether a decision depends on the attribute itself.
extension FairnessMetrics {
  /// The attribute is changed, and the model scores again.
  static let counterfactual: [FairnessMetric] =
    [TaskKind.binary, .multiclass].map { task in
      FairnessMetric(
        "counterfactual_flip_rate", task: task,
        summary:
          "The share of rows that the model decides otherwise when the attribute, and nothing "
          + "else, is set to any other of its values.",
        formula:
          "sum_i w_i [the decision of i differs for some other value of the attribute] / sum_i w_i; "
          + "values are those that occur in the holdout, and rows without one take no part",
        source:
          "Kusner, Loftus, Russell, Silva: Counterfactual Fairness, NeurIPS 2017, of the direct "
          + "effect only: columns that the attribute causes stay as they are, those derived from "
          + "it follow",
        undefined: ["No row has a value of the attribute."],
        measure: .rows(RowFairness(.counterfactuals) { rows throws(Undefined) in try flips(rows) }),
        examples: task == .binary ? binaryExamples : classExamples)
    } + [
      FairnessMetric(
        "counterfactual_change", task: .regression,
        summary:
          "The mean over the rows of how far the prediction moves at most when the attribute, and "
          + "nothing else, is set to another of its values.",
        range: 0 ... .infinity,
        formula:
          "sum_i w_i max over other values of |p_i' - p_i| / sum_i w_i; values are those that occur "
          + "in the holdout, and rows without one take no part",
        source: "as counterfactual_flip_rate",
        undefined: ["No row has a value of the attribute."],
        measure: .rows(RowFairness(.counterfactuals) { rows throws(Undefined) in try flips(rows) }),
        examples: regressionExamples)
    ]

  /// By how much each row's answer moves, at most, over the other values: 1 or 0 for a decision.
  private static func flips(_ rows: FairRows) throws(Undefined) -> RowTerms {
    guard let first = rows.models.first?.counterfactuals else {
      throw Undefined("the model was not asked what it would answer")
    }
    let taken = rows.rows.filter { first.codes[Int($0)] >= 0 }
    if taken.isEmpty { throw Undefined("no row has a value of the attribute") }
    var terms = RowTerms(rows: taken, values: [])
    for model in rows.models {
      guard let other = model.counterfactuals else {
        throw Undefined("the champion was not asked what it would answer")
      }
      let moves = try CounterfactualMoves(model.sample, other, taken, rows.arguments)
      terms.values.append(moves.most)
      if terms.values.count == 1 {
        terms.evidence["groups"] = rows.groups(of: terms, moves, other)
        terms.evidence["inputs"] = .array(other.inputs.map(JSON.string))
        terms.evidence["values"] = .array(other.values.map(JSON.string))
      }
    }
    terms.certainties = rows.models.map { model in
      model.counterfactuals?.answers.isEmpty == true
        ? "no input of the model changes with the attribute" : nil
    }
    terms.note = note(rows, taken, first)
    return terms
  }

  /// What stands behind the verdict.
  private static func note(
    _ rows: FairRows, _ taken: [Int32], _ counterfactuals: Counterfactuals
  ) -> String {
    let missing = rows.groups.rows - taken.count
    let rows = missing == 1 ? "1 row" : "\(missing) rows"
    let nulls = missing > 0 ? "; \(rows) without a value left out" : ""
    if counterfactuals.answers.isEmpty {
      return "; nothing that the model takes changes with it, so it is 0 by construction" + nulls
    }
    let inputs = counterfactuals.inputs
    let more = inputs.count > 5 ? " and \(inputs.count - 5) more" : ""
    return "; it reaches the model by \(inputs.prefix(5).joined(separator: ", "))\(more)" + nulls
  }

  private static let sexes = Counterfactuals(
    values: ["a", "b"], codes: [0, 0, 1, 1], inputs: ["sex"],
    answers: [.numbers([0.9, 0.4, 0.6, 0.3]), .numbers([0.4, 0.4, 0.6, 0.2])])

  private static let binaryExamples = [
    FairnessMetric.Example(
      .binary(
        BinarySample(scores: [0.9, 0.4, 0.6, 0.2], positives: [true, false, true, false])),
      ["a", "a", "b", "b"], counterfactuals: sexes, gives: 0.25),
    FairnessMetric.Example(
      .binary(
        BinarySample(scores: [0.9, 0.4, 0.6, 0.2], positives: [true, false, true, false])),
      ["a", "a", "b", "b"], Arguments(["threshold": 0.25]), counterfactuals: sexes, gives: 0.25),
  ]

  private static let classExamples = [
    FairnessMetric.Example(
      .multiclass(
        MulticlassSample(
          classes: ["x", "y"], probabilities: [], labels: [0, 1, 0, 1], decisions: [0, 1, 1, 1])),
      ["a", "a", "b", "b"],
      counterfactuals: Counterfactuals(
        values: ["a", "b"], codes: [0, 0, 1, 1], inputs: ["sex"],
        answers: [.classes([0, 1, 0, 0]), .classes([1, 1, 1, 1])]), gives: 0.75)
  ]

  private static let regressionExamples = [
    FairnessMetric.Example(
      .regression(RegressionSample(targets: [1, 2, 3], predictions: [1, 2, 3])), ["a", "b", "c"],
      counterfactuals: Counterfactuals(
        values: ["a", "b", "c"], codes: [0, 1, 2], inputs: ["region"],
        answers: [.numbers([1, 2.5, 3]), .numbers([2, 2, 3]), .numbers([0.5, 3, 3])]),
      gives: (1 + 1 + 0) / 3.0)
  ]
}

/// How each row's answer moves when the attribute is set to each other value.
struct CounterfactualMoves: Sendable {
  /// By row that takes part: the largest move over all other values.
  package private(set) var most: [Double]
  /// By value: which of the rows that take part move.
  package private(set) var moved: [[Bool]]

  /// Of the holdout's rows `taken`, all with a value; throws for answers of another task.
  package init(
    _ sample: Sample, _ other: Counterfactuals, _ taken: [Int32], _ arguments: Arguments
  ) throws(Undefined) {
    most = [Double](repeating: 0, count: taken.count)
    moved = other.answers.map { _ in [Bool](repeating: false, count: taken.count) }
    for (value, answers) in other.answers.enumerated() {
      let move = try Self.move(sample, answers, arguments)
      for (index, row) in taken.enumerated() where Int(other.codes[Int(row)]) != value {
        let distance = move(Int(row))
        most[index] = max(most[index], distance)
        moved[value][index] = distance > 0
      }
    }
  }

  /// How far the answer on a row of the holdout is from what the model answers now.
  private static func move(
    _ sample: Sample, _ answers: Counterfactuals.Outputs, _ arguments: Arguments
  ) throws(Undefined) -> (Int) -> Double {
    switch (sample, answers) {
    case (.binary(let binary), .numbers(let scores)):
      let decided = try sample.decidedByRow(arguments)
      let threshold = arguments["threshold"] ?? binary.threshold
      return { (scores[$0] >= threshold) == decided[$0] ? 0 : 1 }
    case (.multiclass(let classes), .classes(let others)):
      let decided = sample.byRow(classes.decisions, else: -1)
      return { others[$0] == decided[$0] ? 0 : 1 }
    case (.regression(let regression), .numbers(let others)):
      let predicted = sample.byRow(regression.predictions, else: 0)
      return { abs(others[$0] - predicted[$0]) }
    default: throw Undefined("the answers of this task are neither decisions nor numbers")
    }
  }
}

extension FairRows {
  /// A line a group: how many of its rows move, to which value most often, and the first of them.
  fileprivate func groups(
    of terms: RowTerms, _ moves: CounterfactualMoves, _ other: Counterfactuals
  ) -> JSON {
    var lines: [JSON] = []
    for group in groups.names.indices {
      let places = terms.rows.indices.filter { groups.codes[Int(terms.rows[$0])] == Int32(group) }
      if places.isEmpty { continue }
      let flipped = places.filter { moves.most[$0] > 0 }
      var line = [
        JSON.Member("group", .string(groups.names[group])),
        JSON.Member("n", .integer(places.count)),
        JSON.Member("flips", .integer(flipped.count)),
        JSON.Member("rows", flipped.map { terms.rows[$0] }.numbered),
      ]
      let counts = moves.moved.map { moved in places.count { moved[$0] } }
      if let most = counts.max(), most > 0, let value = counts.firstIndex(of: most) {
        line.append(
          JSON.Member(
            "most_often_as", ["value": .string(other.values[value]), "flips": .integer(most)]))
      }
      lines.append(.object(line))
    }
    return .array(lines)
  }
}
