package import GateCore
import GateMetrics

/// Every fairness metric; a new one is a line in one of these lists.
package enum FairnessMetrics {
  /// Those with a name of their own, of all tasks.
  package static let named: [FairnessMetric] = [
    parities, odds, aif360Rates, aif360Odds, clarifyRates, aequitas, entropies,
    differentialFairness, conditionalDisparity, divergences, scoreGaps, consistency, flipTest,
    counterfactual,
  ].flatMap { $0 }

  /// Of a task: those with a name of their own, then every number of a group by difference, ratio, least and greatest.
  ///
  /// `metrics` are those of the task and the manifest's own.
  package static func all(task: TaskKind, metrics: [Metric] = Metrics.all) -> [FairnessMetric] {
    let known = named.filter { $0.task == task }
    let derived = measures(task, metrics).flatMap { measure in
      FairnessMetric.derived.map { FairnessMetric(measure, $0, task: task) }
    }
    var seen: Set<String> = []
    return (known + derived).filter { seen.insert($0.id).inserted }
  }

  /// What a task's groups can be measured by; the first of a name goes.
  static func measures(_ task: TaskKind, _ metrics: [Metric]) -> [GroupMeasure] {
    let own = metrics.filter { $0.task == task && !$0.comparesModels }.map(GroupMeasure.metric)
    switch task {
    case .binary:
      return GroupMeasure.shares + GroupMeasure.ratios
        + [.meanPrediction(task), .generalizedTruePositiveRate, .generalizedFalsePositiveRate]
        + own
    case .multiclass:
      return [.rightAnswers] + own + GroupMeasure.shares + GroupMeasure.ratios.map(\.ofOneClass)
    case .regression: return [.meanPrediction(task), .meanTarget] + own
    case .multilabel, .ranking, .text: return own
    }
  }
}

extension FairnessMetric {
  /// What is made of every number of a group.
  package static let derived: [Aggregate.Kind] = [.difference, .ratio, .groupMin, .groupMax]

  /// A number of the groups by one aggregate, as fairlearn's `make_derived_metric`.
  package init(_ measure: GroupMeasure, _ kind: Aggregate.Kind, task: TaskKind) {
    var range = 0.0...1.0
    var direction = Metric.Direction.neither
    if case .metric(let metric) = measure.kind {
      (range, direction) = (metric.range, metric.direction)
    } else {
      // A share of a group is better on the side on which the metric of its name is.
      let same = Metrics.all.first {
        $0.task == task && ($0.id == measure.id || $0.aliases.contains(measure.id))
      }
      direction = same?.direction ?? .neither
    }
    let words: String
    switch kind {
    case .ratio:
      words = "The least of the groups' values over the greatest"
      direction = .higherIsBetter
      range = range.lowerBound < 0 ? -Double.infinity ... .infinity : 0...1
    case .groupMin: words = "The least of the groups' values"
    case .groupMax: words = "The greatest of the groups' values"
    default:
      words = "The greatest of the groups' values less the least"
      direction = .lowerIsBetter
      range = 0...(range.upperBound - range.lowerBound)
    }
    self.init(
      "\(measure.id)_\(kind.rawValue)", task: task, summary: "\(words): \(measure.summary).",
      direction: direction, range: range, formula: Self.formula(kind, of: measure.formula),
      source: "fairlearn MetricFrame, make_derived_metric",
      undefined: ["It is undefined in a group."]
        + (kind == .ratio ? ["The greatest of the groups' values is 0."] : []),
      measure: .algebra([measure], Aggregate(kind), .groups))
    if case .metric(let metric) = measure.kind {
      definition.words = metric.aliases.map { "\($0)_\(kind.rawValue)" }
    }
  }

  /// A formula over the groups g.
  package static func formula(_ kind: Aggregate.Kind, of formula: String) -> String {
    switch kind {
    case .ratio: "min_g(m_g) / max_g(m_g), m = \(formula)"
    case .groupMin: "min_g(m_g), m = \(formula)"
    case .groupMax: "max_g(m_g), m = \(formula)"
    default: "max_g(m_g) - min_g(m_g), m = \(formula)"
    }
  }
}
