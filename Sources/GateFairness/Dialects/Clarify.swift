import GateCore

/// SageMaker Clarify's comparisons of rates, with its signs: facet a is the reference, facet d all other groups.
extension FairnessMetrics {
  /// One number of each facet.
  static let clarifyRates: [FairnessMetric] =
    clarify(
      "difference_in_proportions_of_labels", "DPL", .baseRate, .aLessD, 0,
      "the share of positive rows")
    + clarify(
      "difference_in_positive_proportions", "DPPL", .selectionRate, .aLessD, 0.2,
      "the share of rows decided positive")
    + clarify(
      "disparate_impact", "DI", .selectionRate, .dOverA, 0.4 / 0.6,
      "the share of rows decided positive")
    + clarify(
      "difference_in_conditional_acceptance", "DCAcc", .conditionalAcceptance, .aLessD,
      2 / 3.0 - 1, "positive rows for each positive decision")
    + clarify(
      "difference_in_conditional_rejection", "DCR", .conditionalRejection, .dLessA, 1 - 3 / 2.0,
      "negative rows for each negative decision")
    + clarify(
      "recall_difference", "RD", .truePositiveRate, .aLessD, 0.5,
      "the share of positive rows decided positive")
    + clarify(
      "specificity_difference", "SD", .trueNegativeRate, .dLessA, 0,
      "the share of negative rows decided negative")
    + clarify(
      "difference_in_acceptance_rates", "DAR", .precision, .aLessD, 2 / 3.0 - 1 / 2.0,
      "the share of positive decisions that are right")
    + clarify(
      "difference_in_rejection_rates", "DRR", .negativePredictiveValue, .dLessA, 2 / 3.0 - 1,
      "the share of negative decisions that are right")
    + clarify(
      "accuracy_difference", "AD", .accuracy, .aLessD, 0.8 - 0.6,
      "the share of decisions that are right")
    + clarify(
      "treatment_equality", "TE", .treatment, .dLessA, 1, "false negatives over false positives")

  /// Which facet is taken from, or divided by, which.
  private enum Order { case aLessD, dLessA, dOverA }

  /// Where Clarify defines it.
  static func clarifySource(_ short: String) -> String {
    "Amazon SageMaker Clarify, Developer Guide: \(short)"
  }

  private static func clarify(
    _ id: String, _ short: String, _ measure: GroupMeasure, _ order: Order, _ value: Double?,
    _ words: String
  ) -> [FairnessMetric] {
    let (formula, comparison) =
      switch order {
      case .aLessD: ("m_a - m_d", "The reference less all others")
      case .dLessA: ("m_d - m_a", "All groups but the reference less the reference")
      case .dOverA: ("m_d / m_a", "All groups but the reference over the reference")
      }
    return FairnessMetric.facets(
      id + "@clarify", [measure],
      Aggregate(order == .dOverA ? .signedRatio : .signedDifference),
      referenceFirst: order == .aLessD, summary: "\(short). \(comparison): \(words).",
      formula: "\(formula), a the reference, d all others, m = \(measure.formula)",
      source: clarifySource(short),
      undefined: order == .dOverA ? ["It is 0 in the reference group."] : [], gives: value)
  }
}
