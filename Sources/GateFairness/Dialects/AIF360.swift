import GateCore

/// AIF360's comparisons of rates: unprivileged groups, which are all but the reference, less or over the privileged one.
extension FairnessMetrics {
  /// One rate, with AIF360's signs.
  static let aif360Rates: [FairnessMetric] =
    aif360(
      "statistical_parity_difference", .selectionRate, .signedDifference, ofLabels: true, -0.2)
    + aif360("disparate_impact", .selectionRate, .signedRatio, ofLabels: true, 0.4 / 0.6)
    + aif360("equal_opportunity_difference", .truePositiveRate, .signedDifference, -0.5)
    + aif360("true_positive_rate_difference", .truePositiveRate, .signedDifference, -0.5)
    + aif360("false_positive_rate_difference", .falsePositiveRate, .signedDifference, 0)
    + aif360("false_negative_rate_difference", .falseNegativeRate, .signedDifference, 0.5)
    + aif360(
      "false_discovery_rate_difference", .falseDiscoveryRate, .signedDifference, 1 / 2.0 - 1 / 3.0)
    + aif360("false_omission_rate_difference", .falseOmissionRate, .signedDifference, 1 / 3.0)
    + aif360("error_rate_difference", .zeroOneLoss, .signedDifference, 0.2)
    + aif360("false_positive_rate_ratio", .falsePositiveRate, .signedRatio, 1)
    + aif360("false_negative_rate_ratio", .falseNegativeRate, .signedRatio, nil)
    + aif360("false_discovery_rate_ratio", .falseDiscoveryRate, .signedRatio, 1.5)
    + aif360("false_omission_rate_ratio", .falseOmissionRate, .signedRatio, nil)
    + aif360("error_rate_ratio", .zeroOneLoss, .signedRatio, 2)

  /// Several rates together.
  static let aif360Odds: [FairnessMetric] =
    FairnessMetric.facets(
      "average_odds_difference@aif360", [.falsePositiveRate, .truePositiveRate],
      Aggregate(.signedDifference, join: .mean),
      summary: "The mean of the differences of the false and of the true positive rate, signed.",
      formula: "((FPR_u - FPR_p) + (TPR_u - TPR_p)) / 2, p the reference, u all others",
      source: classes + "average_odds_difference", gives: -0.25)
    + FairnessMetric.facets(
      "average_abs_odds_difference@aif360", [.falsePositiveRate, .truePositiveRate],
      Aggregate(.difference, join: .mean),
      summary: "The mean of the distances of the false and of the true positive rate.",
      formula: "(|FPR_u - FPR_p| + |TPR_u - TPR_p|) / 2, p the reference, u all others",
      source: classes + "average_abs_odds_difference", gives: 0.25)
    + FairnessMetric.facets(
      "average_predictive_value_difference@aif360", [.precision, .falseOmissionRate],
      Aggregate(.signedDifference, join: .mean),
      summary: "The mean of the differences of the precision and of the false omission rate.",
      formula: "((PPV_u - PPV_p) + (FOR_u - FOR_p)) / 2, p the reference, u all others",
      source: classes + "average_predictive_value_difference",
      gives: ((1 / 2.0 - 2 / 3.0) + 1 / 3.0) / 2)
    + FairnessMetric.facets(
      "equalized_odds_difference@aif360", [.falsePositiveRate, .truePositiveRate],
      Aggregate(.difference),
      summary: "The larger of the distances of the false and of the true positive rate.",
      formula: "max(|FPR_u - FPR_p|, |TPR_u - TPR_p|), p the reference, u all others",
      source: classes + "equalized_odds_difference", gives: 0.5)
    + FairnessMetric.facets(
      "generalized_equalized_odds_difference@aif360",
      [.generalizedFalsePositiveRate, .generalizedTruePositiveRate], Aggregate(.difference),
      summary: "The larger of the distances of the mean score of negative and of positive rows.",
      formula: "max(|GFPR_u - GFPR_p|, |GTPR_u - GTPR_p|), mean scores of negative, positive rows",
      source: classes + "generalized_equalized_odds_difference", gives: 0.25
    ).filter { $0.task == .binary }

  /// Where AIF360 defines it.
  package static let classes = "AIF360 ClassificationMetric."

  /// A rate of the unprivileged less, or over, that of the privileged; with `ofLabels` AIF360's BinaryLabelDatasetMetric
  /// has it of the labels as well.
  private static func aif360(
    _ id: String, _ rate: GroupMeasure, _ kind: Aggregate.Kind, ofLabels: Bool = false,
    _ value: Double?
  ) -> [FairnessMetric] {
    let isRatio = kind == .signedRatio
    return FairnessMetric.facets(
      id + "@aif360", [rate], Aggregate(kind),
      summary:
        "All groups but the reference \(isRatio ? "over" : "less") the reference: \(rate.summary)."
        + (ofLabels ? " With 'of: label' the share of positive rows." : ""),
      formula: "m_u \(isRatio ? "/" : "-") m_p, p the reference, u all others, m = \(rate.formula)",
      source: classes + id,
      undefined: isRatio ? ["It is 0 in the reference group."] : [],
      parameters: ofLabels ? [.of] : [], refuse: ofLabels ? .labelsHaveNoThreshold : nil,
      gives: value)
  }
}

extension Refusal.Rule {
  /// A threshold makes decisions, and labels need none.
  static let labelsHaveNoThreshold = Refusal.Rule { arguments in
    guard arguments.text("of") == "label", arguments.has("threshold") else { return nil }
    return Refusal(at: "threshold", "'of: label' measures labels, which no 'threshold' decides")
  }
}
