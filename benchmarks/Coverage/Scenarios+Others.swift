import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

extension Scenario {
  /// Errors of two models about a normal value; rows of a cluster share the value and the larger part of the error.
  private static func errors(
    _ name: String, clusterSize: Int = 1, isWeighted: Bool = false, questions: [Question],
    error: @escaping @Sendable (Double, Double) -> Double
  ) -> Scenario {
    let isClustered = clusterSize > 1
    return Scenario(
      name: name, task: .regression, shared: isClustered ? 4 : 0, own: isClustered ? 3 : 7,
      clusterSize: clusterSize, isWeighted: isWeighted,
      row: { uniforms in
        let signal = normal(uniforms[0], uniforms[1])
        let noise = error(uniforms[2], uniforms[3])
        let own = error(uniforms[4], uniforms[5])
        return Row(
          target: signal + noise, candidate: [signal + 0.3 * noise + 0.45 * own],
          champion: [signal + 0.3 * noise - 0.3 * own],
          weight: 0.2 + 2.8 * uniforms[6])
      }, questions: questions)
  }

  /// Of numbers, by the shape of their errors.
  static let regression = [
    errors(
      "normal errors",
      questions: Question.values(["mean_squared_error", "mean_absolute_error"])
        + Question.drops(["mean_squared_error", "mean_absolute_error"])
        + (Question.values(["r2", "root_mean_squared_error", "pearson"])
        + Question.drops(["r2", "root_mean_squared_error"])).slow()
        + (Question.values(["median_absolute_error", "spearman"])
        + Question.drops(["median_absolute_error", "spearman"])).heavy(1000),
      error: { normal($0, $1) }),
    errors(
      "errors of exponential tails",
      questions: Question.values(["mean_squared_error", "mean_absolute_error"])
        + Question.drops(["mean_squared_error", "mean_absolute_error"])
        + (Question.values(["r2"]) + Question.drops(["root_mean_squared_error"])).slow(),
      error: { ($1 < 0.5 ? -1 : 1) * -logarithm(1 - $0) * 0.5.squareRoot() }),
    errors(
      "clusters of 5, normal errors", clusterSize: 5,
      questions: Question.values(["mean_absolute_error"]) + Question.drops(["mean_absolute_error"])
        + (Question.values(["r2"]) + Question.drops(["r2"])).slow(),
      error: { normal($0, $1) }),
  ]

  /// Of three classes: the logits are a true part and noise of each model's own.
  static let multiclass = [
    Scenario(
      name: "3 classes", task: .multiclass, own: 13,
      row: { uniforms in
        let truth = (0..<3).map { 0.8 * normal(uniforms[2 * $0], uniforms[2 * $0 + 1]) }
        func probabilities(_ logits: [Double]) -> [Double] {
          let parts = logits.map { exponential($0) }
          let sum = parts.reduce(0, +)
          return parts.map { $0 / sum }
        }
        let chances = probabilities(truth)
        let label = uniforms[12] < chances[0] ? 0 : uniforms[12] < chances[0] + chances[1] ? 1 : 2
        let noise = (0..<3).map { normal(uniforms[6 + 2 * $0], uniforms[7 + 2 * $0]) }
        return Row(
          target: Double(label),
          candidate: probabilities(zip(truth, noise).map { $0 + 0.5 * $1 }),
          champion: probabilities(zip(truth, noise).map { $0 - 0.3 * $1 }))
      },
      questions:
        Question.values(["accuracy", "log_loss"]) + Question.drops(["accuracy", "log_loss"])
        + (Question.values(["f1_macro", "matthews_corrcoef"])
        + Question.drops(["f1_macro"])).heavy())
  ]
}
