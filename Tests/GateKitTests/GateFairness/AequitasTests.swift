import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The metrics of Aequitas' dialect give its disparities, and its verdicts at tau 0.8.
@Suite struct AequitasTests {
  @Test func `every figure agrees, or is one that we do not have`() async throws {
    let tally = FairnessTally()
    for (name, figures) in FairnessGolden.aequitas.cases.sorted(by: { $0.key < $1.key }) {
      let one = try #require(FairnessGolden.data[name])
      for (key, expected) in figures.sorted(by: { $0.key < $1.key }) {
        let context = "\(name): \(key)"
        let key = AequitasKey(key)
        if key.isOverall {
          await tally.leave(Self.overall)
        } else if case .text(let group) = expected {
          #expect(try await least(key, one) == group, "\(context)")
        } else if key["ref"] == nil {
          await tally.check(try await rate(key, one), expected, isUndefined: false, context)
        } else if key["group"] != nil {
          try await compareGroup(key, expected, figures, one, tally, context)
        } else {
          try await compareAll(key, expected, figures, one, tally, context)
        }
      }
    }
    // It leaves out of a verdict what is undefined, or takes it to be false.
    await tally.expect(
      compared: 4397, undefined: 121, bothUndefined: 270, left: Self.left)
  }

  /// What we do not have, and how many figures of it there are.
  private static let left = [overall: 135, itself: 207]

  private static let overall = "the verdict over all attributes is that of a gate's checks together"
  private static let itself =
    "a group whose rate is 0 has no disparity to itself, and none is asked"

  @Test func `weights are refused`() async throws {
    let one = try #require(FairnessGolden.data["weights"])
    for id in FairnessMetrics.aequitas.map(\.id) {
      let found = try await FairnessDefinitions.value(id, one, FairnessGroups(one), Arguments())
      let error = #expect(throws: Undefined.self) { try found.get() }
      #expect(error?.reason.contains("weights") == true, "\(id)")
    }
  }

  /// One group's disparity, or the verdict on it: of each rate against its reference.
  private func compareGroup(
    _ key: AequitasKey, _ expected: FairnessGolden.Figure,
    _ figures: [String: FairnessGolden.Figure], _ one: FairnessCase, _ tally: FairnessTally,
    _ context: String
  ) async throws {
    let group = try #require(key["group"])
    var least = Result<Double, Undefined>.success(1)
    var isUndefined = false
    for rate in key.rates {
      let other = try #require(key.reference(of: rate, one, figures))
      if other == group {
        if key.isUndefined(rate, group, figures) { return await tally.leave(Self.itself) }
        continue
      }
      isUndefined = isUndefined || key.isUndefined(rate, group, figures)
      let found = try await parity(rate, group, other, one)
      least = least.flatMap { least in found.map { min(least, $0) } }
    }
    if case .number(let disparity) = expected {
      let inverse = FairnessGolden.Figure.number(min(disparity, 1 / disparity))
      await tally.check(least, inverse, isUndefined: isUndefined, context)
    } else {
      await check(least, expected, isUndefined: isUndefined, tally, context)
    }
  }

  /// One rate of a group against that of another.
  private func parity(
    _ rate: String, _ group: String, _ other: String, _ one: FairnessCase
  ) async throws -> Result<Double, Undefined> {
    let both = [other, group]
    if rate == "ppr" {
      // A share of all rows that are decided positive, those of third groups too.
      let cells = try self.cells(one)
      let names = FairnessGroups(one, nulls: true).names
      return Result { () throws(Undefined) in
        let shares = try FairnessMetrics.predictedShare(cells)
        return try Aggregate(.ratio, .toReference(0), infinite: 10).value(
          [both.map { shares[names.firstIndex(of: $0) ?? 0] }], overall: [0])
      }
    }
    return try await FairnessDefinitions.value(
      AequitasKey.metric(of: rate) + "@aequitas", one,
      FairnessGroups(one, names: both, reference: 0) { both.firstIndex(of: $0) }, Arguments())
  }

