/// Every metric, by task; a new one is a line here.
public enum Metrics {
  public static let all: [Metric] = binary + multiclass + regression

  static let binary: [Metric] = [.accuracy]
  static let multiclass: [Metric] = []
  static let regression: [Metric] = []

  /// The metric of that name for a task.
  public static func named(_ id: String, task: TaskKind) -> Metric? {
    all.first { $0.id == id && $0.task == task }
  }
}
