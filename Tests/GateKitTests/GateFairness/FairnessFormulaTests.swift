import Testing

@testable import GateCore
@testable import GateDrift
@testable import GateFairness
@testable import GateKit
@testable import GateMetrics
@testable import GateSchema

/// The definitions without a library are what their documents write: Clarify, Speicher, Agarwal, New York.
@Suite struct FairnessFormulaTests {
  @Test func `every figure agrees, or is one that we do not have`() async throws {
    let tally = FairnessTally()
    for (name, figures) in FairnessGolden.formulas.cases.sorted(by: { $0.key < $1.key }) {
      let one = try #require(FairnessGolden.data[name])
      for (key, expected) in figures.sorted(by: { $0.key < $1.key }) {
        try await compare(FairnessKey(key), expected, one, tally, "\(name): \(key)")
      }
      try await compareGreatest(figures, one, tally, name)
    }
    await tally.expect(
      compared: 2824, undefined: 0, bothUndefined: 157, left: Self.left)
  }

  /// What we do not have, and how many figures of it there are.
  private static let left = [rowWise: 102, allClasses: 15]

  private static let rowWise = "the flip test is of single rows, and held against these elsewhere"
  private static let allClasses = "the accuracy of several classes is that of all of them"

  /// Compares one figure with every metric that it is of.
  private func compare(
    _ key: FairnessKey, _ expected: FairnessGolden.Figure, _ one: FairnessCase,
    _ tally: FairnessTally, _ context: String
  ) async throws {
    if key.base == "FT" { return await tally.leave(Self.rowWise) }
    if one.kind == .multiclass, key["class"] != nil, key.base.hasPrefix("accuracy") {
      return await tally.leave(Self.allClasses)
    }
    for (id, arguments, groups) in try figures(key, one) {
      let found = try await FairnessDefinitions.value(
        id, one, groups, arguments, control: key.base.hasPrefix("CDD") ? one.strata : nil)
      await tally.check(found, expected, isUndefined: false, "\(context) by \(id)")
    }
    if ["impact_ratio", "scoring_impact_ratio", "scoring_rate"].contains(key.base),
      let group = key["group"]
    {
      let found = try await ratio(key.base, group, one)
      await tally.check(found, expected, isUndefined: false, context)
    }
  }

  /// The metrics that a figure is of, with what is asked of them.
  private func figures(
    _ key: FairnessKey, _ one: FairnessCase
  ) throws -> [(String, Arguments, FairnessGroups)] {
    let all = FairnessGroups(one)
    if let id = Self.clarify[key.base] {
      let groups = key["facet"].map { FairnessGroups.facet(one, $0) } ?? all
      var arguments = Arguments()
      if key.base.hasPrefix("CDD") {
        arguments.texts["of"] = key.base == "CDDL" ? "label" : "prediction"
      }
      return [(id + "@clarify", arguments, groups)]
    }
    if key.base == "GE" {
      let everyone = FairnessGroups(one, nulls: true)
      let given = key.given("alpha")
      return [
        ("generalized_entropy@clarify", given, everyone),
        ("generalized_entropy_index", given, everyone),
      ] + (key["alpha"] == "1" ? [("theil_index", Arguments(), everyone)] : [])
    }
    guard let group = key["group"] else {
      return [(key.base, key.given("agg", "class", "loss", "q"), all)]
    }
    if ["impact_ratio", "scoring_impact_ratio", "scoring_rate"].contains(key.base) { return [] }
    let own = key.base == "mean_loss" ? "bounded_group_loss" : "\(key.base)_group_min"
    return [(own, key.given("class", "loss"), .alone(one, group))]
  }

  /// A group's rate, or that over the greatest.
  private func ratio(
    _ base: String, _ group: String, _ one: FairnessCase
  ) async throws -> Result<Double, Undefined> {
    let groups = FairnessGroups(one)
    let measure: GroupMeasure = base == "impact_ratio" ? .selectionRate : .scoringRate
    let part = FairnessPart(
      attribute: .column("group"), slice: nil, sliceGroup: nil,
      groups: FairGroups(names: groups.names, codes: groups.codes), reference: nil, clusters: nil,
      candidate: one.sample(), champion: nil)
    let cells =
      base == "impact_ratio"
      ? try JointCells(.threshold(nil), one.sample(), nil) : JointCells(aboveMedianOf: part)
    let reading = try await FairnessReader(
      part: part, cells: cells, arguments: Arguments(), certainty: nil, split: .groups,
      skipsUndefined: false
    ).read([measure])
    let rates = reading.values(.candidate)[0]
    let own = rates[try #require(groups.names.firstIndex(of: group))]
    if base == "scoring_rate" { return .success(own) }
    return Result { () throws(Undefined) in
      try share(own, of: rates.max() ?? 0, orElse: "every rate is 0")
    }
  }

  /// Each group against all others: the greatest of Clarify's figures of every group.
  private func compareGreatest(
    _ figures: [String: FairnessGolden.Figure], _ one: FairnessCase, _ tally: FairnessTally,
    _ name: String
  ) async throws {
    let ids = [
      "CI": "class_imbalance", "KL": "kl_divergence", "JS": "jensen_shannon_divergence",
      "LP": "lp_norm", "TVD": "total_variation_distance", "KS": "kolmogorov_smirnov",
      "DPL": "difference_in_proportions_of_labels", "CDDL": "conditional_demographic_disparity",
      "CDDPL": "conditional_demographic_disparity",
    ]
    for (short, id) in ids.sorted(by: { $0.key < $1.key }) where figures[short] != nil {
      // Of two groups only what is the same both ways is known.
      if one.names.count == 2, short == "KL" { continue }
      let facets = one.names.count > 2 ? one.names.map { "\(short) facet=\($0)" } : [short]
      var greatest = 0.0
      var isUndefined = one.names.count < 2
      for facet in facets {
        if case .number(let value)? = figures[facet] {
          greatest = max(greatest, abs(value))
        } else {
          isUndefined = true
        }
      }
      let isConditional = short.hasPrefix("CDD")
      let found = try await FairnessDefinitions.value(
        id, one, FairnessGroups(one),
        Arguments(texts: isConditional ? ["of": short == "CDDL" ? "label" : "prediction"] : [:]),
        control: isConditional ? one.strata : nil)
      await tally.check(
        found, isUndefined ? .undefined("of a group") : .number(greatest), isUndefined: false,
        "\(name): greatest \(short)")
    }
  }

  /// Clarify's abbreviations.
  static let clarify = [
    "CI": "class_imbalance", "DPL": "difference_in_proportions_of_labels",
    "DPPL": "difference_in_positive_proportions", "DI": "disparate_impact",
    "DCA": "difference_in_conditional_acceptance", "DCR": "difference_in_conditional_rejection",
    "RD": "recall_difference", "SD": "specificity_difference",
    "DAR": "difference_in_acceptance_rates", "DRR": "difference_in_rejection_rates",
    "AD": "accuracy_difference", "TE": "treatment_equality", "KL": "kl_divergence",
    "JS": "jensen_shannon_divergence", "LP": "lp_norm", "TVD": "total_variation_distance",
    "KS": "kolmogorov_smirnov", "CDDL": "conditional_demographic_disparity",
    "CDDPL": "conditional_demographic_disparity", "DD": "conditional_demographic_disparity",
    "CDD": "conditional_demographic_disparity",
  ]
}
