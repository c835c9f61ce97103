package import GateCore

/// A number that tells how differently a model treats groups of rows.
package struct FairnessMetric: JudgedMetric {
  /// Its id, summary, range, direction, formula, source and parameters.
  package var definition: Definition
  /// Of which predictions it is a number.
  package let task: TaskKind
  /// How the number comes about.
  package let measure: Measure
  /// Which group it compares the others with.
  package let reference: Reference
  /// Why rows with weights are refused; nil: they count by their weights.
  package let weightless: String?
  /// Run as tests, shown by `explain`.
  package let examples: [Example]

  /// How the number comes about.
  package enum Measure: Sendable {
    /// The algebra: numbers of groups, set against each other.
    case algebra([GroupMeasure], Aggregate, Split)
    /// A function of how the rows of all groups fall into the confusion matrix.
    case cells(@Sendable (GroupCells, Arguments) throws(Undefined) -> Double)
    /// The mean of a number a row.
    case rows(RowFairness)
    /// A function of how the rows of all groups fall into classes.
    case classes(@Sendable (GroupClasses, Arguments) throws(Undefined) -> Double)
    /// A function of the rows of all groups, that is none of their cells or classes.
    case samples(@Sendable (GroupSamples, Arguments) throws(Undefined) -> Double)
  }

  /// Which group a metric compares the others with.
  package enum Reference: Sendable, Hashable {
    /// None, or one that a parameter asks for.
    case none
    /// One that the gate names.
    case named
    /// The one that the gate names, or the largest.
    case majority
  }

  /// What the algebra takes for groups.
  package enum Split: Sendable, Hashable {
    case groups
    /// All groups but the reference, pooled, and the reference after them, or before them.
    case facets(referenceFirst: Bool)
  }

  /// Rows with their groups, and the number they must give.
  package struct Example: Sendable {
    package let sample: Sample
    /// The group of each row of the sample's holdout.
    package let groups: [String]
    /// Nil: none is named.
    package let reference: String?
    /// The stratum of each row; empty: none are asked for.
    package let strata: [String]
    package let arguments: Arguments
    /// By feature, then row: what rows are alike by.
    package let features: [[Double]]
    /// What the model would answer were the group another.
    package let counterfactuals: Counterfactuals?
    /// Nil: the metric must be undefined.
    package let value: Double?

    /// Takes the rows, their groups and the value.
    package init(
      _ sample: Sample, _ groups: [String], reference: String? = nil, strata: [String] = [],
      _ arguments: Arguments = Arguments(), features: [[Double]] = [],
      counterfactuals: Counterfactuals? = nil, gives value: Double?
    ) {
      (self.features, self.counterfactuals) = (features, counterfactuals)
      (self.sample, self.groups, self.reference) = (sample, groups, reference)
      (self.strata, self.arguments, self.value) = (strata, arguments, value)
    }
  }

  /// Takes what a definition says of itself; `parameters` are those beside the ones that its measure asks for.
  package init(
    _ id: String, task: TaskKind = .binary, aliases: [String] = [], summary: String,
    direction: Metric.Direction = .lowerIsBetter, range: ClosedRange<Double> = 0...1,
    formula: String, source: String, undefined: [String] = [], parameters: [Parameter] = [],
    refuse: Refusal.Rule? = nil, measure: Measure, reference: Reference = .none,
    weightless: String? = nil, examples: [Example] = []
  ) {
    definition = Definition(
      id, summary, aliases: aliases, direction: direction, range: range, formula: formula,
      source: source, undefined: undefined,
      parameters: parameters + Self.parameters(of: measure, task: task), refuse: refuse)
    (self.task, self.measure, self.examples) = (task, measure, examples)
    (self.reference, self.weightless) = (reference, weightless)
  }

  /// It is a number of one model.
  package var comparesModels: Bool { false }
  /// Its limits are taken as they are written.
  package var isShare: Bool { false }
  /// A manifest makes none of its own.
  package var isDerived: Bool { false }

  /// What a measure asks for, whatever the metric.
  private static func parameters(of measure: Measure, task: TaskKind) -> [Parameter] {
    var parameters: [Parameter] = []
    var (hasCells, hasDecisions) = (false, false)
    switch measure {
    case .algebra(let measures, let aggregate, let split):
      for measure in measures {
        if case .metric(let metric) = measure.kind { parameters += metric.parameters }
      }
      hasCells = measures.contains(where: \.isShare)
      hasDecisions = measures.contains { $0.isShare && !$0.isOfLabels }
      if split == .groups, aggregate.kind == .difference || aggregate.kind == .ratio {
        parameters.append(.method)
      }
      if measures.count > 1, split == .groups { parameters.append(.agg) }
    case .cells: (hasCells, hasDecisions) = (true, true)
    case .classes, .samples: break
    case .rows(let rows):
      parameters += rows.parameters
      if task == .binary { parameters.append(.threshold) }
    }
    if hasCells {
      if task == .binary, hasDecisions { parameters.append(.threshold) }
      if task == .multiclass { parameters.append(.fairClass) }
    }
    var seen: Set<String> = []
    return parameters.filter { seen.insert($0.id).inserted }
  }
}

extension Parameter {
  /// What the groups are held against, as fairlearn has it.
  package static let method = Parameter(
    "method",
    "What the groups are held against: each other, the value of all rows, or the gate's reference group.",
    .choice(["between_groups", "to_overall", "to_reference"]), standard: "between_groups")

  /// Whether labels are measured, or what the model decided.
  package static let of = Parameter(
    "of", "What is measured: the model's decisions, or the labels of the rows.",
    .choice(["prediction", "label"]), standard: "prediction")

  /// Within which strata groups are compared.
  package static let control = Parameter(
    "control", "The column or slice whose values are the strata within which groups are compared.",
    .text)

  /// What becomes of several rates, as fairlearn has it.
  static let agg = Parameter(
    "agg", "Of several rates, the one that is worst, or their mean.",
    .choice(["worst_case", "mean"]), standard: "worst_case")

  /// Of several classes, the one that is judged.
  static let fairClass = Parameter(
    "class", "The class that is judged against all others.", .text, required: true)
}
