/// Part over whole; throws `reason` where the whole is 0.
@inline(__always)
package func share(
  _ part: Double, of whole: Double, orElse reason: @autoclosure () -> String
) throws(Undefined) -> Double {
  guard whole > 0 else { throw Undefined(reason()) }
  return part / whole
}

/// The shares a confusion matrix gives; `outcome` names its positive side in a reason.
extension Confusion {
  /// Of the rows decided positive, the share that is.
  package func precision(_ outcome: PositiveClass) throws(Undefined) -> Double {
    try share(truePositives, of: predictedPositives, orElse: outcome.isNeverPredicted)
  }

  /// Of the positive rows, the share decided so.
  package func recall(_ outcome: PositiveClass) throws(Undefined) -> Double {
    try share(truePositives, of: positives, orElse: outcome.hasNoRows)
  }

  /// Of the negative rows, the share decided so.
  package func specificity(_ outcome: PositiveClass) throws(Undefined) -> Double {
    try share(trueNegatives, of: negatives, orElse: outcome.hasAllRows)
  }

  /// Of the rows decided negative, the share that is.
  package func negativePredictiveValue(_ outcome: PositiveClass) throws(Undefined) -> Double {
    try share(trueNegatives, of: predictedNegatives, orElse: outcome.isAlwaysPredicted)
  }

  /// Of the negative rows, the share decided positive.
  package func falsePositiveRate(_ outcome: PositiveClass) throws(Undefined) -> Double {
    try share(falsePositives, of: negatives, orElse: outcome.hasAllRows)
  }

  /// Of the positive rows, the share decided negative.
  package func falseNegativeRate(_ outcome: PositiveClass) throws(Undefined) -> Double {
    try share(falseNegatives, of: positives, orElse: outcome.hasNoRows)
  }

  /// Of the rows that are or were decided positive, the share that is both.
  package func jaccard(_ outcome: PositiveClass) throws(Undefined) -> Double {
    let union = truePositives + falseNegatives + falsePositives
    return try share(
      truePositives, of: union, orElse: "\(outcome.hasNoRows) and \(outcome.isNeverPredicted)")
  }

  /// Of all rows, the share decided wrong.
  package var lossShare: Double { (falsePositives + falseNegatives) / total }

  /// The harmonic mean of precision and recall, recall weighing `beta` times as much.
  package func fScore(beta: Double, _ outcome: PositiveClass) throws(Undefined) -> Double {
    let hits = (1 + beta * beta) * truePositives
    let misses = beta * beta * falseNegatives + falsePositives
    return try share(
      hits, of: hits + misses, orElse: "\(outcome.hasNoRows) and \(outcome.isNeverPredicted)")
  }
}
