import GateCore

extension Metric.Binary {
  /// How far positives are from what scores expect, over groups of risk.
  static let hosmerLemeshow = Metric(
    "hosmer_lemeshow", task: .binary,
    summary: "How far the positives of groups of like scores are from the sums of their scores.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "sum over groups of (o - e)^2 / (e (1 - e / n)); o positives, e sum of scores, n rows of a "
      + "group; groups as adaptive_calibration_error; a weight counts its row as often",
    source: "Hosmer and Lemeshow (1980)",
    undefined: hosmerUndefined,
    parameters: [.riskGroups],
    measure: .binary { sample, arguments throws(Undefined) in
      try sample.hosmerLemeshow(arguments).statistic
    },
    spread: hosmerUnfit,
    calibration: .other,
    examples: [
      Metric.Example(.riskGroups, Arguments(["groups": 3]), gives: 0.5 + 0 + 0.5),
      Metric.Example(.riskGroups, Arguments(["groups": 2]), gives: nil),
      Metric.Example(
        .binary(scores: [1, 0.5, 0.2], positives: [0, 1, 0]), Arguments(["groups": 3]), gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// The p-value of the same.
  static let hosmerLemeshowPValue = Metric(
    "hosmer_lemeshow_p_value", task: .binary,
    summary: "The chance of a hosmer_lemeshow at least as large, were the scores calibrated.",
    direction: .higherIsBetter,
    formula:
      "1 - F(hosmer_lemeshow), F of chi-squared with as many degrees as groups; two less with "
      + "'fitted'",
    source:
      "Hosmer, Lemeshow and Sturdivant (2013), 5.2.2, and Stata's 'estat gof, outsample'; 'fitted': "
      + "Hosmer and Lemeshow (1980); scipy chi2.sf",
    undefined: hosmerUndefined,
    parameters: [.riskGroups, .fitted],
    measure: .binary { sample, arguments throws(Undefined) in
      let (statistic, groups) = try sample.hosmerLemeshow(arguments)
      let degrees = arguments.text("fitted") == "true" ? groups - 2 : groups
      return try ChiSquared(degrees: Double(degrees)).survival(statistic)
    },
    spread: hosmerUnfit,
    calibration: .other,
    examples: [
      Metric.Example(.riskGroups, Arguments(["groups": 3]), gives: 0.8012519569012008),
      Metric.Example(
        .riskGroups, Arguments(["groups": 3], texts: ["fitted": "true"]), gives: 0.3173105078629141),
      Metric.Example(.riskGroups, Arguments(["groups": 2]), gives: nil),
      Metric.Example(.classesOnly, gives: nil),
    ])

  /// When there is no such statistic.
  private static let hosmerUndefined = [
    "There are fewer than three groups of different scores.",
    "A group whose scores are all 0, or all 1, has a row that is not so.",
    "A score lies outside 0 to 1.", "The model gives classes, not scores.",
  ]
}

extension Parameter {
  /// Into how many groups of risk the rows fall.
  fileprivate static let riskGroups = Parameter(
    "groups", "The number of groups of as many rows each.", .integer(3...10_000), standard: "10")

  /// Whether the scores come from a model that these rows made.
  fileprivate static let fitted = Parameter(
    "fitted", "Whether the model was fitted on these rows, which takes two degrees of freedom.",
    .boolean, standard: "false")
}

extension Sample {
  /// Six applications of three risks.
  fileprivate static let riskGroups = binary(
    scores: [0.8, 0.8, 0.5, 0.5, 0.2, 0.2], positives: [1, 1, 1, 0, 0, 0])
}

extension BinarySample {
  /// The statistic, and over how many groups.
  fileprivate func hosmerLemeshow(
    _ arguments: Arguments
  ) throws(Undefined) -> (statistic: Double, groups: Int) {
    try requireProbabilities()
    let bins = scoreBins(arguments["groups"].map { Int($0) } ?? 10, .quantile)
    guard bins.count > 2 else {
      let groups = bins.count == 1 ? "1 group" : "\(bins.count) groups"
      throw Undefined("there are \(groups) of different scores, and it takes 3")
    }
    var statistic = Sum()
    for bin in bins {
      let variance = bin.weight * bin.meanScore * (1 - bin.meanScore)
      if variance > 0 {
        statistic.add(bin.excess * bin.excess / variance)
      } else if bin.excess != 0 {
        throw Undefined("a group has scores of \(bin.meanScore) only, and a row that is not so")
      }
    }
    return (statistic.value, bins.count)
  }
}

/// Why neither has an interval.
private let hosmerUnfit = IntervalMethod.unfit(
  "a test's statistic grows with the rows and estimates nothing about them; limit log_loss or "
    + "brier_score, or judge this one without 'confidence'")
