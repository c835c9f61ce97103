import GateCore

/// Whether a group has more of the rejections than of the acceptances, within strata.
extension FairnessMetrics {
  static let conditionalDisparity: [FairnessMetric] =
    FairnessMetric.cells(
      "conditional_demographic_disparity",
      summary:
        "The furthest that a group's share of the rejected rows is from its share of the accepted, within strata.",
      formula: "max_g |\(mean)|, d the group g", source: wachter,
      undefined: [empty], parameters: [.of, .control], refuse: .labelsHaveNoThreshold,
      examples: examples(reference: nil)
    ) { cells, arguments throws(Undefined) in
      var most = 0.0
      for group in cells.groups.indices {
        most = max(most, abs(try disparity(cells, arguments) { $0[group] }))
      }
      return most
    }
    + FairnessMetric.cells(
      "conditional_demographic_disparity@clarify",
      summary:
        "CDD. All groups but the reference: their share of the rejected rows less that of the accepted, within strata.",
      direction: .neither, range: -1...1, formula: "\(mean), d all groups but the reference",
      source: clarifySource("CDDL; with 'of: prediction' CDDPL"),
      undefined: [empty], parameters: [.of, .control], refuse: .labelsHaveNoThreshold,
      reference: .named, examples: examples(reference: "a")
    ) { cells, arguments throws(Undefined) in
      guard let reference = cells.reference else {
        throw Undefined("no group is named as the 'reference' that the others are compared with")
      }
      return try disparity(cells, arguments) { groups in
        groups.indices.reduce(.empty) { $1 == reference ? $0 : $0 + groups[$1] }
      }
    }
    + FairnessMetric.cells(
      "conditional_demographic_disparity@aif360",
      summary:
        "Each group's share of the rejected rows less that of the accepted, averaged over the groups.",
      direction: .neither, range: -1...1,
      formula: "sum_g n_g (rejected_g / rejected - accepted_g / accepted) / n",
      source: "AIF360 aif360.sklearn.metrics.conditional_demographic_disparity",
      undefined: ["No row is rejected, or none is accepted."], parameters: [.of],
      refuse: .labelsHaveNoThreshold,
      examples: [
        .applied(gives: 0),
        .applied(Arguments(["threshold": 1]), gives: nil),
      ]
    ) { cells, arguments throws(Undefined) in
      let all = cells.all
      var sum = 0.0
      for group in cells.groups {
        sum += group.total * (try disparity(of: group, in: all, arguments))
      }
      return sum / all.total
    }

  private static let mean =
    "sum_i n_i (rejected_d,i / rejected_i - accepted_d,i / accepted_i) / n over strata i"
  private static let wachter =
    "Wachter, Mittelstadt, Russell: Why Fairness Cannot Be Automated, Computer Law & Security Review 41, 2021"
  private static let empty = "A stratum has no rejected, or no accepted, row."

  /// The mean over the strata of a facet's disparity, each by its rows.
  private static func disparity(
    _ cells: GroupCells, _ arguments: Arguments, _ facet: ([Confusion]) -> Confusion
  ) throws(Undefined) -> Double {
    let strata = cells.strata.isEmpty ? [cells.groups] : cells.strata
    var (sum, total) = (0.0, 0.0)
    for (stratum, groups) in strata.enumerated() {
      let all = groups.reduce(.empty, +)
      guard all.total > 0 else { continue }
      let names = cells.stratumNames
      let place = names.indices.contains(stratum) ? " in the stratum '\(names[stratum])'" : ""
      sum += all.total * (try disparity(of: facet(groups), in: all, at: place, arguments))
      total += all.total
    }
    guard total > 0 else { throw Undefined("there are no rows") }
    return sum / total
  }

  /// A facet's share of the rejected rows less that of the accepted.
  private static func disparity(
    of facet: Confusion, in all: Confusion, at place: String = "", _ arguments: Arguments
  ) throws(Undefined) -> Double {
    let isOfLabels = arguments.text("of") == "label"
    func share(_ accepted: Bool) throws(Undefined) -> Double {
      func count(_ cells: Confusion) -> Double {
        switch (isOfLabels, accepted) {
        case (true, true): cells.positives
        case (true, false): cells.negatives
        case (false, true): cells.predictedPositives
        case (false, false): cells.predictedNegatives
        }
      }
      let word = isOfLabels ? "of" : "decided"
      return try GateCore.share(
        count(facet), of: count(all),
        orElse: "no row\(place) is \(word) the \(accepted ? "positive" : "negative") class")
    }
    return try share(false) - share(true)
  }

  /// Without strata, within two, and within two of which one has no acceptance.
  private static func examples(reference: String?) -> [FairnessMetric.Example] {
    func within(_ strata: String, gives value: Double?) -> FairnessMetric.Example {
      .applied(reference: reference, strata: strata.map { String($0) }, gives: value)
    }
    return [
      .applied(reference: reference, gives: 0.6 - 0.4), within("xxyyxxxyyy", gives: 1 / 6.0),
      within("xxxxxxyxyx", gives: nil),
    ]
  }
}
