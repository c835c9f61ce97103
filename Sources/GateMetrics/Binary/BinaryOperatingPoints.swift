import GateCore

/// What a model reaches at the best of its thresholds that keep a promise; thresholds are its
/// distinct scores, and one above them all, without interpolation between them.
extension Metric.Binary {
  /// The best precision that finds enough.
  static let precisionAtRecall = Metric(
    "precision_at_recall", task: .binary,
    summary: "The highest precision of the thresholds that find at least a share of positives.",
    direction: .higherIsBetter,
    formula: "max of precision over distinct scores as threshold where tp / (tp + fn) >= recall",
    source: "scikit-learn precision_recall_curve",
    undefined: ["The model gives classes, not scores."],
    parameters: [.promise("recall", "The share of positive rows to find at least.")],
    contrast: .classes,
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireScores()
      let recall = try arguments.number("recall")
      let positive = try sample.positiveWeight()
      return sample.highest { hits, alarms in
        hits / positive >= recall ? hits / (hits + alarms) : nil
      }
    },
    examples: [
      Metric.Example(.applications, Arguments(["recall": 0.9]), gives: 0.75),
      Metric.Example(.applications, Arguments(["recall": 0.5]), gives: 1),
      Metric.Example(.repaidOnly, Arguments(["recall": 0.5]), gives: nil),
      Metric.Example(.classesOnly, Arguments(["recall": 0.5]), gives: nil),
    ])

  /// The best recall that is right often enough.
  static let recallAtPrecision = Metric(
    "recall_at_precision", task: .binary,
    summary: "The highest recall of the thresholds whose positive decisions are right enough.",
    direction: .higherIsBetter,
    formula:
      "max of recall over distinct scores as threshold where tp / (tp + fp) >= precision; "
      + "0 where there is none, as nothing is then decided positive",
    source: "scikit-learn precision_recall_curve, which ends at recall 0 with precision 1",
    undefined: ["The model gives classes, not scores."],
    parameters: [.promise("precision", "The share of positive decisions to be right at least.")],
    contrast: .classes,
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireScores()
      let precision = try arguments.number("precision")
      let positive = try sample.positiveWeight()
      return sample.highest { hits, alarms in
        hits / (hits + alarms) >= precision ? hits / positive : nil
      }
    },
    examples: [
      Metric.Example(.applications, Arguments(["precision": 0.9]), gives: 2.0 / 3),
      Metric.Example(
        .binary(scores: [0.9, 0.1], positives: [0, 1]), Arguments(["precision": 0.9]), gives: 0),
      Metric.Example(.repaidOnly, Arguments(["precision": 0.5]), gives: nil),
      Metric.Example(.classesOnly, Arguments(["precision": 0.5]), gives: nil),
    ])

  /// The best recall with few enough false alarms.
  static let recallAtFPR = Metric(
    "recall_at_fpr", task: .binary, aliases: ["tpr_at_fpr"],
    summary: "The highest recall of the thresholds that decide few enough negatives positive.",
    direction: .higherIsBetter,
    formula:
      "max of recall over distinct scores as threshold where fp / (fp + tn) <= fpr; 0 where none",
    source: "scikit-learn roc_curve",
    undefined: ["All rows are of one class.", "The model gives classes, not scores."],
    parameters: [.promise("fpr", "The share of negative rows decided positive at most.")],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireScores()
      let rate = try arguments.number("fpr")
      let (positive, negative) = try sample.bothClasses()
      return sample.highest { hits, alarms in
        alarms / negative <= rate ? hits / positive : nil
      }
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, Arguments(["fpr": 0.1]), gives: 2.0 / 3),
      Metric.Example(.applications, Arguments(["fpr": 0.4]), gives: 1),
      Metric.Example(.repaidOnly, Arguments(["fpr": 0.1]), gives: nil),
      Metric.Example(.classesOnly, Arguments(["fpr": 0.1]), gives: nil),
    ])

  /// The best sensitivity that is specific enough.
  static let sensitivityAtSpecificity = Metric(
    "sensitivity_at_specificity", task: .binary,
    summary: "The highest recall of the thresholds that leave enough negatives alone.",
    direction: .higherIsBetter,
    formula:
      "max of tp / (tp + fn) over distinct scores as threshold where "
      + "tn / (tn + fp) >= specificity; 0 where none",
    source: "scikit-learn roc_curve; Keras SensitivityAtSpecificity, which has 200 thresholds only",
    undefined: ["All rows are of one class.", "The model gives classes, not scores."],
    parameters: [
      .promise("specificity", "The share of negative rows decided negative at least.")
    ],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireScores()
      let specificity = try arguments.number("specificity")
      let (positive, negative) = try sample.bothClasses()
      return sample.highest { hits, alarms in
        (negative - alarms) / negative >= specificity ? hits / positive : nil
      }
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, Arguments(["specificity": 0.9]), gives: 2.0 / 3),
      Metric.Example(.applications, Arguments(["specificity": 0.5]), gives: 1),
      Metric.Example(.repaidOnly, Arguments(["specificity": 0.9]), gives: nil),
      Metric.Example(.classesOnly, Arguments(["specificity": 0.9]), gives: nil),
    ])

  /// The best specificity that is sensitive enough.
  static let specificityAtSensitivity = Metric(
    "specificity_at_sensitivity", task: .binary,
    summary: "The highest specificity of the thresholds that find a share of positives at least.",
    direction: .higherIsBetter,
    formula:
      "max of tn / (tn + fp) over distinct scores as threshold where tp / (tp + fn) >= sensitivity",
    source: "scikit-learn roc_curve; Keras SpecificityAtSensitivity, which has 200 thresholds only",
    undefined: ["All rows are of one class.", "The model gives classes, not scores."],
    parameters: [.promise("sensitivity", "The share of positive rows to find at least.")],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireScores()
      let sensitivity = try arguments.number("sensitivity")
      let (positive, negative) = try sample.bothClasses()
      if sensitivity <= 0 { return 1 }
      return sample.highest { hits, alarms in
        hits / positive >= sensitivity ? (negative - alarms) / negative : nil
      }
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, Arguments(["sensitivity": 0.9]), gives: 2.0 / 3),
      Metric.Example(.applications, Arguments(["sensitivity": 0.5]), gives: 1),
      Metric.Example(.repaidOnly, Arguments(["sensitivity": 0.9]), gives: nil),
      Metric.Example(.classesOnly, Arguments(["sensitivity": 0.9]), gives: nil),
    ])
}

extension Parameter {
  /// What a threshold must keep to.
  fileprivate static func promise(_ id: String, _ summary: String) -> Parameter {
    Parameter(id, summary, .number(0...1), required: true)
  }
}

extension BinarySample {
  /// The highest figure of the thresholds that have one, 0 where none has.
  @inline(__always)
  fileprivate func highest(_ figure: (_ hits: Double, _ alarms: Double) -> Double?) -> Double {
    var highest = 0.0
    forEachThreshold { hits, alarms in
      if let value = figure(hits, alarms), value > highest { highest = value }
    }
    return highest.clamped(to: 0...1)
  }
}
