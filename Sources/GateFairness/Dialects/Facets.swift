package import GateCore

/// Comparisons of a named group with all others: what AIF360 and Clarify are made of.
extension FairnessMetric {
  /// All groups but the reference, pooled, set against the reference; of two classes and of one class of several.
  ///
  /// Two examples come with it: that the applications of `Example.applications` give `value` with group `a` as the
  /// reference, and that there is no value without one.
  static func facets(
    _ id: String, _ measures: [GroupMeasure], _ aggregate: Aggregate, referenceFirst: Bool = false,
    summary: String, formula: String, source: String, undefined: [String] = [],
    parameters: [Parameter] = [], refuse: Refusal.Rule? = nil, gives value: Double?
  ) -> [FairnessMetric] {
    let isBounded = measures.allSatisfy(\.isShare)
    let range: ClosedRange<Double> =
      switch aggregate.kind {
      case .signedRatio: 0 ... .infinity
      case .signedDifference: isBounded ? -1...1 : -Double.infinity ... .infinity
      default: 0...1
      }
    let isSigned = aggregate.kind == .signedDifference || aggregate.kind == .signedRatio
    return [TaskKind.binary, .multiclass].map { task in
      FairnessMetric(
        id, task: task, summary: summary, direction: isSigned ? .neither : .lowerIsBetter,
        range: range, formula: formula, source: source,
        undefined: undefined + ["A side has no rows, or none that a rate of it is a share of."],
        parameters: parameters, refuse: refuse,
        measure: .algebra(
          measures.map { task == .binary ? $0 : $0.ofOneClass }, aggregate,
          .facets(referenceFirst: referenceFirst)),
        examples: Example.facets(task, gives: value))
    }
  }

  /// A function of the cells, of two classes and of one class of several.
  package static func cells(
    _ id: String, summary: String, direction: Metric.Direction = .lowerIsBetter,
    range: ClosedRange<Double> = 0 ... .infinity, formula: String, source: String,
    undefined: [String] = [], parameters: [Parameter] = [], refuse: Refusal.Rule? = nil,
    reference: Reference = .none, weightless: String? = nil, examples: [Example],
    _ body: @escaping @Sendable (GroupCells, Arguments) throws(Undefined) -> Double
  ) -> [FairnessMetric] {
    [TaskKind.binary, .multiclass].map { task in
      FairnessMetric(
        id, task: task, summary: summary, direction: direction, range: range, formula: formula,
        source: source, undefined: undefined, parameters: parameters, refuse: refuse,
        measure: .cells(body), reference: reference, weightless: weightless,
        examples: task == .binary ? examples : examples.compactMap(\.ofOneClass))
    }
  }
}

extension FairnessMetric.Example {
  /// The ten applications by sex.
  package static func applied(
    reference: String? = nil, strata: [String] = [], _ arguments: Arguments = Arguments(),
    gives value: Double?
  ) -> FairnessMetric.Example {
    FairnessMetric.Example(
      applications, sexes, reference: reference, strata: strata, arguments, gives: value)
  }

  /// The applications with `a` as the reference, and without one.
  static func facets(_ task: TaskKind, gives value: Double?) -> [FairnessMetric.Example] {
    let both = [applied(reference: "a", gives: value), applied(gives: nil)]
    return task == .binary ? both : both.compactMap(\.ofOneClass)
  }

  /// The same rows with the classes `no` and `yes`, of which `yes` is judged; nil where a threshold decides.
  var ofOneClass: FairnessMetric.Example? {
    guard let classes = ofClasses else { return nil }
    var arguments = arguments
    arguments.texts["class"] = "yes"
    return FairnessMetric.Example(
      classes.sample, groups, reference: reference, strata: strata, arguments, gives: value)
  }

  /// The same with no class asked for.
  package var ofClasses: FairnessMetric.Example? {
    guard case .binary(let rows) = sample, arguments["threshold"] == nil else { return nil }
    return FairnessMetric.Example(
      .multiclass(rows.asClasses), groups, reference: reference, strata: strata, arguments,
      gives: value)
  }
}

extension BinarySample {
  /// The same rows as two classes of several, decided alike.
  fileprivate var asClasses: MulticlassSample {
    MulticlassSample(
      classes: ["no", "yes"], probabilities: scores.flatMap { [1 - $0, $0] },
      labels: positives.map { $0 ? 1 : 0 }, decisions: scores.map { $0 >= threshold ? 1 : 0 },
      weights: weights, rows: rows)
  }
}

extension GroupMeasure {
  /// The same of one class of several against all others, where it is a number of the cells of two.
  var ofOneClass: GroupMeasure {
    guard case .metric(let metric) = kind, case .confusion(let body) = metric.measure else {
      return self
    }
    let one = Metric(
      metric.id, task: .multiclass, summary: metric.summary, direction: metric.direction,
      range: metric.range, formula: metric.formula, source: metric.source,
      undefined: metric.undefined, parameters: [.fairClass],
      measure: .multiclass { sample, arguments throws(Undefined) in
        try body(sample.confusion(of: arguments.text("class") ?? ""), arguments)
      }, examples: [])
    return GroupMeasure(id: id, summary: summary, formula: formula, kind: .metric(one))
  }
}

extension MulticlassSample {
  /// The cells of one class against all others; throws where there is no such class.
  fileprivate func confusion(of name: String) throws(Undefined) -> Confusion {
    guard let index = classes.place(of: name) else {
      throw Undefined("there is no class '\(name)'")
    }
    let width = classes.count
    let row = (0..<width).reduce(0) { $0 + confusion[index * width + $1] }
    let column = (0..<width).reduce(0) { $0 + confusion[$1 * width + index] }
    let both = confusion[index * width + index]
    return Confusion(
      truePositives: both, falsePositives: column - both, falseNegatives: row - both,
      trueNegatives: totalWeight - row - column + both)
  }
}
