package import GateCore

/// A number of one group of rows, of which fairness metrics are the differences and ratios.
package struct GroupMeasure: Sendable, Identifiable {
  /// As in `<id>_difference`.
  package let id: String
  /// A noun phrase: "the share of rows decided positive".
  package let summary: String
  /// In plain text, with the names of the confusion matrix's cells.
  package let formula: String
  /// How it is measured.
  package let kind: Kind
  /// Whether it is a share of the labels alone, so that no decision is made for it.
  var isOfLabels = false

  /// How a group's number comes about.
  package enum Kind: Sendable {
    /// A share of the group's rows, part over whole; why there is none where the whole is 0.
    case share(
      missing: String, @Sendable (Confusion) -> (part: Double, whole: Double))
    /// The share of right answers, whatever the task.
    case right
    /// The share of scores above the median of all rows that are compared.
    case aboveMedian
    /// Any metric of the task on the group's rows.
    case metric(Metric)
  }

  /// Whether it is a share of two decisions' cells, so that of several classes it asks for one.
  package var isShare: Bool { if case .share = kind { true } else { false } }

  /// A share of the cells.
  package static func share(
    _ id: String, _ summary: String, _ formula: String, missing: String, isOfLabels: Bool = false,
    _ parts: @escaping @Sendable (Confusion) -> (part: Double, whole: Double)
  ) -> GroupMeasure {
    GroupMeasure(
      id: id, summary: summary, formula: formula, kind: .share(missing: missing, parts),
      isOfLabels: isOfLabels)
  }

  /// A metric of the task.
  package static func metric(_ metric: Metric) -> GroupMeasure {
    GroupMeasure(
      id: metric.id, summary: metric.id, formula: metric.formula, kind: .metric(metric))
  }
}

/// The shares of decisions that fairness metrics are of, by the field's names.
extension GroupMeasure {
  package static let selectionRate = share(
    "selection_rate", "the share of rows decided positive", "(tp + fp) / n",
    missing: "there are no rows"
  ) { ($0.predictedPositives, $0.total) }
  static let baseRate = share(
    "base_rate", "the share of positive rows", "(tp + fn) / n", missing: "there are no rows",
    isOfLabels: true
  ) { ($0.positives, $0.total) }
  package static let truePositiveRate = share(
    "true_positive_rate", "the share of positive rows decided positive", "tp / (tp + fn)",
    missing: "no row is positive"
  ) { ($0.truePositives, $0.positives) }
  package static let falsePositiveRate = share(
    "false_positive_rate", "the share of negative rows decided positive", "fp / (fp + tn)",
    missing: "no row is negative"
  ) { ($0.falsePositives, $0.negatives) }
  static let trueNegativeRate = share(
    "true_negative_rate", "the share of negative rows decided negative", "tn / (fp + tn)",
    missing: "no row is negative"
  ) { ($0.trueNegatives, $0.negatives) }
  static let falseNegativeRate = share(
    "false_negative_rate", "the share of positive rows decided negative", "fn / (tp + fn)",
    missing: "no row is positive"
  ) { ($0.falseNegatives, $0.positives) }
  static let precision = share(
    "precision", "the share of positive decisions that are right", "tp / (tp + fp)",
    missing: "no row was decided positive"
  ) { ($0.truePositives, $0.predictedPositives) }
  static let negativePredictiveValue = share(
    "negative_predictive_value", "the share of negative decisions that are right",
    "tn / (tn + fn)", missing: "no row was decided negative"
  ) { ($0.trueNegatives, $0.predictedNegatives) }
  static let falseDiscoveryRate = share(
    "false_discovery_rate", "the share of positive decisions that are wrong", "fp / (tp + fp)",
    missing: "no row was decided positive"
  ) { ($0.falsePositives, $0.predictedPositives) }
  static let falseOmissionRate = share(
    "false_omission_rate", "the share of negative decisions that are wrong", "fn / (tn + fn)",
    missing: "no row was decided negative"
  ) { ($0.falseNegatives, $0.predictedNegatives) }
  package static let accuracy = share(
    "accuracy", "the share of decisions that are right", "(tp + tn) / n",
    missing: "there are no rows"
  ) { ($0.truePositives + $0.trueNegatives, $0.total) }
  static let zeroOneLoss = share(
    "zero_one_loss", "the share of decisions that are wrong", "(fp + fn) / n",
    missing: "there are no rows"
  ) { ($0.falsePositives + $0.falseNegatives, $0.total) }
  /// Of several classes or labels: the share of right answers.
  static let rightAnswers = GroupMeasure(
    id: "accuracy", summary: "the share of right answers", formula: "right answers / n",
    kind: .right)

