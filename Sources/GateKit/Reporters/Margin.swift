package import GateCore
import GateFairness
import GateMetrics

/// How far a check's figure is from one of its limits.
package struct Margin: Sendable {
  /// The limit, as written.
  package let limit: LimitName
  /// What the limit is on, in its own terms: a value, a drop, a p-value.
  package let figure: Double
  /// The limit's number.
  package let bound: Double
  /// In the unit of the figure: above 0 the room that is left, below 0 how far the figure is beyond the limit.
  package let left: Double

  /// The room as a share of the limit's size, by which margins of different checks are compared; of a limit of 0 the room
  /// itself.
  package var share: Double { bound == 0 ? left : left / abs(bound) }
}

extension Check {
  /// The margin of each limit whose figure the record holds; none where another test would be enough, since the check
  /// can then hold beyond its own limit.
  package var margins: [Margin] {
    guard let limit, !limit.keys.contains(where: \.isAlternative) else { return [] }
    let simple = limitFigures
    return limit.inOrder.compactMap { name, bound in
      let compared = name.kind.flatMap { figure(of: Limit($0, bound)) }
      let found = compared ?? simple.first { $0.limit == name.rawValue }
      guard let found, found.value.isFinite, bound.isFinite else { return nil }
      switch found.bound {
      case .atLeast(let least):
        return Margin(limit: name, figure: found.value, bound: least, left: found.value - least)
      case .atMost(let most):
        return Margin(limit: name, figure: found.value, bound: most, left: most - found.value)
      case nil: return nil
      }
    }
  }

  /// The smallest of its margins by their shares; nil: none is known.
  package var margin: Margin? { margins.min { $0.share < $1.share } }

  /// What a limit on the metric is on; nil where the record does not hold it.
  private func figure(of limit: Limit) -> LimitFigure? {
    guard let value else { return nil }
    let direction = self.direction
    if limit.kind.needsBetter, direction == nil || direction == .neither { return nil }
    return try? limit.figure(
      value: value, champion: champion, direction: direction ?? .neither)
  }

  /// Which way the check's metric is better; nil: it is none of a metric that the program has.
  package var direction: Metric.Direction? { metric.flatMap { Self.directions[$0] } }

  /// By the metric's id.
  private static let directions: [String: Metric.Direction] = {
    let fairness = TaskKind.allCases.flatMap { FairnessMetrics.all(task: $0) }
    var directions: [String: Metric.Direction] = [:]
    for definition in (fairness.map(\.definition) + Metrics.all.map(\.definition)) {
      directions[definition.id] = definition.direction
    }
    return directions
  }()
}
