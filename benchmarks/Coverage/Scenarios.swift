import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

extension Scenario {
  /// Every scenario, in the order of the table.
  static let all = binary + regression + multiclass + seldom + hard

  /// Of two classes: scores of two models, normal on the logit scale and correlated, the positives' higher by a lift.
  private static let binary = [
    models(
      "30% positive, calibrated",
      questions: Question.values([
        "roc_auc", "accuracy", "log_loss", "brier_score", "recall", "precision", "specificity",
      ])
        + Question.drops(["roc_auc", "accuracy", "log_loss", "brier_score"])
        + (Question.values([
          "average_precision", "f1", "matthews_corrcoef", "cohen_kappa_score", "balanced_accuracy",
          "lift_at_top",
        ])
        + Question.drops(["average_precision", "precision", "recall", "f1"])
        + [
          Question(metric: "average_precision", limit: .maxDropRelative),
          Question(metric: "accuracy", limit: .maxDropRelative),
        ]).slow()
        + Question.drops(["matthews_corrcoef", "lift_at_top"]).slow().settled()
        + Question.values(["ks_separation", "hosmer_lemeshow"]).heavy()),
    models(
      "calibrated: the true error is 0",
      questions: [Question(metric: "expected_calibration_error", limit: .max, truth: 0)].heavy()),
    models(
      "twice overconfident", sharpness: 2,
      questions: Question.values(["log_loss", "brier_score"])
        + Question.values([
          "expected_calibration_error", "maximum_calibration_error", "calibration_slope",
        ]).heavy() + Question.drops(["expected_calibration_error"]).heavy()),
    models(
      "a little overconfident", sharpness: 1.25,
      questions: Question.values(["expected_calibration_error"]).heavy()),
    models(
      "2% positive", prevalence: 0.02,
      questions: (Question.values(["roc_auc", "recall", "log_loss"])
        + Question.values(["average_precision"]).slow()
        + Question.drops(["roc_auc", "log_loss"])
        + Question.drops(["average_precision"]).slow()).large()),
    models(
      "areas near 1, 10% positive", prevalence: 0.1, lifts: (3, 2.8),
      questions: Question.values(["roc_auc", "accuracy", "recall", "log_loss"])
        + Question.drops(["roc_auc", "accuracy", "log_loss"])
        + (Question.values(["average_precision"]) + Question.drops(["average_precision"])).slow()),
    models(
      "models that differ on few rows", lifts: (1.2, 1.18), correlation: 0.999,
      questions: Question.drops(["roc_auc", "accuracy", "log_loss"])
        + Question.drops(["average_precision"]).slow().settled()),
    models(
      "weights of 0.2 to 3", isWeighted: true,
      questions: Question.values(["log_loss"]) + Question.drops(["log_loss"])
        + (Question.values(["roc_auc", "average_precision", "f1"])
        + Question.drops(["accuracy", "average_precision"])).slow()),
    models(
      "clusters of 5", clusterSize: 5,
      questions: Question.values(["log_loss"]) + Question.drops(["log_loss"])
        + (Question.values(["roc_auc", "accuracy", "average_precision"])
        + Question.drops(["roc_auc", "average_precision"])).slow()),
    models(
      "99.5% right", prevalence: 0.005,
      questions: [
        Question(metric: "accuracy", limit: .min, parameters: ["threshold": "0.99"])
      ] + [Question(metric: "recall", limit: .min, parameters: ["threshold": "0.01"])].settled()
        + [Question(metric: "specificity", limit: .min, parameters: ["threshold": "0.05"])]),
  ]

  /// Two models of a lift each; scores are the chance of a positive, `sharpness` times as far from even on the logit
  /// scale. Rows of a cluster have one label and share half of the variance.
  private static func models(
    _ name: String, prevalence: Double = 0.3, lifts: (Double, Double) = (1.2, 1.1),
    correlation: Double = 0.7, sharpness: Double = 1, clusterSize: Int = 1,
    isWeighted: Bool = false, questions: [Question]
  ) -> Scenario {
    let isClustered = clusterSize > 1
    let odds = logarithm(prevalence / (1 - prevalence))
    let other = (1 - correlation * correlation).squareRoot()
    return Scenario(
      name: name, task: .binary, shared: isClustered ? 3 : 0, own: isClustered ? 5 : 6,
      clusterSize: clusterSize, isWeighted: isWeighted,
      row: { uniforms in
        let isPositive = uniforms[0] < prevalence
        var first = normal(uniforms[1], uniforms[2])
        if isClustered { first = (first + normal(uniforms[5], uniforms[6])) * 0.5.squareRoot() }
        let second = correlation * first + other * normal(uniforms[3], uniforms[4])
        func score(_ place: Double, _ lift: Double) -> Double {
          let raised = isPositive ? place + lift : place
          return logistic(sharpness * (odds + lift * raised - lift * lift / 2))
        }
        return Row(
          target: isPositive ? 1 : 0, candidate: [score(second, lifts.1)],
          champion: [score(first, lifts.0)], weight: 0.2 + 2.8 * (uniforms.last ?? 0))
      }, questions: questions)
  }
}

extension Question {
  /// The value of each metric, held against its true one.
  static func values(_ metrics: [String]) -> [Question] {
    metrics.map { metric in
      // The bound of a loss is from above.
      let isLoss = Metrics.all.first { $0.id == metric }?.direction == .lowerIsBetter
      return Question(
        metric: metric, limit: isLoss ? .max : .min, parameters: parameters(of: metric))
    }
  }

  /// The candidate's drop in each, held against the true one: a candidate that is just not good enough.
  static func drops(_ metrics: [String]) -> [Question] {
    metrics.map { Question(metric: $0, limit: .maxDrop, parameters: parameters(of: $0)) }
  }

  /// What a metric cannot do without.
  private static func parameters(of metric: String) -> [String: String] {
    metric.hasSuffix("_at_top") ? ["share": "0.1"] : [:]
  }
}

extension [Question] {
  /// With fewer draws, and at 5,000 rows fewer simulations: a draw goes over all rows.
  func slow() -> [Question] { with([200: 2000, 5000: 500], draws: [200: 600, 5000: 300]) }

  /// With fewer still, where every draw sorts or fits.
  func heavy(_ simulations: Int = 300) -> [Question] {
    with([200: 500, 5000: simulations], draws: [200: 600, 5000: 300])
  }

  /// With 10,000 simulations at 5,000 rows, where fewer put the coverage so near to 97% that chance would decide.
  func settled() -> [Question] {
    map {
      var question = $0
      question.simulations[5000] = 10_000
      return question
    }
  }

  /// With these simulations and draws, by rows.
  private func with(_ simulations: [Int: Int], draws: [Int: Int]) -> [Question] {
    map {
      var question = $0
      question.simulations = simulations
      question.replicates = draws
      return question
    }
  }

  /// At 5,000 rows only.
  func large() -> [Question] {
    map {
      var question = $0
      question.simulations[200] = 0
      return question
    }
  }
}
