import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

extension Node {
  /// A scalar as a manifest would hold it.
  fileprivate static func scalar(_ text: String) -> Node {
    Node(.scalar(text, quoted: false), at: nowhere)
  }

  /// A mapping in this order.
  fileprivate static func mapping(_ pairs: [(String, Node)]) -> Node {
    Node(
      .mapping(pairs.map { Pair(key: .scalar($0.0), value: $0.1) }), at: nowhere)
  }

  /// There is no manifest to point into.
  private static var nowhere: Mark {
    Mark(source: Source(name: "simulation", text: ""), line: 1, column: 1)
  }
}

extension Question {
  /// The check of the gate that a manifest would make of the question, held against `bound`; without a confidence: of
  /// the value itself.
  func check(
    _ scenario: Scenario, _ bench: Workbench, bound: Double, seed: Int? = nil
  ) async throws -> Check {
    var body = parameters.map { ($0.key, Node.scalar($0.value)) }
    body.append((limit.rawValue, .scalar("\(bound)")))
    var pairs = [("metrics", Node.mapping([(metric, .mapping(body))]))]
    if let seed {
      pairs += [
        ("confidence", .scalar("0.95")),
        ("replicates", .scalar("\(replicates[bench.rows] ?? 1000)")),
        ("seed", .scalar("\(seed)")),
      ]
    }
    let settings = GateSettings(
      id: "coverage", node: .mapping(pairs), task: scenario.task, hasChampion: true)
    let gate: any Gate =
      limit.comparesModels ? try ChampionGate(settings) : try PerformanceGate(settings)
    return try await gate.checks(on: bench)[0]
  }
}

/// What is true of a question, and the bound at which a model is just not good enough.
struct Truth: Sendable {
  /// What the interval is of.
  let value: Double
  /// The limit that lies exactly there.
  let bound: Double

  /// Reads the value off a check of the whole population.
  init(_ question: Question, _ check: Check) throws {
    guard let found = question.truth ?? check.value else { throw Missing(check.message) }
    switch question.limit {
    case .min, .max: (value, bound) = (found, found)
    default:
      guard var difference = check.difference, let champion = check.champion else {
        throw Missing(check.message)
      }
      if question.limit.rawValue.hasSuffix("_relative") { difference /= abs(champion) }
      let isLoss = Metrics.all.first { $0.id == question.metric }?.direction == .lowerIsBetter
      let drop = isLoss ? difference : -difference
      (value, bound) = (difference, question.limit == .minGain ? -drop : drop)
    }
  }
}

/// A population that a metric has no value on: a mistake in a scenario.
struct Missing: Error {
  /// What the gate said.
  let reason: String

  /// Takes what the gate said.
  init(_ reason: String) { self.reason = reason }
}
