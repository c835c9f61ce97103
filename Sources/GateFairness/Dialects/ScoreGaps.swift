import GateCore
import GateMetrics

/// How far groups are apart in scores, predicted values and losses, without any decision.
extension FairnessMetrics {
  static let scoreGaps: [FairnessMetric] =
    [calibrationWithinGroups] + scoringRatios
    + [TaskKind.binary, .regression].flatMap { [quantileGap($0), distributionGap($0)] }
    + [TaskKind.binary, .multiclass, .regression].map(groupLoss)

  /// The worst calibrated group.
  private static let calibrationWithinGroups = FairnessMetric(
    "calibration_within_groups",
    summary: "The greatest of the groups' expected calibration errors.",
    formula: "max_g ECE_g, " + Metric.Binary.expectedCalibrationError.formula,
    source: "Kleinberg, Mullainathan, Raghavan: Inherent Trade-Offs, ITCS 2017; by bins",
    undefined: Metric.Binary.expectedCalibrationError.undefined,
    measure: .algebra(
      [.metric(Metric.Binary.expectedCalibrationError)], Aggregate(.groupMax), .groups),
    examples: [
      .applied(Arguments(["bins": 1]), gives: 0.14),
      FairnessMetric.Example(
        .binary(BinarySample(scores: [3, 0.2], positives: [true, false])), ["a", "b"], gives: nil),
    ])

  /// The distance of the groups' quantiles.
  private static func quantileGap(_ task: TaskKind) -> FairnessMetric {
    let range: ClosedRange<Double> = task == .binary ? 0...1 : 0 ... .infinity
    let measure = GroupMeasure.quantile(task)
    return FairnessMetric(
      "quantile_gap", task: task,
      summary: "How far apart the groups' quantiles of the "
        + (task == .binary ? "scores are." : "predicted values are."),
      range: range, formula: "max_g Q_g - min_g Q_g, Q = \(measure.formula)",
      source: "numpy quantile, linear; of the median: Calders et al., ICDM 2013",
      undefined: ["Rows have weights."],
      measure: .algebra([measure], Aggregate(.difference), .groups),
      weightless: "a quantile between two rows has no one meaning by weight",
      examples: [
        FairnessMetric.Example(
          scored(task), twoGroups, Arguments(["q": 0.5]), gives: 0.5 - 0.3),
        FairnessMetric.Example(
          scored(task), twoGroups, Arguments(["q": 0.25]), gives: 0.35 - 0.2),
        FairnessMetric.Example(
          scored(task, weights: [1, 1, 1, 1, 1, 2]), twoGroups, Arguments(["q": 0.5]), gives: nil),
      ])
  }

  /// The distance of a group's distribution from that of all rows.
  private static func distributionGap(_ task: TaskKind) -> FairnessMetric {
    FairnessMetric(
      "distribution_gap", task: task,
      summary: "The furthest that a group's share of "
        + (task == .binary ? "scores" : "predicted values")
        + " up to a value is from that of all rows.",
      formula: "max_g sup_t |F_g(t) - F(t)|, F the weighted share of rows with a value <= t",
      source: "Agarwal, Dudik, Wu: Fair Regression, ICML 2019, statistical parity",
      undefined: ["A group has no rows of any weight."],
      measure: .samples { samples, _ throws(Undefined) in try distributionGap(samples) },
      examples: [
        FairnessMetric.Example(scored(task), twoGroups, gives: 1 / 6.0),
        FairnessMetric.Example(
          scored(task, weights: [0, 0, 0, 1, 1, 1]), twoGroups, gives: nil),
      ])
  }

  private static func distributionGap(_ samples: GroupSamples) throws(Undefined) -> Double {
    var rows: [(value: Double, group: Int, share: Double, weight: Double)] = []
    let total = samples.groups.reduce(0) { $0 + $1.totalWeight }
    for (group, sample) in samples.groups.enumerated() {
      let whole = sample.totalWeight
      guard whole > 0 else { throw Undefined("a group has no rows of any weight") }
      let weights = sample.rowWeightsByPlace
      for (place, value) in sample.numbers.enumerated() {
        let weight = weights?[place] ?? 1
        rows.append((value, group, weight / whole, weight / total))
      }
    }
    rows.sort { $0.value < $1.value }
    var below = [Double](repeating: 0, count: samples.groups.count)
    var (all, most) = (0.0, 0.0)
    for (place, row) in rows.enumerated() {
      below[row.group] += row.share
      all += row.weight
      guard place + 1 == rows.count || rows[place + 1].value > row.value else { continue }
      for share in below { most = max(most, abs(share - all)) }
    }
    return most
  }

  /// The group of the greatest mean loss.
  private static func groupLoss(_ task: TaskKind) -> FairnessMetric {
    let measure = GroupMeasure.meanLoss(task)
    let loss = task == .regression ? "squared" : "zero_one"
    let value = task == .regression ? (0.09 + 0.04) / 3 : 1.0 / 3
    return FairnessMetric(
      "bounded_group_loss", task: task, summary: "The greatest of the groups' mean losses.",
      range: 0 ... .infinity, formula: "max_g of the weighted mean loss of the group's rows",
      source: "Agarwal, Dudik, Wu: Fair Regression, ICML 2019, bounded group loss",
      undefined: ["The loss is of scores, and the model gives classes."],
      measure: .algebra([measure], Aggregate(.groupMax), .groups),
      examples: [
        FairnessMetric.Example(
          scored(task), twoGroups, Arguments(texts: ["loss": loss]), gives: value),
        FairnessMetric.Example(scored(task), twoGroups, gives: nil),
      ])
  }

