/// Which method says how far off a metric's value may be: the analytic one that is proven for it, or the bootstrap.
package enum IntervalMethod: Sendable {
  /// The share of rows decided rightly: Clopper and Pearson's interval; between two models Tango's.
  case rightRows
  /// The share of rows decided wrongly: the same turned.
  case wrongRows
  /// A share of some of the rows, part over whole: Clopper and Pearson's interval; between
  /// two models, as of every figure of decisions, a Bayesian bootstrap and an imaginary row.
  case share(@Sendable (Confusion) -> (part: Double, whole: Double))
  /// The area under the ROC curve: DeLong's.
  case areaUnderCurve
  /// The mean of a loss of each row: Student's t, transformed by Hall's cubic.
  case meanLoss(RowLoss)
  /// A mean of a number a row (or query), whose parts the measure gives: Student's t; between two models that of the
  /// differences where both take part in the same rows, else the bootstrap.
  case mean
  /// A share of all rows, 0 or 1 a row, whose parts the measure gives: the exact one of Clopper and Pearson; between two
  /// models Tango's.
  case rowShare
  /// A figure of the order of the scores that can be taken from a draw of the rows as they lie: the bootstrap.
  case drawn(@Sendable (BinaryResample, Draw) -> Double?)
  /// A quantile of scores or predicted values at the level that a parameter gives: the interval of order statistics;
  /// between two models the bootstrap.
  case quantile(String)
  /// A figure that a small change of the rows moves little, as a correlation: the bootstrap; of few rows with weights or in
  /// clusters a jackknife, whose degrees of freedom say how few.
  case smooth
  /// Anything else: the bootstrap of the sample with other weights.
  case resampled
  /// The same, of a sample that keeps the order of its rows by each class from draw to draw.
  case resampledInOrder
  /// No method: the value is not an estimate of a true one. Why, and what to do.
  case unfit(String)

  /// The loss of one row.
  package enum RowLoss: Sendable {
    case binary(@Sendable (_ score: Double, _ positive: Bool) -> Double)
    case regression(@Sendable (_ target: Double, _ prediction: Double) -> Double)
    /// Of the probability that the true class was given.
    case multiclass(@Sendable (_ probability: Double) -> Double)
  }
}

extension IntervalMethod {
  /// Whether the rows' parts are right or wrong and never another number, however they happen to fall out.
  package var isShare: Bool {
    switch self {
    case .rightRows, .wrongRows, .rowShare: true
    default: false
    }
  }

  /// Whether it is of the rows decided rightly, or of the others.
  var isOfRightRows: Bool {
    switch self {
    case .rightRows, .wrongRows: true
    default: false
    }
  }

  /// The method's name for the reference, of a value and of a difference between models.
  package var method: String {
    switch self {
    case .rightRows, .wrongRows: "Clopper-Pearson; between models Tango"
    case .share: "Clopper-Pearson; between models Bayesian bootstrap and a row of the worst kind"
    case .areaUnderCurve: "DeLong, logit; between models DeLong, Hall"
    case .meanLoss: "Student's t, Hall"
    case .rowShare: "Clopper-Pearson; between models Tango"
    case .mean: "Student's t, Hall"
    case .quantile: "order statistics; between models bootstrap"
    case .smooth:
      "bootstrap (BCa; between models percentile); with weights or clusters jackknife t, Hall"
    case .drawn, .resampled, .resampledInOrder: "bootstrap (BCa; between models percentile)"
    case .unfit: "none"
    }
  }
}

extension Sample {
  /// The loss at each place; nil where the loss is of another task.
  package func losses(_ loss: IntervalMethod.RowLoss) -> [Double]? {
    switch (loss, self) {
    case (.binary(let loss), .binary(let sample)):
      sample.scores.indices.map { loss(sample.scores[$0], sample.positives[$0]) }
    case (.regression(let loss), .regression(let sample)):
      sample.targets.indices.map { loss(sample.targets[$0], sample.predictions[$0]) }
    case (.multiclass(let loss), .multiclass(let sample)) where sample.hasScores:
      sample.labels.indices.map {
        loss(sample.probabilities[$0 * sample.classes.count + Int(sample.labels[$0])])
      }
    default: nil
    }
  }
}
