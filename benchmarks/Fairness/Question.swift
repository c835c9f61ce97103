import GateCore
import GateDrift
import GateFairness
import GateKit
import GateMetrics
import GateSchema

/// A fairness metric and its limit: what a gate is asked, and what is true.
struct Question: Sendable {
  let metric: String
  let parameters: [(key: String, value: String)]
  let limit: Limit.Kind
  /// The value with all rows there are.
  let truth: Double

  /// What is asked of every scenario.
  static func all(_ scenario: Scenario) -> [Question] {
    let selection = scenario.groups.map(\.selectionRate)
    let found = scenario.groups.map(\.truePositiveRate)
    let alarmed = scenario.groups.map(\.falsePositiveRate)
    let total = Double(scenario.groups.reduce(0) { $0 + $1.rows })
    let overall = zip(scenario.groups, selection).reduce(0) {
      $0 + Double($1.0.rows) / total * $1.1
    }
    let other = scenario.groups.map { group in
      let own =
        group.base * Scenario.otherTruePositiveRate
        + (1 - group.base) * Scenario.otherFalsePositiveRate
      return scenario.agreement * group.selectionRate + (1 - scenario.agreement) * own
    }
    return [
      Question("demographic_parity_difference", .max, spread(selection)),
      Question("demographic_parity_ratio", .min, ratio(selection)),
      Question("equal_opportunity_difference", .max, spread(found)),
      Question("equalized_odds_difference", .max, max(spread(found), spread(alarmed))),
      Question(
        "equalized_odds_difference", .max, (spread(found) + spread(alarmed)) / 2,
        ["agg": "mean"]),
      Question("selection_rate_group_min", .min, selection.min() ?? 0),
      Question(
        "selection_rate_difference", .max, selection.map { abs($0 - overall) }.max() ?? 0,
        ["method": "to_overall"]),
      Question(
        "demographic_parity_difference", .maxIncrease, spread(selection) - spread(other)),
    ]
  }

  private init(
    _ metric: String, _ limit: Limit.Kind, _ truth: Double, _ parameters: [String: String] = [:]
  ) {
    (self.metric, self.limit, self.truth) = (metric, limit, truth)
    self.parameters = parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func spread(_ rates: [Double]) -> Double {
    (rates.max() ?? 0) - (rates.min() ?? 0)
  }

  private static func ratio(_ rates: [Double]) -> Double {
    (rates.min() ?? 0) / (rates.max() ?? 1)
  }

  /// For the table.
  var name: String {
    metric + parameters.map { ", \($0.key): \($0.value)" }.joined() + " (\(limit.rawValue))"
  }

  /// The check of the gate that a manifest would make of it; a ratio is held against four fifths.
  func check(_ bench: Workbench, seed: Int) async throws -> Check {
    let isFourFifths = metric == "demographic_parity_ratio"
    // A margin has no sign, so that a true fall is judged at 0; coverage does not depend on it.
    let bound = isFourFifths ? 0.8 : limit.comparesModels ? max(0, truth) : truth
    let body =
      parameters.map { ($0.key, Node.scalar($0.value)) }
      + [(limit.rawValue, .scalar("\(bound)"))]
    let by = Node(.sequence([.scalar("group")]), at: .nowhere)
    let settings = GateSettings(
      id: "fairness",
      node: .mapping([
        ("by", by), ("metrics", .mapping([(metric, .mapping(body))])),
        ("seed", .scalar("\(seed)")),
      ]), task: .binary, hasChampion: true)
    return try await FairnessGate(settings).checks(on: bench)[0]
  }
}

extension Node {
  /// A scalar as a manifest would hold it.
  fileprivate static func scalar(_ text: String) -> Node {
    Node(.scalar(text, quoted: false), at: .nowhere)
  }

  /// A mapping in this order.
  fileprivate static func mapping(_ pairs: [(String, Node)]) -> Node {
    Node(.mapping(pairs.map { Pair(key: .scalar($0.0), value: $0.1) }), at: .nowhere)
  }
}

extension Mark {
  /// There is no manifest to point into.
  fileprivate static var nowhere: Mark {
    Mark(source: Source(name: "simulation", text: ""), line: 1, column: 1)
  }
}
