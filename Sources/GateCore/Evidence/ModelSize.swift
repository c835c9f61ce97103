/// What a model is made of, as its file says.
package struct ModelSize: Sendable, Hashable {
  /// How many trees it has; nil: it is not made of trees.
  package var trees: Int?
  /// The splits and leaves of all its trees; nil: it is not made of trees.
  package var nodes: Int?
  /// Numbers that training has set and scoring multiplies by or adds: weights of layers, coefficients, intercepts; nil: it has
  /// none, as trees have none.
  package var parameters: Int?

  /// Takes what was counted.
  package init(trees: Int? = nil, nodes: Int? = nil, parameters: Int? = nil) {
    (self.trees, self.nodes, self.parameters) = (trees, nodes, parameters)
  }
}
