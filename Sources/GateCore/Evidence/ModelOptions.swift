/// How a manifest wants a model to be run and its answers to be taken.
package struct ModelOptions: Sendable, Hashable {
  /// What makes probabilities of a model's numbers.
  package enum Link: String, Sendable, CaseIterable { case none, sigmoid, softmax }

  /// Which rounds of a boosted model score.
  package enum Iterations: Sendable, Hashable {
    case all
    case first(Int)
  }

  /// Nil: the model gives what the task wants.
  package var link: Link?
  /// Nil: as the library's own user gets them.
  package var iterations: Iterations?
  /// The one of several outputs that is the answer; nil: as the model says.
  package var output: String?
  /// The inputs that a model's lists of categories belong to, in the lists' order; nil: as the columns tell.
  package var categories: [String]?
  /// The largest share of an input's rows that may hold a category the model has never seen; nil: the runtime's own.
  package var unseen: Double?
  /// Whether an input may be, or be made of, the label.
  package var mayReadLabel: Bool
  /// Regression: the level of each of the model's numbers, in their order; empty: it gives one value.
  package var quantiles: [Double]

  /// Nothing said, unless it is said.
  package init(
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
