package import GateCore

extension Metric.Binary {
  /// The area under the ROC curve, from -1 to 1.
  static let gini = Metric(
    "gini", task: .binary, aliases: ["gini_coefficient", "gini_index", "accuracy_ratio"],
    summary: "The area under the ROC curve as credit risk writes it: 1 perfect, 0 as by chance.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "2 roc_auc - 1",
    source: "scikit-learn roc_auc_score; Somers' D of scores and labels",
    undefined: ["All rows are of one class.", "The model gives classes, not scores."],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireScores()
      _ = try sample.bothClasses()
      return 2 * (try sample.areaUnderCurve()) - 1
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 7.0 / 9),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The largest distance of the two classes' score distributions.
  static let ksSeparation = Metric(
    "ks_separation", task: .binary, aliases: ["ks", "ks_statistic", "kolmogorov_smirnov"],
    summary: "The largest gap between recall and false positive rate over all thresholds.",
    direction: .higherIsBetter,
    formula: "max over distinct scores of |tpr - fpr|",
    source: "scipy ks_2samp of the scores of positive and of negative rows, statistic",
    undefined: ["All rows are of one class.", "The model gives classes, not scores."],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireScores()
      let (positive, negative) = try sample.bothClasses()
      var widest = 0.0
      sample.forEachThreshold { hits, alarms in
        widest = Swift.max(widest, abs(hits / positive - alarms / negative))
      }
      return widest.clamped(to: 0...1)
    },
    spread: .unfit(
      "the largest of many gaps lies above the largest true one, by how much the rows do not show; "
        + "limit roc_auc, or judge this one without 'confidence'"),
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 2.0 / 3),
      Metric.Example(.binary(scores: [0.2, 0.6], positives: [1, 0]), gives: 1),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The area under the precision-recall curve, by trapezoids.
  static let precisionRecallAuc = Metric(
    "precision_recall_auc", task: .binary, aliases: ["pr_auc", "auprc", "aucpr"],
    summary:
      "The area under the precision-recall curve drawn with straight lines between thresholds.",
    direction: .higherIsBetter,
    formula:
      "sum over distinct scores of (recall - recall before) * (precision + precision before) / 2, "
      + "from recall 0 and precision 1; average_precision takes steps, does not rise between "
      + "thresholds, and is the one to prefer",
    source: "scikit-learn auc of precision_recall_curve; MLflow precision_recall_auc",
    undefined: ["No row is positive.", "The model gives classes, not scores."],
    contrast: .classes,
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireScores()
      let positive = try sample.positiveWeight()
      var area = Sum()
      var before = (hits: 0.0, precision: 1.0)
      sample.forEachThreshold { hits, alarms in
        let precision = hits / (hits + alarms)
        area.add((hits - before.hits) * (precision + before.precision) / 2)
        before = (hits, precision)
      }
      return (area.value / positive).clamped(to: 0...1)
    },
    examples: [
      Metric.Example(.applications, gives: (1 + 1 + (2.0 / 3 + 0.75) / 2) / 3),
      Metric.Example(.binary(scores: [0.5, 0.5, 0.2], positives: [1, 0, 0]), gives: 0.75),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])
}

extension BinarySample {
  /// The area under the ROC curve up to `limit`, scaled so that 0.5 is chance and 1 perfect.
  package func areaUnderCurve(upTo limit: Double) throws(Undefined) -> Double {
    let (positive, negative) = try bothClasses()
    var area = Sum()
    var (left, height) = (0.0, 0.0)
    forEachThreshold { hits, alarms in
      guard left < limit else { return }
      let (right, top) = (alarms / negative, hits / positive)
      let end = Swift.min(right, limit)
      if end > left {
        let reached = height + (top - height) * (end - left) / (right - left)
        area.add((end - left) * (height + reached) / 2)
      }
      (left, height) = (right, top)
    }
    let chance = limit * limit / 2
    return ((1 + (area.value - chance) / (limit - chance)) / 2).clamped(to: 0...1)
  }
}
