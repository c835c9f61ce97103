import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

extension Scenario {
  /// Rows that normal laws do not fit: heavy tails, few levels of a score, rare classes, and areas of models that score few
  /// rows otherwise; each by two seeds.
  static let hard =
    first + first.map(\.again)

  private static let first = [tails, levels, rare] + uneven + fewScores

  /// The same rows drawn by another seed.
  private var again: Scenario {
    var scenario = self
    scenario.name += ", another seed"
    scenario.seed += 1
    return scenario
  }

  /// Student's law of three degrees: a normal number over the root of a mean of three squares.
  private static func student(_ uniforms: ArraySlice<Double>) -> Double {
    let u = Array(uniforms)
    let squares = (0..<3).map { normal(u[2 + 2 * $0], u[3 + 2 * $0]) }.reduce(0) { $0 + $1 * $1 }
    return normal(u[0], u[1]) / (squares / 3).squareRoot()
  }

  /// Numbers with errors of infinite third moment.
  private static let tails = Scenario(
    name: "errors of Student's t with 3 degrees", task: .regression, own: 12,
    row: { uniforms in
      let signal = normal(uniforms[0], uniforms[1])
      let noise = student(uniforms[2..<10])
      let other = normal(uniforms[10], uniforms[11])
      return Row(
        target: signal + noise, candidate: [signal + 0.3 * noise + 0.45 * other],
        champion: [signal + 0.3 * noise - 0.3 * other])
    },
    questions: (Question.values(["mean_absolute_error"])
      + Question.drops(["mean_absolute_error", "median_absolute_error"])).small())

  /// Two models that give one of five scores.
  private static let levels = Scenario(
    name: "five levels of a score", task: .binary, own: 7,
    row: { uniforms in
      let isPositive = uniforms[0] < 0.3
      let truth = normal(uniforms[1], uniforms[2]) + (isPositive ? 1.2 : 0)
      func level(_ place: Int) -> Double {
        let score = truth + 0.5 * normal(uniforms[place], uniforms[place + 1])
        return 0.1 + 0.2 * min(4, max(0, (score + 1.2).rounded(.down)))
      }
      return Row(
        target: isPositive ? 1 : 0, candidate: [level(3)], champion: [level(5)])
    },
    questions: (Question.values(["roc_auc", "average_precision"])
      + Question.drops(["roc_auc", "average_precision"])).small(2))

  /// Three classes, the rarest of 2%, each model right in 8 of 10 rows.
  private static let rare = classes("3 classes of 2, 28 and 70%", rarest: 0.02)

  /// The same with a rarest class of 10%, in clusters of unequal size or with weights of long tails.
  private static let uneven = [
    classes("3 classes in 32 unequal clusters", rarest: 0.1, clusters: 32),
    classes("3 classes in 100 unequal clusters", rarest: 0.1, clusters: 100),
    classes("3 classes, lognormal(1) weights", rarest: 0.1, isWeighted: true),
  ]

  /// Three classes, the last of 70%, each model right in 8 of 10 rows; a fifth of a cluster's rows are decided alike.
  private static func classes(
    _ name: String, rarest: Double, clusters: Int = 0, isWeighted: Bool = false
  ) -> Scenario {
    Scenario(
      name: name, task: .multiclass, shared: clusters > 0 ? 1 : 0, own: 7, clusters: clusters,
      isWeighted: isWeighted,
      row: { uniforms in
        let own = Array(uniforms.suffix(7))
        let label = own[0] < rarest ? 0 : own[0] < 0.3 ? 1 : 2
        func probabilities(_ place: Double) -> [Double] {
          let decided = place < 0.8 ? label : place < 0.9 ? (label + 1) % 3 : (label + 2) % 3
          return (0..<3).map { $0 == decided ? 0.6 : 0.2 }
        }
        let place = clusters > 0 && own[6] < 0.2 ? uniforms[0] : own[1]
        // The candidate decides one row of ten anew.
        let isAnew = own[2] < 0.1
        return Row(
          target: Double(label), candidate: probabilities(isAnew ? own[3] : place),
          champion: probabilities(place),
          weight: isWeighted ? exponential(normal(own[4], own[5])) : 1)
      },
      questions: (Question.values(["f1_macro", "balanced_accuracy"])
        + Question.drops(["f1_macro", "balanced_accuracy"])).small(2))
  }

  /// Models that score a share of rows otherwise, positive ones of them lower by `fall`.
  private static let fewScores = [(0.03, 0.0), (0.03, 2.6), (0.1, 2.6)].map { share, fall in
    Scenario(
      name: "\(Int(share * 100))% of scores drawn anew"
        + (fall > 0 ? ", positive ones lower by \(fall)" : ""), task: .binary, own: 6,
      row: { uniforms in
        let isPositive = uniforms[0] < 0.2
        let lift = isPositive ? 1.3 : 0
        let champion = normal(uniforms[1], uniforms[2]) + lift
        let anew = normal(uniforms[3], uniforms[4]) + lift - (isPositive ? fall : 0)
        let candidate = uniforms[5] < share ? anew : champion
        func score(_ place: Double) -> Double { 1 / (1 + exponential(1.5 - place)) }
        return Row(
          target: isPositive ? 1 : 0, candidate: [score(candidate)], champion: [score(champion)])
      }, questions: Question.drops(["roc_auc", "average_precision"]).small(2))
  }
}
