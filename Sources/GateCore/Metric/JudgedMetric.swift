/// What a manifest may put limits on: a metric of predictions, or of groups of them.
package protocol JudgedMetric: Defined {
  /// Of which predictions it is a number.
  var task: TaskKind { get }
  /// Whether it is a number of both models together.
  var comparesModels: Bool { get }
  /// Whether it is a share, which no limit gives in percent.
  var isShare: Bool { get }
  /// Whether a manifest makes it of others.
  var isDerived: Bool { get }
}

extension JudgedMetric {
  /// Which values are the better ones.
  package var direction: Metric.Direction { definition.direction ?? .neither }
  /// What its parameters must not be together; nil: each may be what it may be by itself.
  package var refuse: Refusal.Rule? { definition.refuse }
  /// What stands behind the value in messages; nil: nothing.
  package var unit: String? { definition.unit }
}
