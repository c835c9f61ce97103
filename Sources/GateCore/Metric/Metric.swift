/// A number that tells how good predictions are.
package struct Metric: JudgedMetric {
  /// Its id, summary, range, direction, formula, source and parameters.
  package var definition: Definition
  /// Of which predictions it is a number.
  package let task: TaskKind
  /// How the labels must differ for it to tell models apart.
  package let contrast: Contrast
  /// How the number comes about.
  package let measure: Measure
  /// Which method says how far off the value may be.
  package let spread: IntervalMethod
  /// Whether it takes the sizes of the classes as given: counting the rows of any one class several times leaves its value.
  ///
  /// Drawing each class for itself is right for it. For any other the sizes are part of what is uncertain, and an
  /// interval that holds them fixed would be too narrow.
  package let isByClass: Bool
  /// What it says of calibration; nil: nothing.
  package let calibration: Calibration?
  /// What a row loses by it.
  package let loss: Loss
  /// Run as tests, shown by `explain`.
  package let examples: [Example]
  /// Whether a manifest makes it of others.
  package let isDerived: Bool
  /// How a program of the user's gives it; nil: it is computed here.
  package var program: Program?
  /// Whether it is a share, though of what may be more than the whole.
  package private(set) var isShare = false

  /// Takes what a definition says of itself.
  package init(
    _ id: String, task: TaskKind, aliases: [String] = [], summary: String, direction: Direction,
    range: ClosedRange<Double> = 0...1, formula: String, source: String,
    undefined: [String] = [], parameters: [Parameter] = [], refuse: Refusal.Rule? = nil,
    contrast: Contrast = .none, measure: Measure, spread: IntervalMethod = .resampled,
    isByClass: Bool = false, calibration: Calibration? = nil, loss: Loss = .ofSpread,
    examples: [Example], unit: String? = nil, isDerived: Bool = false
  ) {
    definition = Definition(
      id, summary, aliases: aliases, direction: direction, range: range, formula: formula,
      source: source,
      undefined: undefined + contrast.undefined.filter { !undefined.contains($0) },
      parameters: parameters, refuse: refuse, unit: unit)
    (self.task, self.contrast) = (task, contrast)
    (self.measure, self.spread) = (measure, spread)
    (self.isByClass, self.calibration, self.loss) = (isByClass, calibration, loss)
    (self.examples, self.isDerived) = (examples, isDerived)
  }

  /// The same as a share, which no limit gives in percent.
  package func asShare() -> Metric {
    var metric = self
    metric.isShare = true
    return metric
  }

  /// What a program of the user's gives of a model.
  package enum Program: Sendable, Hashable {
    /// A figure for every row of the holdout, whose mean is the metric.
    case byRow
    /// One figure of the whole holdout.
    case whole
  }

  /// Which values are the better ones.
  package enum Direction: String, Sendable, CaseIterable {
    /// As accuracy.
    case higherIsBetter = "higher is better"
    /// As an error.
    case lowerIsBetter = "lower is better"
    /// As prevalence: it is held within bounds, and a change is neither a gain nor a loss.
    case neither = "neither is better"
  }

  /// How the number comes about; the kind says what it needs, so that this is made once.
  package enum Measure: Sendable {
    /// Of the four cells only, at the decision threshold.
    case confusion(@Sendable (Confusion, Arguments) throws(Undefined) -> Double)
    /// Of the four cells; of sums over the rows where a parameter is a column.
    case confusionOrSums(
      @Sendable (Confusion, Arguments) throws(Undefined) -> Double, RowSums)
    /// Of labels and scores.
    case binary(@Sendable (BinarySample, Arguments) throws(Undefined) -> Double)
    /// Of labels and probabilities of several classes.
    case multiclass(@Sendable (MulticlassSample, Arguments) throws(Undefined) -> Double)
    /// Of labels and scores of several labels a row.
    case multilabel(@Sendable (MultilabelSample, Arguments) throws(Undefined) -> Double)
    /// Of true and predicted values.
    case regression(@Sendable (RegressionSample, Arguments) throws(Undefined) -> Double)
    /// Of rows ranked within queries.
    case ranking(@Sendable (RankingSample, Arguments) throws(Undefined) -> Double)
    /// A function of sums over the rows, so that a bootstrap reads each row's parts once.
    case sums(RowSums)
    /// The same, of the rows of both models together: how the candidate differs from the champion.
    case pair(PairSums)
    /// Of whatever the task's sample is: a metric that is made of others.
    case sample(@Sendable (Sample, Arguments) throws(Undefined) -> Double)
  }

  /// Whether it is a number of both models together.
  package var comparesModels: Bool { if case .pair = measure { true } else { false } }

  /// Inputs and the value they must give.
  package struct Example: Sendable {
    /// The rows.
    package let sample: Sample
    /// The champion's answers on the same rows, for a metric of both models.
    package let champion: Sample?
    /// What a manifest would give.
    package let arguments: Arguments
    /// Nil: the metric must be undefined.
    package let value: Double?

    /// Takes the rows, the arguments and the value.
    package init(
      _ sample: Sample, _ arguments: Arguments = Arguments(), champion: Sample? = nil,
      gives value: Double?
    ) {
      self.sample = sample
      self.champion = champion
      self.arguments = arguments
      self.value = value
    }
  }

  /// The number; throws `Undefined`, with the reason, where there is none on these rows, or none
  /// that is finite.
  ///
  /// `champion`: the other model's answers on the same rows, for a metric of both.
  package func value(
    on sample: Sample, _ arguments: Arguments, champion: Sample? = nil
  ) throws(Undefined) -> Double {
    // What texts lack says more than what comes of it; of other rows the metric's own reason does.
    if case .text(let texts) = sample, texts.references.count > 0 {
      try refuseAlike(sample, arguments)
      return try figure(on: sample, arguments, champion: champion)
    }
    let value = try figure(on: sample, arguments, champion: champion)
    try refuseAlike(sample, arguments)
    return value
  }

  /// The same, on rows that tell no models apart too: what the library gives that the metric is of.
  package func figure(
    on sample: Sample, _ arguments: Arguments, champion: Sample? = nil
  ) throws(Undefined) -> Double {
    if sample.count == 0 { throw Undefined("there are no rows") }
    if !(sample.totalWeight > 0) { throw Undefined("the weights of these rows sum to 0") }
    if let refusal = refuse?.refusal(arguments) { throw Undefined(refusal.reason) }
    let value: Double
    switch (measure, sample) {
    case (.confusion(let body), .binary(let sample)):
      value = try body(sample.confusion(at: arguments["threshold"]), arguments)
    case (.confusionOrSums(let body, _), .binary(let sample)) where arguments.columns.isEmpty:
      value = try body(sample.confusion(at: arguments["threshold"]), arguments)
    case (.confusionOrSums(_, let sums), let sample):
      value = try sums.value(try sums.parts(sample, arguments), sample, arguments)
    case (.binary(let body), .binary(let sample)): value = try body(sample, arguments)
    case (.multiclass(let body), .multiclass(let sample)): value = try body(sample, arguments)
    case (.multilabel(let body), .multilabel(let sample)): value = try body(sample, arguments)
    case (.regression(let body), .regression(let sample)): value = try body(sample, arguments)
    case (.ranking(let body), .ranking(let sample)): value = try body(sample, arguments)
    case (.sample(let body), let sample): value = try body(sample, arguments)
    case (.sums(let sums), let sample):
      value = try sums.value(try sums.parts(sample, arguments), sample, arguments)
    case (.pair(let sums), let sample):
      guard let champion else { throw Undefined("there is no champion to compare with") }
      value = try sums.value(try sums.parts(sample, champion, arguments), sample, arguments)
    default: throw Undefined("'\(id)' is a metric of \(task.rawValue) predictions")
    }
    guard value.isFinite else { throw Undefined("the value is not a finite number") }
    return value
  }
}
