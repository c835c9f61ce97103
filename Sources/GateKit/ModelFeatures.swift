/// What a model takes, known without scoring anything.
public struct ModelFeatures: Sendable, Hashable {
  /// In the model's order.
  public var features: [Feature]

  public init(features: [Feature]) { self.features = features }

  /// One input of a model.
  public struct Feature: Sendable, Hashable {
    public var name: String
    /// What the model is given, as SQL over the row.
    public var sql: String
    /// Its share of the sum of all gains; nil: the model does not say.
    public var importance: Double?
    /// Whether the model takes it as a number.
    public var isNumber: Bool

    public init(name: String, sql: String, importance: Double? = nil, isNumber: Bool = false) {
      (self.name, self.sql, self.importance) = (name, sql, importance)
      self.isNumber = isNumber
    }
  }
}
