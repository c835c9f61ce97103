package import GateCore

/// Figures of predicted intervals.
extension Metric.Regression {
  /// The share of targets within their intervals.
  static let intervalCoverage = Metric(
    "interval_coverage", task: .regression, aliases: ["coverage", "picp"],
    summary: "The share of rows whose target lies within the predicted interval, ends included.",
    direction: .neither,
    formula: "mean of 1 where low <= target <= high, 0 elsewhere",
    source: "MAPIE regression_coverage_score",
    undefined: [withoutInterval],
    measure: .sums(
      intervals("interval_coverage") { target, low, high, _ in
        low <= target && target <= high ? 1 : 0
      }),
    spread: .rowShare,
    examples: [
      Metric.Example(.intervals, gives: 0.75),
      Metric.Example(.losses, gives: nil),
    ])

  /// The mean width of the intervals.
  static let meanIntervalWidth = Metric(
    "mean_interval_width", task: .regression, aliases: ["mpiw", "interval_width"],
    summary: "The mean width of the predicted intervals, in the target's unit.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula: "mean of high - low",
    source: "MAPIE regression_mean_width_score",
    undefined: [withoutInterval],
    measure: .sums(intervals("mean_interval_width") { _, low, high, _ in high - low }),
    spread: .mean,
    examples: [
      Metric.Example(.intervals, gives: 2),
      Metric.Example(.losses, gives: nil),
    ])

  /// The width of the intervals with a penalty for targets outside.
  static let intervalScore = Metric(
    "interval_score", task: .regression, aliases: ["winkler_score"],
    summary: "Winkler's score: the width of the interval, and how far outside the target lies.",
    direction: .lowerIsBetter,
    range: 0 ... .infinity,
    formula:
      "mean of high - low, plus 2 / alpha (low - target) where the target is below, "
      + "2 / alpha (target - high) where it is above",
    source:
      "scoringrules interval_score; MAPIE regression_mwi_score; Winkler (1972); Gneiting and "
      + "Raftery (2007), section 6.2",
    undefined: [withoutInterval],
    parameters: [
      Parameter(
        "alpha", "The share of targets that may lie outside: 0.1 for an interval of 90 percent.",
        .number(1e-6...(1 - 1e-6)), required: true)
    ],
    measure: .sums(
      intervals("interval_score", needs: ["alpha"]) { target, low, high, arguments in
        let outside = max(low - target, target - high, 0)
        return high - low + 2 / (arguments["alpha"] ?? .nan) * outside
      }),
    spread: .mean,
    examples: [
      Metric.Example(.intervals, Arguments(["alpha": 0.2]), gives: 3.25),
      Metric.Example(.intervals, gives: nil),
      Metric.Example(.losses, Arguments(["alpha": 0.2]), gives: nil),
    ])

  /// When there is no figure of an interval.
  private static let withoutInterval = "The model's predictions have no interval."

  /// The mean of a number made of each row's target and interval.
  private static func intervals(
    _ id: String, needs: [String] = [],
    _ term:
      @escaping @Sendable (_ target: Double, _ low: Double, _ high: Double, Arguments) ->
      Double
  ) -> RowSums {
    .mean { sample, arguments throws(Undefined) in
      let sample = try sample.regression(id)
      for name in needs { _ = try arguments.number(name) }
      guard let spread = sample.spread, !spread.low.isEmpty else {
        throw Undefined(
          "the predictions have no interval; beside 'predictions' name its columns: interval: {low: …, high: …}; "
            + "of a model that is scored here judge 'quantile_coverage' instead")
      }
      return sample.targets.indices.map { place in
        let row = Int(sample.rows[place])
        return term(sample.targets[place], spread.low[row], spread.high[row], arguments)
      }
    }
  }
}

extension Sample {
  /// The sample as one of numbers; throws where it is of another task.
  package func regression(_ id: String) throws(Undefined) -> RegressionSample {
    guard case .regression(let sample) = self else {
      throw Undefined("'\(id)' is a metric of regression predictions")
    }
    return sample
  }

  /// Four loans, what each lost, and the interval it was expected in.
  package static let intervals = Sample.regression(
    RegressionSample(
      targets: [2, 4, 4, 2], predictions: [2, 5, 4.5, 2.5],
      spread: .init(low: [1, 4.5, 3, 2], high: [3, 6, 5, 4.5])))
}
