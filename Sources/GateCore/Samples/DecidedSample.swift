extension BinarySample {
  /// The probability that the model gave to the class it decided for, as the score, and whether that class is right.
  ///
  /// A row decided positive has its score p, another 1 - p; at a threshold other than 0.5 that may be below 0.5.
  package func decided(at threshold: Double? = nil) -> BinarySample {
    let split = scores.partitioningIndex { $0 < threshold ?? self.threshold }
    let confidences = scores.indices.map { $0 < split ? scores[$0] : 1 - scores[$0] }
    return BinarySample(
      confidences, right: positives.indices.map { positives[$0] == ($0 < split) },
      weights: weights, rows: rows)
  }

  /// Sorts confidences of decisions beside whether each is right.
  fileprivate init(_ confidences: [Double], right: [Bool], weights: [Double]?, rows: [Int32]) {
    let order = descendingOrder(of: confidences)
    self.init(
      scores: confidences.at(order), positives: right.at(order), weights: weights?.at(order),
      rows: rows.at(order), threshold: 0.5, hasScores: true)
  }
}

extension MulticlassSample {
  /// The probability that the model gave to the class it decided for, as the score, and whether that class is right;
  /// the model must have given probabilities.
  package var decided: BinarySample {
    let width = classes.count
    return BinarySample(
      decisions.indices.map { probabilities[$0 * width + Int(decisions[$0])] }, right: right,
      weights: weights, rows: rows)
  }
}
