package import GateCore

/// Aequitas' parities, each as one number, so that `min: 0.8` is its verdict at tau 0.8.
///
/// A group's disparity is its rate over the reference group's; an infinite one counts as 10. What is told of it is the
/// disparity or its inverse, whichever is below 1, and of all groups the least.
extension FairnessMetrics {
  static let aequitas: [FairnessMetric] =
    [
      rates("impact_parity", [.selectionRate], 0.4 / 0.6),
      rates("fdr_parity", [.falseDiscoveryRate], 2 / 3.0),
      rates("fpr_parity", [.falsePositiveRate], 1),
      // Of the reference, the largest and first, no positive row is decided negative: an infinite disparity.
      rates("for_parity", [.falseOmissionRate], 0.1, ofNone: 1),
      rates("fnr_parity", [.falseNegativeRate], 0.1, ofNone: 1),
      rates("tpr_parity", [.truePositiveRate], 0.5),
      rates("tnr_parity", [.trueNegativeRate], 1, ofNone: 1),
      rates("npv_parity", [.negativePredictiveValue], 2 / 3.0, ofNone: 1),
      rates("precision_parity", [.precision], 0.75),
      rates("type_i_parity", [.falseDiscoveryRate, .falsePositiveRate], 2 / 3.0),
      rates("type_ii_parity", [.falseOmissionRate, .falseNegativeRate], 0.1, ofNone: 1),
      rates("equalized_odds", [.falsePositiveRate, .truePositiveRate], 0.5),
      rates(
        "supervised_fairness",
        [.falseDiscoveryRate, .falsePositiveRate, .falseOmissionRate, .falseNegativeRate], 0.1),
    ] + [
      counts(
        "statistical_parity", "the group's share of all rows decided positive", "(tp + fp) / K"
      ) { cells throws(Undefined) in [try predictedShare(cells)] },
      counts(
        "unsupervised_fairness",
        "the group's share of all rows decided positive, and the share of its rows decided so",
        "(tp + fp) / K; (tp + fp) / n"
      ) { cells throws(Undefined) in
        [try predictedShare(cells), try prevalence(cells)]
      },
    ]

  private static let source = "Aequitas Bias, Fairness; Saleiro et al.: Aequitas, arXiv 1811.05577"
  private static let weightless = "Aequitas counts rows"
  private static let undefined = [
    "A rate is undefined in a group.", "A rate is 0 in the reference group and in another.",
    "Rows have weights.",
  ]

  private static func formula(_ rates: String) -> String {
    "min over groups of min(d, 1 / d), d = m_g / m_ref, an infinite one 10, m = \(rates)"
  }

  /// Of rates of each group.
  private static func rates(
    _ name: String, _ measures: [GroupMeasure], _ value: Double?,
    ofNone: Double? = nil
  ) -> FairnessMetric {
    let rates = measures.map(\.summary).joined(separator: "; ")
    return FairnessMetric(
      name + "@aequitas", summary: "The least disparity to the reference group: \(rates).",
      direction: .higherIsBetter,
      formula: formula(measures.map(\.formula).joined(separator: "; ")), source: source,
      undefined: undefined, parameters: [.referenceGroup],
      measure: .algebra(measures, Aggregate(.ratio, .toReference(0), infinite: 10), .groups),
      reference: .majority, weightless: weightless, examples: examples(value, ofNone))
  }

  /// Of numbers that take the rows of all groups.
  private static func counts(
    _ name: String, _ summary: String, _ rates: String,
    _ body: @escaping @Sendable (GroupCells) throws(Undefined) -> [[Double]]
  ) -> FairnessMetric {
    FairnessMetric(
      name + "@aequitas", summary: "The least disparity to the reference group: \(summary).",
      direction: .higherIsBetter, formula: formula(rates) + ", K all rows decided positive",
      source: source, undefined: undefined, parameters: [.referenceGroup],
      measure: .cells { cells, _ throws(Undefined) in
        let aggregate = Aggregate(
          .ratio, cells.reference.map { .toReference($0) } ?? .toLeast, infinite: 10)
        return try aggregate.value(body(cells), overall: [0, 0])
      }, reference: .majority, weightless: weightless, examples: examples(0.4 / 0.6, nil))
  }

  /// ppr, by group.
  static func predictedShare(_ cells: GroupCells) throws(Undefined) -> [Double] {
    let all = cells.all.predictedPositives
    return try cells.groups.map { group throws(Undefined) in
      try share(group.predictedPositives, of: all, orElse: "no row was decided positive")
    }
  }

  /// pprev, by group.
  package static func prevalence(_ cells: GroupCells) throws(Undefined) -> [Double] {
    try cells.groups.map { group throws(Undefined) in
      try share(group.predictedPositives, of: group.total, orElse: "a group has no rows")
    }
  }

  /// Of the applications, with the first of two groups of one size as the reference; and with none of them decided
  /// positive.
  private static func examples(
    _ value: Double?, _ ofNone: Double?
  ) -> [FairnessMetric.Example] {
    [
      .applied(gives: value), .applied(reference: "a", gives: value),
      .applied(Arguments(["threshold": 1]), gives: ofNone),
    ]
  }
}

extension Parameter {
  /// Which group Aequitas compares with.
  fileprivate static let referenceGroup = Parameter(
    "reference_group",
    "What the groups are compared with: the largest, or the one of the least rate; else the gate's 'reference', "
      + "or the largest.",
    .choice(["majority", "min"]))
}
