/// What a model takes, known without scoring anything.
package struct ModelFeatures: Sendable, Hashable {
  /// In the model's order.
  package var features: [Feature]
  /// What it is made of.
  package var size: ModelSize

  package init(features: [Feature], size: ModelSize = ModelSize()) {
    (self.features, self.size) = (features, size)
  }

  /// One input of a model.
  package struct Feature: Sendable, Hashable {
    package var name: String
    /// What the model is given, as SQL over the row.
    package var sql: String
    /// Its share of the sum of all gains; nil: the model does not say.
    package var importance: Double?
    /// Whether the model takes it as a number.
    package var isNumber: Bool

    package init(name: String, sql: String, importance: Double? = nil, isNumber: Bool = false) {
      (self.name, self.sql, self.importance) = (name, sql, importance)
      self.isNumber = isNumber
    }
  }
}
