import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The metrics of AIF360's dialect are AIF360's, wherever both sides have the number.
@Suite struct AIF360Tests {
  @Test func `every figure agrees, or is one that we do not have`() async throws {
    let tally = FairnessTally()
    for (name, figures) in FairnessGolden.aif360.cases.sorted(by: { $0.key < $1.key }) {
      let one = try #require(FairnessGolden.data[name])
      for (key, expected) in figures.sorted(by: { $0.key < $1.key }) {
        try await compare(FairnessKey(key), expected, one, tally, "\(name): \(key)")
      }
    }
    // AIF360 says 0 for the precision and its kin where nothing is decided so, or a side has no rows.
    await tally.expect(
      compared: 1490, undefined: 28, bothUndefined: 75, left: Self.left)
  }

  /// What we do not have, and how many figures of it there are.
  private static let left: [String: Int] = [
    nulls: 1, twoClasses: 18, rowWise: 62, smoothing: 32,
  ]

  private static let nulls = "AIF360 refuses the nulls, and here a null is a group or none"
  private static let twoClasses = "one class is judged against all others, not two together"
  private static let rowWise = "consistency is of single rows, and held against these elsewhere"
  private static let smoothing =
    "its functions smooth by the labels that occur in a group; the dialect is that of its classes"

  /// Compares one figure.
  private func compare(
    _ key: FairnessKey, _ expected: FairnessGolden.Figure, _ one: FairnessCase,
    _ tally: FairnessTally, _ context: String
  ) async throws {
    if let reason = Self.reason(key) { return await tally.leave(reason) }
    let found: Result<Double, Undefined>
    if let rate = Self.rates[key.base] {
      found = try await self.rate(rate, key, one)
    } else {
      found = try await metric(key, one, tally, context)
    }
    let rows = sides(key, one).rows
    let isUndefined = Self.needs(key).contains { whole in
      rows.contains { one.lacks(whole, among: $0, class: key["favorable"]) }
    }
    await tally.check(found, expected, isUndefined: isUndefined, context)
  }

  /// Why a figure is none of ours.
  private static func reason(_ key: FairnessKey) -> String? {
    if key.base == "*" { return nulls }
    if key["favorable"] == "1+2" { return twoClasses }
    if key.base == "consistency" { return rowWise }
    return key.base == "smoothed_edf" ? smoothing : nil
  }

  /// The rows of the sides that a figure is of, those without any too.
  private func sides(_ key: FairnessKey, _ one: FairnessCase) -> (names: [String], rows: [[Int]]) {
    let groups = one.groupOfRow
    let privileged = groups.indices.filter { groups[$0] == one.reference }
    let others = groups.indices.filter { groups[$0] != one.reference }
    switch (Self.rates[key.base], key["side"]) {
    case (_, "privileged"): return (["privileged"], [privileged])
    case (_, "unprivileged"): return (["unprivileged"], [others])
    case (nil, _): return (["privileged", "unprivileged"], [privileged, others])
    default: return (["all"], [Array(groups.indices)])
    }
  }

  /// A rate of one side.
  private func rate(
    _ name: String, _ key: FairnessKey, _ one: FairnessCase
  ) async throws -> Result<Double, Undefined> {
    let rows = Set(sides(key, one).rows[0])
    var groups = FairnessGroups.all(one)
    groups.codes = groups.codes.indices.map { rows.contains($0) ? 0 : -1 }
    if name == "num_instances" {
      return .success(rows.reduce(0) { $0 + (one.weight?[$1] ?? 1) })
    }
    let isComplement = name.hasPrefix("-")
    let id = key["of"] == "prediction" ? "selection_rate" : name.replacing("-", with: "")
    let found = try await FairnessDefinitions.value(
      id + "_group_min", one, groups, Arguments())
    return found.map { isComplement ? 1 - $0 : $0 }
  }

  /// A comparison, an index, or another number of all groups.
  private func metric(
    _ key: FairnessKey, _ one: FairnessCase, _ tally: FairnessTally, _ context: String
  ) async throws -> Result<Double, Undefined> {
    var arguments = key.given("of", "alpha", "concentration")
    if one.kind == .multiclass, !["kl_divergence", "class_imbalance"].contains(key.base) {
      // Its function takes the class 1 to be the positive one.
      arguments.texts["class"] = key["favorable"] ?? "1"
    }
    let id = key.base + "@aif360"
    let isWeightless = FairnessDefinitions.byTask[one.kind]?[id]?.weightless != nil
    if isWeightless, one.weight != nil {
      let refused = try await FairnessDefinitions.value(id, one, FairnessGroups(one), arguments)
      #expect(throws: Undefined.self, "\(context): weights") { try refused.get() }
    }
    return try await FairnessDefinitions.value(
      id, one, FairnessGroups(one), arguments, weighs: !isWeightless)
  }

  /// Its names of rates, by ours; "-": one less the rate.
  private static let rates = [
    "true_positive_rate": "true_positive_rate", "false_positive_rate": "false_positive_rate",
    "true_negative_rate": "true_negative_rate", "false_negative_rate": "false_negative_rate",
    "positive_predictive_value": "precision",
    "negative_predictive_value": "negative_predictive_value",
    "false_discovery_rate": "false_discovery_rate", "false_omission_rate": "false_omission_rate",
    "accuracy": "accuracy", "error_rate": "zero_one_loss", "selection_rate": "selection_rate",
    "base_rate": "base_rate", "num_instances": "num_instances",
    "generalized_true_positive_rate": "generalized_true_positive_rate",
    "generalized_false_positive_rate": "generalized_false_positive_rate",
    "generalized_true_negative_rate": "-generalized_false_positive_rate",
    "generalized_false_negative_rate": "-generalized_true_positive_rate",
  ]

  /// What a side must have for a number that AIF360 gives regardless.
  private static func needs(_ key: FairnessKey) -> [Whole] {
    let wholes: [(String, [Whole])] = [
      ("false_discovery_rate", [.selected]), ("positive_predictive_value", [.selected]),
      ("false_omission_rate", [.rejected]), ("negative_predictive_value", [.rejected]),
      ("average_predictive_value", [.selected, .rejected]), ("accuracy", [.rows]),
      ("error_rate", [.rows]), ("class_imbalance", [.rows]),
      // The greater of a number and of NaN is one or the other, by which comes first.
      ("equalized_odds", [.positives, .negatives]),
      ("generalized_equalized_odds", [.positives, .negatives]),
    ]
    return wholes.first { key.base.hasPrefix($0.0) }?.1 ?? []
  }
}
