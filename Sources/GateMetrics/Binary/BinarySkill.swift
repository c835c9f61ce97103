import GateCore

extension Metric.Binary {
  /// How much better the Brier score is than one score for all.
  static let brierSkillScore = Metric(
    "brier_skill_score", task: .binary, aliases: ["bss"],
    summary: "How much smaller the Brier score is than that of one score for all: 1 is perfect.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - brier_score / mean of (reference - label)^2",
    source: "scikit-learn d2_brier_score, where reference is the share of positives",
    undefined: [
      "All rows are what the reference says, as where they are of one class.",
      "A score lies outside 0 to 1.", "The model gives classes, not scores.",
    ],
    parameters: [
      Parameter(
        "reference", "The one score for all rows, as the share of positives when it was trained.",
        .number(0...1), standard: "the share of positives of these rows")
    ],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.requireProbabilities()
      guard let reference = arguments["reference"] else {
        _ = try sample.bothClasses()
        return 1 - sample.meanSquaredDifference / sample.uncertainty
      }
      let loss = sample.meanOverScores { _, positive in
        (reference - positive.number) * (reference - positive.number)
      }
      guard loss > 0 else { throw Undefined("the reference \(reference) is right for every row") }
      return 1 - sample.meanSquaredDifference / loss
    },
    calibration: .other,
    examples: [
      Metric.Example(.binary(scores: [0.8, 0.4], positives: [1, 0]), gives: 0.6),
      Metric.Example(
        .binary(scores: [0.8, 0.4], positives: [1, 0]), Arguments(["reference": 1]), gives: 0.8),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.repaidOnly, Arguments(["reference": 0]), gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The same by scikit-learn's name.
  static let d2BrierScore = Metric(
    "d2_brier_score", task: .binary,
    summary: "The share of the Brier score of the share of positives that the scores take away.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - brier_score / (p (1 - p)), p the share of positives",
    source: "scikit-learn d2_brier_score",
    undefined: [
      "All rows are of one class.", "A score lies outside 0 to 1.",
      "The model gives classes, not scores.",
    ],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      _ = try sample.bothClasses()
      return 1 - sample.meanSquaredDifference / sample.uncertainty
    },
    examples: [
      Metric.Example(.binary(scores: [0.8, 0.4], positives: [1, 0]), gives: 0.6),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// How much better the log loss is than that of one score for all.
  static let d2LogLossScore = Metric(
    "d2_log_loss_score", task: .binary, aliases: ["mcfadden_r2"],
    summary: "The share of the log loss of the share of positives that the scores take away.",
    direction: .higherIsBetter,
    range: -.infinity...1,
    formula: "1 - log_loss / (-p log(p) - (1 - p) log(1 - p)), p the share of positives",
    source: "scikit-learn d2_log_loss_score; McFadden (1974)",
    undefined: [
      "All rows are of one class.", "A score lies outside 0 to 1.",
      "The model gives classes, not scores.",
    ],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      let (positive, negative) = try sample.bothClasses()
      let share = positive / (positive + negative)
      let rest = negative / (positive + negative)
      let none = share * negativeLogarithm(share) + rest * negativeLogarithm(rest)
      return 1 - sample.meanNegativeLogarithm / none
    },
    examples: [
      Metric.Example(
        .binary(scores: [0.8, 0.4], positives: [1, 0]), gives: 0.47055315547321575),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// How far apart the classes' mean scores are.
  static let tjurR2 = Metric(
    "tjur_r2", task: .binary, aliases: ["coefficient_of_discrimination"],
    summary: "The mean score of the positive rows less that of the negative rows.",
    direction: .higherIsBetter,
    range: -1...1,
    formula: "mean score of positive rows - mean score of negative rows",
    source:
      "Tjur (2009), Coefficients of determination in logistic regression models; "
      + "TensorFlow Model Analysis coefficient_of_discrimination",
    undefined: [
      "All rows are of one class.", "A score lies outside 0 to 1.",
      "The model gives classes, not scores.",
    ],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      let (positive, negative) = try sample.bothClasses()
      let total = sample.totalWeight
      let high = sample.meanOverScores { score, positive in positive ? score : 0 }
      let low = sample.meanOverScores { score, positive in positive ? 0 : score }
      return (total * high / positive - total * low / negative).clamped(to: -1...1)
    },
    isByClass: true,
    examples: [
      Metric.Example(.applications, gives: 2.1 / 3 - 1.1 / 3),
      Metric.Example(.repaidOnly, gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The probability of what came true over the length of both.
  static let sphericalScore = Metric(
    "spherical_score", task: .binary,
    summary: "A proper score: the probability given to what came true, over the length of both.",
    direction: .higherIsBetter,
    formula:
      "mean of q / sqrt(score^2 + (1 - score)^2), q the score of a positive row, "
      + "1 - score of another",
    source: "Gneiting and Raftery (2007), Strictly proper scoring rules",
    undefined: ["A score lies outside 0 to 1.", "The model gives classes, not scores."],
    measure: .binary { sample, _ throws(Undefined) in
      try sample.requireProbabilities()
      let score = sample.meanOverScores { score, positive in
        let rest = 1 - score
        return (positive ? score : rest) / (score * score + rest * rest).squareRoot()
      }
      return score.clamped(to: 0...1)
    },
    examples: [
      Metric.Example(.binary(scores: [0.8, 0.2], positives: [1, 1]), gives: 0.606339062590832),
      Metric.Example(.binary(scores: [1, 0], positives: [1, 0]), gives: 1),
      Metric.Example(.classesOnly, gives: nil),
    ])
}