  /// The cells of all groups, rows without one being a group as well.
  private func cells(_ one: FairnessCase) throws -> GroupCells {
    let all = FairnessGroups(one, nulls: true)
    let counts = JointCounts(
      try JointCells(.threshold(nil), one.sample(), nil), all.codes, groups: all.names.count)
    return counts.cells(.candidate, reference: nil)
  }

  /// The verdict on all groups.
  private func compareAll(
    _ key: AequitasKey, _ expected: FairnessGolden.Figure,
    _ figures: [String: FairnessGolden.Figure], _ one: FairnessCase, _ tally: FairnessTally,
    _ context: String
  ) async throws {
    var arguments = Arguments()
    if let ref = key["ref"], ref != "predefined" { arguments.texts["reference_group"] = ref }
    let metric = try #require(key.metric)
    let found = try await FairnessDefinitions.value(
      metric + "@aequitas", one, FairnessGroups(one), arguments)
    let isUndefined = key.rates.contains { rate in
      let other = key.reference(of: rate, one, figures)
      return one.names.contains { $0 != other && key.isUndefined(rate, $0, figures) }
    }
    await check(found, expected, isUndefined: isUndefined, tally, context)
  }

  /// A verdict at tau 0.8.
  private func check(
    _ found: Result<Double, Undefined>, _ expected: FairnessGolden.Figure, isUndefined: Bool,
    _ tally: FairnessTally, _ context: String
  ) async {
    var expected = expected
    if case .verdict(let isFair) = expected { expected = .number(isFair ? 1 : 0) }
    await tally.check(
      found.map { $0 >= 0.8 ? 1 : 0 }, expected, isUndefined: isUndefined, context)
  }

  /// A rate or a count of one group.
  private func rate(
    _ key: AequitasKey, _ one: FairnessCase
  ) async throws -> Result<Double, Undefined> {
    let group = try #require(key["group"])
    if let rate = Self.rates[key.name] {
      return try await FairnessDefinitions.value(
        rate + "_group_min", one, .alone(one, group), Arguments())
    }
    let cells = try cells(one)
    let place = try #require(FairnessGroups(one, nulls: true).names.firstIndex(of: group))
    let own = cells.groups[place]
    switch key.name {
    case "ppr":
      return Result { () throws(Undefined) in
        try FairnessMetrics.predictedShare(cells)[place]
      }
    case "pp": return .success(own.predictedPositives)
    case "pn": return .success(own.predictedNegatives)
    case "tp": return .success(own.truePositives)
    case "fp": return .success(own.falsePositives)
    case "tn": return .success(own.trueNegatives)
    case "fn": return .success(own.falseNegatives)
    case "group_size": return .success(own.total)
    case "total_entities": return .success(cells.all.total)
    default:
      try #require(key.name == "k", "'\(key.name)' is no figure of ours")
      return .success(cells.all.predictedPositives)
    }
  }

  private static let rates = [
    "pprev": "selection_rate", "fdr": "false_discovery_rate", "for": "false_omission_rate",
    "fpr": "false_positive_rate", "fnr": "false_negative_rate", "tpr": "true_positive_rate",
    "tnr": "true_negative_rate", "npv": "negative_predictive_value", "precision": "precision",
    "accuracy": "accuracy", "prev": "prevalence",
  ]

  /// The group of the least rate, of those that have one; the first of all where none has.
  private func least(_ key: AequitasKey, _ one: FairnessCase) async throws -> String? {
    var least: (group: String, rate: Double)?
    for group in one.names {
      var own = AequitasKey("\(key.rates[0]) group=\(group)")
      own.arguments["group"] = group
      guard let rate = try? await rate(own, one).get() else { continue }
      if rate < least?.rate ?? .infinity { least = (group, rate) }
    }
    return least?.group ?? one.names.first
  }
}
