/// Every metric, by task; a new one is a line here.
public enum Metrics {
  /// The metrics of all tasks.
  public static let all: [Metric] = binary + multiclass + multilabel + regression + ranking + text

  /// Metrics of two classes.
  static let binary: [Metric] = [
    Metric.Binary.accuracy,
    Metric.Binary.adaptiveCalibrationError,
    Metric.Binary.averagePrecision,
    Metric.Binary.balancedAccuracy,
    Metric.Binary.brierReliability,
    Metric.Binary.brierResolution,
    Metric.Binary.brierScore,
    Metric.Binary.brierSkillScore,
    Metric.Binary.brierUncertainty,
    Metric.Binary.calibrationIntercept,
    Metric.Binary.calibrationSlope,
    Metric.Binary.captureAtTop,
    Metric.Binary.cohenKappaScore,
    Metric.Binary.d2BrierScore,
    Metric.Binary.d2LogLossScore,
    Metric.Binary.diagnosticOddsRatio,
    Metric.Binary.expectedCalibrationError,
    Metric.Binary.expectedCost,
    Metric.Binary.f1,
    Metric.Binary.falseDiscoveryRate,
    Metric.Binary.falseNegativeRate,
    Metric.Binary.falseNegatives,
    Metric.Binary.falseOmissionRate,
    Metric.Binary.falsePositiveRate,
    Metric.Binary.falsePositives,
    Metric.Binary.fBeta,
    Metric.Binary.fowlkesMallows,
    Metric.Binary.gini,
    Metric.Binary.hammingLoss,
    Metric.Binary.hosmerLemeshow,
    Metric.Binary.hosmerLemeshowPValue,
    Metric.Binary.informedness,
    Metric.Binary.jaccard,
    Metric.Binary.ksSeparation,
    Metric.Binary.liftAtTop,
    Metric.Binary.logLoss,
    Metric.Binary.markedness,
    Metric.Binary.matthewsCorrcoef,
    Metric.Binary.maximumCalibrationError,
    Metric.Binary.negativeLikelihoodRatio,
    Metric.Binary.negativePredictiveValue,
    Metric.Binary.netBenefit,
    Metric.Binary.positiveLikelihoodRatio,
    Metric.Binary.precision,
    Metric.Binary.precisionAtRecall,
    Metric.Binary.precisionAtTop,
    Metric.Binary.precisionRecallAuc,
    Metric.Binary.predictedPositiveRate,
    Metric.Binary.prevalence,
    Metric.Binary.prevalenceThreshold,
    Metric.Binary.recall,
    Metric.Binary.recallAtFPR,
    Metric.Binary.recallAtPrecision,
    Metric.Binary.recallAtTop,
    Metric.Binary.rocAuc,
    Metric.Binary.sensitivityAtSpecificity,
    Metric.Binary.specificity,
    Metric.Binary.specificityAtSensitivity,
    Metric.Binary.sphericalScore,
    Metric.Binary.tjurR2,
    Metric.Binary.trueNegatives,
    Metric.Binary.truePositives,
    Metric.Binary.zeroOneLoss,
  ]

  /// Metrics of several classes.
  static let multiclass: [Metric] =
    [
      Metric.Multiclass.accuracy,
      Metric.Multiclass.averagePrecision,
      Metric.Multiclass.balancedAccuracy,
      Metric.Multiclass.brierScore,
      Metric.Multiclass.cohenKappaScore,
      Metric.Multiclass.confusionCell,
      Metric.Multiclass.expectedCalibrationError,
      Metric.Multiclass.f1,
      Metric.Multiclass.fBeta,
      Metric.Multiclass.hammingLoss,
      Metric.Multiclass.jaccard,
      Metric.Multiclass.logLoss,
      Metric.Multiclass.matthewsCorrcoef,
      Metric.Multiclass.precision,
      Metric.Multiclass.recall,
      Metric.Multiclass.rocAuc,
      Metric.Multiclass.specificity,
      Metric.Multiclass.topKAccuracy,
      Metric.Multiclass.zeroOneLoss,
    ]
    + Metric.Multiclass.f1.averages
    + Metric.Multiclass.jaccard.averages
    + Metric.Multiclass.precision.averages
    + Metric.Multiclass.recall.averages
    + Metric.Multiclass.rocAucScorers

  /// Metrics of several labels a row.
  static let multilabel: [Metric] = []

  /// Metrics of rows ranked within queries.
  static let ranking: [Metric] = [
    Metric.Ranking.clickThroughRate,
    Metric.Ranking.coverage,
    Metric.Ranking.dcg,
    Metric.Ranking.diversity,
    Metric.Ranking.expectedReciprocalRank,
    Metric.Ranking.exposureGini,
    Metric.Ranking.groupedRocAuc,
    Metric.Ranking.hitRateAtK,
    Metric.Ranking.meanAveragePrecision,
    Metric.Ranking.meanReciprocalRank,
    Metric.Ranking.ndcg,
    Metric.Ranking.novelty,
    Metric.Ranking.personalization,
    Metric.Ranking.popularityBias,
    Metric.Ranking.precisionAtK,
    Metric.Ranking.recallAtK,
  ]

  /// Metrics of texts.
  static let text: [Metric] = []

  /// Metrics of numbers.
  static let regression: [Metric] = [
    Metric.Regression.cIndex,
    Metric.Regression.concordanceCorrelation,
    Metric.Regression.d2AbsoluteErrorScore,
    Metric.Regression.d2PinballScore,
    Metric.Regression.d2TweedieScore,
    Metric.Regression.explainedVariance,
    Metric.Regression.huberLoss,
    Metric.Regression.kendall,
    Metric.Regression.maxError,
    Metric.Regression.meanAbsoluteError,
    Metric.Regression.meanAbsolutePercentageError,
    Metric.Regression.meanError,
    Metric.Regression.meanGammaDeviance,
    Metric.Regression.meanPinballLoss,
    Metric.Regression.meanPoissonDeviance,
    Metric.Regression.meanSquaredError,
    Metric.Regression.meanSquaredLogError,
    Metric.Regression.meanTweedieDeviance,
    Metric.Regression.medianAbsoluteError,
    Metric.Regression.pearson,
    Metric.Regression.r2,
    Metric.Regression.rootMeanSquaredError,
    Metric.Regression.rootMeanSquaredLogError,
    Metric.Regression.spearman,
    Metric.Regression.symmetricMeanAbsolutePercentageError,
    Metric.Regression.weightedAbsolutePercentageError,
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
  /// The definitions for several labels a row.
  enum Multilabel {}
  /// The definitions for numbers.
  enum Regression {}
  /// The definitions for rows ranked within queries.
  enum Ranking {}
  /// The definitions for texts.
  enum Text {}
}