  /// Two groups of three rows.
  private static func scored(_ task: TaskKind, weights: [Double]? = nil) -> Sample {
    let scores = [0.2, 0.5, 0.6, 0.1, 0.3, 0.9]
    let positives = [false, true, true, false, true, true]
    switch task {
    case .regression:
      return .regression(
        RegressionSample(
          targets: [0.2, 0.5, 0.6, 0.4, 0.3, 0.7], predictions: scores, weights: weights))
    case .multiclass:
      return .multiclass(
        MulticlassSample(
          classes: ["no", "yes"], probabilities: scores.flatMap { [1 - $0 - 1e-9, $0 + 1e-9] },
          labels: positives.map { $0 ? 1 : 0 }, weights: weights))
    default:
      return .binary(BinarySample(scores: scores, positives: positives, weights: weights))
    }
  }

  private static let twoGroups = ["a", "a", "a", "b", "b", "b"]
}

extension GroupMeasure {
  /// The quantile of the scores or predicted values; weights are how often a row counts.
  fileprivate static func quantile(_ task: TaskKind) -> GroupMeasure {
    let metric = Metric(
      "quantile", task: task, summary: "The quantile of the scores or predicted values.",
      direction: .neither, range: -Double.infinity ... .infinity,
      formula: "the quantile at q, between neighbours on a line", source: "numpy quantile",
      parameters: [.quantile],
      measure: .sample { sample, arguments throws(Undefined) in
        try sample.quantile(try arguments.number("q"))
      }, spread: .quantile("q"), examples: [])
    return GroupMeasure(
      id: "quantile", summary: "the quantile at q", formula: metric.formula, kind: .metric(metric))
  }

  /// The weighted mean of a loss of each row.
  fileprivate static func meanLoss(_ task: TaskKind) -> GroupMeasure {
    let metric = Metric(
      "mean_loss", task: task, summary: "The mean loss of the rows.", direction: .lowerIsBetter,
      range: 0 ... .infinity, formula: "mean loss of the rows", source: "Agarwal, Dudik, Wu 2019",
      parameters: [.loss(task)],
      measure: .sums(
        .mean { sample, arguments throws(Undefined) in
          try sample.losses(named: arguments.text("loss") ?? "")
        }), spread: .mean, examples: [])
    return GroupMeasure(
      id: "mean_loss", summary: "the mean loss", formula: metric.formula, kind: .metric(metric))
  }
}

extension Parameter {
  /// Which quantile.
  fileprivate static let quantile = Parameter(
    "q", "Which quantile is compared; 0.5 is the median.", .number(0...1), required: true)

  /// Which loss.
  fileprivate static func loss(_ task: TaskKind) -> Parameter {
    let losses =
      switch task {
      case .binary: ["squared", "absolute", "log", "zero_one"]
      case .multiclass: ["log", "zero_one"]
      default: ["squared", "absolute"]
      }
    return Parameter("loss", "The loss of a row.", .choice(losses), required: true)
  }
}

extension Sample {
  /// The quantile at `level` of the scores or predicted values, weights being how often a row counts.
  fileprivate func quantile(_ level: Double) throws(Undefined) -> Double {
    let (values, weights) = (numbers, rowWeightsByPlace)
    let order = values.indices.sorted { values[$0] < values[$1] }
    let rows = weights?.sum ?? Double(values.count)
    guard rows >= 1 else { throw Undefined("there are no rows") }
    let place = level * (rows - 1)
    let first = place.rounded(.down)
    var (below, low) = (0.0, Double?.none)
    for index in order {
      below += weights?[index] ?? 1
      if low == nil, below > first { low = values[index] }
      if let low, below > first + 1 || below >= rows {
        return low + (place - first) * (values[index] - low)
      }
    }
    throw Undefined("there are no rows")
  }

  /// The loss of that name at each place.
  fileprivate func losses(named name: String) throws(Undefined) -> [Double?] {
    switch (self, name) {
    case (.binary(let sample), "zero_one"): return sample.right.map { $0 ? 0 : 1 }
    case (.multiclass(let sample), "zero_one"): return sample.right.map { $0 ? 0 : 1 }
    case (.multiclass(let sample), "log"):
      guard sample.hasScores else { throw .classesOnly }
      return sample.labels.indices.map {
        negativeLogarithm(sample.probabilities[$0 * sample.classes.count + Int(sample.labels[$0])])
      }
    case (.binary(let sample), "squared"), (.binary(let sample), "absolute"),
      (.binary(let sample), "log"):
      try sample.requireProbabilities()
      return sample.scores.indices.map { place in
        let distance = abs(sample.positives[place].number - sample.scores[place])
        return switch name {
        case "squared": distance * distance
        case "absolute": distance
        default: negativeLogarithm(abs(1 - sample.positives[place].number - sample.scores[place]))
        }
      }
    case (.regression(let sample), "squared"), (.regression(let sample), "absolute"):
      return sample.targets.indices.map { place in
        let distance = abs(sample.targets[place] - sample.predictions[place])
        return name == "squared" ? distance * distance : distance
      }
    default: throw Undefined("'loss' is missing: the loss of a row")
    }
  }
}
