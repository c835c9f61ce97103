package import GateCore

/// The field's names for differences and ratios of rates between groups.
extension FairnessMetrics {
  /// One rate by difference and by ratio, of two classes and of one class of several.
  static let parities: [FairnessMetric] = [TaskKind.binary, .multiclass].flatMap { task in
    [
      pair(
        "demographic_parity", .selectionRate, task, fairlearn: true,
        alsoCalled: ["statistical_parity"], short: ["spd", "dpd"]),
      pair(
        "equal_opportunity", .truePositiveRate, task, fairlearn: true,
        alsoCalled: ["tpr", "recall_parity"], short: ["eod"]),
      pair("predictive_equality", .falsePositiveRate, task, alsoCalled: ["fpr"]),
      pair("predictive_parity", .precision, task),
      pair("false_discovery_parity", .falseDiscoveryRate, task),
      pair("false_omission_parity", .falseOmissionRate, task),
      pair("accuracy_equality", task == .binary ? .accuracy : .rightAnswers, task),
      pair("treatment_equality", task == .binary ? .treatment : .treatment.ofOneClass, task),
      [
        parity("disparate_impact", .selectionRate, .ratio, task, Self.fourFifths)
          .alsoCalled(["di", "disparate_impact_ratio", "adverse_impact_ratio", "four_fifths_rule"]),
        parity("impact_ratio", .selectionRate, .ratio, task, Self.localLaw),
      ],
    ].flatMap { $0 }
  }

  /// Several rates together, as fairlearn has them.
  package static let odds: [FairnessMetric] = [TaskKind.binary, .multiclass].flatMap { task in
    let rates: [GroupMeasure] = [.truePositiveRate, .falsePositiveRate]
    let words = "differences between groups of the true and of the false positive rate"
    let all = [
      FairnessMetric(
        "equalized_odds_difference", task: task, aliases: ["eod", "equalized_odds", "eqodds"],
        summary: "The larger of the \(words).",
        formula: "max(max_g TPR - min_g TPR, max_g FPR - min_g FPR); agg: mean is their mean",
        source: "fairlearn equalized_odds_difference; Hardt, Price, Srebro, NeurIPS 2016",
        undefined: ["A group has no positive, or no negative, rows."],
        measure: .algebra(rates, Aggregate(.difference), .groups),
        examples: FairnessMetric.Example.odds(task, gives: 0.5)),
      FairnessMetric(
        "equalized_odds_ratio", task: task,
        summary:
          "The smaller of the ratios between groups of the true and of the false positive rate.",
        direction: .higherIsBetter,
        formula: "min(min_g TPR / max_g TPR, min_g FPR / max_g FPR); agg: mean is their mean",
        source: "fairlearn equalized_odds_ratio",
        undefined: [
          "A group has no positive, or no negative, rows.", "A rate is 0 in all groups.",
        ],
        measure: .algebra(rates, Aggregate(.ratio), .groups),
        examples: FairnessMetric.Example.odds(task, gives: 0.5)),
    ]
    return all + all.map { $0.called($0.id + "@fairlearn") } + [
      FairnessMetric(
        "average_absolute_odds_difference", task: task,
        aliases: ["aod", "average_odds_difference", "average_abs_odds_difference"],
        summary: "The mean of the \(words).",
        formula: "(max_g TPR - min_g TPR + max_g FPR - min_g FPR) / 2",
        source: "AIF360 average_abs_odds_difference, between the groups that differ most",
        undefined: ["A group has no positive, or no negative, rows."],
        measure: .algebra(rates, Aggregate(.difference, join: .mean), .groups),
        examples: FairnessMetric.Example.odds(task, gives: 0.25))
    ]
  }

  private static let fourFifths =
    "AIF360 disparate_impact; US Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D)"
  private static let localLaw = "New York City Local Law 144 of 2021; 6 RCNY 5-300 and 5-301"

