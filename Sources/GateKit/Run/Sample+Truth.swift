package import GateCore

extension Sample {
  /// One model's answers beside the truth; a decision is made at `threshold`.
  ///
  /// Throws a `Diagnostic` when there are not as many answers as rows.
  package init(_ truth: Truth, _ predictions: Predictions, threshold: Double) throws(Diagnostic) {
    if case .decisions(let decisions) = predictions.values,
      let sample = Sample(truth, decisions: decisions)
    {
      self = sample
      return
    }
    let threshold = predictions.isSingle ? Double(Float(threshold)) : threshold
    switch (truth.labels, predictions.values) {
    case (.binary(let positives), .scores(let scores)) where scores.count == truth.rows:
      self = .binary(
        BinarySample(
          scores: scores, positives: positives, weights: truth.weights, threshold: threshold))
    case (.multiclass(let labels), .probabilities(let rows))
    where rows.count == truth.rows * truth.classes.count:
      self = .multiclass(
        MulticlassSample(
          classes: truth.classes, probabilities: rows, labels: labels, weights: truth.weights))
    case (.regression(let targets), .scores(let values)) where values.count == truth.rows:
      self = .regression(
        RegressionSample(
          targets: targets, predictions: values, spread: predictions.spread,
          weights: truth.weights))
    case (.multilabel(let labels), .probabilities(let rows)) where rows.count == labels.count:
      self = .multilabel(
        MultilabelSample(
          names: truth.classes, scores: rows, labels: labels, threshold: threshold,
          weights: truth.weights))
    case (.ranking(let relevance, let queries), .scores(let scores))
    where scores.count == truth.rows:
      self = .ranking(
        RankingSample(
          relevance: relevance, scores: scores, queries: queries, weights: truth.weights))
    case (.text(let references), .texts(let texts)) where texts.count == truth.rows:
      self = .text(TextSample(references: references, predictions: texts, weights: truth.weights))
    default:
      throw Diagnostic(
        "the model's answers are not \(truth.rows) rows of what this task wants")
    }
  }

  /// One model's classes, without scores, beside the truth; nil: the task has none, or they are not as many as the rows.
  private init?(_ truth: Truth, decisions: [Int32]) {
    guard decisions.count == truth.rows else { return nil }
    switch truth.labels {
    case .binary(let positives):
      self = .binary(
        BinarySample(
          scores: decisions.map { $0 == 1 ? 1 : 0 }, positives: positives, weights: truth.weights,
          threshold: 0.5, hasScores: false))
    case .multiclass(let labels):
      self = .multiclass(
        MulticlassSample(
          classes: truth.classes, probabilities: [], labels: labels, decisions: decisions,
          weights: truth.weights))
    default: return nil
    }
  }
}
