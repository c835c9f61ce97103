import GateCore

extension Metric.Binary {
  /// How much a positive decision raises the odds.
  static let positiveLikelihoodRatio = Metric(
    "positive_likelihood_ratio", task: .binary, aliases: ["plr", "lr_plus"],
    summary: "By how much a positive decision multiplies the odds of a positive row.",
    direction: .higherIsBetter,
    range: 0 ... .infinity,
    formula: "(tp / (tp + fn)) / (fp / (fp + tn))",
    source: "scikit-learn class_likelihood_ratios",
    undefined: [
      "No row is positive, or none is negative.", "No negative row was predicted positive.",
    ],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      let rate = try cells.falsePositiveRate(.positive)
      return try share(
        try cells.recall(.positive), of: rate, orElse: "no negative row was predicted positive")
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 2),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.applications, Arguments(["threshold": 0.8]), gives: nil),
    ])

  /// How much a negative decision lowers the odds.
  static let negativeLikelihoodRatio = Metric(
    "negative_likelihood_ratio", task: .binary, aliases: ["nlr", "lr_minus"],
    summary: "By how much a negative decision multiplies the odds of a positive row.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "(fn / (tp + fn)) / (tn / (fp + tn))",
    source: "scikit-learn class_likelihood_ratios",
    undefined: [
      "No row is positive, or none is negative.", "No negative row was predicted negative.",
    ],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      let rate = try cells.specificity(.positive)
      return try share(
        try cells.falseNegativeRate(.positive), of: rate,
        orElse: "no negative row was predicted negative")
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 0.5),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.applications, Arguments(["threshold": 0]), gives: nil),
    ])

  /// The odds of a positive decision on positive rows over those on negative ones.
  static let diagnosticOddsRatio = Metric(
    "diagnostic_odds_ratio", task: .binary, aliases: ["dor"],
    summary: "The odds of a positive decision on positive rows, over those on negative rows.",
    direction: .higherIsBetter,
    range: 0 ... .infinity,
    formula: "(tp tn) / (fp fn)",
    source: "Glas et al. (2003); TensorFlow Model Analysis diagnostic_odds_ratio",
    undefined: [
      "No row is positive, or none is negative.",
      "No negative row was predicted positive, or no positive row negative.",
    ],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      guard cells.positives > 0 else { throw Undefined("no row is positive") }
      guard cells.negatives > 0 else { throw Undefined("no row is negative") }
      let hits = try share(
        cells.truePositives, of: cells.falsePositives,
        orElse: "no negative row was predicted positive")
      return hits
        * (try share(
          cells.trueNegatives, of: cells.falseNegatives,
          orElse: "no positive row was predicted negative"))
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 4),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.applications, Arguments(["threshold": 0.8]), gives: nil),
    ])

  /// Below which prevalence positive decisions lose their worth.
  static let prevalenceThreshold = Metric(
    "prevalence_threshold", task: .binary,
    summary: "The prevalence below which the precision of these decisions falls fastest.",
    direction: .lowerIsBetter,
    formula: "sqrt(fpr) / (sqrt(tpr) + sqrt(fpr)), which is (sqrt(tpr fpr) - fpr) / (tpr - fpr)",
    source: "Balayla (2020); TensorFlow Model Analysis prevalence_threshold",
    undefined: ["No row is positive, or none is negative.", "No row was predicted positive."],
    parameters: [.threshold],
    measure: .confusion { cells, _ throws(Undefined) in
      let hits = try cells.recall(.positive).squareRoot()
      let alarms = try cells.falsePositiveRate(.positive).squareRoot()
      return try share(alarms, of: hits + alarms, orElse: PositiveClass.positive.isNeverPredicted)
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 0.41421356237309503),
      Metric.Example(.applications, Arguments(["threshold": 0.8]), gives: 0),
      Metric.Example(.repaidOnly, gives: nil),
    ])
}
