/// How a manifest wants a model to be run and its answers to be taken.
public struct ModelOptions: Sendable, Hashable {
  /// What makes probabilities of a model's numbers.
  public enum Link: String, Sendable, CaseIterable { case none, sigmoid, softmax }

  /// Which rounds of a boosted model score.
  public enum Iterations: Sendable, Hashable {
    case all
    case first(Int)
  }

  /// Nil: the model gives what the task wants.
  public var link: Link?
  /// Nil: as the library's own user gets them.
  public var iterations: Iterations?
  /// The one of several outputs that is the answer; nil: as the model says.
  public var output: String?
  /// The inputs that a model's lists of categories belong to, in the lists' order; nil: as the columns tell.
  public var categories: [String]?
  /// The largest share of an input's rows that may hold a category the model has never seen; nil: the runtime's own.
  public var unseen: Double?
  /// Whether an input may be, or be made of, the label.
  public var mayReadLabel: Bool
  /// Regression: the level of each of the model's numbers, in their order; empty: it gives one value.
  public var quantiles: [Double]

  /// Nothing said, unless it is said.
  public init(
    link: Link? = nil, iterations: Iterations? = nil, output: String? = nil,
    categories: [String]? = nil, unseen: Double? = nil, mayReadLabel: Bool = false,
    quantiles: [Double] = []
  ) {
    self.link = link
    self.iterations = iterations
    self.output = output
    self.categories = categories
    self.unseen = unseen
    self.mayReadLabel = mayReadLabel
    self.quantiles = quantiles
  }
}