  /// A rate by difference and by ratio; those that fairlearn names also under its name.
  private static func pair(
    _ name: String, _ measure: GroupMeasure, _ task: TaskKind, fairlearn: Bool = false,
    alsoCalled others: [String] = [], short: [String] = []
  ) -> [FairnessMetric] {
    let both = [Aggregate.Kind.difference, .ratio].map { kind in
      let id = "\(name)_\(kind.rawValue)"
      return parity(
        id, measure, kind, task,
        fairlearn
          ? "fairlearn \(id)" : "Verma, Rubin: Fairness definitions explained, FairWare 2018"
      ).alsoCalled(
        others.map { "\($0)_\(kind.rawValue)" }
          + (kind == .difference ? short : []))
    }
    return fairlearn ? both + both.map { $0.called($0.id + "@fairlearn") } : both
  }

  /// One rate by one aggregate.
  private static func parity(
    _ id: String, _ measure: GroupMeasure, _ kind: Aggregate.Kind, _ task: TaskKind,
    _ source: String
  ) -> FairnessMetric {
    let derived = FairnessMetric(measure, kind, task: task)
    return FairnessMetric(
      id, task: task, summary: derived.summary,
      direction: derived.definition.direction ?? .neither,
      range: derived.range, formula: derived.formula, source: source,
      undefined: derived.undefined, measure: .algebra([measure], Aggregate(kind), .groups),
      examples: FairnessMetric.Example.parity(measure, kind, task))
  }
}

extension FairnessMetric {
  /// The same under another name, by which alone it is known.
  package func called(_ id: String) -> FairnessMetric {
    var same = self
    same.definition.id = id
    same.definition.aliases = []
    return same
  }
}

extension FairnessMetric.Example {
  /// Ten applications, five a group; the first group is selected by 3 of 5, the second by 2 of 5.
  package static let applications = Sample.binary(
    BinarySample(
      scores: [0.9, 0.5, 0.4, 0.7, 0.2, 0.6, 0.3, 0.8, 0.1, 0.45],
      positives: [true, true, false, false, false, true, true, false, false, false]))
  static let sexes = ["a", "a", "a", "a", "a", "b", "b", "b", "b", "b"]

  /// What a rate of these gives, and that there is no value where a group has nothing that it is a share of.
  static func parity(
    _ measure: GroupMeasure, _ kind: Aggregate.Kind, _ task: TaskKind
  ) -> [FairnessMetric.Example] {
    guard let (a, b) = fractions[measure.id] else { return [] }
    let value = kind == .ratio ? min(a, b) / max(a, b) : max(a, b) - min(a, b)
    var examples = [applied(gives: value)]
    if let (score, positive) = without[measure.id] { examples.append(lone(score, positive)) }
    if task == .binary { return examples }
    // The share of right answers is of all classes.
    return examples.compactMap { measure.id == "accuracy" ? $0.ofClasses : $0.ofOneClass }
  }

  /// The rates of the two groups of the applications.
  private static let fractions: [String: (Double, Double)] = [
    "selection_rate": (3 / 5, 2 / 5), "true_positive_rate": (1, 1 / 2),
    "false_positive_rate": (1 / 3, 1 / 3), "precision": (2 / 3, 1 / 2),
    "false_discovery_rate": (1 / 3, 1 / 2), "false_omission_rate": (0, 1 / 3),
    "accuracy": (4 / 5, 3 / 5), "treatment": (0, 1),
  ]

  /// The score and label of a row that a rate is no share of.
  private static let without: [String: (Double, Bool)] = [
    "true_positive_rate": (0.9, false), "false_positive_rate": (0.9, true),
    "precision": (0.1, true), "false_discovery_rate": (0.1, true),
    "false_omission_rate": (0.9, true), "treatment": (0.9, true),
  ]

  /// A group of one row beside one of four.
  private static func lone(_ score: Double, _ positive: Bool) -> FairnessMetric.Example {
    FairnessMetric.Example(
      .binary(
        BinarySample(
          scores: [0.8, 0.7, 0.2, 0.1, score], positives: [true, false, true, false, positive])),
      ["a", "a", "a", "a", "b"], gives: nil)
  }

  /// What the true positive rates of these give, 1 and 1/2, with the false ones, both 1/3; and of a group without negatives.
  package static func odds(_ task: TaskKind, gives value: Double) -> [FairnessMetric.Example] {
    let examples = [applied(gives: value), lone(0.9, true)]
    return task == .binary ? examples : examples.compactMap(\.ofOneClass)
  }
}
