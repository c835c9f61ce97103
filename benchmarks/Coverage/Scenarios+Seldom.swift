import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

extension Scenario {
  /// Two models that seldom disagree, and rows of which few count.
  static let seldom =
    [0, 0.003, 0.01, 0.03].flatMap { flips in
      [0.05, 0.3].map { prevalence in
        pair(
          "\(percent(prevalence)) positive, \(percent(flips)) of each class gained and lost",
          prevalence: prevalence, gained: flips, lost: flips, questions: decisions)
      }
    }
    + [
      pair(
        "30% positive, 3% of each class lost", prevalence: 0.3, gained: 0, lost: 0.03,
        questions: decisions),
      pair(
        "5% positive, 1% of each class gained, 3% lost", prevalence: 0.05, gained: 0.01,
        lost: 0.03, questions: decisions),
    ]
    + [("lognormal(1)", lognormal), ("Pareto(2.5)", pareto)].map { name, weight in
      pair(
        "\(name) weights, 30% positive, 1% of each class gained, 3% lost", prevalence: 0.3,
        gained: 0.01, lost: 0.03, weight: weight, questions: decisions)
    }
    + [8, 12, 32, 100].map { clusters in
      pair(
        "\(clusters) unequal clusters, 30% positive, 1% of each class gained, 3% lost",
        prevalence: 0.3, gained: 0.01, lost: 0.03, clusters: clusters, questions: decisions)
    }
    + [("lognormal(1)", lognormal), ("Pareto(2.5)", pareto)].map { name, weight in
      numbers("\(name) weights, normal errors", weight: weight)
    }
    + [8, 12, 32, 100].map { numbers("\($0) unequal clusters, normal errors", clusters: $0) }

  /// Figures of decisions, candidate against champion.
  private static let decisions = Question.drops([
    "accuracy", "recall", "specificity", "precision", "f1", "balanced_accuracy",
    "matthews_corrcoef", "cohen_kappa_score",
  ]).small()

  /// A weight out of a uniform number, and another.
  typealias Weight = @Sendable (Double, Double) -> Double
  private static let lognormal: Weight = { exponential(normal($0, $1)) }
  private static let pareto: Weight = { first, _ in power(1 - first, -1 / 2.5) }

  /// Decisions: the champion finds 8 of 10 positives and leaves 9 of 10 negatives alone; of the rows of either class the
  /// candidate loses and gains the shares given. Rows of a cluster share part of what decides.
  private static func pair(
    _ name: String, prevalence: Double, gained: Double, lost: Double, clusters: Int = 0,
    weight: Weight? = nil, questions: [Question]
  ) -> Scenario {
    Scenario(
      name: name, task: .binary, shared: clusters > 0 ? 1 : 0, own: 5, clusters: clusters,
      isWeighted: weight != nil,
      row: { uniforms in
        let own = Array(uniforms.suffix(5))
        let isPositive = own[0] < prevalence
        // A fifth of a cluster's rows are decided alike.
        let place = clusters > 0 && own[1] < 0.2 ? uniforms[0] : own[2]
        let right = isPositive ? 0.8 : 0.9
        let champion = place < right
        let candidate = place >= lost && place < right || place >= right && place < right + gained
        /// A score of a right decision or of a wrong one; the models' differ, so that they are not the same.
        func score(_ isRight: Bool, _ height: Double) -> Double {
          isRight == isPositive ? height : 1 - height
        }
        return Row(
          target: isPositive ? 1 : 0, candidate: [score(candidate, 0.8)],
          champion: [score(champion, 0.9)], weight: weight?(own[3], own[4]) ?? 1)
      }, questions: questions)
  }

  /// Numbers with normal errors; rows of a cluster share a third of the error's variance.
  private static func numbers(
    _ name: String, clusters: Int = 0, weight: Weight? = nil
  ) -> Scenario {
    Scenario(
      name: name, task: .regression, shared: clusters > 0 ? 2 : 0, own: 8, clusters: clusters,
      isWeighted: weight != nil,
      row: { uniforms in
        let own = Array(uniforms.suffix(8))
        let signal = normal(own[0], own[1])
        var noise = normal(own[2], own[3])
        if clusters > 0 {
          noise =
            (2.0 / 3).squareRoot() * noise
            + (1.0 / 3).squareRoot() * normal(uniforms[0], uniforms[1])
        }
        let other = normal(own[4], own[5])
        return Row(
          target: signal + noise, candidate: [signal + 0.3 * noise + 0.45 * other],
          champion: [signal + 0.3 * noise - 0.3 * other], weight: weight?(own[6], own[7]) ?? 1)
      },
      questions: (Question.values([
        "mean_absolute_error", "root_mean_squared_error", "r2", "pearson",
      ]) + Question.drops(["mean_absolute_error", "root_mean_squared_error", "r2"])).small(2))
  }

  /// A share as percent.
  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}

extension [Question] {
  /// At 150, 400 and, of `sizes` 3, 2,000 rows.
  func small(_ sizes: Int = 3) -> [Question] {
    map {
      var question = $0
      question.simulations = Dictionary(
        uniqueKeysWithValues: [150, 400, 2000].prefix(sizes).map { ($0, 1000) })
      return question
    }
  }
}
