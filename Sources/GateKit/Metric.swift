/// A number that tells how good predictions are.
///
/// A definition documents itself: `explain`, the reference pages, the manifest's JSON Schema and
/// the
/// tests of its examples are made from it.
public struct Metric: Sendable, Identifiable {
  /// scikit-learn's name where it has one.
  public let id: String
  /// Of which predictions it is a number.
  public let task: TaskKind
  /// What other tools and fields call it.
  public private(set) var aliases: [String]
  /// One sentence.
  public let summary: String
  /// Which values are the better ones.
  public let direction: Direction
  /// Every value lies in it; infinite where there is no bound.
  public let range: ClosedRange<Double>
  /// In plain text, with the names of the confusion matrix's cells or of the row's values.
  public let formula: String
  /// A paper or a library, and its function.
  public let source: String
  /// When there is no such number: each a sentence.
  public let undefined: [String]
  /// What stands beside its limits in a manifest.
  public let parameters: [Parameter]
  /// What its parameters must not be together; nil: each may be what it may be by itself.
  public let refuse: Refusal.Rule?
  /// How the labels must differ for it to tell models apart.
  public let contrast: Contrast
  /// How the number comes about.
  public let measure: Measure
  /// Which method says how far off the value may be.
  public let spread: Spread
  /// Run as tests, shown by `explain`.
  public let examples: [Example]
  /// What stands behind the value in messages; nil: nothing.
  public let unit: String?
  /// Whether a manifest makes it of others.
  public let isDerived: Bool

  /// Takes what a definition says of itself.
  public init(
    _ id: String, task: TaskKind, aliases: [String] = [], summary: String, direction: Direction,
    range: ClosedRange<Double> = 0...1, formula: String, source: String,
    undefined: [String] = [], parameters: [Parameter] = [], refuse: Refusal.Rule? = nil,
    contrast: Contrast = .none, measure: Measure, spread: Spread = .resampled, examples: [Example],
    unit: String? = nil,
    isDerived: Bool = false
  ) {
    self.id = id
    self.task = task
    self.aliases = aliases
    self.summary = summary
    self.direction = direction
    self.range = range
    self.formula = formula
    self.source = source
    self.undefined = undefined + contrast.undefined.filter { !undefined.contains($0) }
    self.parameters = parameters
    self.refuse = refuse
    self.contrast = contrast
    self.measure = measure
    self.spread = spread
    self.examples = examples
    self.unit = unit
    self.isDerived = isDerived
  }

  /// The same with other names that people know it by.
  func alsoCalled(_ names: String...) -> Metric {
    var metric = self
    metric.aliases += names
    return metric
  }

  /// Which values are the better ones.
  public enum Direction: String, Sendable, CaseIterable {
    /// As accuracy.
    case higherIsBetter = "higher is better"
    /// As an error.
    case lowerIsBetter = "lower is better"
    /// As prevalence: it is held within bounds, and a change is neither a gain nor a loss.
    case neither = "neither is better"
  }

  /// How the number comes about; the kind says what it needs, so that this is made once.
  public enum Measure: Sendable {
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
    /// Of groups of rows, as a fairness gate compares them.
    case groups
    /// Of whatever the task's sample is: a metric that is made of others.
    case sample(@Sendable (Sample, Arguments) throws(Undefined) -> Double)
  }

  /// Whether it is a number of both models together.
  public var comparesModels: Bool { if case .pair = measure { true } else { false } }

  /// Inputs and the value they must give.
  public struct Example: Sendable {
    /// The rows.
    public let sample: Sample
    /// The champion's answers on the same rows, for a metric of both models.
    public let champion: Sample?
    /// What a manifest would give.
    public let arguments: Arguments
    /// Nil: the metric must be undefined.
    public let value: Double?

    /// Takes the rows, the arguments and the value.
    public init(
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
  public func value(
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
  func figure(
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

/// A metric has no value on these rows, and why.
public struct Undefined: Error, Sendable, Hashable {
  /// Lower case, in the words of the user.
  public let reason: String
  /// Takes the reason.
  public init(_ reason: String) { self.reason = reason }
}
