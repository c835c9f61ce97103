package import GateCore

/// Figures of predicted quantiles.
extension Metric.Regression {
  /// The continuous ranked probability score, from quantiles.
  static let crps = Metric(
    "crps", task: .regression, aliases: ["continuous_ranked_probability_score"],
    summary: "How far the predicted distribution, told by its quantiles, lies from the targets.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "2 * mean over rows and levels of the pinball loss; every level counts alike, so that it "
      + "comes near the CRPS where the levels are evenly spaced, and else weighs most where they "
      + "are dense",
    source:
      "scoringrules crps_quantile; GluonTS mean_weighted_sum_quantile_loss before its scaling; "
      + "Gneiting and Ranjan (2011)",
    undefined: [withoutQuantiles],
    measure: .sums(losses("crps", times: 2)),
    spread: .mean,
    examples: [
      Metric.Example(.quantiles, gives: 0.375),
      Metric.Example(.losses, gives: nil),
    ])

  /// The mean pinball loss of the quantiles.
  static let meanQuantileLoss = Metric(
    "mean_quantile_loss", task: .regression,
    summary: "The mean pinball loss of the predicted quantiles, or of the one at a level.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean over rows and levels of level (target - quantile) where the target is above, "
      + "(1 - level) (quantile - target) elsewhere",
    source: "scikit-learn mean_pinball_loss at each level; Koenker and Bassett (1978)",
    undefined: [withoutQuantiles, "There is no quantile at that level."],
    parameters: [level(required: false)],
    measure: .sums(losses("mean_quantile_loss", times: 1)),
    spread: .mean,
    examples: [
      Metric.Example(.quantiles, gives: 0.1875),
      Metric.Example(.quantiles, Arguments(["level": 0.9]), gives: 0.2125),
      Metric.Example(.quantiles, Arguments(["level": 0.8]), gives: nil),
      Metric.Example(.losses, gives: nil),
    ])

  /// The share of targets that a quantile is not below.
  static let quantileCoverage = Metric(
    "quantile_coverage", task: .regression,
    summary: "The share of rows whose target is at most the predicted quantile of a level.",
    direction: .neither,
    formula: "mean of 1 where target <= quantile, 0 elsewhere; the level, where calibrated",
    source: "GluonTS Coverage, which has target < quantile",
    undefined: [withoutQuantiles, "There is no quantile at that level."],
    parameters: [level(required: true)],
    measure: .sums(
      .mean { sample, arguments throws(Undefined) in
        let wanted = try arguments.number("level")
        let sample = try sample.regression("quantile_coverage")
        let quantiles = try sample.quantiles(at: wanted)[0].values
        return sample.targets.indices.map { place in
          sample.targets[place] <= quantiles[Int(sample.rows[place])] ? 1 : 0
        }
      }),
    spread: .mean,
    examples: [
      Metric.Example(.quantiles, Arguments(["level": 0.5]), gives: 0.5),
      Metric.Example(.quantiles, Arguments(["level": 0.9]), gives: 0.75),
      Metric.Example(.quantiles, gives: nil),
      Metric.Example(.losses, Arguments(["level": 0.5]), gives: nil),
    ])

  /// How far the quantiles' shares are from their levels.
  static let quantileCalibrationError = Metric(
    "quantile_calibration_error", task: .regression,
    summary: "How far the share of targets up to each quantile is from its level, on the mean.",
    direction: .lowerIsBetter,
    formula: "mean over levels of |mean of (target <= quantile) - level|",
    source: "Kuleshov, Fenner and Ermon (2018), with sizes for squares; uncertainty-toolbox "
      + "mean_absolute_calibration_error",
    undefined: [withoutQuantiles],
    measure: .sums(
      RowSums(parts: { sample, _ throws(Undefined) in
        try sample.regression("quantile_calibration_error").shares()
      }) { sums, _ throws(Undefined) in
        let rows = sums[sums.count - 1]
        return sums.dropLast().map { abs($0 / rows) }.sum / Double(sums.count - 1)
      }),
    examples: [
      Metric.Example(.quantiles, gives: 0.1),
      Metric.Example(.losses, gives: nil),
    ])

  /// When there is no figure of quantiles.
  private static let withoutQuantiles = "The model's predictions have no quantiles."

  /// One of the levels that a predictions file names.
  private static func level(required: Bool) -> Parameter {
    Parameter(
      "level", "The level of one of the predicted quantiles.", .number(1e-6...(1 - 1e-6)),
      required: required, standard: required ? nil : "all levels")
  }

  /// The mean over rows of the mean over levels of the pinball loss, `factor` times.
  private static func losses(_ id: String, times factor: Double) -> RowSums {
    .mean { sample, arguments throws(Undefined) in
      let sample = try sample.regression(id)
      let quantiles = try sample.quantiles(at: arguments["level"])
      return sample.targets.indices.map { place in
        var sum = Sum()
        for (level, values) in quantiles {
          let error = sample.targets[place] - values[Int(sample.rows[place])]
          sum.add(error >= 0 ? level * error : (level - 1) * error)
        }
        return factor * sum.value / Double(quantiles.count)
      }
    }
  }
}

extension RegressionSample {
  /// The predicted quantiles by row of the holdout, all or the one at a level; throws where there is
  /// none.
  fileprivate func quantiles(
    at level: Double? = nil
  ) throws(Undefined) -> [(level: Double, values: [Double])] {
    guard let spread, !spread.levels.isEmpty else {
      throw Undefined(
        "the predictions have no quantiles; name their columns by level: quantiles: {0.1: …, 0.9: …}"
      )
    }
    let all = zip(spread.levels, spread.quantiles).map { (level: $0.0, values: $0.1) }
    guard let level else { return all }
    guard let one = all.first(where: { $0.level == level }) else {
      throw Undefined(
        "there is no quantile at the level \(level.brief), only at "
          + spread.levels.map(\.brief).joined(separator: ", "))
    }
    return [one]
  }

  /// A column a level, whether the target is at most its quantile, less the level; then a 1.
  fileprivate func shares() throws(Undefined) -> RowParts {
    let quantiles = try quantiles()
    var values: [Double] = []
    values.reserveCapacity(count * (quantiles.count + 1))
    for place in targets.indices {
      for (level, quantile) in quantiles {
        values.append((targets[place] <= quantile[Int(rows[place])]).number - level)
      }
      values.append(1)
    }
    return RowParts(width: quantiles.count + 1, values)
  }
}

extension Sample {
  /// Four loans, what each lost, and three quantiles of what it was expected to lose.
  package static let quantiles = Sample.regression(
    RegressionSample(
      targets: [2, 4, 4, 2], predictions: [2, 6, 4.5, 2.5],
      spread: .init(
        levels: [0.1, 0.5, 0.9],
        quantiles: [[1, 3, 2, 2], [2, 5, 3.5, 1.5], [3, 6, 3.5, 3]])))
}
