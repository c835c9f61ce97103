/// Labels, scores and weights of one model on one set of rows: what a metric measures.
public enum Sample: Sendable {
  /// Two classes.
  case binary(BinarySample)
  /// Several classes.
  case multiclass(MulticlassSample)
  /// Numbers.
  case regression(RegressionSample)

  /// Rows.
  public var count: Int {
    switch self {
    case .binary(let sample): sample.count
    case .multiclass(let sample): sample.count
    case .regression(let sample): sample.count
    }
  }

  /// The sum of the weights, or the number of rows where there are none.
  public var totalWeight: Double {
    switch self {
    case .binary(let sample): sample.totalWeight
    case .multiclass(let sample): sample.totalWeight
    case .regression(let sample): sample.totalWeight
    }
  }
}
