/// Every metric, by task; a new one is a line here.
public enum Metrics {
  /// The metrics of all tasks.
  public static let all: [Metric] = binary + multiclass + regression

  /// Metrics of two classes.
  static let binary: [Metric] = [
    Metric.Binary.accuracy,
    Metric.Binary.averagePrecision,
    Metric.Binary.balancedAccuracy,
    Metric.Binary.brierScore,
    Metric.Binary.expectedCalibrationError,
    Metric.Binary.f1,
    Metric.Binary.fBeta,
    Metric.Binary.logLoss,
    Metric.Binary.matthewsCorrcoef,
    Metric.Binary.precision,
    Metric.Binary.recall,
    Metric.Binary.rocAuc,
    Metric.Binary.specificity,
  ]

  /// Metrics of several classes.
  static let multiclass: [Metric] =
    [
      Metric.Multiclass.accuracy,
      Metric.Multiclass.averagePrecision,
      Metric.Multiclass.balancedAccuracy,
      Metric.Multiclass.brierScore,
      Metric.Multiclass.expectedCalibrationError,
      Metric.Multiclass.f1,
      Metric.Multiclass.fBeta,
      Metric.Multiclass.logLoss,
      Metric.Multiclass.matthewsCorrcoef,
      Metric.Multiclass.precision,
      Metric.Multiclass.recall,
      Metric.Multiclass.rocAuc,
      Metric.Multiclass.specificity,
    ]
    + Metric.Multiclass.f1.averages
    + Metric.Multiclass.precision.averages
    + Metric.Multiclass.recall.averages
    + Metric.Multiclass.rocAucScorers

  /// Metrics of numbers.
  static let regression: [Metric] = [
    Metric.Regression.explainedVariance,
    Metric.Regression.maxError,
    Metric.Regression.meanAbsoluteError,
    Metric.Regression.meanAbsolutePercentageError,
    Metric.Regression.meanSquaredError,
    Metric.Regression.medianAbsoluteError,
    Metric.Regression.r2,
    Metric.Regression.rootMeanSquaredError,
  ]

  /// The metric of that name for a task.
  public static func named(_ id: String, task: TaskKind) -> Metric? {
    all.first { $0.id == id && $0.task == task }
  }
}

extension Metric {
  /// The definitions for two classes; one name may stand for several tasks.
  enum Binary {}
  /// The definitions for several classes.
  enum Multiclass {}
  /// The definitions for numbers.
  enum Regression {}
}