  /// Every share, some under scikit-learn's name as well.
  package static let shares: [GroupMeasure] = [
    selectionRate, baseRate, truePositiveRate, falsePositiveRate, trueNegativeRate,
    falseNegativeRate, precision, negativePredictiveValue, falseDiscoveryRate, falseOmissionRate,
    accuracy, zeroOneLoss,
    selectionRate.called("predicted_positive_rate"), baseRate.called("prevalence"),
    truePositiveRate.called("recall"), trueNegativeRate.called("specificity"),
    zeroOneLoss.called("hamming_loss"),
  ]

  /// The same under another name.
  private func called(_ id: String) -> GroupMeasure {
    GroupMeasure(
      id: id, summary: summary, formula: formula, kind: kind, isOfLabels: isOfLabels)
  }
}

/// Numbers of a group that no metric of the task gives under the same name.
extension GroupMeasure {
  /// False negatives for each false positive.
  static let treatment = ratio(
    "treatment", "false negatives over false positives", "fn / fp",
    missing: "no negative row was decided positive"
  ) { ($0.falseNegatives, $0.falsePositives) }
  /// Positive rows for each positive decision.
  static let conditionalAcceptance = ratio(
    "conditional_acceptance", "positive rows over rows decided positive", "(tp + fn) / (tp + fp)",
    missing: "no row was decided positive"
  ) { ($0.positives, $0.predictedPositives) }
  /// Negative rows for each negative decision.
  static let conditionalRejection = ratio(
    "conditional_rejection", "negative rows over rows decided negative", "(fp + tn) / (tn + fn)",
    missing: "no row was decided negative"
  ) { ($0.negatives, $0.predictedNegatives) }

  /// Part over whole where the part is not among the whole.
  static let ratios = [treatment, conditionalAcceptance, conditionalRejection]

  /// The weighted mean of the scores, of predicted values for numbers.
  static func meanPrediction(_ task: TaskKind) -> GroupMeasure {
    meanScore("mean_prediction", "the mean of the scores", "sum(score) / n", task) { _ in true }
  }
  /// The weighted mean of the true values.
  static let meanTarget = mean(
    "mean_target", "the mean of the true values", "sum(target) / n", .regression,
    range: -Double.infinity ... .infinity
  ) { sample in
    guard case .regression(let sample) = sample else { return [] }
    return sample.targets
  }
  /// The mean score of positive rows.
  static let generalizedTruePositiveRate = meanScore(
    "generalized_true_positive_rate", "the mean score of positive rows",
    "sum of positive rows' scores / positive rows", .binary
  ) { $0 }
  /// The mean score of negative rows.
  static let generalizedFalsePositiveRate = meanScore(
    "generalized_false_positive_rate", "the mean score of negative rows",
    "sum of negative rows' scores / negative rows", .binary
  ) { !$0 }

  /// Part over whole where the part is not among the whole.
  private static func ratio(
    _ id: String, _ summary: String, _ formula: String, missing: String,
    _ parts: @escaping @Sendable (Confusion) -> (part: Double, whole: Double)
  ) -> GroupMeasure {
    let metric = Metric(
      id, task: .binary, summary: summary + ".", direction: .neither, range: 0 ... .infinity,
      formula: formula, source: "Verma, Rubin: Fairness definitions explained, FairWare 2018",
      parameters: [.threshold],
      measure: .confusion { cells, _ throws(Undefined) in
        let (part, whole) = parts(cells)
        return try GateCore.share(part, of: whole, orElse: missing)
      }, examples: [])
    return GroupMeasure(id: id, summary: summary, formula: formula, kind: .metric(metric))
  }

  /// The mean score of the rows whose label `takes` says so.
  private static func meanScore(
    _ id: String, _ summary: String, _ formula: String, _ task: TaskKind,
    _ takes: @escaping @Sendable (_ positive: Bool) -> Bool
  ) -> GroupMeasure {
    mean(
      id, summary, formula, task,
      range: task == .binary ? 0...1 : -Double.infinity ... .infinity
    ) { sample in
      switch sample {
      case .binary(let sample):
        sample.scores.indices.map { takes(sample.positives[$0]) ? sample.scores[$0] : nil }
      case .regression(let sample): sample.predictions
      default: []
      }
    }
  }

  /// The weighted mean of a number a row.
  private static func mean(
    _ id: String, _ summary: String, _ formula: String, _ task: TaskKind,
    range: ClosedRange<Double>, _ terms: @escaping @Sendable (Sample) -> [Double?]
  ) -> GroupMeasure {
    let metric = Metric(
      id, task: task, summary: summary + ".", direction: .neither, range: range, formula: formula,
      source: "fairlearn mean_prediction; AIF360 ClassificationMetric",
      measure: .sums(.mean(orElse: "no row takes part") { sample, _ in terms(sample) }),
      spread: .mean,
      examples: [])
    return GroupMeasure(id: id, summary: summary, formula: formula, kind: .metric(metric))
  }
}
