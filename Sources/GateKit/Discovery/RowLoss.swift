package import GateCore

/// What each row loses by one model, by row of the holdout.
package struct RowLoss: Sendable {
  /// Higher is worse; meaningless where the row takes no part.
  package var values: [Double]
  /// Whether the loss is of this row at all: recall's is of positive rows only.
  var takesPart: [Bool]

  /// Which number of a row is its loss.
  package enum Kind: Sendable {
    /// What the metric is the mean of.
    case metric(MetricRequest<Metric>)
    /// 1 where the decision, at the threshold given, is wrong.
    case decisions(threshold: Double?)
    /// The task's own: the squared error of numbers, the log loss of scores, else wrong decisions.
    case standard
  }
}

extension RowLoss {
  /// Losses at each place of a sample.
  package init(_ sample: Sample, _ losses: [Double]) {
    let rows = sample.rows
    let count = Int(rows.max() ?? -1) + 1
    values = [Double](repeating: 0, count: count)
    takesPart = [Bool](repeating: false, count: count)
    let weights = sample.rowWeightsByPlace
    for (place, row) in rows.enumerated() where weights?[place] != 0 {
      values[Int(row)] = losses[place]
      takesPart[Int(row)] = true
    }
  }

  /// 1 where the decision is wrong.
  package static func wrong(_ sample: Sample, threshold: Double?) -> RowLoss {
    if case .binary(let binary) = sample, let threshold {
      let wrong = binary.scores.indices.map {
        (binary.scores[$0] >= threshold) == binary.positives[$0] ? 0.0 : 1
      }
      return RowLoss(sample, wrong)
    }
    return RowLoss(sample, sample.rightByPlace.map { $0 ? 0 : 1 })
  }

  /// The rows' part in a metric that is a mean over rows; throws `Undefined` where the metric is.
  package static func of(_ request: MetricRequest<Metric>, _ sample: Sample) throws(Undefined)
    -> RowLoss
  {
    let (metric, arguments) = (request.metric, request.arguments)
    _ = try metric.value(on: sample, arguments)
    let sign: Double = metric.direction == .lowerIsBetter ? 1 : -1
    switch (metric.spread, metric.measure) {
    case (.meanLoss(let loss), _):
      guard let losses = sample.losses(loss) else { throw Undefined("the model gives no scores") }
      return RowLoss(sample, losses.map { sign * $0 })
    case (.share(let share), _): return shares(sample, share, metric, arguments)
    case (_, .sums(let sums)), (_, .confusionOrSums(_, let sums)):
      return try terms(sample, try sums.parts(sample, arguments), metric)
    default: return wrong(sample, threshold: arguments["threshold"])
    }
  }

  /// The rows that a share of the four cells is of, and those among them that lower it or, of one that is better low,
  /// raise it.
  private static func shares(
    _ sample: Sample, _ share: (Confusion) -> (part: Double, whole: Double), _ metric: Metric,
    _ arguments: Arguments
  ) -> RowLoss {
    guard case .binary(let binary) = sample else { return RowLoss(values: [], takesPart: []) }
    let cells = [
      Confusion(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 1),
      Confusion(truePositives: 0, falsePositives: 1, falseNegatives: 0, trueNegatives: 0),
      Confusion(truePositives: 0, falsePositives: 0, falseNegatives: 1, trueNegatives: 0),
      Confusion(truePositives: 1, falsePositives: 0, falseNegatives: 0, trueNegatives: 0),
    ].map(share)
    let decided = sample.decidedByPlace(at: arguments["threshold"])
    let parts = decided.indices.map {
      cells[(binary.positives[$0] ? 2 : 0) + (decided[$0] ? 1 : 0)]
    }
    let isBetterLow = metric.direction == .lowerIsBetter
    var loss = RowLoss(sample, parts.map { isBetterLow ? $0.part : $0.whole - $0.part })
    for (place, row) in binary.rows.enumerated() where parts[place].whole == 0 {
      loss.takesPart[Int(row)] = false
    }
    return loss
  }

  /// The terms of a mean, of the rows that have one; of a share from 0 to 1 what is missing to 1.
  private static func terms(
    _ sample: Sample, _ parts: RowParts, _ metric: Metric
  ) throws(Undefined) -> RowLoss {
    guard parts.isMean else { throw Undefined("it is no mean over rows") }
    let most = metric.range == 0...1 ? 1.0 : 0
    let isBetterLow = metric.direction == .lowerIsBetter
    let terms = sample.rows.indices.map { place in
      isBetterLow ? parts.values[2 * place] : most - parts.values[2 * place]
    }
    var loss = RowLoss(sample, terms)
    for (place, row) in sample.rows.enumerated() where parts.values[2 * place + 1] == 0 {
      loss.takesPart[Int(row)] = false
    }
    return loss
  }
}

extension MetricRequest<Metric> {
  /// What a row loses by this metric; nil where it is no mean over rows, or neither a higher nor a lower one is better.
  var rowLoss: RowLoss.Kind? {
    if metric.loss == .wrongDecision { return .decisions(threshold: arguments["threshold"]) }
    guard !metric.comparesModels, metric.direction != .neither else { return nil }
    switch (metric.spread, metric.measure) {
    case (.rightRows, .confusion), (.rightRows, .multiclass):
      return .decisions(threshold: arguments["threshold"])
    case (.rightRows, _), (.share, _), (.meanLoss, _), (.mean, _), (.rowShare, _):
      return .metric(self)
    case (_, .confusionOrSums): return arguments.text("per") == "total" ? nil : .metric(self)
    default: return nil
    }
  }

  /// Whether each row loses 0 or 1.
  var losesWholeRows: Bool {
    switch metric.spread {
    case .rightRows, .share, .rowShare: true
    default: metric.loss == .wrongDecision
    }
  }
}
