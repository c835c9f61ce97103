package import GateCore

/// Every metric, by task; a new one is a line here.
package enum Metrics {
  /// The metrics of all tasks.
  package static let all: [Metric] = [
    (TaskKind.binary, binary), (.multiclass, multiclass), (.multilabel, multilabel),
    (.regression, regression), (.ranking, ranking), (.text, text),
  ].flatMap { task, metrics in metrics + pairs.filter { $0.task == task } }

  /// Metrics of two classes.
  package static let binary: [Metric] = [
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
    Metric.Binary.expectedValue,
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
    Metric.Binary.logisticCalibrationError,
    Metric.Binary.markedness,
    Metric.Binary.matthewsCorrcoef,
    Metric.Binary.maximumCalibrationError,
    Metric.Binary.negativeLikelihoodRatio,
    Metric.Binary.negativePredictiveValue,
    Metric.Binary.netBenefit,
    Metric.Binary.overconfidenceError,
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
    Metric.Binary.underconfidenceError,
    Metric.Binary.zeroOneLoss,
  ]

  /// Metrics of several classes.
  package static let multiclass: [Metric] =
    [
      Metric.Multiclass.accuracy,
      Metric.Multiclass.averagePrecision,
      Metric.Multiclass.balancedAccuracy,
      Metric.Multiclass.brierReliability,
      Metric.Multiclass.brierResolution,
      Metric.Multiclass.brierScore,
      Metric.Multiclass.brierUncertainty,
      Metric.Multiclass.calibrationIntercept,
      Metric.Multiclass.calibrationSlope,
      Metric.Multiclass.cohenKappaScore,
      Metric.Multiclass.confusionCell,
      Metric.Multiclass.expectedCalibrationError,
      Metric.Multiclass.f1,
      Metric.Multiclass.fBeta,
      Metric.Multiclass.hammingLoss,
      Metric.Multiclass.hosmerLemeshow,
      Metric.Multiclass.hosmerLemeshowPValue,
      Metric.Multiclass.jaccard,
      Metric.Multiclass.logLoss,
      Metric.Multiclass.logisticCalibrationError,
      Metric.Multiclass.matthewsCorrcoef,
      Metric.Multiclass.maximumCalibrationError,
      Metric.Multiclass.overconfidenceError,
      Metric.Multiclass.precision,
      Metric.Multiclass.recall,
      Metric.Multiclass.rocAuc,
      Metric.Multiclass.specificity,
      Metric.Multiclass.topKAccuracy,
      Metric.Multiclass.underconfidenceError,
      Metric.Multiclass.zeroOneLoss,
    ]
    + Metric.Multiclass.f1.averages
    + Metric.Multiclass.jaccard.averages
    + Metric.Multiclass.precision.averages
    + Metric.Multiclass.recall.averages
    + Metric.Multiclass.rocAucScorers

  /// Metrics of several labels a row.
  package static let multilabel: [Metric] =
    [
      Metric.Multilabel.averagePrecision,
      Metric.Multilabel.coverageError,
      Metric.Multilabel.f1,
      Metric.Multilabel.fBeta,
      Metric.Multilabel.hammingLoss,
      Metric.Multilabel.jaccard,
      Metric.Multilabel.labelRankingAveragePrecision,
      Metric.Multilabel.labelRankingLoss,
      Metric.Multilabel.ndcg,
      Metric.Multilabel.precision,
      Metric.Multilabel.recall,
      Metric.Multilabel.rocAuc,
      Metric.Multilabel.subsetAccuracy,
      Metric.Multilabel.zeroOneLoss,
    ]
    + Metric.Multilabel.f1.labelAverages
    + Metric.Multilabel.jaccard.labelAverages
    + Metric.Multilabel.precision.labelAverages
    + Metric.Multilabel.recall.labelAverages

  /// Metrics of rows ranked within queries.
  package static let ranking: [Metric] = [
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
  package static let text: [Metric] = [
    Metric.Text.bleu,
    Metric.Text.characterErrorRate,
    Metric.Text.chrf,
    Metric.Text.chrfPlusPlus,
    Metric.Text.exactMatch,
    Metric.Text.lengthRatio,
    Metric.Text.levenshteinRatio,
    Metric.Text.rouge1,
    Metric.Text.rouge2,
    Metric.Text.rougeL,
    Metric.Text.rougeLsum,
    Metric.Text.rougeN,
    Metric.Text.sentenceBleu,
    Metric.Text.tokenF1,
    Metric.Text.wordErrorRate,
  ]

  /// Metrics of numbers.
  package static let regression: [Metric] = [
    Metric.Regression.cIndex,
    Metric.Regression.concordanceCorrelation,
    Metric.Regression.crps,
    Metric.Regression.d2AbsoluteErrorScore,
    Metric.Regression.d2PinballScore,
    Metric.Regression.d2TweedieScore,
    Metric.Regression.explainedVariance,
    Metric.Regression.huberLoss,
    Metric.Regression.intervalCoverage,
    Metric.Regression.intervalScore,
    Metric.Regression.kendall,
    Metric.Regression.maxError,
    Metric.Regression.meanAbsoluteError,
    Metric.Regression.meanAbsolutePercentageError,
    Metric.Regression.meanAbsoluteScaledError,
    Metric.Regression.meanError,
    Metric.Regression.meanGammaDeviance,
    Metric.Regression.meanIntervalWidth,
    Metric.Regression.meanPinballLoss,
    Metric.Regression.meanPoissonDeviance,
    Metric.Regression.meanQuantileLoss,
    Metric.Regression.meanSquaredError,
    Metric.Regression.meanSquaredLogError,
    Metric.Regression.meanTweedieDeviance,
    Metric.Regression.medianAbsoluteError,
    Metric.Regression.pearson,
    Metric.Regression.quantileCalibrationError,
    Metric.Regression.quantileCoverage,
    Metric.Regression.r2,
    Metric.Regression.rootMeanSquaredError,
    Metric.Regression.rootMeanSquaredLogError,
    Metric.Regression.spearman,
    Metric.Regression.symmetricMeanAbsolutePercentageError,
    Metric.Regression.weightedAbsolutePercentageError,
  ]

  /// Metrics of both models on the same rows.
  package static let pairs: [Metric] =
    Metric.Pair.flips + Metric.Pair.agreements + Metric.Pair.kappas + Metric.Pair.differences
    + Metric.Pair.correlations

  /// The metric of that name for a task.
  package static func named(_ id: String, task: TaskKind) -> Metric? {
    all.first { $0.id == id && $0.task == task }
  }
}

extension Metric {
  /// The definitions for two classes; one name may stand for several tasks.
  package enum Binary {}
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
  /// The definitions for both models, of several tasks.
  package enum Pair {}
}
