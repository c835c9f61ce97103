import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// Differences, ratios, extremes and parities are fairlearn's, wherever every group has the number.
@Suite struct FairlearnTests {
  @Test func `every figure agrees, or is one that we do not have`() async throws {
    let tally = FairnessTally()
    for (name, figures) in FairnessGolden.fairlearn.cases.sorted(by: { $0.key < $1.key }) {
      let one = try #require(FairnessGolden.data[name])
      for (key, expected) in figures.sorted(by: { $0.key < $1.key }) {
        try await compare(FairnessKey(key), expected, one, tally, "\(name): \(key)")
      }
    }
    // fairlearn says 0 where a rate has nothing that it is a share of, and for f1 where no row is positive, which tells no
    // models apart; and it leaves out what is NaN.
    await tally.expect(
      compared: 3393, undefined: 163, bothUndefined: 42, left: Self.left)
  }

  /// What we do not have, and how many figures of it there are.
  private static let left = [
    "rows are counted by min_rows, not compared": 182,
    "fairlearn refuses the nulls, and here a null is a group or none": 32,
  ]

  /// Compares one figure.
  private func compare(
    _ key: FairnessKey, _ expected: FairnessGolden.Figure, _ one: FairnessCase,
    _ tally: FairnessTally, _ context: String
  ) async throws {
    if one.groupOfRow.contains(nil) {
      await tally.leave("fairlearn refuses the nulls, and here a null is a group or none")
      return
    }
    if key.base.hasPrefix("count") {
      await tally.leave("rows are counted by min_rows, not compared")
      return
    }
    let kinds = ["_difference", "_ratio", "_group_min", "_group_max"]
    let isAggregate = kinds.contains(where: key.base.hasSuffix)
    var groups =
      key["group"].map { FairnessGroups.alone(one, $0) }
      ?? (isAggregate ? FairnessGroups(one) : .all(one))
    if let stratum = key["control"] { groups = groups.within(stratum, of: one) }
    let found = try await FairnessDefinitions.value(
      isAggregate ? key.base : "\(key.base)_group_min", one, groups,
      key.given("method", "agg", "class", "average"))
    let isUndefined = groups.rows.contains { rows in
      Self.needs(key.base).contains { one.lacks($0, among: rows, class: key["class"]) }
    }
    await tally.check(found, expected, isUndefined: isUndefined, context)
  }

  /// What a group must have for a number.
  static func needs(_ base: String) -> [Whole] {
    let wholes: [(String, [Whole])] = [
      ("true_positive_rate", [.positives]), ("false_negative_rate", [.positives]),
      ("recall", [.positives]), ("equal_opportunity", [.positives]),
      ("true_negative_rate", [.negatives]), ("false_positive_rate", [.negatives]),
      ("precision", [.selected]), ("f1", [.positives]),
      ("balanced_accuracy", [.positives, .negatives]), ("roc_auc", [.positives, .negatives]),
      ("equalized_odds", [.positives, .negatives]),
    ]
    return wholes.first { base.hasPrefix($0.0) }?.1 ?? []
  }
}
