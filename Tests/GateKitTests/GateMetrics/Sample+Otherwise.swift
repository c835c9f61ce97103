@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

extension Sample {
  /// Another model's answers on the same rows, each made of the row's own so that a row picked, moved or weighed has
  /// the same; about a third are decided otherwise.
  var otherwise: Sample {
    switch self {
    case .binary(let sample):
      let scores = sample.scores.map(Self.other)
      let order = descendingOrder(of: scores)
      return .binary(
        BinarySample(
          scores: scores.at(order), positives: sample.positives.at(order),
          weights: sample.weights?.at(order), rows: sample.rows.at(order),
          threshold: sample.threshold, hasScores: sample.hasScores))
    case .multiclass(let sample):
      let width = sample.classes.count
      let probabilities = sample.labels.indices.flatMap { row in
        let own = Array(sample.probabilities[(row * width)..<((row + 1) * width)])
        return own[0] > 0.3 ? own : own.reversed()
      }
      return .multiclass(
        MulticlassSample(
          classes: sample.classes, probabilities: probabilities, labels: sample.labels,
          weights: sample.weights, rows: sample.rows))
    case .multilabel(let sample):
      return .multilabel(
        MultilabelSample(
          names: sample.names, scores: sample.scores.map(Self.other), labels: sample.labels,
          threshold: sample.threshold, weights: sample.weights, rows: sample.rows))
    case .regression(let sample):
      return .regression(
        RegressionSample(
          targets: sample.targets, predictions: sample.predictions.map(Self.other),
          weights: sample.weights, rows: sample.rows))
    case .text(let sample):
      return .text(
        TextSample(
          references: sample.references,
          predictions: sample.references.indices.map {
            sample.predictions[$0].count % 2 == 0
              ? sample.references[$0] : sample.predictions[$0]
          }, weights: sample.weights, rows: sample.rows))
    case .ranking: return self
    }
  }

  /// A number from 0 to 1 that another goes to.
  private static func other(_ score: Double) -> Double {
    let moved = score * 1.7 + 0.05
    return moved - moved.rounded(.down)
  }
}
